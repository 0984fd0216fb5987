"""The guarded door to private data: who is asking, and what they may see (docs/architecture.md).

What is not theirs is answered like what does not exist.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import NoSuchFamily, NotYours
from programme.people import Booking, Family, Guardian, Rest, Role, Why
from storage import families, rests, staff
from storage.database import Tx
from storage.staff import Colleague
from storage.turns import lock_family

__all__ = [
    "Colleague",
    "Reader",
    "booking_for",
    "colleague_of",
    "family_for",
    "family_for_staff",
    "family_of",
    "meets_families",
    "reader_of",
    "runs_areas",
    "runs_every_area",
    "sends_notices",
    "translates",
    "writes_activities",
    "writes_texts",
]

# A translator needs no family to translate, and who runs the computers needs none either (C10).
_MEETS = (Role.NURSE, Role.PARENT_SUPPORTER, Role.COORDINATOR)


@dataclass(frozen=True)
class Reader:
    """A parent as they stand before the door: themselves and their family's number."""

    family_id: int
    guardian: Guardian
    family_rests: tuple[Rest, ...] = ()

    def resting(self, now: datetime) -> Why | None:
        """Why nothing is sent to this parent now, the heaviest reason first, or None."""
        return _heaviest((*self.guardian.rests, *self.family_rests), now)

    def own_rest(self, now: datetime) -> Why | None:
        """The same, of what this parent chose for themselves."""
        own = tuple(each for each in self.guardian.rests if each.why is not Why.AWAY)
        return _heaviest(own, now)


# Unreachable is none: who writes to us is reached.
_HEAVIEST_FIRST = (Why.LOSS, Why.STOPPED, Why.PAUSED, Why.AWAY)


def _heaviest(all_rests: tuple[Rest, ...], now: datetime) -> Why | None:
    covering = {each.why for each in all_rests if each.covers(now)}
    return next((why for why in _HEAVIEST_FIRST if why in covering), None)


async def reader_of(tx: Tx, chat_id: int) -> Reader | None:
    """The parent who reads in that chat, or None for somebody unknown."""
    found = await families.guardian_of_chat(tx, chat_id)
    if found is None:
        return None
    await lock_family(tx, found[0])
    found = await families.guardian_of_chat(tx, chat_id)
    if found is None:
        return None
    family_id, guardian = found
    resting = await rests.of(tx, "family_id", [family_id])
    return Reader(family_id, guardian, resting.get(family_id, ()))


async def family_of(tx: Tx, reader: Reader) -> Family:
    """The reader's own family; raises NotYours if it is gone."""
    found = await families.load(tx, [reader.family_id])
    if not found[0].guardians:
        raise NotYours
    return found[0]


async def booking_for(tx: Tx, reader: Reader, booking_id: int) -> Booking:
    """A booking of the reader's own family and home; raises NotYours for any other number.

    Of one that the other home has kept the reader sees what they were told: it is cancelled.
    """
    family = await family_of(tx, reader)
    for booking in (*family.bookings, *family.parted):
        if booking.known_as == booking_id and booking.concerns(reader.guardian):
            return booking
    raise NotYours


async def colleague_of(tx: Tx, chat_id: int) -> Colleague | None:
    """Who of the staff reads in that chat, or None; who has ended is nobody."""
    return await staff.by_chat(tx, chat_id)


def meets_families(colleague: Colleague) -> bool:
    """Whether their work is with families at all."""
    return colleague.member.role in _MEETS


def writes_activities(colleague: Colleague) -> bool:
    """Whether they write what families can come to: who runs the area, or holds the groups."""
    return colleague.member.role in (Role.COORDINATOR, Role.PARENT_SUPPORTER)


def writes_texts(colleague: Colleague) -> bool:
    """Whether they write pages of the guide and read texts aloud."""
    return meets_families(colleague) or translates(colleague)


def translates(colleague: Colleague) -> bool:
    """Whether they are asked for words that are missing in a language."""
    return colleague.member.role is Role.TRANSLATOR


def runs_areas(colleague: Colleague) -> bool:
    """Whether they run an area at all."""
    return colleague.member.role in (Role.COORDINATOR, Role.ADMINISTRATOR)


def runs_every_area(colleague: Colleague) -> bool:
    """Whether every area is theirs to run."""
    return colleague.member.role is Role.ADMINISTRATOR


def sends_notices(colleague: Colleague) -> bool:
    """Whether they tell many families something at once, correct it, or say *closed today*."""
    return colleague.member.role is Role.COORDINATOR


async def family_for_staff(tx: Tx, colleague: Colleague, family_id: int) -> Family:
    """A family of an area the colleague works in; raises NotYours for any other number."""
    if not meets_families(colleague) or not await lock_family(tx, family_id):
        raise NotYours
    if (await families.home(tx, family_id)).area_id not in colleague.areas:
        raise NotYours
    [family] = await families.load(tx, [family_id])
    if family.waits_since:  # came by a poster: not a family of ours yet
        raise NotYours
    return family


async def family_for(tx: Tx, colleague: Colleague | None, family_id: int) -> Family:
    """The same; None: whoever runs Lotsen, by the command line. Raises NotYours, NoSuchFamily."""
    if colleague is not None:
        return await family_for_staff(tx, colleague, family_id)
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    return family
