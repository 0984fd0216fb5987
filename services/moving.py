"""A family moves: to another area, with a parent's yes; or out of the programme (mission B16)."""

from datetime import datetime
from enum import StrEnum

from programme.errors import NoSuchFamily, TwoHomes, UnknownArea, WhichHome
from programme.for_staff import of_home
from programme.kinds import Rules
from programme.leaving import home_left_at
from programme.news import News
from programme.people import Booking, BookingState, Choice, Family
from services import signing_up, two_homes
from services.access import Colleague, Reader, family_for_staff, family_of
from services.holds import close_all, unanswered
from services.planning import catch_up
from services.two_homes import FIRST, SECOND
from services.visits import coming
from storage import areas, bookings, events, families, proposals
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
    family = await family_for_staff(tx, colleague, family_id, now)
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


async def agreed(tx: Tx, family_id: int, area: str, now: datetime, rules: Rules) -> bool:
    """A family has said yes to a person; whether it has two homes, which both move.

    Raises NoSuchFamily, UnknownArea.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    found = await areas.find(tx, area)
    if found is None:
        raise UnknownArea(area, await areas.names(tx))
    await _ask(tx, family_id, found, now, rules)
    [family] = await families.load(tx, [family_id])
    if family.move:
        await _move(tx, family, None, now, rules)
    return family.split_at is not None


async def _move(tx: Tx, family: Family, by: int | None, now: datetime, rules: Rules) -> None:
    """The new team takes over; visits booked with the old one are taken away without a word."""
    move_to = await areas.find(tx, family.move.area) if family.move else None
    for booking in coming(family, now):
        await bookings.set_state(tx, booking.id, BookingState.FREED, now, by)
        await events.note(tx, family.id, News.MOVED, now, booking.id)  # to who would have come
    await close_all(tx, family, now)
    await families.set_family(
        tx, family.id, area_id=move_to, centre_id=None, move_to=None, move_asked_at=None
    )
    await events.note(tx, family.id, News.MOVED, now)
    await catch_up(tx, family.id, now, rules)


async def leave(
    tx: Tx, family_id: int, now: datetime, rules: Rules, home: int | None = None
) -> bool:
    """Out of the programme: a warm goodbye, and tips may go on. False if it was done before.

    `home`: of two, the one that leaves, or BOTH; it is said, never supposed. Raises NoSuchFamily,
    WhichHome.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    if family.split_at and home is None:
        raise WhichHome(family_id)
    if family.left_at or (home and home_left_at(family, home)):
        return False
    if family.split_at and home and not home_left_at(family, FIRST + SECOND - home):
        await _home_leaves(tx, family, home, now)
    else:
        await _family_leaves(tx, family, now)
    await catch_up(tx, family_id, now, rules)
    return True


async def _home_leaves(tx: Tx, family: Family, home: int, now: datetime) -> None:
    """The other home has what was with both, and learns nothing (mission B15)."""
    other = FIRST + SECOND - home
    for booking in coming(family, now):
        if booking.home == home:
            await _free(tx, family, booking, now)
        elif booking.home is None:
            await bookings.set_home(tx, booking.id, other)
    await close_all(tx, family, now, lambda each: each.home == home)
    for proposal in unanswered(family):
        if proposal.home is None:
            await proposals.set_home(tx, proposal.id, other)
    for guardian in family.at_home(home):
        await signing_up.give_back(tx, family, now, guardian.id)
    await two_homes.offer_nothing(tx, family, home, now)
    await events.note(tx, family.id, News.LEFT, now, detail=of_home("", home))


async def _free(tx: Tx, family: Family, booking: Booking, now: datetime) -> None:
    await bookings.set_state(tx, booking.id, BookingState.FREED, now)
    await events.note(tx, family.id, News.MOVED, now, booking.id)  # to who would have come


async def _family_leaves(tx: Tx, family: Family, now: datetime) -> None:
    for booking in coming(family, now):
        await _free(tx, family, booking, now)
    await close_all(tx, family, now)
    await signing_up.give_back(tx, family, now)
    ended = family.visits_ended_at or now
    await families.set_family(
        tx, family.id, left_at=now, visits_ended_at=ended, move_to=None, move_asked_at=None
    )
