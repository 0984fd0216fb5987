"""The guarded door to private data: who is asking, and what they may see (docs/architecture.md).

What is not theirs is answered like what does not exist.
"""

from dataclasses import dataclass

from programme.errors import NotYours
from programme.people import Booking, Family, Guardian
from storage import families
from storage.database import Tx


@dataclass(frozen=True)
class Reader:
    """A parent as they stand before the door: themselves and their family's number."""

    family_id: int
    guardian: Guardian


async def reader_of(tx: Tx, chat_id: int) -> Reader | None:
    """The parent who reads in that chat, or None for somebody unknown."""
    found = await families.guardian_of_chat(tx, chat_id)
    return Reader(*found) if found else None


async def family_of(tx: Tx, reader: Reader) -> Family:
    """The reader's own family; raises NotYours if it is gone."""
    found = await families.load(tx, [reader.family_id])
    if not found[0].guardians:
        raise NotYours
    return found[0]


async def booking_for(tx: Tx, reader: Reader, booking_id: int) -> Booking:
    """A booking of the reader's own family; raises NotYours for any other number."""
    family = await family_of(tx, reader)
    found = next((each for each in family.bookings if each.id == booking_id), None)
    if found is None:
        raise NotYours
    return found
