"""When something takes place: which weeks, on the clocks people read (mission E8, E9).

Every occasion is stored by itself (decision 20). Here a row of them is read back as what a person
would say: every Tuesday, until 15 June, not on the red day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from programme.activities import Occasion
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.places import no_ordinary_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LISTED = 4  # so many times are read one by one; more of them are a rhythm, if they have one
LISTED_ONCE = 8  # of a series: who signs up for all of it wants to know every date
_FEWEST = 3  # so many weeks make a rhythm
AHEAD = timedelta(days=366)  # nothing is planned further ahead: then somebody looks at it again
MEETINGS = range(2, 13)  # so many a series may have
ENDS_SOON = timedelta(days=31)


@dataclass(frozen=True)
class Plan:
    """Days week after week, and the red ones that were left out of them."""

    days: tuple[date, ...]
    left_out: tuple[date, ...] = ()


def until(first: date, last: date, rules: Rules) -> Plan:
    """Every week from `first` to `last`, both included, but for red days and eves."""
    return _plan(_weeks(first, last), rules)


def meetings(first: date, count: int, rules: Rules) -> Plan:
    """So many weeks from `first` on: a red day is no meeting, the series ends a week later."""
    found, n = Plan(()), count
    while len(found.days) < count and n <= count * 3:
        found = _plan(_weeks(first, first + WEEK * (n - 1)), rules)
        n += 1
    return found


def _plan(days: Iterable[date], rules: Rules) -> Plan:
    red: list[date] = []
    held: list[date] = []
    for day in days:
        (red if no_ordinary_day(day, rules) else held).append(day)
    return Plan(tuple(held), tuple(red))


def ends_soon(occasions: Iterable[Occasion], today: date, zone: ZoneInfo) -> date | None:
    """The last day of what comes again and again, if it is so near that somebody should plan on."""
    days = [on_the_clock(o.starts_at, zone).date() for o in occasions if not o.cancelled]
    last = max(days, default=today)
    return last if len(days) > LISTED and today <= last < today + ENDS_SOON else None


@dataclass(frozen=True)
class Gap:
    """Weeks without it; one day if both are the same."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """The same time on the same weekdays, week after week."""

    weekdays: tuple[int, ...]  # Monday is 0
    begins: time  # on the clocks
    minutes: int
    first: date
    last: date
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Rhythm:
    """What comes every week, and what stands alone, by time."""

    weekly: tuple[Weekly, ...]
    single: tuple[Occasion, ...]


def rhythm(occasions: Iterable[Occasion], zone: ZoneInfo, listed: int = LISTED) -> Rhythm:
    """How those that take place are told in words; up to `listed` of them one by one."""
    standing = sorted((o for o in occasions if not o.cancelled), key=lambda o: (o.starts_at, o.id))
    if len(standing) <= listed:
        return Rhythm((), tuple(standing))
    rows: defaultdict[tuple[time, int, int], list[Occasion]] = defaultdict(list)
    for each in standing:
        shown = on_the_clock(each.starts_at, zone)
        rows[shown.time(), each.minutes, shown.weekday()].append(each)
    weekly = {key: row for key, row in rows.items() if len(row) >= _FEWEST}
    within = {each.id for row in weekly.values() for each in row}
    single = tuple(each for each in standing if each.id not in within)
    return Rhythm(_together(weekly, zone), single)


def _together(
    rows: dict[tuple[time, int, int], list[Occasion]], zone: ZoneInfo
) -> tuple[Weekly, ...]:
    """Weekdays with the same hours that begin and end in the same weeks are told in one."""
    found: defaultdict[tuple[time, int, date, date], dict[int, list[date]]] = defaultdict(dict)
    for (begins, minutes, weekday), row in rows.items():
        days = [on_the_clock(each.starts_at, zone).date() for each in row]
        found[begins, minutes, _monday(days[0]), _monday(days[-1])][weekday] = days
    told = [_weekly(begins, minutes, days) for (begins, minutes, *_), days in found.items()]
    return tuple(sorted(told, key=lambda each: (each.first, each.weekdays, each.begins)))


def _weekly(begins: time, minutes: int, by_weekday: dict[int, list[date]]) -> Weekly:
    days = sorted(day for each in by_weekday.values() for day in each)
    meant = sorted(day for each in by_weekday.values() for day in _weeks(each[0], each[-1]))
    return Weekly(
        weekdays=tuple(sorted(by_weekday)),
        begins=begins,
        minutes=minutes,
        first=days[0],
        last=days[-1],
        gaps=_gaps(meant, set(days)),
    )


def _gaps(meant: Sequence[date], held: set[date]) -> tuple[Gap, ...]:
    """The days in a row that are left out, each row as one."""
    gaps: list[Gap] = []
    before_missing = False
    for day in meant:
        missing = day not in held
        if missing and before_missing:
            gaps[-1] = Gap(gaps[-1].first, day)
        elif missing:
            gaps.append(Gap(day, day))
        before_missing = missing
    return tuple(gaps)


def _weeks(first: date, last: date) -> list[date]:
    return [first + WEEK * n for n in range((last - first) // WEEK + 1)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
