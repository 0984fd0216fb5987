"""A visit's slip on paper, from the facts of its booking (mission B13)."""

from datetime import datetime

from programme.errors import FamilyRests, NoSuchFamily, NothingBooked
from programme.letters import DayBefore
from programme.looks import Seen
from programme.people import Why
from services.access import seen_by_operator
from services.visits import coming
from storage import families
from storage.database import Tx


async def facts(tx: Tx, family_id: int, number: int, now: datetime) -> DayBefore:
    """What the slip may say; raises NoSuchFamily, FamilyRests, NothingBooked."""
    if not await families.exists(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    booking = next((each for each in coming(family, now) if each.visit == number), None)
    if booking is None:
        raise NothingBooked(family_id, number)
    await seen_by_operator(tx, family, now, Seen.PAPER)
    return DayBefore(
        key=f"slip:{booking.id}",
        at=now,
        not_after=booking.starts_at,
        family_id=family_id,
        child_id=booking.child_id,
        booking_id=booking.id,
        revision=booking.revision,
        visit=number,
        starts_at=booking.starts_at,
        place=booking.place,
        staff=booking.staff,
        interpreter=booking.interpreter,
    )
