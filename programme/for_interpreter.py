"""What staff hear about the interpreter of a visit (mission D9). Never a relative (domain.md K2).

A family that rests after a loss is never in it: `for_staff` tells of the interpreter there.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from programme.kinds import Kind, Rules, first_leave
from programme.letters import StaffNews
from programme.localtime import instant, on_the_clock
from programme.news import News
from programme.people import Booking, BookingState, Family, StaffMember, Why

WORKING_DAYS = 3  # so long before the visit staff are warned
LONGEST_WAY = timedelta(days=24)  # that many working days, over any holidays

_MORNING = time(7, 30)
_GONE = {BookingState.CANCELLED, BookingState.DECLINED, BookingState.FREED}


def warned_on(visit: date, rules: Rules) -> datetime:
    """The morning three working days before a visit on that day."""
    day, left = visit, WORKING_DAYS
    while left:
        day -= timedelta(days=1)
        left -= rules.is_working_day(day)
    return instant(day, _MORNING, rules.zone)


def for_interpreter(family: Family, member: StaffMember, rules: Rules) -> Iterator[StaffNews]:
    """Everything this one hears about the interpreters of the family's visits, as they stand."""
    silent = {child.id for child in family.children if child.silent}
    for booking in family.bookings:
        if booking.child_id not in silent and _comes(family, member, booking):
            yield from _missing(family, member, booking, rules)
            yield from _off(family, member, booking, rules)


def _comes(family: Family, member: StaffMember, booking: Booking) -> bool:
    if not booking.staff:
        return member in family.staff
    return member.id in {each.id for each in booking.staff}


def _missing(
    family: Family, member: StaffMember, booking: Booking, rules: Rules
) -> Iterator[StaffNews]:
    """It is wanted and not booked, and there are three working days left, or fewer."""
    wanted = booking.interpreter_wanted and not booking.interpreter
    if not wanted or booking.state is not BookingState.BOOKED:
        return
    if any(rest.covers(booking.starts_at) for rest in family.area.rests):
        return
    called = warned_on(on_the_clock(booking.starts_at, rules.zone).date(), rules)
    if booking.changed_at:  # booked so late: at once
        called = max(called, booking.changed_at)
    yield from _news(family, member, booking, News.NO_INTERPRETER, called, booking.starts_at, rules)


def _off(
    family: Family, member: StaffMember, booking: Booking, rules: Rules
) -> Iterator[StaffNews]:
    """It is booked for a visit that will not be, whoever has taken it away."""
    if booking.interpreter and booking.state in _GONE and booking.changed_at:
        what = News.CANCEL_INTERPRETER
        yield from _news(
            family, member, booking, what, booking.changed_at, booking.starts_at, rules
        )


def _news(
    family: Family,
    member: StaffMember,
    booking: Booking,
    what: News,
    called: datetime,
    until: datetime,
    rules: Rules,
) -> Iterator[StaffNews]:
    at = first_leave(Kind.STAFF_NEWS, called, rules)
    hushed = family.resting(Why.LOSS, called) or family.resting(Why.LOSS, at)
    if at < until and not hushed:
        yield StaffNews(
            key=cancel_key(booking, member.id)
            if what is News.CANCEL_INTERPRETER
            else f"staff:interpreter:{booking.id}:{booking.revision}:{member.id}",
            at=at,
            called=called,
            not_after=until,
            family_id=family.id,
            staff_id=member.id,
            what=what,
            visit=booking.visit,
            starts_at=booking.starts_at,
            meeting=booking.meeting,
        )


def cancel_key(booking: Booking, staff_id: int) -> str:
    """The key of the letter that asks this one to cancel the interpreter."""
    return f"staff:interpreter-off:{booking.id}:{booking.revision}:{staff_id}"
