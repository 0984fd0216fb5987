"""The pages of somebody's times, put together from what the service knows."""

from datetime import date, datetime, time

from messaging import times_texts as words
from messaging.hours_buttons import TimesView
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Message
from messaging.picker_buttons import day_of, written
from messaging.pickers import ANY_DAY, Asked, Days
from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock, walls
from services import availability
from services.availability import WORKDAYS, Collision, Times

MOST_SPANS = 2  # on one weekday
FIRST_HOUR, LAST_HOUR = time(6), time(22)

# Codes of what is picked: the task's own (`messaging/pickers.py`).
FROM, UNTIL = "hf", "hu"  # hours of a weekday
OFF, OFF_LAST = "of", "ol"  # days off
BUSY_DAY, BUSY_FROM, BUSY_UNTIL = "bd", "bf", "bu"


def page(t: Tongue, times: Times, view: TimesView, rules: Rules, saved: bool = False) -> Message:
    """That page of their times; after a change with what has begun to collide."""
    if times.collisions:
        view = TimesView.ALL  # from there the families can be opened
    head = [words.heading(t, None if times.own else times.member.name)]
    if saved:
        head.append(words.saved_line(t))
    collided = [
        (_called(each), each.visit, each.starts_at, each.proposed) for each in times.collisions
    ]
    head += words.collision_lines(t, collided, rules.zone)
    staff = times.member.id
    match view:
        case TimesView.WEEK:
            lines, rows = _week(t, times), words.week_rows(t, staff, list(WORKDAYS))
        case TimesView.OFF:
            lines, rows = _off(t, times, rules), words.off_rows(t, staff, _days_off(times, rules))
        case TimesView.BUSY:
            busy = [(each.id, each.starts_at, each.ends_at) for each in times.busy]
            lines, rows = _busy(t, times, rules), words.busy_rows(t, staff, busy, rules.zone)
        case _:
            lines = _all(t, times, rules)
            rows = words.main_rows(t, staff, _margins(times), _families(times), times.own)
    return Message("\n".join([*head, *lines]), rows)


def _called(each: Collision) -> Value:
    return each.name.label or each.name.family_id


def _families(times: Times) -> list[tuple[int, Value]]:
    return list({each.name.family_id: _called(each) for each in times.collisions}.items())


def _margins(times: Times) -> tuple[int, int]:
    return times.margins.travel, times.margins.debrief


def _week(t: Tongue, times: Times) -> list[str]:
    if not times.week:
        return [words.no_hours_line(t)]
    return [words.hours_line(t, day, times.week.get(day, ())) for day in WORKDAYS]


def _days_off(times: Times, rules: Rules) -> list[tuple[int, date, date]]:
    return [(each.id, *availability.days_of(each, rules)) for each in times.off]


def _off(t: Tongue, times: Times, rules: Rules) -> list[str]:
    lines = [words.off_line(t, first, last) for _, first, last in _days_off(times, rules)]
    return lines or [words.nothing_line(t, off=True)]


def _busy(t: Tongue, times: Times, rules: Rules) -> list[str]:
    lines = [words.busy_line(t, each.starts_at, each.ends_at, rules.zone) for each in times.busy]
    if times.from_calendar:
        lines.append(words.calendar_line(t, times.from_calendar))
    return lines or [words.nothing_line(t, off=False)]


def _all(t: Tongue, times: Times, rules: Rules) -> list[str]:
    lines = [*_week(t, times), words.margins_line(t, *_margins(times))]
    if times.off:
        lines += _off(t, times, rules)
    if times.busy or times.from_calendar:
        lines += _busy(t, times, rules)
    return lines


def day_page(t: Tongue, times: Times, weekday: int) -> Message:
    """The hours of one weekday, and what they can be."""
    spans = times.week.get(weekday, ())
    lines = [
        words.heading(t, None if times.own else times.member.name),
        words.hours_line(t, weekday, spans),
    ]
    rows = words.day_rows(t, times.member.id, weekday, spans, MOST_SPANS)
    return Message("\n".join(lines), rows)


def from_walls(day: date = ANY_DAY) -> list[time]:
    """When something may begin."""
    return walls(day, FIRST_HOUR, LAST_HOUR)[:-1]


def until_walls(since: time, day: date = ANY_DAY) -> list[time]:
    """When what begins then may end."""
    return [each for each in walls(day, FIRST_HOUR, LAST_HOUR) if each > since]


def ask_from(t: Tongue, staff: int, weekday: int, more: bool) -> Asked:
    """From when, on that weekday."""
    back = words.back_button(t, staff, TimesView.WEEK)
    return Asked(words.ask_from(t), FROM, (staff, weekday, int(more)), back)


def ask_until(t: Tongue, staff: int, weekday: int, more: bool, since: time) -> Asked:
    """Until when."""
    ids = (staff, weekday, int(more), minutes(since))
    back = words.back_button(t, staff, TimesView.WEEK)
    return Asked(words.ask_until(t, since), UNTIL, ids, back)


def minutes(wall: time) -> int:
    """Minutes since midnight."""
    return wall.hour * 60 + wall.minute


def wall(since_midnight: int) -> time:
    """The time of so many minutes since midnight; raises NotYours: a button said otherwise."""
    try:
        return time(*divmod(since_midnight, 60))
    except ValueError as error:
        raise NotYours from error


def day(number: int) -> date:
    """The day that is written as a number, such as 20270305; raises NotYours."""
    try:
        return day_of(str(number))
    except ValueError as error:
        raise NotYours from error


def days(now: datetime, rules: Rules, first: date | None = None) -> Days:
    """The days that may be days off, or hold a busy time."""
    today = on_the_clock(now, rules.zone).date()
    return Days(
        today=today,
        first=max(first or today, today),
        last=availability.last_day(now, rules),
        closed=lambda each: not rules.is_working_day(each),
    )


def ask_off(t: Tongue, staff: int) -> Asked:
    """Which day off."""
    return Asked(words.ask_day_off(t), OFF, (staff,), words.back_button(t, staff, TimesView.OFF))


def ask_last(t: Tongue, staff: int, first: date) -> Asked:
    """Which is the last day off."""
    ids = (staff, int(written(first)))
    back = words.back_button(t, staff, TimesView.OFF)
    return Asked(words.ask_last_day(t, first), OFF_LAST, ids, back)


def ask_busy(t: Tongue, staff: int) -> Asked:
    """On which day something else is on."""
    back = words.back_button(t, staff, TimesView.BUSY)
    return Asked(words.ask_busy_day(t), BUSY_DAY, (staff,), back)


def ask_busy_from(t: Tongue, staff: int) -> Asked:
    """From when, on that day."""
    back = words.back_button(t, staff, TimesView.BUSY)
    return Asked(words.ask_from(t), BUSY_FROM, (staff,), back)


def ask_busy_until(t: Tongue, staff: int, since: time) -> Asked:
    """Until when, on that day."""
    back = words.back_button(t, staff, TimesView.BUSY)
    return Asked(words.ask_until(t, since), BUSY_UNTIL, (staff, minutes(since)), back)
