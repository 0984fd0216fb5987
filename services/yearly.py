"""The yearly follow-up: figures and lines of a year, as facts (mission I5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.cooperation import last_whole
from programme.errors import NotYours
from programme.headings import Heading, year_at
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.periods import SETTLES_IN, Period, month
from programme.yearly import Figures
from services import cooperation
from services.access import Colleague
from services.notes import is_coordinator
from storage import areas, desks, notes
from storage.database import Tx

OLDEST = 2020  # before Lotsen there is nothing to tell


@dataclass(frozen=True)
class Yearly:
    """One year of some areas: what may be shown of it, and the lines of its headings."""

    year: int
    figures: Figures
    lines: tuple[tuple[Heading, str], ...]
    months: Period | None  # of which the figures are; None: none of that year are known yet
    ready: date | None  # from when on the figures are those of the whole year; None: they are


async def of(tx: Tx, numbers: Sequence[int], year: int, now: datetime, rules: Rules) -> Yearly:
    """That year of those areas; 0: the year that is being worked on. Raises NotYours."""
    today = on_the_clock(now, rules.zone).date()
    year = year or year_at(today)
    if not OLDEST <= year <= today.year:
        raise NotYours
    lines = tuple((each.heading, each.line) for each in await notes.of_year(tx, numbers, year))
    known = await cooperation.of(tx, numbers, today)
    wanted = Period(month(year, 1), month(year, 12))
    months = last_whole(wanted, known.report.closed)
    shown = known.figures(months) if months else Figures()
    ready = None if months == wanted else date(year + 1, 1, 1) + SETTLES_IN
    return Yearly(year, shown, lines, months, ready)


async def for_colleague(
    tx: Tx, colleague: Colleague, year: int, now: datetime, rules: Rules
) -> Yearly:
    """That of a coordinator's areas, who needs no second reminder then; raises NotYours."""
    if not is_coordinator(colleague):
        raise NotYours
    found = await of(tx, colleague.areas, year, now, rules)
    await desks.open_yearly(tx, colleague.member.id, found.year)
    return found


async def for_all(tx: Tx, area: int | None, year: int, now: datetime, rules: Rules) -> Yearly:
    """Of one area, or of all, for whoever runs Lotsen."""
    numbers = [area] if area else [each.id for each in await areas.listed(tx)]
    return await of(tx, numbers, year, now, rules)
