"""A child's age in calendar months, and the way back from a day to the births it concerns.

Plain dates only: what hour a message leaves is decided in `localtime.py`.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Age:
    """So many calendar months, then so many days (docs/mission.md A7)."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Span:
    """Every day from `first` to `last`, both included."""

    first: date
    last: date


def _month_end(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    # Born on the 31st: families count the "month" to the last day of a shorter month,
    # never to the 1st of the next one.
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def date_at(born: date, age: Age) -> date:
    """The day a child born on `born` reaches `age`."""
    return add_months(born, age.months) + timedelta(days=age.days)


def births_reaching(age: Age, days: Span) -> Span | None:
    """The births that reach `age` on one of `days`: always one interval; None if there is none."""
    first = _earliest_birth(days.first - timedelta(days=age.days), age.months)
    last = _latest_birth(days.last - timedelta(days=age.days), age.months)
    return Span(first, last) if first <= last else None


def _earliest_birth(reached: date, months: int) -> date:
    """The first birth whose month-day falls on `reached` or later."""
    birth = add_months(reached, -months)
    # The 31st counted back into a shorter month: that month's last day is reached too early.
    return birth if add_months(birth, months) >= reached else birth + timedelta(days=1)


def _latest_birth(reached: date, months: int) -> date:
    """The last birth whose month-day falls on `reached` or earlier."""
    birth = add_months(reached, -months)
    # Everybody born late in a longer month reaches the age on the shorter month's last day.
    return birth.replace(day=_month_end(birth)) if reached.day == _month_end(reached) else birth


def months_old(born: date, on: date) -> int:
    """Whole calendar months a child born on `born` has lived on the day `on`."""
    months = (on.year - born.year) * 12 + on.month - born.month
    return months if add_months(born, months) <= on else months - 1
