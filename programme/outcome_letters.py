"""After a visit who came is asked how it was: done, nobody at home, cancelled (mission H5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.kinds import Kind, Rules, first_leave, too_late_after
from programme.letters import Letter
from programme.people import Booking, BookingState, Family, Meeting, StaffMember, Why

ASKED_AFTER = timedelta(minutes=75)  # a visit is an hour, and then the two talk it over
ASKED = (Meeting.VISIT, Meeting.EXTRA)


@dataclass(frozen=True, kw_only=True)
class OutcomeAsk(Letter):
    """What became of a visit, to who was to come."""

    kind = Kind.OUTCOME_ASK
    booking_id: int
    visit: int
    starts_at: datetime


def outcome_asks(family: Family, member: StaffMember, rules: Rules) -> Iterator[OutcomeAsk]:
    """Of every visit that nobody has said anything about, to who was to come."""
    for booking in family.bookings:
        if booking.state is BookingState.BOOKED and booking.meeting in ASKED:
            yield from _ask(family, member, booking, rules)


def _ask(
    family: Family, member: StaffMember, booking: Booking, rules: Rules
) -> Iterator[OutcomeAsk]:
    called = booking.starts_at + ASKED_AFTER
    at = first_leave(Kind.OUTCOME_ASK, called, rules)
    comes = member.id in {each.id for each in booking.staff}
    silent = {child.id for child in family.children if child.silent}
    hushed = any(family.resting(Why.LOSS, each) for each in (called, at))
    held = any(rest.covers(booking.starts_at) for rest in family.area.rests)
    if not comes or hushed or held or booking.child_id in silent:
        return
    yield OutcomeAsk(
        key=f"outcome:{booking.id}:{booking.revision}:{member.id}",
        at=at,
        called=called,
        not_after=too_late_after(Kind.OUTCOME_ASK, at, rules, None),
        family_id=family.id,
        staff_id=member.id,
        booking_id=booking.id,
        visit=booking.visit,
        starts_at=booking.starts_at,
    )
