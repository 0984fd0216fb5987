"""Data goes by itself some months after the end; parents are told before, after a loss silently.

Staff cannot prevent it (mission B10). Figures stay.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from programme.ages import Span, add_months, births_reaching
from programme.figures import Figure
from programme.keeping import erased_on, home_day, kept_age, may_erase, notice_key
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.moments import listens
from programme.people import Family, Guardian
from services import forgetting
from services.enrolment import HOMES
from storage import erasing, families, items
from storage.database import Database, Tx
from storage.turns import lock_family

log = logging.getLogger(__name__)

_LONG_AGO = timedelta(days=40 * 365)
_MARGIN = timedelta(days=5)  # months have different lengths: rather look at a family too many


async def erase_due(db: Database, now: datetime, rules: Rules) -> int:
    """Families whose time is over: gone, each in a transaction of its own; how many."""
    gone = 0
    async with db.read() as tx:
        found = await _found(tx, now, rules)
    for family_id in found:
        async with db.write() as tx:
            gone += await _erase(tx, family_id, now, rules)
    if gone:
        log.info("kept long enough, and erased", extra={"families": gone})
    return gone


async def _found(tx: Tx, now: datetime, rules: Rules) -> list[int]:
    today = on_the_clock(now, rules.zone).date()
    born = births_reaching(kept_age(rules), Span(today - _LONG_AGO, today))
    if born is None:
        return []
    visits_by = instant(add_months(today, -rules.keep_months) + _MARGIN, time(), rules.zone)
    return await erasing.grown(tx, born.last, visits_by)


async def _erase(tx: Tx, family_id: int, now: datetime, rules: Rules) -> bool:
    if not await lock_family(tx, family_id):
        return False
    [family] = await families.load(tx, [family_id])
    day = erased_on(family, rules)
    if day and may_erase(day, await _told(tx, family, family.guardians, now, rules), now, rules):
        await forgetting.erase_family(tx, family_id, now, rules, Figure.ERASED)
        return True
    if family.split_at:
        for home in HOMES:
            await _erase_home(tx, family, home, now, rules)
    return False


async def _erase_home(tx: Tx, family: Family, home: int, now: datetime, rules: Rules) -> None:
    """The parents of one of two homes, whose time is over before the other's (mission B15)."""
    parents, day = family.at_home(home), erased_on(family, rules, home)
    if not parents or day is None:
        return
    if may_erase(day, await _told(tx, family, parents, now, rules), now, rules):
        for guardian in parents:
            await forgetting.erase_parent(
                tx, family.id, guardian.id, now, rules, Figure.ERASED_PARENT
            )


async def _told(
    tx: Tx, family: Family, parents: Sequence[Guardian], now: datetime, rules: Rules
) -> list[datetime | None]:
    """When each of them who reads messages got the notice."""
    return [
        await items.arrived_at(tx, notice_key(family.id, day, guardian.id))
        for guardian in parents
        if listens(family, guardian, now) and (day := home_day(family, guardian, rules))
    ]
