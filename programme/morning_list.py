"""What stands in the morning list: what waits for one colleague, each family once (mission H3).

The same rules as the lists behind its buttons, in order of time: nobody is ranked by risk (A3).
A family that rests after a loss is never in it (A11).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.ages import date_at
from programme.appointments import for_member
from programme.for_interpreter import warned_on
from programme.for_staff import call_moment, concerns, is_off
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Family, Meeting, Place, StaffMember, Why
from programme.phone_list import call
from programme.reasons import Asked
from programme.series import Due, StepState, to_book
from programme.visits import FIRST_VISIT_WARNING

SHOWN = 3  # of each sort so many are written out; the others are behind the button
CLOSES_SOON = timedelta(days=7)


class About(StrEnum):
    """Why a family stands in the list, in the order of the list."""

    TODAY = "today"  # you visit them
    CALL = "call"  # call today: a visit is next, and nobody reads the chat (mission B13)
    INTERPRETER = "interpreter"  # wanted for a visit soon, and not booked
    WAITS = "waits"  # a parent asked for something, and nobody has done it
    THREAD = "thread"  # a parent wrote, and nobody has answered
    FIRST = "first"  # the fourteen days of the first visit are about to pass (mission A5)
    CLOSING = "closing"  # the visit's window is about to close
    TO_BOOK = "to_book"
    LATE = "late"  # its window has passed
    MISSED = "missed"  # nobody was at home
    PHONE = "phone"  # there is something to say, and nobody reads the chat


@dataclass(frozen=True, kw_only=True)
class Line:
    """One family: staff's own word for it, or its number; never a name, never an address."""

    about: About
    family_id: int
    family: str | int
    visit: int = 0  # 0: none of the six, see `meeting`
    meeting: Meeting = Meeting.VISIT
    starts_at: datetime | None = None
    place: Place | None = None
    last_day: date | None = None
    asked: Asked | None = None  # what a parent asks for; None: a time for a visit
    booking_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """All of one sort, of which the first are written out."""

    about: About
    many: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Office:
    """Figures that are about no single family."""

    by_poster: int = 0  # families that wait for staff's yes
    untranslated: int = 0
    to_approve: int = 0  # translations that wait for a yes
    old_places: int = 0
    old_pages: int = 0
    old_activities: int = 0
    failed: int = 0  # notices that did not reach everybody

    @property
    def waits(self) -> bool:
        """Whether anything cannot wait; what is old is told once a month, too (mission F4)."""
        return any((self.by_poster, self.untranslated, self.to_approve, self.failed))


def own(
    family: Family, member: StaffMember, name: str | int, now: datetime, rules: Rules
) -> Iterator[Line]:
    """What this one has to do with a family they visit: today's visit, a call, an interpreter."""
    if _hushed(family, now):
        return
    today = on_the_clock(now, rules.zone).date()
    for each in sorted(family.bookings, key=lambda b: b.starts_at):
        if each.state is BookingState.BOOKED and each.ends_at > now and not is_off(family, each):
            for about in _of_booking(family, member, each, today, now, rules):
                yield _line(about, family, name, each)


def _of_booking(
    family: Family, member: StaffMember, each: Booking, today: date, now: datetime, rules: Rules
) -> Iterator[About]:
    if not concerns(family, member, each):
        return
    day = on_the_clock(each.starts_at, rules.zone).date()
    if day == today and not for_member(family, each, member.id, now).gone:
        yield About.TODAY
    called = on_the_clock(call_moment(day, rules), rules.zone).date()
    if called <= today < day and not (family.reachable_at(now, each.home) or family.away_at(now)):
        yield About.CALL
    if each.interpreter_wanted and not each.interpreter and now >= warned_on(day, rules):
        yield About.INTERPRETER


def _line(about: About, family: Family, name: str | int, each: Booking) -> Line:
    return Line(
        about=about,
        family_id=family.id,
        family=name,
        visit=each.visit,
        meeting=each.meeting,
        starts_at=each.starts_at,
        place=each.place,
        booking_id=each.id,
    )


def of_area(family: Family, name: str | int, now: datetime, rules: Rules) -> Iterator[Line]:
    """What waits with a family of the area for any of its staff: times, windows, a phone."""
    if _hushed(family, now):
        return
    today = on_the_clock(now, rules.zone).date()
    for due in to_book(family, now, rules):
        yield Line(
            about=_why(due, today),
            family_id=family.id,
            family=name,
            visit=due.step.visit,
            last_day=due.step.days.last,
            booking_id=due.step.booking.id if due.step.booking else None,
        )
    for thread in family.threads:
        if thread.answered_at is None:
            yield Line(about=About.THREAD, family_id=family.id, family=name)
    if not family.reachable_at(now) and call(family, False, now, rules):
        yield Line(about=About.PHONE, family_id=family.id, family=name)


def _why(due: Due, today: date) -> About:
    child, days = due.step.child, due.step.days
    home = child.came_home or child.born
    if due.wanted:
        return About.WAITS
    if due.late:
        return About.LATE
    if due.step.state is StepState.MISSED:
        return About.MISSED
    if due.step.visit == 1 and home and date_at(home, FIRST_VISIT_WARNING) <= today:
        return About.FIRST
    return About.CLOSING if days.last - today <= CLOSES_SOON else About.TO_BOOK


def _hushed(family: Family, now: datetime) -> bool:
    """After a loss, and of who is no family of ours (yet): nothing."""
    return bool(family.resting(Why.LOSS, now) or family.waits_since or family.left_at)


def sections(lines: Iterable[Line]) -> tuple[Section, ...]:
    """The lines by sort, each sort in order of time, with the first few written out.

    Who is called today is not to be phoned once more.
    """
    every = list(lines)
    called = {each.family_id for each in every if each.about is About.CALL}
    kept = [each for each in every if each.about is not About.PHONE or each.family_id not in called]
    found = []
    for about in About:
        some = sorted((each for each in kept if each.about is about), key=_order)
        if some:
            shown = some if about is About.TODAY else some[:SHOWN]
            found.append(Section(about=about, many=len(some), lines=tuple(shown)))
    return tuple(found)


def _order(line: Line) -> tuple[float, date, int]:
    starts = line.starts_at.timestamp() if line.starts_at else 0.0
    return starts, line.last_day or date.max, line.family_id
