"""My times, in words: weekly hours, days off, busy times, what is kept free around a visit.

The same pages serve for a colleague who has no chat; then they name whose times these are.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from messaging import dates
from messaging.callbacks import STAFF_MENU, StaffFamily, StaffPage
from messaging.hours_buttons import (
    AddTime,
    CopyHours,
    DayHours,
    FreeAgain,
    Margin,
    OneDay,
    OwnHours,
    SetHours,
    SetMargin,
    ShowMargin,
    TimesOf,
    TimesView,
    UntilDay,
)
from messaging.i18n import Tongue
from messaging.isolates import Ready, Sign, Value
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.picker_buttons import written
from messaging.pickers import in_order
from messaging.plain import plain
from messaging.visit_texts import at

Minutes = tuple[int, int]  # from and until, since midnight
QUICK_HOURS: tuple[Minutes, ...] = ((8 * 60, 16 * 60), (8 * 60, 17 * 60), (8 * 60, 12 * 60))
_HOUR = 60

_MARGINS: dict[Margin, tuple[str, str]] = {
    # Translators: minutes kept free around a home visit, on a button and as a question.
    Margin.TRAVEL: (
        N_("The way there: {minutes} min"),
        N_("How many minutes do you need for the way to a visit?"),
    ),
    Margin.DEBRIEF: (
        N_("Talk afterwards: {minutes} min"),
        N_("How many minutes do you need after a visit, to talk it over together?"),
    ),
}


def heading(t: Tongue, name: str | None) -> str:
    """Whose times these are; None: one's own."""
    if name is None:
        return t.gettext("My times")
    # Translators: {name} is the first name of a colleague.
    return t.fill(t.gettext("Times of {name}"), name=name)


def hours_line(t: Tongue, weekday: int, spans: Sequence[Minutes]) -> str:
    """The hours of one weekday."""
    day = dates.weekday_within(t.traits, weekday)
    if not spans:
        return t.fill(t.gettext("Not at work on {weekday}."), weekday=day)
    text = t.gettext("At work on {weekday}: {hours}.")
    return t.fill(text, weekday=day, hours=_hours(t, spans))


def _hours(t: Tongue, spans: Sequence[Minutes]) -> Ready:
    return t.listing([_span(t, each) for each in spans])


def _span(t: Tongue, span: Minutes) -> Sign:
    # One value from left to right: between two isolated times a reader from the right would see
    # the later one first (domain.md 3.7).
    return Sign("–".join(_wall(t, each) for each in span))


def _wall(t: Tongue, minutes: int) -> str:
    return dates.wall(t.traits, time(minutes // _HOUR, minutes % _HOUR))


def no_hours_line(t: Tongue) -> str:
    """Nothing can be booked."""
    return t.gettext("There are no hours yet. Without hours no visit can be booked.")


def margins_line(t: Tongue, travel: int, debrief: int) -> str:
    """What is kept free around a visit."""
    text = t.gettext("Kept free: {travel} min for the way, {debrief} min to talk afterwards.")
    return t.fill(text, travel=travel, debrief=debrief)


def off_line(t: Tongue, first: date, last: date) -> str:
    """One day off, or several."""
    if first == last:
        return t.fill(t.gettext("Day off: {date}."), date=t.date(first))
    text = t.gettext("Days off: {first} to {last}.")
    return t.fill(text, first=t.date(first), last=t.date(last))


def busy_line(t: Tongue, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Something else takes that time."""
    return at(
        t,
        t.gettext("Busy: {date}, {hours}."),
        starts_at,
        zone,
        hours=_clock(t, starts_at, ends_at, zone),
    )


def _clock(t: Tongue, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Sign:
    return Sign(f"{t.time(starts_at, zone)}–{t.time(ends_at, zone)}")


def calendar_line(t: Tongue, count: int) -> str:
    """Busy times that came from their own calendar."""
    text = t.ngettext(
        "And {n} busy time from your calendar.", "And {n} busy times from your calendar.", count
    )
    return t.fill(text, n=count)


def saved_line(t: Tongue) -> str:
    """Before the page, after a change."""
    return t.gettext("Saved.")


def collision_lines(
    t: Tongue, found: Sequence[tuple[Value, int, datetime, bool]], zone: ZoneInfo
) -> list[str]:
    """What cannot be kept any more; nothing of it is moved."""
    if not found:
        return []
    head = t.gettext("Please look at this. It does not fit these times any more:")
    foot = t.gettext("Nothing is changed. Open the family to move it.")
    return [head, *(_collision(t, *each, zone) for each in found), foot]


def _collision(
    t: Tongue, family: Value, visit: int, starts_at: datetime, proposed: bool, zone: ZoneInfo
) -> str:
    if proposed:
        text = t.gettext("Family {family}: a time that is proposed, {date} at {time}.")
    elif visit:
        text = t.gettext("Family {family}: visit {visit} on {date} at {time}.")
    else:
        text = t.gettext("Family {family}: a meeting on {date} at {time}.")
    return at(t, text, starts_at, zone, family=family, visit=visit)


def main_rows(
    t: Tongue,
    staff: int,
    margins: tuple[int, int],
    families: Sequence[tuple[int, Value]],
    own: bool,
) -> Rows:
    """From somebody's times to their parts; families that must be looked at first."""
    buttons = [_open(t, number, name) for number, name in families]
    buttons += [
        _view(t.gettext("Weekly hours"), staff, TimesView.WEEK),
        _view(t.gettext("Days off"), staff, TimesView.OFF),
        _view(t.gettext("Busy times"), staff, TimesView.BUSY),
        *(_margin(t, staff, what, each) for what, each in zip(Margin, margins, strict=True)),
    ]
    if own:
        buttons.append(_view(t.gettext("Colleagues without chat"), staff, TimesView.COLLEAGUES))
    return one_each([*buttons, _menu(t)])


def _open(t: Tongue, number: int, name: Value) -> Button:
    label = t.fill(t.gettext("Family {family}"), family=name)
    return Button(plain(label), StaffFamily(family=number).pack())


def _view(label: str, staff: int, view: TimesView) -> Button:
    return Button(label, TimesOf(staff=staff, view=view).pack())


def _menu(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())


def back_button(t: Tongue, staff: int, view: TimesView = TimesView.ALL) -> Button:
    """Back to that page of their times."""
    return _view(t.gettext("Back"), staff, view)


def _margin(t: Tongue, staff: int, what: Margin, minutes: int) -> Button:
    label = plain(t.fill(t.gettext(_MARGINS[what][0]), minutes=minutes))
    return Button(label, ShowMargin(staff=staff, what=what).pack())


def week_rows(t: Tongue, staff: int, weekdays: Sequence[int]) -> Rows:
    """One weekday to change."""
    buttons = [
        Button(dates.weekday(t.traits, day), DayHours(staff=staff, weekday=day).pack())
        for day in weekdays
    ]
    return one_each([*buttons, back_button(t, staff)])


def day_rows(t: Tongue, staff: int, weekday: int, spans: Sequence[Minutes], most: int) -> Rows:
    """What the hours of one weekday can be."""
    buttons = [
        Button(plain(t.fill(t.gettext("Work {hours}"), hours=_span(t, each))), data)
        for each in QUICK_HOURS
        for data in [_set(staff, weekday, each)]
        if tuple(spans) != (each,)
    ]
    own = OwnHours(staff=staff, weekday=weekday, more=False).pack()
    buttons.append(Button(t.gettext("Other hours"), own))
    if spans:
        if len(spans) < most:
            more = OwnHours(staff=staff, weekday=weekday, more=True).pack()
            buttons.append(Button(t.gettext("More hours on the same day"), more))
        same = CopyHours(staff=staff, weekday=weekday).pack()
        buttons.append(Button(t.gettext("The same from Monday to Friday"), same))
        buttons.append(Button(t.gettext("Not at work on this day"), _set(staff, weekday, (0, 0))))
    return one_each([*buttons, back_button(t, staff, TimesView.WEEK)])


def _set(staff: int, weekday: int, span: Minutes) -> str:
    return SetHours(staff=staff, weekday=weekday, starts=span[0], ends=span[1]).pack()


def ask_from(t: Tongue) -> str:
    """When does it begin?"""
    return t.gettext("From what time?")


def ask_until(t: Tongue, since: time) -> str:
    """When does it end?"""
    text = t.gettext("From {time}. Until what time?")
    return t.fill(text, time=Sign(dates.wall(t.traits, since)))


def ask_day_off(t: Tongue) -> str:
    """Which day?"""
    return t.gettext("Which day off?")


def ask_busy_day(t: Tongue) -> str:
    """Which day?"""
    return t.gettext("On which day are you busy?")


def one_day_or_more(t: Tongue, staff: int, first: date) -> Message:
    """That day alone, or until another one."""
    text = t.fill(t.gettext("Off on {date}. Only that day?"), date=t.date(first))
    buttons = [
        Button(t.gettext("Only that day"), OneDay(staff=staff, day=written(first)).pack()),
        Button(t.gettext("More days"), UntilDay(staff=staff, day=written(first)).pack()),
        back_button(t, staff, TimesView.OFF),
    ]
    return Message(text, one_each(buttons))


def ask_last_day(t: Tongue, first: date) -> str:
    """The last day off."""
    text = t.gettext("Off from {date}. Which is the last day off?")
    return t.fill(text, date=t.date(first))


def off_rows(t: Tongue, staff: int, off: Sequence[tuple[int, date, date]]) -> Rows:
    """Add days off, or take one away."""
    buttons = [Button(t.gettext("Add days off"), AddTime(staff=staff, off=True).pack())]
    for number, first, last in off:
        if first == last:
            label = t.fill(t.gettext("Take away {date}"), date=t.date(first))
        else:
            text = t.gettext("Take away {first} to {last}")
            label = t.fill(text, first=t.date(first), last=t.date(last))
        buttons.append(_free(staff, number, label))
    return one_each([*buttons, back_button(t, staff)])


def _free(staff: int, number: int, label: str) -> Button:
    return Button(plain(label), FreeAgain(staff=staff, busy=number).pack())


def busy_rows(
    t: Tongue, staff: int, busy: Sequence[tuple[int, datetime, datetime]], zone: ZoneInfo
) -> Rows:
    """Add a busy time, or take one away."""
    buttons = [Button(t.gettext("Add a busy time"), AddTime(staff=staff, off=False).pack())]
    for number, starts_at, ends_at in busy:
        text, hours = t.gettext("Take away {date}, {hours}"), _clock(t, starts_at, ends_at, zone)
        buttons.append(_free(staff, number, at(t, text, starts_at, zone, hours=hours)))
    return one_each([*buttons, back_button(t, staff)])


def nothing_line(t: Tongue, off: bool) -> str:
    """The list is empty."""
    return t.gettext("No days off are set.") if off else t.gettext("No busy times are set.")


def choose_margin(t: Tongue, staff: int, what: Margin, choices: Sequence[int]) -> Message:
    """How many minutes."""
    row = [
        Button(str(each), SetMargin(staff=staff, what=what, minutes=each).pack())
        for each in choices
    ]
    return Message(
        t.gettext(_MARGINS[what][1]), (in_order(t, row), *one_each([back_button(t, staff)]))
    )


def colleagues(t: Tongue, names: Sequence[tuple[int, str]], staff: int) -> Message:
    """Who has no chat, so that others set their times; `staff`: who looks, 0 without own times."""
    back = back_button(t, staff) if staff else _menu(t)
    if not names:
        text = t.gettext("Everybody here reads the chat and sets their own times.")
        return Message(text, one_each([back]))
    buttons = [
        Button(plain(heading(t, name)), TimesOf(staff=number, view=TimesView.ALL).pack())
        for number, name in names
    ]
    text = t.gettext("These colleagues have no chat. You can set their times:")
    return Message(text, one_each([*buttons, back]))
