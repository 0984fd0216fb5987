"""The guarded door to private data: who is asking, and what they may see (docs/architecture.md).

What is not theirs is answered like what does not exist.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import NeedsReason, NoSuchFamily, NotYours
from programme.localtime import STOCKHOLM, on_the_clock
from programme.looks import (
    CHOICES,
    NOBODY,
    STAYS_ALONE,
    Look,
    LookWhy,
    Seen,
    holds,
    home_of,
    own_reason,
)
from programme.people import Booking, Family, Guardian, Rest, Role, StaffMember, Why
from storage import families, looks, staff
from storage.database import Tx
from storage.staff import Colleague
from storage.turns import lock_family, lock_family_of_chat

__all__ = [
    "Colleague",
    "Reader",
    "booking_for",
    "colleague_of",
    "family_for",
    "family_for_staff",
    "family_of",
    "may_ask_for",
    "meets_families",
    "note_look",
    "open_lists",
    "open_with_reason",
    "reader_of",
    "resting_colleague",
    "runs_areas",
    "runs_every_area",
    "seen_by_operator",
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
    await lock_family_of_chat(tx, chat_id)
    found = await families.guardian_of_chat(tx, chat_id)
    return Reader(*found) if found else None


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


async def resting_colleague(tx: Tx, chat_id: int) -> StaffMember | None:
    """Who of the staff reads in that chat and is not let in for now, or None."""
    return await staff.resting_in(tx, chat_id)


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


async def family_for_staff(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    now: datetime,
    because: LookWhy | None = None,
    seen: Seen = Seen.PAGE,
    booking_id: int | None = None,
) -> Family:
    """A family of an area the colleague works in, and the look is kept (mission H2).

    Raises NotYours for any other number, NeedsReason for a family of a colleague's list; `because`:
    what is done is a reason in itself; `booking_id`: what is seen is about that visit alone.
    """
    family = await _of_their_area(tx, colleague, family_id)
    if own := own_reason(family, colleague.member):
        await note_look(tx, colleague, family, now, own, seen, booking_id, given=True)
        return family
    why = because or await _given(tx, colleague, family, now)
    await note_look(tx, colleague, family, now, why, seen, booking_id)
    return family


async def _of_their_area(tx: Tx, colleague: Colleague, family_id: int) -> Family:
    if not meets_families(colleague) or not await lock_family(tx, family_id):
        raise NotYours
    if (await families.home(tx, family_id)).area_id not in colleague.areas:
        raise NotYours
    [family] = await families.load(tx, [family_id])
    if family.waits_since:  # came by a poster: not a family of ours yet
        raise NotYours
    return family


async def _given(tx: Tx, colleague: Colleague, family: Family, now: datetime) -> LookWhy:
    """The reason given not long ago; raises NeedsReason."""
    given = await looks.given(tx, family.id, colleague.member.id)
    if given is None or now - given[1] >= holds(given[0]):
        raise NeedsReason(family.id)
    return given[0]


async def note_look(
    tx: Tx,
    colleague: Colleague | None,
    family: Family,
    now: datetime,
    why: LookWhy,
    seen: Seen = Seen.PAGE,
    booking_id: int | None = None,
    *,
    given: bool = False,
    words: str | None = None,
) -> None:
    """Somebody of the staff sees this family now, and it is kept for how long the family is.

    What may come of one parent's own wish is told to that parent only (mission B14); a paper about
    a visit to one of two homes, to that home only (B15). `given`: it opens the family to them for
    some time.
    """
    open_threads = [each.guardian_id for each in family.threads]
    alone = open_threads[0] if open_threads else None
    if alone is None:
        alone = await looks.asked_alone(tx, family.id, now - STAYS_ALONE)
    look = Look(
        staff_id=colleague.member.id if colleague else NOBODY,
        at=now,
        why=why,
        seen=seen,
        family_id=family.id,
        guardian_id=alone,
        home=home_of(family, colleague.member if colleague else None, booking_id),
    )
    await looks.note(tx, look, given, words)


async def open_with_reason(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    why: LookWhy,
    now: datetime,
    words: str | None = None,
) -> None:
    """A family of a colleague's list is open to this one for some time; raises NotYours."""
    if why not in CHOICES:
        raise NotYours
    family = await _of_their_area(tx, colleague, family_id)
    if own_reason(family, colleague.member) is None:
        await note_look(tx, colleague, family, now, why, given=True, words=words)


async def may_ask_for(tx: Tx, colleague: Colleague, family_id: int) -> None:
    """Raises NotYours unless the family is of an area the colleague works in; shows nothing."""
    await _of_their_area(tx, colleague, family_id)


async def open_lists(tx: Tx, colleague: Colleague, now: datetime) -> None:
    """A list that names families of the colleague's areas is opened, and that is kept, once a day.

    Raises NotYours for who meets no families.
    """
    if not meets_families(colleague):
        raise NotYours
    today = on_the_clock(now, STOCKHOLM).date()
    await looks.note_list(tx, colleague.areas, colleague.member.id, today)


async def family_for(tx: Tx, colleague: Colleague | None, family_id: int, now: datetime) -> Family:
    """The same; None: a parent's own wish, or whoever runs Lotsen, who is shown nothing by it.

    Raises NotYours, NeedsReason, NoSuchFamily.
    """
    if colleague is not None:
        return await family_for_staff(tx, colleague, family_id, now)
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    return family


async def seen_by_operator(
    tx: Tx, family: Family, now: datetime, seen: Seen, booking_id: int | None = None
) -> None:
    """Whoever runs Lotsen has this family on the screen, or one of its visits on paper."""
    await note_look(tx, None, family, now, LookWhy.OPERATOR, seen, booking_id)
