"""Staff book from their chat: what is due, times for it, and what becomes of it (mission D).

A draft is what a colleague has chosen so far; nothing is held or booked by it. Every act of
it goes through `proposing`, `booking` and `visits`, which check again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from programme.ages import Span
from programme.errors import NotYours, OutsideWindow
from programme.free import free_starts
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.meetings import BOTH_COME, MINUTES, USUAL_PLACE
from programme.people import (
    Booking,
    BookingState,
    Child,
    Family,
    Meeting,
    Place,
    Proposal,
    Role,
    Slot,
    StaffMember,
    Why,
)
from programme.reasons import CancelReason, WindowReason
from programme.series import Due, Step, order, series, to_book
from services import access, booking, interpreters, proposing, slots, visits
from services.access import Colleague, family_for_staff
from services.fitting import check_window, child_for
from storage import availability, families, overviews
from storage.database import Tx
from storage.overviews import Name

__all__ = ["Draft", "Due", "Name", "Slot", "Step"]

MOST = proposing.MOST
TEAMS = 6  # pairs that are looked at for a month of free times
AHEAD = timedelta(days=540)  # how far a time may be booked
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a colleague is about to propose or book for a family."""

    family_id: int
    child_id: int
    visit: int  # 0: not one of the six
    meeting: Meeting
    times: tuple[Slot, ...] = ()
    moves: int | None = None  # the booking that gets another time
    place: Place = Place.HOME
    interpreter: bool = False
    override: WindowReason | None = None
    home: int | None = None  # which of two homes, 0: both; None: there is one, or not said
    who: tuple[int, ...] = ()  # who is to come, if that was chosen; else who came last time

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return MINUTES[self.meeting]


@dataclass(frozen=True, kw_only=True)
class Series:
    """A family's visits for its staff: the six, what is booked besides, who reads the chat."""

    name: Name
    family: Family
    steps: tuple[Step, ...]
    others: tuple[Booking, ...]  # coming, and not one of the six
    reads: bool
    rests: bool


@dataclass(frozen=True)
class Missing:
    """Whose hours are not set, so that nothing can be found: nobody's of that work."""

    role: Role


async def due(tx: Tx, colleague: Colleague, now: datetime, rules: Rules) -> list[tuple[Name, Due]]:
    """What is to be booked in the colleague's areas, the most urgent first. Raises NotYours."""
    await access.open_lists(tx, colleague, now)
    names = {
        each.family_id: each
        for area in colleague.areas
        for each in await overviews.of_area(tx, area)
    }
    found: list[Due] = []
    for family in await families.load(tx, list(names)):
        found += to_book(family, now, rules)
    return [(names[each.family_id], each) for each in order(found)]


async def all_six(
    tx: Tx, colleague: Colleague, family_id: int, now: datetime, rules: Rules
) -> Series:
    """The visits of a family; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    coming = [each for each in visits.coming(family, now) if each.meeting is not Meeting.VISIT]
    return Series(
        name=Name(family_id, await overviews.label(tx, family_id)),
        family=family,
        steps=tuple(series(family, now, rules)),
        others=tuple(sorted(coming, key=lambda each: each.starts_at)),
        reads=family.reachable_at(now),
        rests=family.resting(Why.LOSS, now) is not None,
    )


def booking_of(page: Series, booking_id: int) -> Booking:
    """A booking of that family; raises NotYours."""
    found = next((each for each in page.family.bookings if each.id == booking_id), None)
    if found is None:
        raise NotYours
    return found


async def new_draft(
    tx: Tx, page: Series, child_id: int, visit: int, meeting: Meeting, rules: Rules, now: datetime
) -> Draft:
    """Begin with what is usual for that family; raises NotYours, NoChildBorn."""
    if meeting is not Meeting.VISIT:
        today = on_the_clock(now, rules.zone).date()
        child_id, visit = child_for(page.family, 0, today).id, 0
    elif not any(s.child.id == child_id and s.visit == visit for s in page.steps):
        raise NotYours
    family_id = page.family.id
    return Draft(
        family_id=family_id,
        child_id=child_id,
        visit=visit,
        meeting=meeting,
        place=USUAL_PLACE[meeting],
        interpreter=await interpreters.wanted(tx, family_id, None),
    )


def moving(old: Booking, family_id: int) -> Draft:
    """Begin with what is booked, to find another time for it."""
    return Draft(
        family_id=family_id,
        child_id=old.child_id,
        visit=old.visit,
        meeting=old.meeting,
        moves=old.id,
        place=old.place,
        interpreter=old.interpreter_wanted or old.interpreter,
        home=old.home,
    )


def child_of(family: Family, draft: Draft) -> Child:
    """The child it is about; raises NotYours."""
    found = next((each for each in family.children if each.id == draft.child_id), None)
    if found is None or found.silent:
        raise NotYours
    return found


async def best(
    tx: Tx,
    family: Family,
    draft: Draft,
    days: Span,
    now: datetime,
    rules: Rules,
    but: Iterable[datetime] = (),
    agreed: bool = False,
) -> list[Slot]:
    """The three times on those days that suit best, spread over them; none if there are none.

    The family needs a day's notice, unless the time is `agreed` with them already.
    """
    return await slots.free_slots(
        tx,
        family,
        draft.visit,
        now,
        rules,
        meeting=draft.meeting,
        child=child_of(family, draft),
        first=days.first,
        last=days.last,
        place=draft.place,
        minutes=draft.minutes,
        limit=MOST,
        but=set(but),
        ready=None if agreed else slots.in_good_time(now, rules),
        who=draft.who,
    )


async def starts(
    tx: Tx,
    family: Family,
    draft: Draft,
    days: Span,
    now: datetime,
    rules: Rules,
    beside: Sequence[Slot] = (),
) -> dict[datetime, tuple[StaffMember, ...]]:
    """Every free start on those days, and who would come then: the best pair that can.

    `beside`: times that are to be held as well, with room between for the talk and the way.
    """
    found: dict[datetime, tuple[StaffMember, ...]] = {}
    diaries = await slots.diaries_of(tx, family.staff, days, now, rules)
    teams = list(slots.teams(family, draft.meeting, diaries, draft.who))
    for team in teams[:TEAMS]:
        theirs = [diaries[member.id] for member in team]
        for at in free_starts(
            theirs, draft.minutes, draft.place, days.first, days.last, now, rules
        ):
            if at in found or _closed(family, at):
                continue
            if slots.fits_beside(beside, at, team, diaries, draft.minutes, draft.place):
                found[at] = team
    return dict(sorted(found.items()))


def _closed(family: Family, at: datetime) -> bool:
    """The area rests then, or the family is away."""
    paused = any(rest.covers(at) for rest in family.area.rests)
    return paused or family.resting(Why.AWAY, at) is not None


async def usual_team(
    tx: Tx, family: Family, draft: Draft, day: date, now: datetime, rules: Rules
) -> tuple[StaffMember, ...]:
    """Who would come at a time that nobody has free; none where nobody has hours."""
    diaries = await slots.diaries_of(tx, family.staff, Span(day, day), now, rules)
    return next(slots.teams(family, draft.meeting, diaries, draft.who), ())


async def missing(tx: Tx, family: Family, draft: Draft) -> list[Missing]:
    """Of which work nobody has hours, so that no time can be found at all."""
    weeks = await availability.hours_of(tx, [each.id for each in family.staff])
    at_work = {each.role for each in family.staff if weeks[each.id]}
    needed = [Role.NURSE, Role.PARENT_SUPPORTER]
    if draft.meeting not in BOTH_COME:
        return [] if at_work & set(needed) else [Missing(Role.PARENT_SUPPORTER)]
    return [Missing(role) for role in needed if role not in at_work]


def outside(family: Family, draft: Draft, at: datetime, rules: Rules) -> bool:
    """Whether that time is outside the visit's window."""
    try:
        check_window(family, child_of(family, draft), draft.visit, draft.meeting, at, rules)
    except OutsideWindow:
        return True
    return False


async def off_hours(tx: Tx, draft: Draft, slot: Slot, now: datetime, rules: Rules) -> bool:
    """Whether somebody who would come does not work then, or has something else."""
    return not await slots.at_work(
        tx, slot.staff, slot.starts_at, draft.minutes, draft.place, now, rules
    )


async def propose(
    tx: Tx, colleague: Colleague, draft: Draft, now: datetime, rules: Rules
) -> Proposal:
    """The draft's times are held, and the parents asked. Raises what speaks against it."""
    page = await all_six(tx, colleague, draft.family_id, now, rules)
    times = proposing.Times(
        visit=draft.visit,
        slots=draft.times,
        meeting=draft.meeting,
        place=draft.place,
        interpreter_wanted=draft.interpreter,
        home=draft.home,
        child=child_of(page.family, draft),
        moves=draft.moves,
        override=draft.override,
    )
    return await proposing.propose(tx, colleague, draft.family_id, times, now, rules)


async def book(tx: Tx, colleague: Colleague, draft: Draft, now: datetime, rules: Rules) -> Booking:
    """The draft's first time is booked: agreed by phone. Raises what speaks against it."""
    page = await all_six(tx, colleague, draft.family_id, now, rules)
    number = await booking.book_slot(
        tx,
        colleague,
        draft.family_id,
        draft.visit,
        draft.times[0],
        now,
        rules,
        meeting=draft.meeting,
        place=draft.place,
        interpreter_wanted=draft.interpreter,
        home=draft.home,
        child=child_of(page.family, draft),
        moves=draft.moves,
        override=draft.override,
    )
    return booking_of(await all_six(tx, colleague, draft.family_id, now, rules), number)


async def cancel(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    why: CancelReason,
    now: datetime,
    rules: Rules,
) -> Booking:
    """Staff cancel, with a reason; everybody is told. Raises NotYours, NothingBooked."""
    state = BookingState.CANCELLED
    return await visits.settle(tx, colleague, family_id, booking_id, state, now, rules, why)


async def missed(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime, rules: Rules
) -> Booking:
    """Nobody was at home: only once it has begun. Raises NotYours, NothingBooked."""
    page = await all_six(tx, colleague, family_id, now, rules)
    if booking_of(page, booking_id).starts_at > now:
        raise NotYours
    state = BookingState.MISSED
    return await visits.settle(tx, colleague, family_id, booking_id, state, now, rules)


def with_time(draft: Draft, slot: Slot, place: int | None) -> Draft:
    """The draft with that time, in place of one of its times or as its only one."""
    times: Sequence[Slot] = draft.times
    if place is None or not 0 <= place < len(times):
        return replace(draft, times=(slot,))
    kept = [*times[:place], slot, *times[place + 1 :]]
    unique = {each.starts_at: each for each in kept}
    return replace(draft, times=tuple(unique[at] for at in sorted(unique)))
