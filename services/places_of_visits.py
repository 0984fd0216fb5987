"""A parent chooses where a booked visit is, without saying why (mission D16)."""

from datetime import datetime

from programme.kinds import Rules
from programme.people import Booking, BookingState, Place
from services import changing
from services.access import Reader, booking_for
from storage.database import Tx


async def coming(tx: Tx, reader: Reader, booking_id: int, now: datetime) -> Booking | None:
    """A booking of the reader's that stands and lies ahead, or None; raises NotYours."""
    found = await booking_for(tx, reader, booking_id)
    return found if found.state is BookingState.BOOKED and found.starts_at > now else None


async def choose(
    tx: Tx, reader: Reader, booking_id: int, where: Place, now: datetime, rules: Rules
) -> Booking:
    """The booking at its new place; raises NotYours, SlotTaken if there is no way there in time."""
    await booking_for(tx, reader, booking_id)
    await changing.change_place(
        tx, None, reader.family_id, booking_id, where, now, rules, by=reader
    )
    return await booking_for(tx, reader, booking_id)
