"""Which meetings somebody cannot keep: outside their hours, or when something else is on.

Nothing is moved by it: people decide (mission D1). The way there is not counted: who works until
four may have a visit until four.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from programme.localtime import instant, on_the_clock

Minutes = tuple[int, int]  # from and until, since midnight
Span = tuple[datetime, datetime]
_DAY_MINUTES = 24 * 60


def collides(
    meeting: Span, week: Mapping[int, Sequence[Minutes]], busy: Iterable[Span], zone: ZoneInfo
) -> bool:
    """Whether somebody with that week and those busy times cannot keep the meeting."""
    starts_at, ends_at = meeting
    if any(since < ends_at and starts_at < until for since, until in busy):
        return True
    return not any(
        since <= starts_at and ends_at <= until for since, until in _hours(starts_at, week, zone)
    )


def _hours(at: datetime, week: Mapping[int, Sequence[Minutes]], zone: ZoneInfo) -> Iterable[Span]:
    day = on_the_clock(at, zone).date()

    def moment(minutes: int) -> datetime:
        days, left = divmod(minutes, _DAY_MINUTES)
        return instant(day + timedelta(days=days), time(left // 60, left % 60), zone)

    return ((moment(starts), moment(ends)) for starts, ends in merged(week.get(day.weekday(), ())))


def merged(spans: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """The same hours in order, without overlap; what touches becomes one, empty ones go."""
    found: list[Minutes] = []
    for starts, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return tuple(found)
