"""Pause, fewer, quiet days, away, stop: what a parent can choose, and what was done. With Undo."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from messaging import dates
from messaging.callbacks import (
    MENU_AWAY,
    MENU_PAUSE,
    MENU_QUIET,
    MENU_REST,
    MENU_STOPPED,
    AwayUndo,
    Fewer,
    Menu,
    QuietDay,
    Resume,
    Stop,
    Until,
    VisitAnswer,
)
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, lay_out, one_each
from messaging.loss_texts import loss_button
from messaging.reason_texts import tell_button
from messaging.texts import (
    back_button,
    menu_rows,
    more_button,
    paged,
    resumed,
    start_again_button,
)
from programme.localtime import on_the_clock
from programme.people import Booking, Choice, Why
from programme.reasons import About

REST_DAYS = (7, 14, 30)
AWAY_DAYS = ((7, 14), (28, 56, 84))  # the longer ones behind More
_WEEK = range(7)


def choose_pause(t: Tongue, page: int, fewer: bool) -> Message:
    """From a little less to nothing at all; the rarer ones behind More."""
    buttons = [
        Button(t.gettext("We are away"), Menu(page=MENU_AWAY[0]).pack()),
        Button(t.gettext("Stop messages"), Stop().pack()),
        Button(t.gettext("A pause for me"), Menu(page=MENU_REST).pack()),
        _fewer_button(t, fewer),
        Button(t.gettext("Days without tips"), Menu(page=MENU_QUIET).pack()),
    ]
    text = t.gettext("Do you want fewer messages, or none?\nYou can change it when you want.")
    return Message(text, paged(t, buttons, MENU_PAUSE, page))


def _fewer_button(t: Tongue, fewer: bool) -> Button:
    if fewer:
        return Button(t.gettext("Small ideas again"), Fewer(on=False).pack())
    return Button(t.gettext("Fewer messages"), Fewer(on=True).pack())


def fewer_on(t: Tongue) -> Message:
    """Small ideas rest, tips and visits stay. With Undo."""
    text = t.gettext(
        "Now you get fewer messages: only tips, no small ideas.\n"
        "Messages about visits come as before."
    )
    return Message(text, undo_rows(t, Fewer(on=False).pack()))


def fewer_off(t: Tongue) -> str:
    """Small ideas come again."""
    return t.gettext("Now you get both tips and small ideas again.")


def choose_away(t: Tongue, page: int, today: date) -> Message:
    """Until when the family is away: days in words."""
    buttons = _until_buttons(t, AWAY_DAYS[page], today, away=True)
    if page + 1 < len(AWAY_DAYS):
        buttons.append(more_button(t, Menu(page=MENU_AWAY[page + 1]).pack()))
    text = t.gettext(
        "Until when are you away?\n"
        "I send nothing to your family in that time.\n"
        "A visit that is booked in that time gets a new time later."
    )
    return Message(text, lay_out(buttons, t.one_per_row))


def choose_rest(t: Tongue, today: date) -> Message:
    """Until when nothing is sent to this parent alone."""
    text = t.gettext("Until when shall I send nothing to you?\nThis is only for your own messages.")
    return Message(text, lay_out(_until_buttons(t, REST_DAYS, today, away=False), t.one_per_row))


def _until_buttons(t: Tongue, days: Sequence[int], today: date, away: bool) -> list[Button]:
    buttons = []
    for each in days:
        last = today + timedelta(days=each)
        # Translators: on a button: up to and including that day.
        label = t.fill(t.gettext("Until {date}"), date=t.date(last))
        buttons.append(Button(label, Until(away=away, last_day=last.isoformat()).pack()))
    return buttons


def away_until(
    t: Tongue, last_day: date, freed: Sequence[Booking], rest: int, zone: ZoneInfo
) -> Message:
    """The family is away; visits in that time are free. With Undo."""
    # Translators: {date} is the last day away. Say nothing of a holiday: it may be a funeral.
    text: str = t.fill(
        t.gettext("Good to know. I send nothing to your family until {date} has passed."),
        date=t.date(last_day),
    )
    if freed:
        text = f"{text}\n{_freed(t, freed, zone)}"
    buttons = [undo_button(t, AwayUndo(rest=rest).pack()), start_again_button(t, Why.AWAY)]
    return Message(text, lay_out(buttons, t.one_per_row))


def _freed(t: Tongue, freed: Sequence[Booking], zone: ZoneInfo) -> str:
    # Translators: {dates} is one day or a list of days: the booked visits that will not be.
    text = t.gettext("We do not come on {dates}.\nWe will contact you about a new time.")
    return t.fill(text, dates=_dates(t, freed, zone))


def _dates(t: Tongue, booked: Sequence[Booking], zone: ZoneInfo) -> str:
    return t.listing([t.date(on_the_clock(each.starts_at, zone).date()) for each in booked])


def not_away(t: Tongue, again: Sequence[Booking], zone: ZoneInfo) -> Message:
    """Undo of away: everything is as it was."""
    text = t.gettext("Now everything is as before. I send messages again.")
    if again:
        booked = t.gettext("We come on {dates}, as planned.")
        text = f"{text}\n{t.fill(booked, dates=_dates(t, again, zone))}"
    return Message(text, menu_rows(t))


def back(t: Tongue, own: Why | None) -> Message:
    """The family is back; `own`: this parent's own messages rest all the same."""
    if own is None:
        return Message(resumed(t), menu_rows(t))
    text = t.gettext("Welcome back! Your own messages still rest.")
    return Message(text, menu_rows(t, own))


def paused_until(t: Tongue, last_day: date, visit: Booking | None, zone: ZoneInfo) -> Message:
    """Nothing to this parent until then; a visit in that time is asked about. With Undo."""
    if visit is None:
        text = t.gettext("Done. I send nothing to you until {date} has passed.")
        said = t.fill(text, date=t.date(last_day))
        return Message(said, undo_rows(t, Resume().pack()))
    text = t.gettext(
        "Done. I send nothing to you until {date} has passed.\nShall we still come on {visit_date}?"
    )
    said = t.fill(text, date=t.date(last_day), visit_date=_dates(t, [visit], zone))
    buttons = [*_still_come(t, visit), undo_button(t, Resume().pack())]
    return Message(said, lay_out(buttons, t.one_per_row))


def resting_until(t: Tongue, last_day: date, why: Why) -> Message:
    """Undo of a stop, where a pause or the time away goes on."""
    text = t.fill(
        t.gettext("Now everything is as before. I send nothing to you until {date} has passed."),
        date=t.date(last_day),
    )
    return Message(text, menu_rows(t, why))


def stopped(t: Tongue, visit: Booking | None, zone: ZoneInfo, may_tell: bool = False) -> Message:
    """Messages have stopped; a booked visit is asked about on the same screen.

    `may_tell`: and, without one, a way to tell why, if they wish.
    """
    if visit is None:
        return stopped_more(t, None, zone, may_tell)
    text = t.fill(
        t.gettext("Done. I will send no more messages.\nShall we still come on {date}?"),
        date=_dates(t, [visit], zone),
    )
    buttons = [*_still_come(t, visit), more_button(t, Menu(page=MENU_STOPPED).pack())]
    return Message(text, lay_out(buttons, t.one_per_row))


def _still_come(t: Tongue, visit: Booking) -> list[Button]:
    """Yes and no are the answers that every message on that visit offers."""

    def answer(label: str, choice: Choice) -> Button:
        data = VisitAnswer(booking=visit.id, revision=visit.revision, choice=choice)
        return Button(label, data.pack())

    return [answer(t.gettext("Yes"), Choice.YES), answer(t.gettext("No"), Choice.NO_THANKS)]


def stopped_more(
    t: Tongue, visit_at: datetime | None, zone: ZoneInfo, may_tell: bool = False
) -> Message:
    """Messages have stopped; what else one may want to say. With Undo."""
    if visit_at is None:
        text = t.gettext("Done. I will send no more messages.\nNo visit is booked.")
    else:
        text = t.fill(
            t.gettext("Done. I will send no more messages.\nThe visit on {date} is still booked."),
            date=t.date(on_the_clock(visit_at, zone).date()),
        )
    buttons = [undo_button(t, Resume().pack()), loss_button(t)]
    if may_tell:
        buttons.append(tell_button(t, About.MESSAGES))
    return Message(text, lay_out(buttons, t.one_per_row))


def choose_quiet_days(t: Tongue, quiet: Collection[int]) -> Message:
    """Seven days to turn on and off: the one page with more than three buttons."""
    text = t.gettext(
        "On which days do you want no tips?\n"
        "Press a day to change it. Messages about visits come on every day."
    )
    days = [_day_button(t, day, day in quiet) for day in _WEEK]
    return Message(text, one_each([*days, back_button(t)]))


def _day_button(t: Tongue, day: int, quiet: bool) -> Button:
    name, data = dates.weekday(t.traits, day), QuietDay(day=day, quiet=not quiet).pack()
    # Translators: on a button: a weekday on which no tips come.
    return Button(t.fill(t.gettext("{day}: no tips"), day=name) if quiet else name, data)


def one_day_must_stay(t: Tongue) -> Message:
    """All seven days without tips is no quiet day but a stop."""
    text = t.gettext("One day must be left for tips.\nYou can also stop all messages.")
    buttons = [
        Button(t.gettext("Days without tips"), Menu(page=MENU_QUIET).pack()),
        Button(t.gettext("Stop messages"), Stop().pack()),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def undo_button(t: Tongue, data: str) -> Button:
    """What was done is taken back."""
    return Button(t.gettext("Undo"), data)


def undo_rows(t: Tongue, data: str) -> Rows:
    """*Undo* alone."""
    return lay_out([undo_button(t, data)], t.one_per_row)
