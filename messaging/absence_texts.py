"""A colleague is ill or has left: who, until when, what becomes of the visits (mission D10)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messaging.absence_buttons import IllUntil, Settle, WhoIsIll
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready, Value
from messaging.keyboards import Button, Message, one_each
from messaging.plain import plain
from messaging.visit_texts import at
from programme.people import StaffMember


def who_is_ill_button(t: Tongue) -> Button:
    """Opens the question, from the menu."""
    # Translators: on a button for staff: I, or a colleague, cannot work.
    return Button(t.gettext("Somebody is ill"), WhoIsIll().pack())


def who_is_ill(t: Tongue, team: Sequence[StaffMember], own: int) -> Message:
    """I, or one of the colleagues."""
    buttons = [
        Button(
            t.gettext("I am ill")
            if each.id == own
            else plain(t.fill(t.gettext("Ill: {name}"), name=each.name)),
            IllUntil(staff=each.id).pack(),
        )
        for each in team
    ]
    return Message(t.gettext("Who is ill?"), one_each([*buttons, _back(t)]))


def until_when(t: Tongue, staff: int, days: Sequence[date]) -> Message:
    """The last day on which they are ill."""
    buttons = [
        Button(plain(t.date(day)), IllUntil(staff=staff, last_day=day.isoformat()).pack())
        for day in days
    ]
    text = t.gettext("Until when? Choose the last day.\nNo visit times are offered in that time.")
    return Message(text, one_each([*buttons, _back(t)]))


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())


def visits_of(t: Tongue, name: str, staff: int, lines: Sequence[str], families: int) -> Message:
    """The visits that cannot be, what can be done, and what will be said; nothing is done yet."""
    if not lines:
        none = t.fill(t.gettext("{name}: no visits are booked in that time."), name=name)
        return Message(none, one_each([_back(t)]))
    said = t.ngettext(
        "If you press the button, {n} family is told at once. It cannot be undone.",
        "If you press the button, {n} families are told at once. It cannot be undone.",
        families,
    )
    head = t.fill(t.gettext("Visits of {name} that cannot be as booked:"), name=name)
    do = Button(t.gettext("Give them on now"), Settle(staff=staff, now=True).pack())
    text = "\n".join([head, *lines, t.fill(said, n=families)])
    return Message(text, one_each([do, _back(t)]))


def given_line(
    t: Tongue, family: Value, instead: str, starts_at: datetime, zone: ZoneInfo
) -> Ready:
    """A colleague comes; the parents read that other people come, at the same time."""
    text = t.gettext("Family {family}, {date} at {time}: {name} comes instead.")
    return at(t, text, starts_at, zone, family=family, name=instead)


def offered_line(t: Tongue, family: Value, starts_at: datetime, zone: ZoneInfo) -> Ready:
    """Nobody is free: cancelled, and new times are offered."""
    text = t.gettext("Family {family}, {date} at {time}: cancelled, new times are offered.")
    return at(t, text, starts_at, zone, family=family)


def cancelled_line(t: Tongue, family: Value, starts_at: datetime, zone: ZoneInfo) -> Ready:
    """There are no times to offer."""
    text = t.gettext("Family {family}, {date} at {time}: cancelled with a kind word. Find a time.")
    return at(t, text, starts_at, zone, family=family)


def phone_line(t: Tongue, family: Value, starts_at: datetime, zone: ZoneInfo) -> Ready:
    """Nobody of the family reads the chat."""
    text = t.gettext("Family {family}, {date} at {time}: cancelled. Please phone.")
    return at(t, text, starts_at, zone, family=family)


def result(t: Tongue, lines: Sequence[str]) -> Message:
    """What was done."""
    if not lines:
        text: str = t.gettext("Nothing is left to do. A colleague may have done it already.")
    else:
        text = "\n".join([t.gettext("Done:"), *lines])
    return Message(text, one_each([_back(t)]))
