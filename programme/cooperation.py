"""What cooperation gave in a time, out of the report's figures (mission I5, I8).

Nothing is shown here that the report would not show: small counts stay hidden however pages are
put side by side (decision 27).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.figures import Figure
from programme.measures import Measure, Part, measure
from programme.periods import HALF_YEAR, MONTHS_IN_YEAR, QUARTER, Period, half_year, month, year
from programme.report import Report
from programme.suppression import Unit
from programme.yearly import Figures

# Counted at activities: by kind, of nothing that visits would give away.
ATTENDED = Measure("attended", (Figure.ATTENDED,), by_detail=True, quarterly=True)
SERIES = Measure("series", (Figure.SERIES_DONE,), by_detail=True, quarterly=True)
Listed = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Told:
    """A count, of how many if it is a share, and the months it is of: perhaps longer ones."""

    count: int
    months: Period
    of: int | None = None


def last_whole(year_months: Period, closed: int) -> Period | None:
    """As much of that year as has figures: all of it, its first half, or nothing."""
    last = year_months.last
    while last > closed:
        last -= HALF_YEAR
    return Period(year_months.first, last) if last > year_months.first else None


def first_day(number: int) -> date:
    """The first day of that month."""
    found, rest = divmod(number, MONTHS_IN_YEAR)
    return date(found, rest + 1, 1)


def quarter(number: int) -> Period:
    """The quarter of the year that month lies in."""
    first = number - number % QUARTER
    return Period(first, first + QUARTER - 1)


def quarter_numbered(of_year: int, number: int) -> Period | None:
    """The first to fourth quarter of that year; None for any other number."""
    if not 1 <= number <= MONTHS_IN_YEAR // QUARTER:
        return None
    return quarter(month(of_year, number * QUARTER))


def latest_quarter(closed: int) -> Period:
    """The latest one whose every month has figures."""
    return quarter(closed + 1 - QUARTER)


def and_longer(months: Period) -> tuple[Period, ...]:
    """Those months, then what is told where they are hidden: the half-year, the year."""
    return tuple(dict.fromkeys((months, half_year(months.first), year(months.first))))


class Cooperation:
    """The figures of some areas together, as far as they may be shown."""

    def __init__(self, report: Report, areas: Sequence[int]) -> None:
        self.report = report
        self.areas = tuple(areas)
        units: frozenset[Unit] = frozenset()
        self._units = units.union(*(report.units(area) for area in areas))

    def count(self, of: Measure, times: Sequence[Period], detail: str | None = None) -> Told | None:
        """The count in the first of these times in which it is shown; None: hidden, or nought."""
        for months in times:
            count = self.report.count(of, self._units, months, None, detail)
            if count is not None:
                return Told(count, months) if count else None
        return None

    def part(self, code: str, name: str, times: Sequence[Period]) -> Told | None:
        """The part of that figure, in the first time in which both are shown; None as above."""
        of = measure(code)
        [part] = [each for each in of.parts if each.code == name]
        everywhere = {place.id for place in self.report.places} == set(self.areas)
        for months in times:
            whole = self.report.count(of, self._units, months)
            if whole == 0:
                return None
            rows: Sequence[int | None] = (None,) if everywhere else self.areas
            found = [self._part(of, part, row, months) for row in rows]
            known = [each for each in found if each is not None]
            if whole and len(known) == len(found):
                return Told(sum(known), months, whole)
        return None

    def _part(self, of: Measure, part: Part, row: int | None, months: Period) -> int | None:
        """Of one area or of all; where nothing is, nothing is a part of it."""
        if self.report.count(of, self.report.units(row), months) == 0:
            return 0
        return self.report.part(of, part, row, months)

    def each(self, of: Measure, months: Period) -> Listed:
        """Its counts by detail, the largest first; hidden ones are not there."""
        found = [
            (detail, told.count)
            for detail in self.report.details(of)
            if (told := self.count(of, (months,), detail))
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def figures(self, months: Period) -> Figures:
        """All of it for the yearly follow-up."""
        times = (months,)
        both = self.part("visits", "both_staff", times)
        other = self.part("visited", "other_parent_family", times)
        return Figures(
            visits=_number(self.count(measure("visits"), times)),
            both_staff=_number(both),
            other_parent=_number(other),
            all_six=_number(self.count(measure("all_six"), times)),
            joined=self.each(measure("languages"), months),
            attended=self.each(ATTENDED, months),
            series=self.each(SERIES, months),
            guided=self.each(measure("guided_on"), months),
        )


def _number(told: Told | None) -> int | None:
    return told.count if told else None
