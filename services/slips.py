"""A visit's slip on paper, from the facts of its booking (mission B13)."""

from datetime import datetime

from programme.errors import FamilyRests, NoSuchFamily, NothingBooked, NotYours
from programme.letters import DayBefore
from programme.looks import Seen
from programme.people import Booking, Family, Meeting, Why
from services.access import Colleague, family_for_staff, seen_by_operator
from services.visits import coming
from storage import families
from storage.database import Tx


async def facts(tx: Tx, family_id: int, number: int, now: datetime) -> DayBefore:
    """What the slip may say; raises NoSuchFamily, FamilyRests, NothingBooked."""
    if not await families.exists(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    found = next((each for each in _ahead(family, now) if each.visit == number), None)
    if found is None:
        raise NothingBooked(family_id, number)
    await seen_by_operator(tx, family, now, Seen.PAPER, found.id)
    return _said(family, found, now)


async def for_staff(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime
) -> DayBefore:
    """The same of one booking; raises NotYours, NeedsReason, FamilyRests, NothingBooked."""
    family = await family_for_staff(
        tx, colleague, family_id, now, seen=Seen.PAPER, booking_id=booking_id
    )
    if not any(each.id == booking_id for each in family.bookings):
        raise NotYours
    found = next((each for each in _ahead(family, now) if each.id == booking_id), None)
    if found is None:
        raise NothingBooked(family_id, booking_id)
    return _said(family, found, now)


def _ahead(family: Family, now: datetime) -> list[Booking]:
    """Of the six, what is booked: what else there is, a slip has no words for."""
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    return [each for each in coming(family, now) if each.meeting is Meeting.VISIT]


def _said(family: Family, booking: Booking, now: datetime) -> DayBefore:
    return DayBefore(
        key=f"slip:{booking.id}",
        at=now,
        not_after=booking.starts_at,
        family_id=family.id,
        child_id=booking.child_id,
        booking_id=booking.id,
        revision=booking.revision,
        visit=booking.visit,
        starts_at=booking.starts_at,
        place=booking.place,
        staff=booking.staff,
        interpreter=booking.interpreter,
    )
