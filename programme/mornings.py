"""When the morning list comes: on every day on which its reader works, at their hour (H3).

What stands in it is `morning_list.py`'s. Its key is one for each person and day, so that a
crash, a restart or a second look at the clock says it once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from programme.desk_letters import MorningList
from programme.free import Span, joined
from programme.kinds import WORK_ENDS, Kind, Rules, too_late_after
from programme.localtime import days_touched, instant, on_the_clock
from programme.people import Role, StaffMember

# All of them lie in staff's hours, and long enough before it is too late for a morning list.
CHOICES = (time(7), time(7, 30), time(8), time(8, 30), time(9), time(10))
USUAL = time(7, 30)
_READERS = (Role.NURSE, Role.PARENT_SUPPORTER, Role.COORDINATOR)  # who meets families


def mornings(
    member: StaffMember,
    hour: time | None,
    week: Mapping[int, Sequence[tuple[int, int]]],
    off: Iterable[Span],
    since: datetime,
    until: datetime,
    rules: Rules,
) -> Iterator[MorningList]:
    """Their lists in [since, until); `hour`: the one they chose, None: they want none.

    `week`: their weekly hours, `off`: when they are ill or away.
    """
    if hour is None or member.role not in _READERS:
        return
    away = joined(off)
    for day in days_touched(since, until, rules.zone):
        at = instant(day, hour, rules.zone)
        if since <= at < until and works_on(day, at, week, away, rules):
            yield MorningList(
                key=f"morning:{day:%Y-%m-%d}:{member.id}",
                at=at,
                not_after=too_late_after(Kind.MORNING_LIST, at, rules, None),
                staff_id=member.id,
                day=day,
            )


def works_on(
    day: date,
    at: datetime,
    week: Mapping[int, Sequence[tuple[int, int]]],
    away: Iterable[Span],
    rules: Rules,
) -> bool:
    """Whether they work on that day, as far as is known; busy for an hour is no day off.

    Who has set no weekly hours works whenever staff do.
    """
    if not rules.is_working_day(day) or (any(week.values()) and not week.get(day.weekday())):
        return False
    evening = instant(day, WORK_ENDS, rules.zone)
    return not any(since <= at and until >= evening for since, until in away)


def hours_between(since: datetime, until: datetime, rules: Rules) -> list[time]:
    """The hours at which anybody's list may fall due in [since, until): for the search."""
    days = [each for each in days_touched(since, until, rules.zone) if rules.is_working_day(each)]
    return [
        hour
        for hour in CHOICES
        if any(since <= instant(day, hour, rules.zone) < until for day in days)
    ]


def before(letter: MorningList, rules: Rules) -> datetime:
    """The same hour of the last day on which staff worked: what is new since then."""
    shown = on_the_clock(letter.at, rules.zone)
    day = shown.date() - timedelta(days=1)
    while not rules.is_working_day(day):
        day -= timedelta(days=1)
    return instant(day, shown.time(), rules.zone)
