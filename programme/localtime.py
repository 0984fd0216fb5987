"""Wall time for people, instants for machines: the only place that crosses between them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def instant(day: date, wall: time, zone: ZoneInfo = STOCKHOLM) -> datetime:
    """The UTC instant at which the clocks of `zone` show `wall` on `day`.

    An hour that does not exist moves forward; one that comes twice is its second occurrence
    (docs/mission.md A8).
    """
    shown = datetime.combine(day, wall, tzinfo=zone)
    # The later reading is right both times: in spring it is the moved hour, in autumn the second.
    return max(shown.replace(fold=0).astimezone(UTC), shown.replace(fold=1).astimezone(UTC))


def exists(day: date, wall: time, zone: ZoneInfo = STOCKHOLM) -> bool:
    """Whether the clocks of `zone` show `wall` on `day` at all: in spring an hour is left out."""
    return instant(day, wall, zone).astimezone(zone).replace(tzinfo=None) == datetime.combine(
        day, wall
    )


def walls(
    day: date, first: time, last: time, step: int = 15, zone: ZoneInfo = STOCKHOLM
) -> list[time]:
    """The times of that day from `first` to `last`, every `step` minutes; each exists once."""
    minutes = range(first.hour * 60 + first.minute, last.hour * 60 + last.minute + 1, step)
    every = (time(*divmod(minute, 60)) for minute in minutes)
    return [wall for wall in every if exists(day, wall, zone)]


def on_the_clock(at: datetime, zone: ZoneInfo = STOCKHOLM) -> datetime:
    """The wall time of an instant, with its zone; raises ValueError for a time without zone."""
    if at.tzinfo is None:
        raise ValueError("a time needs its zone")
    return at.astimezone(zone)


def days_touched(since: datetime, until: datetime, zone: ZoneInfo = STOCKHOLM) -> list[date]:
    """The local days that have a moment in [since, until), in order."""
    if until <= since:
        return []
    day = on_the_clock(since, zone).date()
    last = on_the_clock(until - timedelta(microseconds=1), zone).date()
    return [day + timedelta(days=n) for n in range((last - day).days + 1)]
