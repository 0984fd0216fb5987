"""When people are free: working hours, minus what takes their time, on a grid of quarters.

Everything is instants; only working hours are read on the clocks of Stockholm, day by day, so that
both clock changes and midnight come out right. A quarter of an hour is free as a whole or not at
all, and starts lie on the grid (mission D2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.people import Place

QUARTER = timedelta(minutes=15)
EVENING = time(16)  # from here on a start is called an evening one (mission D3)
_DAY_MINUTES = 24 * 60
_DAY = timedelta(days=1)
_MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)  # any start on the grid

Span = tuple[datetime, datetime]  # from the first up to the second instant


@dataclass(frozen=True, kw_only=True)
class Diary:
    """What is known of one person's time; `week`: minutes since midnight, Monday is 0."""

    week: Mapping[int, Sequence[tuple[int, int]]]
    busy: tuple[Span, ...] = ()
    taken: frozenset[datetime] = frozenset()  # quarters that are booked or held
    travel: int = 30
    debrief: int = 15


def footprint(
    starts_at: datetime, minutes: int, place: Place, travel: int, debrief: int
) -> tuple[datetime, ...]:
    """The quarters a meeting takes from somebody: the way, the meeting, the talk after it.

    On the phone there is no way.
    """
    until = starts_at + timedelta(minutes=minutes + debrief)
    return tuple(_quarters(_floor(starts_at - _way(place, travel)), until))


def _way(place: Place, travel: int) -> timedelta:
    return timedelta(0) if place is Place.PHONE else timedelta(minutes=travel)


def apart(minutes: int, place: Place, travel: int, debrief: int) -> timedelta:
    """How long after one such meeting begins somebody can begin the next: talk and way between."""
    return len(footprint(_MIDNIGHT, minutes, place, travel, debrief)) * QUARTER


def working(week: Mapping[int, Sequence[tuple[int, int]]], day: date, zone: ZoneInfo) -> list[Span]:
    """That day's working hours as instants; hours may end after midnight."""
    spans = ((_at(day, a, zone), _at(day, b, zone)) for a, b in week.get(day.weekday(), ()))
    return joined(spans)


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, left = divmod(minutes, _DAY_MINUTES)
    return instant(day + timedelta(days=days), time(left // 60, left % 60), zone)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same times in order, without overlap; what touches becomes one, empty ones go."""
    found: list[Span] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def without(spans: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """What is left of those times, in order."""
    return list(_gaps(joined(spans), joined(busy)))


def _gaps(spans: Sequence[Span], busy: Sequence[Span]) -> Iterator[Span]:
    """One pass over both, which are in order and do not overlap among themselves."""
    n = 0
    for since, until in spans:
        at = since
        while n < len(busy) and busy[n][1] <= at:
            n += 1
        while n < len(busy) and busy[n][0] < until:
            if at < busy[n][0]:
                yield at, busy[n][0]
            at = busy[n][1]
            if until <= at:
                break  # it may reach into the next of those times as well
            n += 1
        if at < until:
            yield at, until


def free_quarters(diary: Diary, first: date, last: date, rules: Rules) -> frozenset[datetime]:
    """The whole quarters in which somebody works and has nothing; working days only.

    Those of the evening before are among them where hours end after midnight.
    """
    days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 1)]
    hours = [
        span
        for day in days
        if rules.is_working_day(day)
        for span in working(diary.week, day, rules.zone)
    ]
    left = without(hours, diary.busy)
    return frozenset(at for span in left for at in _whole(span)) - diary.taken


def _whole(span: Span) -> Iterator[datetime]:
    since = _floor(span[0])
    first = since if since == span[0] else since + QUARTER
    return (at for at in _quarters(first, span[1]) if at + QUARTER <= span[1])


def free_starts(
    diaries: Sequence[Diary],
    minutes: int,
    place: Place,
    first: date,
    last: date,
    now: datetime,
    rules: Rules,
    evening: bool = False,
) -> list[datetime]:
    """When a meeting of all of them could begin on those days, in order; the way is still ahead."""
    if not diaries or last < first:
        return []
    free = [free_quarters(each, first, last, rules) for each in diaries]
    takes = [_steps(minutes, place, each) for each in diaries]
    way = _way(place, max(each.travel for each in diaries))
    return [
        at
        for at in sorted(frozenset.intersection(*free))
        if at > now
        and at - way >= now
        and all(
            at + step in quarters
            for quarters, steps in zip(free, takes, strict=True)
            for step in steps
        )
        and _suits(on_the_clock(at, rules.zone), first, last, evening)
    ]


def _steps(minutes: int, place: Place, diary: Diary) -> list[timedelta]:
    """The quarters that any start on the grid takes, counted from it."""
    taken = footprint(_MIDNIGHT, minutes, place, diary.travel, diary.debrief)
    return [quarter - _MIDNIGHT for quarter in taken]


def _suits(shown: datetime, first: date, last: date, evening: bool) -> bool:
    return first <= shown.date() <= last and (shown.time() >= EVENING or not evening)


def _floor(at: datetime) -> datetime:
    """The beginning of the quarter that holds it, in UTC: the grid of Stockholm is the same."""
    utc = at.astimezone(UTC)
    return utc - (utc - utc.replace(minute=0, second=0, microsecond=0)) % QUARTER


def _quarters(first: datetime, until: datetime) -> Iterator[datetime]:
    at = first
    while at < until:
        yield at
        at += QUARTER


def spread(starts: Sequence[datetime], most: int, room: timedelta, rules: Rules) -> list[datetime]:
    """A few of those starts: one a day, mornings and afternoons by turns; then more of a day.

    Never three times on one morning where other days are free; all with that `room` between.
    """
    chosen: list[datetime] = []

    def left_of(times: Sequence[datetime]) -> list[datetime]:
        return [at for at in times if all(abs(at - each) >= room for each in chosen)]

    for rounds in range(most):
        by_day: dict[date, list[datetime]] = {}
        for at in left_of(starts):
            by_day.setdefault(on_the_clock(at, rules.zone).date(), []).append(at)
        for n, times in enumerate(by_day.values()):
            left = left_of(times)  # the day before may reach over midnight
            if left and len(chosen) < most:
                chosen.append(_by_turns(left, later=(n + rounds) % 2 == 1, rules=rules))
        if len(chosen) == most or not by_day:
            break
    return sorted(chosen)


def _by_turns(times: Sequence[datetime], later: bool, rules: Rules) -> datetime:
    noon = time(12)
    half = [at for at in times if (on_the_clock(at, rules.zone).time() >= noon) == later]
    return (half or times)[0]
