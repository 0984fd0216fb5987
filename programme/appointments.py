"""Bookings as they should stand in one person's calendar: which, and whether they still hold.

For parents after a loss there is nothing: nobody asks here then. For staff such a visit is off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from programme.letters import DayBefore, Letter, SameMorning, VisitLetter, VisitOnHold
from programme.people import Booking, BookingState, Family, Guardian, StaffMember, Why

OURS = "@lotsen"  # so does every UID end: whoever reads a calendar back knows our own entries
KEPT = timedelta(days=30)  # so long does a private calendar show what has been, and what is off

_STANDS = (BookingState.BOOKED, BookingState.DONE)
# They remind, or ask for patience: nothing about the visit has changed.
_SAY_NOTHING_NEW = (DayBefore, SameMorning, VisitOnHold)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One booking as it should stand in somebody's calendar."""

    booking: Booking
    off: bool = False  # for this reader it will not be: they do not come, or nobody must
    staff: bool = False  # the reader is one of those who come

    @property
    def gone(self) -> bool:
        """Whether the calendar should show that it will not be."""
        return self.off or self.booking.state not in _STANDS


def of_parent(family: Family, guardian: Guardian, now: datetime) -> list[Appointment]:
    """What lies ahead of this parent, in order of time; the other home's is not theirs (B15)."""
    silent = {child.id for child in family.children if child.silent}
    return [
        Appointment(booking=each)
        for each in sorted(family.bookings, key=lambda b: b.starts_at)
        if each.state is BookingState.BOOKED
        and each.ends_at > now
        and each.concerns(guardian)
        and each.child_id not in silent
    ]


def changed(
    family: Family, guardian: Guardian | None, letters: Sequence[Letter]
) -> list[Appointment]:
    """The bookings that these letters to a parent change, if the parent wants them as a file."""
    if guardian is None or not guardian.calendar:
        return []
    news = [each for each in letters if isinstance(each, VisitLetter)]
    numbers = {each.booking_id for each in news if not isinstance(each, _SAY_NOTHING_NEW)}
    known = (each for each in (*family.bookings, *family.parted) if each.concerns(guardian))
    # Of two homes one may have been told that a visit is off which the other keeps: as it knew it.
    return [
        Appointment(booking=replace(each, id=each.known_as))
        for each in known
        if each.known_as in numbers
    ]


def of_member(families: Iterable[Family], staff_id: int, now: datetime) -> list[Appointment]:
    """What somebody of the staff is booked for: all that lies ahead, and the last thirty days."""
    found = [
        Appointment(booking=booking, off=_nobody_must_come(family, booking, now), staff=True)
        for family in families
        for booking in family.bookings
        if any(each.id == staff_id for each in booking.staff)
    ]
    kept = [each for each in found if _is_shown(each, now)]
    return sorted(kept, key=lambda each: (each.booking.starts_at, each.booking.id))


def _nobody_must_come(family: Family, booking: Booking, now: datetime) -> bool:
    """After a loss staff do not come, though the booking stands until a person ends it (A11)."""
    silent = {child.id for child in family.children if child.silent}
    hushed = family.resting(Why.LOSS, now) is not None and booking.ends_at > now
    return hushed or booking.child_id in silent


def _is_shown(each: Appointment, now: datetime) -> bool:
    since, booking = now - KEPT, each.booking
    if each.gone and booking.changed_at is not None and not each.off:
        return booking.changed_at >= since
    return booking.ends_at >= since


def member_coming(
    families: Iterable[Family], member: StaffMember, now: datetime
) -> list[Appointment]:
    """What lies ahead of somebody of the staff, and stands."""
    found = of_member(families, member.id, now)
    return [each for each in found if not each.gone and each.booking.ends_at > now]
