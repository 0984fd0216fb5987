"""Anonymous tables for researchers: every figure of the report that may be shown (mission I6)."""

from collections.abc import Iterator
from datetime import datetime

from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.measures import Line
from programme.periods import HALF_YEAR, half_year, written
from programme.report import Report
from services import reports
from storage.database import Tx

HEAD = ("area", "from", "to", "figure", "visit", "detail", "part", "count", "of")
EVERYWHERE = "all areas"


async def lines(tx: Tx, now: datetime, rules: Rules) -> list[tuple[object, ...]]:
    """By area and half-year; what is hidden is not there. The first line names the columns."""
    report = await reports.read(tx, on_the_clock(now, rules.zone).date())
    return [HEAD, *_shown(report)]


def _shown(report: Report) -> Iterator[tuple[object, ...]]:
    names: dict[int | None, str] = {None: EVERYWHERE} | {p.id: p.name for p in report.places}
    for area, name in names.items():
        for first in range(half_year(report.since).first, report.closed + 1, HALF_YEAR):
            for line in report.lines(area, half_year(first)):
                if line.count is not None:
                    yield _row(name, line)


def _row(name: str, line: Line) -> tuple[object, ...]:
    told = (line.visit, line.detail, line.part, line.count, line.of)
    first, last = written(line.months.first), written(line.months.last)
    return (name, first, last, line.measure, *("" if each is None else each for each in told))
