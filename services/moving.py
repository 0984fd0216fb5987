"""A family moves: to another area, with a parent's yes; or out of the programme (mission B16)."""

from datetime import datetime
from enum import StrEnum

from programme.errors import NoSuchFamily, TwoHomes, UnknownArea
from programme.kinds import Rules
from programme.news import News
from programme.people import BookingState, Choice, Family
from services import signing_up
from services.access import Colleague, Reader, family_for_staff, family_of
from services.holds import close_all
from services.planning import catch_up
from services.visits import coming
from storage import areas, bookings, events, families
from storage.database import Tx
from storage.turns import lock_family


class Answered(StrEnum):
    """What a parent's answer came to."""

    YES = "yes"
    NO = "no"
    OLD = "old"  # somebody has answered, or another question was asked since


async def ask(tx: Tx, family_id: int, area: str, now: datetime, rules: Rules) -> None:
    """May that area's team take over? Raises NoSuchFamily, UnknownArea, TwoHomes."""
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    found = await areas.find(tx, area)
    if found is None:
        raise UnknownArea(area, await areas.names(tx))
    await _must_be_one_home(tx, family_id)
    await _ask(tx, family_id, found, now, rules)


async def ask_by_staff(
    tx: Tx, colleague: Colleague, family_id: int, area_id: int, now: datetime, rules: Rules
) -> None:
    """The same from a colleague's chat; raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id)
    if await areas.exists(tx, area_id) and family.split_at is None:
        await _ask(tx, family_id, area_id, now, rules)


async def _must_be_one_home(tx: Tx, family_id: int) -> None:
    """To ask both parents of two homes would tell one where the other goes (mission B15)."""
    [family] = await families.load(tx, [family_id])
    if family.split_at:
        raise TwoHomes(family_id)


async def _ask(tx: Tx, family_id: int, area_id: int, now: datetime, rules: Rules) -> None:
    if (await families.home(tx, family_id)).area_id == area_id:
        return
    await families.set_family(tx, family_id, move_to=area_id, move_asked_at=now)
    await catch_up(tx, family_id, now, rules)


async def answer(
    tx: Tx, reader: Reader, asked: int, yes: bool, now: datetime, rules: Rules
) -> tuple[Answered, str]:
    """Either parent answers, once; and the area's name, while it is still asked."""
    family = await family_of(tx, reader)
    if family.move is None or int(family.move.asked_at.timestamp()) != asked:
        return Answered.OLD, ""
    if yes:
        await _move(tx, family, reader.guardian.id, now, rules)
        return Answered.YES, family.move.area
    await families.set_family(tx, family.id, move_to=None, move_asked_at=None)
    await events.note(tx, family.id, News.MOVED, now, detail=Choice.NO_THANKS)
    await catch_up(tx, family.id, now, rules)
    return Answered.NO, family.move.area


async def agreed(tx: Tx, family_id: int, area: str, now: datetime, rules: Rules) -> None:
    """A family has said yes to a person; raises NoSuchFamily, UnknownArea."""
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    found = await areas.find(tx, area)
    if found is None:
        raise UnknownArea(area, await areas.names(tx))
    await _ask(tx, family_id, found, now, rules)
    [family] = await families.load(tx, [family_id])
    if family.move:
        await _move(tx, family, None, now, rules)


async def _move(tx: Tx, family: Family, by: int | None, now: datetime, rules: Rules) -> None:
    """The new team takes over; visits booked with the old one are taken away without a word."""
    move_to = await areas.find(tx, family.move.area) if family.move else None
    for booking in coming(family, now):
        await bookings.set_state(tx, booking.id, BookingState.FREED, now, by)
        await events.note(tx, family.id, News.MOVED, now, booking.id)  # to who would have come
    await close_all(tx, family, now)
    await families.set_family(tx, family.id, area_id=move_to, move_to=None, move_asked_at=None)
    await events.note(tx, family.id, News.MOVED, now)
    await catch_up(tx, family.id, now, rules)


async def leave(tx: Tx, family_id: int, now: datetime, rules: Rules) -> bool:
    """Out of the programme: a warm goodbye, and tips may go on. False if it was done before."""
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.left_at:
        return False
    for booking in coming(family, now):
        await bookings.set_state(tx, booking.id, BookingState.FREED, now)
        await events.note(tx, family_id, News.MOVED, now, booking.id)
    await close_all(tx, family, now)
    await signing_up.give_back(tx, family, now)
    ended = family.visits_ended_at or now
    await families.set_family(
        tx, family_id, left_at=now, visits_ended_at=ended, move_to=None, move_asked_at=None
    )
    await catch_up(tx, family_id, now, rules)
    return True
