"""When an activity takes place, in words for staff: planning, moving, cancelling, the timetable."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from messaging.activity_buttons import (
    Activities,
    ActivityAct,
    ActOnOccasion,
    ClosePlace,
    NewTimes,
    OccasionAct,
    OffDays,
    Planning,
    SeriesOf,
    StaffOccasion,
    Times,
    Timetable,
)
from messaging.activity_lines import hours, kind_name, one_date, title
from messaging.activity_texts import act_button, correct_buttons, to_activity_button
from messaging.i18n import Tongue
from messaging.isolates import Ready, clean
from messaging.keyboards import Button, Message, in_pairs, one_each
from messaging.picker_buttons import written
from messaging.plain import plain
from programme.activities import Activity, Occasion, Words
from programme.localtime import on_the_clock
from programme.places import Venue
from programme.timetables import MEETINGS

PER_PAGE = 8
NAMED = 12  # red days that are named; more never fall on one weekday in a year


def times_page(
    t: Tongue,
    activity: Activity,
    ahead: Sequence[Occasion],
    zone: ZoneInfo,
    page: int,
    writes: bool,
    notices: int = 0,
    said: Sequence[str] = (),
) -> Message:
    """The coming times, each a button, and the ways to plan more."""
    shown = ahead[page * PER_PAGE :][:PER_PAGE]
    text = t.gettext("Coming times. Press one to move or cancel it.")
    if not shown:
        text = t.gettext("No times are planned.")
    number = activity.id
    buttons = [_time_button(t, each, zone) for each in shown]
    if len(ahead) > (page + 1) * PER_PAGE:
        buttons.append(Button(t.gettext("More"), Times(activity=number, page=page + 1).pack()))
    if writes:
        buttons += [*_planning(t, number, bool(ahead)), *correct_buttons(t, number, notices)]
    return Message("\n".join([*said, text]), one_each([*buttons, to_activity_button(t, number)]))


def _time_button(t: Tongue, each: Occasion, zone: ZoneInfo) -> Button:
    label = t.moment(each.starts_at, zone)
    if each.cancelled:
        # Translators: on a button: that time of an activity is cancelled.
        label = plain(t.fill(t.gettext("Cancelled: {time}"), time=label))
    return Button(label, StaffOccasion(occasion=each.id).pack())


def _planning(t: Tongue, activity: int, some: bool) -> list[Button]:
    labels = (
        # Translators: on a button: plan one date of an activity. So the next two.
        (t.gettext("One date"), Planning.ONE),
        (t.gettext("A series of weekly meetings"), Planning.SERIES),
        (t.gettext("Every week until a day"), Planning.WEEKLY),
    )
    buttons = [Button(label, NewTimes(activity=activity, how=how).pack()) for label, how in labels]
    if some:
        # Translators: on a button: cancel every time from one day to another, such as in summer.
        label = t.gettext("None on some days")
        buttons.append(act_button(t, label, activity, ActivityAct.OFF_DAYS))
    return buttons


def question(t: Tongue, what: str) -> str:
    """What a picker asks."""
    match what:
        case "first":
            return t.gettext("On which day is it first?")
        case "begins":
            return t.gettext("When does it begin?")
        case "ends":
            return t.gettext("When does it end?")
        case "last":
            return t.gettext("Every week until which day?")
        case "moved":
            return t.gettext("On which day is it instead?")
        case "off_first":
            return t.gettext("From which day on is it not?")
        case _:
            return t.gettext("Until which day is it not?")


def ask_count(t: Tongue, activity: int, first: date, begins: int, minutes: int) -> Message:
    """How many meetings."""
    text = t.fill(
        t.gettext("How many meetings are there, one each week from {date} on?"), date=t.date(first)
    )
    buttons = [
        Button(
            str(n),
            SeriesOf(
                activity=activity, day=written(first), begins=begins, minutes=minutes, count=n
            ).pack(),
        )
        for n in MEETINGS
    ]
    rows = in_pairs(buttons, t.one_per_row)
    back = Button(t.gettext("Back"), Times(activity=activity).pack())
    return Message(text, (*rows, *one_each([back])))


def planned(t: Tongue, added: int, left_out: Sequence[date]) -> Iterator[str]:
    """What came of planning, with the red days that are not among it."""
    if added:
        text = t.ngettext("{n} time is planned.", "{n} times are planned.", added)
        yield t.fill(text, n=added)
    if left_out:
        days = t.listing([t.date(day) for day in left_out[:NAMED]])
        text = t.ngettext(
            "Left out, because it is a red day or an eve: {days}.",
            "Left out, because they are red days or eves: {days}.",
            len(left_out),
        )
        yield t.fill(text, days=days)


def occasion_page(
    t: Tongue,
    activity: Activity,
    each: Occasion,
    zone: ZoneInfo,
    ahead: bool,
    today: bool,
    writes: bool,
    notices: int = 0,
    said: str = "",
) -> Message:
    """One time, and what can be done with it while it lies ahead."""
    lines = [*([said] * bool(said)), name_of(t, activity), when(t, each, zone)]
    if each.cancelled:
        lines.append(t.gettext("This time is cancelled."))
    elif not ahead:
        lines.append(t.gettext("That time is over. What was cannot be changed."))
    buttons = []
    if writes and not each.cancelled:
        if today:
            buttons.append(_act(t, t.gettext("Closed today"), each, OccasionAct.CLOSE))
        if ahead:
            buttons.append(_act(t, t.gettext("Move it"), each, OccasionAct.MOVE))
            buttons.append(_act(t, t.gettext("Cancel this time"), each, OccasionAct.CANCEL))
    if writes:
        buttons += correct_buttons(t, activity.id, notices)
    back = Button(t.gettext("Back"), Times(activity=activity.id).pack())
    return Message("\n".join(lines), one_each([*buttons, back]))


def _act(t: Tongue, label: str, each: Occasion, act: OccasionAct) -> Button:
    return Button(label, ActOnOccasion(occasion=each.id, act=act).pack())


def name_of(t: Tongue, activity: Activity) -> Ready:
    """What it is called, on a line."""
    return t.fill(t.gettext("Title: {title}"), title=title(t, activity))


def when(t: Tongue, each: Occasion, zone: ZoneInfo) -> Ready:
    """Day and hours, on a line."""
    return t.fill(t.gettext("When: {time}"), time=one_date(t, each, zone))


def ask_cancel_time(t: Tongue, activity: Activity, each: Occasion, zone: ZoneInfo) -> Message:
    """Asked once: those who signed up are told."""
    ask = t.gettext("Shall this time be cancelled? Whoever has signed up is told at once.")
    sure = _act(t, t.gettext("Yes, cancel it"), each, OccasionAct.CANCEL_SURE)
    back = Button(t.gettext("Back"), StaffOccasion(occasion=each.id).pack())
    lines = [ask, name_of(t, activity), when(t, each, zone)]
    return Message("\n".join(lines), one_each([sure, back]))


def ask_off_days(t: Tongue, activity: int, first: date, last: date, count: int) -> Message:
    """How many times that would be."""
    lines = [
        t.fill(
            t.ngettext(
                "Shall {n} time be cancelled, from {first} to {last}?",
                "Shall {n} times be cancelled, from {first} to {last}?",
                count,
            ),
            n=count,
            first=t.date(first),
            last=t.date(last),
        ),
        t.gettext("Whoever has signed up is told at once."),
    ]
    sure = OffDays(activity=activity, first=written(first), last=written(last))
    buttons = [Button(t.gettext("Yes, cancel them"), sure.pack())]
    back = Button(t.gettext("Back"), Times(activity=activity).pack())
    return Message("\n".join(lines), one_each([*buttons, back]))


# --- the timetable -----------------------------------------------------------------------------


def timetable(
    t: Tongue,
    shown: Sequence[tuple[Activity, Occasion]],
    monday: date,
    week: int,
    places: Sequence[tuple[int, str]],
    place: int,
    ending: Sequence[tuple[str, date]],
    zone: ZoneInfo,
) -> Message:
    """A week's activities by day, at one place or everywhere; what ends soon is told below."""
    # Translators: above the timetable of a week; {date} is its Monday.
    lines: list[str] = [t.fill(t.gettext("The week from {date}:"), date=t.date(monday))]
    lines += _days(t, shown, zone) if shown else [t.gettext("Nothing is planned.")]
    for name, last in ending:
        text = t.gettext("{title} ends on {date}. Plan on, or let it end.")
        lines += ["", t.fill(text, title=name, date=t.date(last))]
    buttons = [_week_button(t, week, place), *_place_buttons(t, week, places, place)]
    back = Button(t.gettext("Back"), Activities().pack())
    return Message("\n".join(lines), one_each([*buttons, back]))


def _days(t: Tongue, shown: Sequence[tuple[Activity, Occasion]], zone: ZoneInfo) -> Iterator[str]:
    before: date | None = None
    for activity, each in shown:
        day = on_the_clock(each.starts_at, zone).date()
        if day != before:
            yield ""
            # Translators: above what takes place on that day.
            yield t.fill(t.gettext("{day}:"), day=t.date(day))
            before = day
        yield _entry(t, activity, each, zone)


def _entry(t: Tongue, activity: Activity, each: Occasion, zone: ZoneInfo) -> Ready:
    span = hours(t, each, zone)
    name = title(t, activity) or kind_name(t, activity.kind)
    where = activity.venue.name if activity.venue else ""
    if each.cancelled:
        # Translators: one line of the timetable for staff; {hours} is such as 10:00–11:30.
        return t.fill(t.gettext("At {hours}: {title}. Cancelled."), hours=span, title=name)
    if not where:
        return t.fill(t.gettext("At {hours}: {title}."), hours=span, title=name)
    text = t.gettext("At {hours}: {title}. Place: {place}.")
    return t.fill(text, hours=span, title=name, place=where)


def _week_button(t: Tongue, week: int, place: int) -> Button:
    if week == 0:
        return Button(t.gettext("Next week"), Timetable(week=1, place=place).pack())
    return Button(t.gettext("This week"), Timetable(week=0, place=place).pack())


def _place_buttons(
    t: Tongue, week: int, places: Sequence[tuple[int, str]], place: int
) -> Iterator[Button]:
    for number, name in places:
        if number != place:
            yield Button(
                # Translators: on a button: the timetable of that place alone.
                plain(t.fill(t.gettext("Only {place}"), place=name)),
                Timetable(week=week, place=number).pack(),
            )
    if place:
        yield Button(t.gettext("All places"), Timetable(week=week).pack())


# --- closed today --------------------------------------------------------------------------------


def ask_close(t: Tongue, heads: Sequence[str], readers: int, sure: Button, back: Button) -> Message:
    """What is closed, and to how many it would be said: nothing has left yet."""
    ask = t.gettext(
        "Shall I say that it is closed today? It is said at once, in each parent's language."
    )
    count = t.ngettext("{n} parent gets it.", "{n} parents get it.", readers)
    return Message("\n".join([ask, *heads, t.fill(count, n=readers)]), one_each([sure, back]))


def close_button(t: Tongue, data: str) -> Button:
    """Say it now."""
    return Button(t.gettext("Yes, say it now"), data)


def closed(t: Tongue, readers: int) -> str:
    """It is said."""
    text = t.ngettext(
        "It is closed today. {n} parent is told.",
        "It is closed today. {n} parents are told.",
        readers,
    )
    return t.fill(text, n=readers)


def place_closed(t: Tongue, readers: int, back: Button) -> Message:
    """A place is closed today, and it is said."""
    return Message(closed(t, readers), one_each([back]))


def is_off(t: Tongue) -> str:
    """What families read of a time that is cancelled."""
    return t.gettext("Cancelled. It does not take place.")


def ask_which_place(t: Tongue, venues: Sequence[Venue]) -> Message:
    """Which place is closed today, of those that would be open."""
    text = t.gettext("Which place is closed today?")
    if not venues:
        text = t.gettext("No place of your areas would be open now or later today.")
    buttons = [Button(_place_label(t, each), ClosePlace(place=each.id).pack()) for each in venues]
    back = Button(t.gettext("Back"), Activities().pack())
    return Message(text, one_each([*buttons, back]))


def _place_label(t: Tongue, venue: Venue) -> str:
    return plain(t.fill(t.gettext("Place {place}"), place=venue.name))


def closed_place(t: Tongue, venue: Venue, day: date) -> Words:
    """Title and text of the notice that a place is closed, as public words."""
    # Translators: the title of an urgent message to families.
    heading = t.gettext("Closed today")
    text = t.gettext("Today, {date}, this place is closed: {place}. You are welcome another day.")
    # Direction marks are added when it is shown, as in all public words.
    return Words(heading, clean(plain(t.fill(text, date=t.date(day), place=venue.name))))


def closed_time(t: Tongue, activity: Activity) -> Words:
    """The same of an activity without words in that language: what it is, by its kind alone.

    When and where it would have been stands below, as under every notice of an activity.
    """
    return Words(t.gettext("Closed today"), clean(plain(kind_name(t, activity.kind))))
