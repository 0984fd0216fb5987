"""Months as numbers, and the periods a report speaks of: whole months, nothing finer.

A month is counted from year nought, so that the next one is one more; 2027-03 is `month(2027, 3)`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_YEAR, QUARTER, HALF_YEAR = 12, 3, 6
# What became of a visit is ticked within days: after so many a month is not touched any more.
SETTLES_IN = timedelta(days=14)


def month(year: int, number: int) -> int:
    """That month as a number."""
    return year * MONTHS_IN_YEAR + number - 1


def month_of(day: date) -> int:
    """The month that day lies in."""
    return month(day.year, day.month)


def read(written: str) -> int:
    """The month written as 2027-03; raises ValueError."""
    year, _, number = written.partition("-")
    if not 1 <= int(number) <= MONTHS_IN_YEAR:
        raise ValueError(written)
    return month(int(year), int(number))


def written(number: int) -> str:
    """The month as 2027-03."""
    year, rest = divmod(number, MONTHS_IN_YEAR)
    return f"{year:04}-{rest + 1:02}"


@dataclass(frozen=True, order=True)
class Period:
    """Every month from `first` to `last`, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return written(self.first)
        return f"{written(self.first)} – {written(self.last)}"

    def touches(self, other: "Period") -> bool:
        """Whether they have a month in common."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: "Period") -> bool:
        """Whether all of the other lies in it."""
        return self.first <= other.first and other.last <= self.last


def settled(today: date) -> int:
    """The last month whose figures do not change any more."""
    return month_of((today - SETTLES_IN).replace(day=1)) - 1


def half_year(number: int) -> Period:
    """The half-year that month lies in (domain.md T6)."""
    first = number - number % HALF_YEAR
    return Period(first, first + HALF_YEAR - 1)


def year(number: int) -> Period:
    """The calendar year that month lies in."""
    first = number - number % MONTHS_IN_YEAR
    return Period(first, first + MONTHS_IN_YEAR - 1)
