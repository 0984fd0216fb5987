"""Forgetting: one parent at once; the last parent's family with them (mission B7, B9, B17).

Where a visit is booked that shall not be, staff hear of it first: the little that this needs goes
as soon as they know.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from programme.errors import NoSuchFamily
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.news import News
from programme.people import Booking, Family
from services import clearing, threads, two_homes
from services.access import Reader, family_of
from services.planning import catch_up
from services.preferences import next_visit
from services.visits import decline, theirs
from storage import erasing, events, families, memory, outbox, tallies
from storage.database import Tx
from storage.turns import lock_families, lock_family

STAFF_KNOW_WITHIN = timedelta(days=7)  # then the rest goes, whether they have read it or not
FORGOTTEN = "forgotten"


class Kept(StrEnum):
    """What stays of a family after a parent was forgotten."""

    NOTHING = "nothing"
    FOR_THE_OTHER = "for_the_other"  # the child and the visits are the other parent's, too
    TO_COME = "to_come"  # the visit is wanted: staff keep what they need for it
    TO_TELL = "to_tell"  # until staff know that they shall not come


@dataclass(frozen=True)
class Before:
    """What a parent must know before they are forgotten."""

    others: bool  # another parent reads messages
    visit: Booking | None  # the next one that is booked, if nobody else would be at home for it


async def before(tx: Tx, reader: Reader, now: datetime) -> Before:
    """Whether the family stays for another parent, and the visit that must be asked about."""
    return _before(await family_of(tx, reader), reader, now)


def _before(family: Family, reader: Reader, now: datetime) -> Before:
    others = any(g.active_since and g.id != reader.guardian.id for g in family.guardians)
    mates = family.at_home(two_homes.home_of(family, reader.guardian))
    at_home = any(g.active_since and g.id != reader.guardian.id for g in mates)
    return Before(others, None if at_home else next_visit(family, reader.guardian, now))


async def forget(
    tx: Tx, reader: Reader, come: bool, now: datetime, rules: Rules, language: str
) -> Kept:
    """This parent is forgotten as of this commit, and their phone is cleared.

    `come`: whether a booked visit is wanted all the same, if there is one. What stays is told.
    """
    await erasing.adults(tx, [reader.family_id])
    family = await family_of(tx, reader)
    known = _before(family, reader, now)
    if known.visit and not come:
        for visit in theirs(family, reader.guardian, now):
            await decline(tx, reader, visit.id, now, rules)
    chat_id = await families.chat_of(tx, reader.guardian.id)
    await outbox.drop_waiting(tx, (reader.guardian.id, None), FORGOTTEN, now)
    if chat_id is not None:
        await clearing.everything(tx, chat_id, now, language)
    await _count(tx, family, now, rules)
    await threads.close_all(tx, family.id, reader.guardian.id, now)
    kept = _kept(known, come)
    await _erase(tx, family, reader, kept, now, rules)
    if chat_id is not None:
        await erasing.chat(tx, chat_id)
    return kept


def _kept(known: Before, come: bool) -> Kept:
    if known.others:
        return Kept.FOR_THE_OTHER
    if known.visit is None:
        return Kept.NOTHING
    return Kept.TO_COME if come else Kept.TO_TELL


async def _erase(
    tx: Tx, family: Family, reader: Reader, kept: Kept, now: datetime, rules: Rules
) -> None:
    if kept is Kept.NOTHING:
        await erasing.whole_family(tx, family.id)
        return
    await erasing.parent(tx, family.id, reader.guardian.id)
    if kept is Kept.TO_COME:  # nobody reads the chat any more: staff phone before they come
        await events.note(tx, family.id, News.PHONE, now)
    if kept is Kept.TO_TELL:
        await families.set_family(tx, family.id, forgotten_at=now)
    await catch_up(tx, family.id, now, rules)


async def _count(tx: Tx, family: Family, now: datetime, rules: Rules) -> None:
    day = on_the_clock(now, rules.zone).date()
    await tallies.count(tx, family.area.id, day, Figure.FORGOTTEN)


async def erase_family(tx: Tx, family_id: int, now: datetime, rules: Rules, why: Figure) -> None:
    """A whole family is erased; nothing is said, phones stay as they are; raises NoSuchFamily.

    `why`: how it is counted.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    home = await families.home(tx, family_id)
    adults = await erasing.adults(tx, [family_id])
    await outbox.drop_family(tx, family_id, FORGOTTEN, now)
    await threads.close_all(tx, family_id, None, now)
    await erasing.whole_family(tx, family_id)
    for chat_id, _ in adults:
        if chat_id is not None:
            await erasing.chat(tx, chat_id)
    await tallies.count(tx, home.area_id, on_the_clock(now, rules.zone).date(), why)


async def erase_parent(
    tx: Tx, family_id: int, guardian_id: int, now: datetime, rules: Rules, why: Figure
) -> None:
    """One parent is erased; nothing is said, the phone stays as it is. The family stays.

    `why`: how it is counted.
    """
    await erasing.adults(tx, [family_id])
    home = await families.home(tx, family_id)
    chat_id = await families.chat_of(tx, guardian_id)
    await outbox.drop_waiting(tx, (guardian_id, None), FORGOTTEN, now)
    await threads.close_all(tx, family_id, guardian_id, now)
    await erasing.parent(tx, family_id, guardian_id)
    if chat_id is not None:
        await erasing.chat(tx, chat_id)
    await catch_up(tx, family_id, now, rules)
    await tallies.count(tx, home.area_id, on_the_clock(now, rules.zone).date(), why)


async def finish(tx: Tx, now: datetime, rules: Rules) -> int:
    """Families that were kept only until staff knew: gone; how many."""
    planned = await memory.recall_instant(tx, memory.WATERMARK)
    gone = 0
    over = await erasing.forgotten(tx)
    ids = [family_id for family_id, _ in over]
    await lock_families(tx, ids)
    await erasing.adults(tx, ids)
    for family_id, asked_at in over:
        waits = planned is None or planned <= asked_at or await erasing.tells_staff(tx, family_id)
        if waits and now < asked_at + STAFF_KNOW_WITHIN:
            continue
        await erasing.whole_family(tx, family_id)
        gone += 1
    return gone
