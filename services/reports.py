"""The follow-up report of all areas, or of those that somebody runs (mission I1, I2, I4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme import periods
from programme.errors import Broken, NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.measures import Line, Place
from programme.periods import HALF_YEAR, MONTHS_IN_YEAR, Period
from programme.places import VenueKind
from programme.report import Report
from programme.report_summary import Summary, summary
from services import own_areas
from services.access import Colleague
from storage import areas, places, tallies
from storage.database import Tx


class NothingToTell(Broken):
    """No month of that time is over yet."""


@dataclass(frozen=True)
class Wanted:
    """A report that somebody asked for: what may be told, of which time, and of which areas."""

    report: Report
    months: Period
    areas: tuple[Place, ...]
    together: bool  # all areas there are, so that their sum is told as well

    @property
    def summary(self) -> Summary:
        """The numbers that a follow-up begins with: of all areas, or of the only one."""
        area = self.areas[0].id if len(self.areas) == 1 and not self.together else None
        return summary(self.report, self.months, area, self.areas)

    def lines(self) -> list[Line]:
        """Every number of it."""
        return [*self.report.pages(self.areas, self.months, together=self.together)]


async def read(tx: Tx, today: date, *, so_far: bool = False) -> Report:
    """Everything that may be told on that day; `so_far`: also of the time that is not over.

    What is told so far is for whoever runs an area, and never to be passed on (decision 27).
    """
    closed = periods.month_of(today) if so_far else periods.settled(today)
    return Report(await tallies.sums(tx), await _places(tx), closed, so_far=so_far)


async def _places(tx: Tx) -> list[Place]:
    centres = [venue for venue in await places.listed(tx) if venue.kind is VenueKind.HEALTH_CENTRE]
    return [
        Place(row.id, row.name, tuple((v.id, v.name) for v in centres if row.id in v.areas))
        for row in await areas.listed(tx)
    ]


async def ask(
    tx: Tx,
    months: Period,
    now: datetime,
    rules: Rules,
    *,
    only: Sequence[int] | None = None,
    so_far: bool = False,
) -> Wanted:
    """The report of those months, of all areas or of some; raises NothingToTell."""
    report = await read(tx, on_the_clock(now, rules.zone).date(), so_far=so_far)
    if months.first > report.tells_until(months.first):
        raise NothingToTell
    chosen = tuple(p for p in report.places if only is None or p.id in only)
    until = min(months.last, report.tells_until(months.first))
    return Wanted(report, Period(months.first, until), chosen, together=only is None)


async def ask_by_staff(
    tx: Tx,
    colleague: Colleague,
    months: Period,
    now: datetime,
    rules: Rules,
    *,
    area: int | None = None,
    so_far: bool = False,
) -> Wanted:
    """The same of an area they run, or of all there are; raises NotYours, NothingToTell."""
    if area is not None:
        row = await own_areas.managed_one(tx, colleague, area)
        return await ask(tx, months, now, rules, only=[row.id], so_far=so_far)
    if not own_areas.is_everywhere(colleague):
        raise NotYours
    return await ask(tx, months, now, rules, so_far=so_far)


async def times(tx: Tx, today: date) -> list[Period]:
    """Times worth asking for: the last two half-years that are told, the last year, all of it."""
    until = (periods.settled(today) + 1) // HALF_YEAR * HALF_YEAR - 1
    since = periods.half_year(await tallies.begun(tx) or until).first
    last = periods.half_year(until)
    before = periods.half_year(last.first - 1)
    year = periods.year(until if until % MONTHS_IN_YEAR == MONTHS_IN_YEAR - 1 else last.first - 1)
    found = [last, before, year, Period(since, until)]
    return [each for each in dict.fromkeys(found) if since <= each.first <= each.last]


def not_over(today: date) -> Period:
    """The half-year of today up to now."""
    month = periods.month_of(today)
    return Period(periods.half_year(month).first, month)
