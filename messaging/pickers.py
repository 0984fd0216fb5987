"""Pick a day and a time by tapping: nothing to type, in every language, for every task.

The way to use it, for a day off of colleague 7 (code and ids are yours, the pages are from here):

    WHY = "off"  # two to four letters, no other task's
    days = Days(today=today, first=today, last=in_a_year, closed=not_a_working_day)
    asked = Asked(t.gettext("Which day are you off?"), WHY, (7,), back=back_button)
    quick_days(t, asked, days)  # today, tomorrow, the next days, and Another day

    on(turn, ShowMonth.filter(F.why == WHY))          # instead(month(t, asked, days, data.on))
    on(list_months, ShowMonths.filter(F.why == WHY))  # instead(months(t, asked, days, data.page))
    on(chosen, PickDay.filter(F.why == WHY))          # data.on and data.numbers

In `chosen` a button may be old or forged, so begin with
`if not days.allows(data.on): return instead(month(t, asked.again(t), days, data.on))`.
For a time of that day show `times(t, asked, day, walls)` with the times that may be chosen
(`programme.localtime.walls` makes them, without the hour that spring leaves out). Then answer
`PickHour` with `quarters(t, asked, day, walls, data.hour)` and take `data.on` and `data.wall` from
`PickTime`, if `data.wall in walls`. All ids are checked against who presses, as ever. The dots
answer themselves (`handlers/picking.py`).

A month is a grid of seven columns, Monday first (domain.md 3.4). Telegram does not mirror rows
for a language that runs from the right: there the columns are reversed, so that a week reads from
the right (domain.md 3.7), and words stand one to a row. Digits are 0-9 (domain.md 3.3).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from messaging import dates, picker_buttons
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.picker_buttons import NoChoice
from programme.ages import add_months

DOT = "·"
ANY_DAY = date(2000, 1, 3)  # a Monday that is over: no clock changes on it
WEEK = 7
QUICK = 5  # days on the first page
MONTHS = 12  # on a page of the list
PER_ROW = 4  # hours or times
AT_ONCE = 16  # so many times stand on one page; of more the hour is asked first


def _none(_day: date) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days that may be chosen: from `first` to `last`, but those that `closed` names."""

    today: date
    first: date
    last: date
    closed: Callable[[date], bool] = _none

    def allows(self, day: date) -> bool:
        """Whether that day may be chosen."""
        return self.first <= day <= self.last and not self.closed(day)

    def month(self, day: date) -> date:
        """The first of that day's month, or of the nearest month that has days to choose."""
        return min(max(day, self.first), self.last).replace(day=1)


@dataclass(frozen=True)
class Asked:
    """What is asked (as a ready text), for which task and ids, and the way back."""

    question: str
    why: str
    ids: tuple[int, ...] = ()
    back: Button | None = None
    notes: tuple[str, ...] = ()  # more lines, such as hints

    def again(self, t: Tongue) -> "Asked":
        """The same question, after something that cannot be chosen."""
        return replace(self, notes=(t.gettext("That cannot be chosen. Please choose again."),))


def quick_days(t: Tongue, asked: Asked, days: Days, count: int = QUICK) -> Message:
    """The nearest days that may be chosen, in words, and the way to all others."""
    nearest = list(_nearest(days, count))
    buttons = [
        Button(_named(t, day, days.today), picker_buttons.pick_day(asked.why, asked.ids, day))
        for day in nearest
    ]
    shown = days.month(nearest[0] if nearest else days.today)
    other = picker_buttons.show_month(asked.why, asked.ids, shown)
    buttons.append(Button(t.gettext("Another day"), other))
    return _page(asked, (), one_each(buttons))


def _nearest(days: Days, count: int) -> Iterator[date]:
    """From today on, or backwards where all lies in the past."""
    back = days.last <= days.today
    day, step = (days.last, -1) if back else (max(days.first, days.today), 1)
    while count and days.first <= day <= days.last:
        if days.allows(day):
            count -= 1
            yield day
        day += timedelta(days=step)


def _named(t: Tongue, day: date, today: date) -> str:
    match (day - today).days:
        case 0:
            return t.gettext("Today")
        case 1:
            return t.gettext("Tomorrow")
        case -1:
            return t.gettext("Yesterday")
    name = t.date(day)
    return name[:1].upper() + name[1:]


def month(t: Tongue, asked: Asked, days: Days, shown: date) -> Message:
    """A month's days as a grid; what may not be chosen is a dot."""
    first = days.month(shown)
    heads = [_still(dates.weekday_in_short(t.traits, number)) for number in range(WEEK)]
    weeks = [in_order(t, week) for week in _weeks(asked, days, first)]
    rows = (in_order(t, heads), *weeks, *_turning(t, asked, days, first))
    # Translators: above a calendar; {month} is its name with the year.
    line = t.fill(t.gettext("Month: {month}"), month=t.month(first))
    return _page(asked, (line,), rows)


def _weeks(asked: Asked, days: Days, first: date) -> Iterator[list[Button]]:
    monday = first - timedelta(days=first.weekday())
    after = add_months(first, 1)
    while monday < after:
        week = [monday + timedelta(days=n) for n in range(WEEK)]
        yield [_day_button(asked, day, days.allows(day) and first <= day < after) for day in week]
        monday += timedelta(days=WEEK)


def _day_button(asked: Asked, day: date, open_: bool) -> Button:
    if not open_:
        return _still(DOT)
    return Button(str(day.day), picker_buttons.pick_day(asked.why, asked.ids, day))


def _still(label: str) -> Button:
    return Button(label, NoChoice().pack())


def _turning(t: Tongue, asked: Asked, days: Days, first: date) -> Rows:
    """To the month before, to the list of months, to the month after."""
    before, after = add_months(first, -1), add_months(first, 1)
    listed = picker_buttons.show_months(asked.why, asked.ids, _page_of(days, first))
    row = [
        _turn(t, asked, "‹", before) if before >= days.month(days.first) else _still(DOT),
        Button(t.month(first, both_names=False), listed),
        _turn(t, asked, "›", after) if after <= days.last else _still(DOT),
    ]
    return (in_order(t, row),)


def _turn(t: Tongue, asked: Asked, sign: str, to: date) -> Button:
    # The phone shows the bare sign as it is: from the right, "back" points to the right.
    shown = {"‹": "›", "›": "‹"}[sign] if t.rtl else sign
    return Button(shown, picker_buttons.show_month(asked.why, asked.ids, to))


def _page_of(days: Days, first: date) -> int:
    start = days.month(days.first)
    return ((first.year - start.year) * 12 + first.month - start.month) // MONTHS


def months(t: Tongue, asked: Asked, days: Days, page: int) -> Message:
    """The months there are to choose from, a year at a time: the quick way to a day far off."""
    start, last = days.month(days.first), _page_of(days, days.month(days.last))
    page = min(max(page, 0), last)
    shown = [add_months(start, page * MONTHS + n) for n in range(MONTHS)]
    buttons = [
        Button(t.month(each), picker_buttons.show_month(asked.why, asked.ids, each))
        for each in shown
        if each <= days.last
    ]
    for label, there in ((t.gettext("Earlier months"), page - 1), (_later(t), page + 1)):
        if 0 <= there <= last:
            data = picker_buttons.show_months(asked.why, asked.ids, there)
            buttons.append(Button(label, data))
    return _page(asked, (), one_each(buttons))


def _later(t: Tongue) -> str:
    return t.gettext("Later months")


def times(t: Tongue, asked: Asked, day: date | None, walls: Sequence[time]) -> Message:
    """The times of that day that may be chosen; where they are many, their hours.

    None: a time of no certain day, such as opening hours; its buttons carry ANY_DAY.
    """
    if len(walls) <= AT_ONCE:
        return _clock_page(t, asked, day, _time_buttons(t, asked, day, walls))
    hours = sorted({wall.hour for wall in walls})
    buttons = [
        Button(f"{hour:02}", picker_buttons.pick_hour(asked.why, asked.ids, day or ANY_DAY, hour))
        for hour in hours
    ]
    return _clock_page(t, asked, day, buttons, t.gettext("First the hour, then the exact time."))


def quarters(
    t: Tongue, asked: Asked, day: date | None, walls: Sequence[time], hour: int
) -> Message:
    """The times within that hour; if none of them may be chosen, the hours again."""
    within = [wall for wall in walls if wall.hour == hour]
    if not within:
        return times(t, asked.again(t), day, walls)
    return _clock_page(t, asked, day, _time_buttons(t, asked, day, within))


def _time_buttons(t: Tongue, asked: Asked, day: date | None, walls: Sequence[time]) -> list[Button]:
    return [
        Button(
            dates.wall(t.traits, wall),
            picker_buttons.pick_time(asked.why, asked.ids, day or ANY_DAY, wall),
        )
        for wall in walls
    ]


def _clock_page(
    t: Tongue, asked: Asked, day: date | None, buttons: Sequence[Button], *lines: str
) -> Message:
    rows = [buttons[n : n + PER_ROW] for n in range(0, len(buttons), PER_ROW)]
    if day is not None:
        # Translators: above times to choose from: the day that is chosen already.
        lines = (t.fill(t.gettext("Day: {date}"), date=t.date(day)), *lines)
    return _page(asked, lines, tuple(in_order(t, row) for row in rows))


def in_order(t: Tongue, row: Sequence[Button]) -> tuple[Button, ...]:
    """Signs side by side, read from where the language begins."""
    return tuple(reversed(row)) if t.rtl else tuple(row)


def _page(asked: Asked, lines: Sequence[str], rows: Rows) -> Message:
    back = one_each([asked.back] if asked.back else [])
    return Message("\n".join([asked.question, *asked.notes, *lines]), (*rows, *back))
