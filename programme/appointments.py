"""Bookings as they should stand in one person's calendar: which, and whether they still hold.

For parents after a loss there is nothing: nobody asks here then. For staff such a visit is off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from programme.letters import (
    DayBefore,
    Letter,
    SameMorning,
    StaffNews,
    VisitLetter,
    VisitMissed,
)
from programme.localtime import on_the_clock
from programme.news import News
from programme.people import Booking, BookingState, Family, Guardian, StaffMember, Why

OURS = "@lotsen"  # so does every UID end: whoever reads a calendar back knows our own entries
KEPT = timedelta(days=30)  # so long does a private calendar show what has been, and what is off

_STANDS = (BookingState.BOOKED, BookingState.DONE, BookingState.MISSED)  # the last: staff came
# They remind, or speak of what has been: nothing in a calendar has changed.
_SAY_NOTHING_NEW = (DayBefore, SameMorning, VisitMissed)
# What staff hear of one booking, and of all that lies ahead of a family.
_OF_ONE = frozenset(
    {News.VISIT_BOOKED, News.VISIT_MOVED, News.VISIT_CHANGED, News.VISIT_CANCELLED, News.RELIEVED}
)
_OF_ALL = frozenset({News.ENDED, News.AWAY, News.BACK, News.LOSS, News.MOVED})


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One booking as it should stand in somebody's calendar."""

    booking: Booking
    off: bool = False  # for this reader it will not be: they do not come, or nobody must
    staff: bool = False  # the reader is one of those who come
    held_since: datetime | None = None  # on hold since then: its area is paused (mission A4)

    @property
    def gone(self) -> bool:
        """Whether the calendar should show that it will not be."""
        return self.off or self.held_since is not None or self.booking.state not in _STANDS

    @property
    def sequence(self) -> int:
        """Higher than what was said before of this booking; standing again it rises once more."""
        return self.booking.sequence + (self.held_since is not None)

    @property
    def changed_at(self) -> datetime | None:
        """When it last became what it is; None: long ago."""
        moments = (self.booking.changed_at, self.held_since)
        return max((at for at in moments if at), default=None)


def of_parent(family: Family, guardian: Guardian, now: datetime) -> list[Appointment]:
    """What lies ahead of this parent, in order of time; the other home's is not theirs (B15)."""
    silent = {child.id for child in family.children if child.silent}
    return [
        Appointment(booking=each)
        for each in sorted(family.bookings, key=lambda b: b.starts_at)
        if each.state is BookingState.BOOKED
        and _held_since(family, each) is None
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
        for_parent(family, replace(each, id=each.known_as))
        for each in known
        if each.known_as in numbers
    ]


def changed_for(
    family: Family, staff_id: int, letters: Sequence[Letter], now: datetime
) -> list[Appointment]:
    """The bookings that these letters to one of the staff change."""
    news = [each for each in letters if isinstance(each, StaffNews)]
    every = any(each.what in _OF_ALL for each in news)
    named = {each.booking_id: each.what for each in news if each.booking_id is not None}
    return [
        appointment
        for each in family.bookings
        if (appointment := for_member(family, each, staff_id, now))
        and (
            (each.id in named and (named[each.id] in _OF_ONE or appointment.gone))
            or (every and _comes(each, staff_id) and each.starts_at > now)
        )
    ]


def for_parent(family: Family, booking: Booking) -> Appointment:
    """A booking for one of the parents whom it concerns."""
    return Appointment(booking=booking, held_since=_held_since(family, booking))


def for_member(family: Family, booking: Booking, staff_id: int, now: datetime) -> Appointment:
    """A booking for one of the staff: off, where a colleague comes in their place."""
    off = not _comes(booking, staff_id) or _nobody_must_come(family, booking, now)
    held = _held_since(family, booking)
    return Appointment(booking=booking, off=off, staff=True, held_since=held)


def _comes(booking: Booking, staff_id: int) -> bool:
    return any(each.id == staff_id for each in booking.staff)


def on_day(
    families: Iterable[Family], staff_id: int, day: date, now: datetime, zone: ZoneInfo
) -> list[tuple[Family, Booking]]:
    """Where one of the staff is to be on that day, in order of time."""
    found = [
        (family, booking)
        for family in families
        for booking in family.bookings
        if _comes(booking, staff_id)
        and on_the_clock(booking.starts_at, zone).date() == day
        and not for_member(family, booking, staff_id, now).gone
    ]
    return sorted(found, key=lambda each: each[1].starts_at)


def of_member(families: Iterable[Family], staff_id: int, now: datetime) -> list[Appointment]:
    """What somebody of the staff is booked for: all that lies ahead, and the last thirty days."""
    found = [
        for_member(family, booking, staff_id, now)
        for family in families
        for booking in family.bookings
        if _comes(booking, staff_id)
    ]
    kept = [each for each in found if _is_shown(each, now)]
    return sorted(kept, key=lambda each: (each.booking.starts_at, each.booking.id))


def _held_since(family: Family, booking: Booking) -> datetime | None:
    """Since when its area is paused over its hour; None: it is not, or it is settled."""
    if booking.state is not BookingState.BOOKED:
        return None
    rests = (rest for rest in family.area.rests if rest.covers(booking.starts_at))
    return next((rest.since for rest in rests), None)


def _nobody_must_come(family: Family, booking: Booking, now: datetime) -> bool:
    """After a loss staff do not come, though the booking stands until a person ends it (A11)."""
    silent = {child.id for child in family.children if child.silent}
    hushed = family.resting(Why.LOSS, now) is not None and booking.ends_at > now
    return hushed or booking.child_id in silent


def _is_shown(each: Appointment, now: datetime) -> bool:
    since, booking = now - KEPT, each.booking
    if booking.state not in _STANDS and booking.changed_at is not None and not each.off:
        return booking.changed_at >= since
    return booking.ends_at >= since


def member_coming(
    families: Iterable[Family], member: StaffMember, now: datetime
) -> list[Appointment]:
    """What lies ahead of somebody of the staff, and stands."""
    found = of_member(families, member.id, now)
    return [each for each in found if not each.gone and each.booking.ends_at > now]
