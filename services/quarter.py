"""One page about a quarter for the steering group: figures without names (mission I8, W8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from programme.cooperation import Cooperation, latest_quarter
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.periods import Period
from services import cooperation
from services.access import Colleague
from services.notes import is_coordinator
from services.yearly import OLDEST
from storage import areas
from storage.database import Tx


@dataclass(frozen=True)
class Quarter:
    """A quarter of some areas, and which is the latest that has figures."""

    months: Period
    latest: Period
    known: Cooperation
    names: tuple[str, ...]  # of the areas


async def of(
    tx: Tx, numbers: Sequence[int], months: Period | None, now: datetime, rules: Rules
) -> Quarter:
    """That quarter; None: the latest that has figures. Raises NotYours for one that has none."""
    known = await cooperation.of(tx, numbers, on_the_clock(now, rules.zone).date())
    latest = latest_quarter(known.report.closed)
    wanted = months or latest
    if wanted.first > latest.first or wanted.first < OLDEST * 12:
        raise NotYours
    names = tuple(each.name for each in await areas.listed(tx) if each.id in numbers)
    return Quarter(wanted, latest, known, names)


async def for_colleague(
    tx: Tx, colleague: Colleague, months: Period | None, now: datetime, rules: Rules
) -> Quarter:
    """That of a coordinator's areas; raises NotYours."""
    if not is_coordinator(colleague):
        raise NotYours
    return await of(tx, colleague.areas, months, now, rules)


async def for_all(
    tx: Tx, area: int | None, months: Period | None, now: datetime, rules: Rules
) -> Quarter:
    """Of one area, or of all, for whoever runs Lotsen."""
    numbers = [area] if area else [each.id for each in await areas.listed(tx)]
    return await of(tx, numbers, months, now, rules)
