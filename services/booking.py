"""A time is booked or changed: for the six visits, and for what is booked besides (mission D).

Each act takes the quarters of who comes in its own transaction; what cannot be taken is not booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from programme.errors import (
    NobodyToCome,
    NoSuchFamily,
    OutsideWindow,
)
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.meetings import MINUTES, USUAL_PLACE
from programme.news import News
from programme.people import (
    Booking,
    BookingState,
    Change,
    Child,
    Family,
    Meeting,
    Place,
    Role,
    Slot,
)
from programme.reasons import WindowReason
from services import interpreters, milestones, two_homes
from services.access import Colleague, family_for
from services.counting import count, take_back
from services.fitting import check, check_window, child_for
from services.holds import close_for
from services.planning import catch_up
from services.taking import take_for
from storage import bookings, events, families, staff
from storage.bookings import Facts
from storage.database import Tx
from storage.turns import lock_family

# Who comes, in this order, where a name is new: the nurse, then the parent supporter (R7).
ROLES_IN_ORDER = (Role.NURSE, Role.PARENT_SUPPORTER)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be booked, by whom; None: as it was before, or as usual."""

    visit: int
    starts_at: datetime
    staff_ids: tuple[int, ...]
    meeting: Meeting = Meeting.VISIT
    place: Place | None = None
    minutes: int | None = None
    interpreter: bool = False  # is booked
    interpreter_wanted: bool | None = None
    home: int | None = None
    child: Child | None = None
    moves: int | None = None  # the booking that is to be moved
    override: WindowReason | None = None
    made_by: int | None = None  # staff
    by: int | None = None  # a guardian


async def book(
    tx: Tx,
    family_id: int,
    number: int,
    starts_at: datetime,
    names: Sequence[str],
    now: datetime,
    rules: Rules,
    place: Place | None = None,
    interpreter: bool = False,
    override: WindowReason | None = WindowReason.OTHER,
    home: int | None = None,
) -> int:
    """The id of the visit's booking: a new one, or the old one moved. Raises what is wrong.

    `home`: with which, where the family has two. Who comes is said by first names; a name that is
    new becomes staff without chat.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    async with tx.begin_nested():
        who = tuple(await _staff_ids(tx, family_id, names))
        wish = Wish(
            visit=number,
            starts_at=starts_at,
            staff_ids=who,
            place=place,
            interpreter=interpreter,
            override=override,
            home=home,
        )
        return await keep(tx, family_id, wish, now, rules)


async def book_slot(
    tx: Tx,
    colleague: Colleague | None,
    family_id: int,
    visit: int,
    slot: Slot,
    now: datetime,
    rules: Rules,
    *,
    meeting: Meeting = Meeting.VISIT,
    place: Place | None = None,
    minutes: int | None = None,
    interpreter: bool = False,
    interpreter_wanted: bool | None = None,
    home: int | None = None,
    child: Child | None = None,
    moves: int | None = None,
    override: WindowReason | None = None,
) -> int:
    """The id of the booking: new, or `moves`, or the visit that stood already, moved.

    Raises NotYours, SlotTaken, OutsideWindow and what else speaks against it; then nothing has
    changed. The other one who comes hears of it, and so do the parents.
    """
    await family_for(tx, colleague, family_id, now)
    wish = Wish(
        visit=visit,
        starts_at=slot.starts_at,
        staff_ids=tuple(member.id for member in slot.staff),
        meeting=meeting,
        place=place,
        minutes=minutes,
        interpreter=interpreter,
        interpreter_wanted=interpreter_wanted,
        home=home,
        child=child,
        moves=moves,
        override=override,
        made_by=colleague.member.id if colleague else None,
    )
    if not wish.staff_ids:
        raise NobodyToCome
    async with tx.begin_nested():
        return await keep(tx, family_id, wish, now, rules)


async def keep(tx: Tx, family_id: int, wish: Wish, now: datetime, rules: Rules) -> int:
    """Book what is wished; the family is locked and the caller can roll back. See `book_slot`."""
    [family] = await families.load(tx, [family_id])
    check(family, wish.visit, wish.meeting, wish.starts_at, now, rules, wish.home)
    day = on_the_clock(wish.starts_at, rules.zone).date()
    child = wish.child or child_for(family, wish.visit, day)
    if wish.override is None:
        check_window(family, child, wish.visit, wish.meeting, wish.starts_at, rules)
    old = _old(family, child, wish)
    wish = replace(wish, home=two_homes.home_for(family, wish.visit, old, wish.home))
    same = (wish.visit, wish.meeting, wish.home)
    await close_for(tx, family, *same, old.id if old else None, now)
    booking_id = await (
        _move(tx, family, old, wish, now, rules)
        if old
        else _add(tx, family, child, wish, now, rules)
    )
    if family.visits_ended_at and not family.left_at:  # they have changed their minds
        if wish.home:  # one of two homes has
            await two_homes.offer_nothing(tx, family, 3 - wish.home, now)
        else:
            ended = family.visits_ended_at
            await take_back(tx, family_id, None, Figure.VISITS_ENDED, ended, rules)
        await families.set_family(tx, family_id, visits_ended_at=None)
    await catch_up(tx, family_id, now, rules)
    return booking_id


async def _add(
    tx: Tx, family: Family, child: Child, wish: Wish, now: datetime, rules: Rules
) -> int:
    facts = Facts(
        child_id=child.id,
        visit=wish.visit,
        starts_at=wish.starts_at,
        place=wish.place or USUAL_PLACE[wish.meeting],
        meeting=wish.meeting,
        minutes=wish.minutes or MINUTES[wish.meeting],
        interpreter=wish.interpreter,
        interpreter_wanted=await _wants_interpreter(tx, family, wish),
        home=wish.home,
        made_by=wish.made_by,
        changed_by=wish.by,
    )
    if wish.meeting is Meeting.VISIT:
        await milestones.first_booking(tx, family, now, rules)
    booking_id = await bookings.add(tx, family.id, facts, now)
    await bookings.set_staff(tx, booking_id, wish.staff_ids)
    await take_for(
        tx, booking_id, wish.staff_ids, wish.starts_at, facts.minutes, facts.place, now, rules
    )
    detail = None if wish.meeting is Meeting.VISIT else str(wish.meeting)
    await count(tx, family.id, wish.visit, Figure.BOOKED, now, rules, detail)
    await _count_override(tx, family, child, wish, now, rules)
    await events.note(tx, family.id, News.VISIT_BOOKED, now, booking_id, _author(wish))
    return booking_id


async def _wants_interpreter(tx: Tx, family: Family, wish: Wish) -> bool:
    if wish.interpreter_wanted is not None:
        return wish.interpreter_wanted
    return wish.interpreter or await interpreters.wanted(tx, family.id, wish.home)


async def _move(
    tx: Tx, family: Family, old: Booking, wish: Wish, now: datetime, rules: Rules
) -> int:
    """The old booking's id, with its new time, people and place: whatever is other than before."""
    who = wish.staff_ids or tuple(member.id for member in old.staff)
    place, minutes = wish.place or old.place, wish.minutes or old.minutes
    await take_for(tx, old.id, who, wish.starts_at, minutes, place, now, rules)
    await bookings.set_staff(tx, old.id, who)
    what = _what(old, wish.starts_at, who, place)
    # The interpreter is booked for the old time: staff hear that they must book again (D9).
    kept = old.interpreter and what is not Change.TIME
    facts: dict[str, object] = {
        "interpreter": kept or wish.interpreter,
        "interpreter_wanted": (
            old.interpreter_wanted or old.interpreter
            if wish.interpreter_wanted is None
            else wish.interpreter_wanted
        ),
        "minutes": minutes,
    }
    if what is None:
        await bookings.correct(tx, old.id, **facts)
        return old.id
    facts |= {"starts_at": wish.starts_at, "place": place, "made_by": wish.made_by}
    await bookings.change(tx, old, what, now, wish.by, **facts)
    await _tell_of_change(tx, family, old, what, who, _author(wish), now)
    if old.interpreter and what is not Change.PEOPLE:
        await events.note(tx, family.id, News.REBOOK_INTERPRETER, now, old.id)
    moved, detail = (Figure.MOVED, None) if what is Change.TIME else (Figure.CHANGED, what)
    await count(tx, family.id, old.visit, moved, now, rules, detail)
    return old.id


def _what(old: Booking, starts_at: datetime, who: Sequence[int], place: Place) -> Change | None:
    """The greatest change there is, or None."""
    if old.starts_at != starts_at:
        return Change.TIME
    if old.place is not place:
        return Change.PLACE
    return Change.PEOPLE if {member.id for member in old.staff} != set(who) else None


async def _tell_of_change(
    tx: Tx,
    family: Family,
    old: Booking,
    what: Change,
    who: Sequence[int],
    author: str | None,
    now: datetime,
) -> None:
    """Those who come hear of it, and those who do not come any more."""
    news = News.VISIT_MOVED if what is Change.TIME else News.VISIT_CHANGED
    await events.note(tx, family.id, news, now, old.id, author)
    for member in old.staff:
        if member.id not in who:
            await events.note(tx, family.id, News.RELIEVED, now, old.id, f"for:{member.id}")


def _author(wish: Wish) -> str | None:
    """Who did it, for whom it is no news; None: a parent, or the command line."""
    return f"by:{wish.made_by}" if wish.made_by else None


async def _count_override(
    tx: Tx, family: Family, child: Child, wish: Wish, now: datetime, rules: Rules
) -> None:
    if wish.override is None:
        return
    try:
        check_window(family, child, wish.visit, wish.meeting, wish.starts_at, rules)
    except OutsideWindow:
        await count(tx, family.id, wish.visit, Figure.OUTSIDE_WINDOW, now, rules, wish.override)


def _old(family: Family, child: Child, wish: Wish) -> Booking | None:
    """The booking that this one changes: the one named, or the visit that stands already."""
    booked = [each for each in family.bookings if each.state is BookingState.BOOKED]
    if wish.moves is not None:
        found = next((each for each in booked if each.id == wish.moves), None)
        if found is not None:
            return found
    if wish.meeting is not Meeting.VISIT:
        return None
    twins = {each.id for each in family.children if each.born == child.born}
    return next(
        (
            each
            for each in booked
            if each.child_id in twins and each.visit == wish.visit and each.meeting is Meeting.VISIT
        ),
        None,
    )


async def _staff_ids(tx: Tx, family_id: int, names: Sequence[str]) -> list[int]:
    """The area's staff with those first names; a name that is new becomes staff without chat."""
    known = {member.name: member.id for member in await bookings.staff_in_area(tx, family_id)}
    area = (await families.home(tx, family_id)).area_id
    ids = []
    for position, name in enumerate(dict.fromkeys(names)):
        role = ROLES_IN_ORDER[min(position, len(ROLES_IN_ORDER) - 1)]
        ids.append(known.get(name) or await staff.add(tx, area, name, role))
    return ids
