"""The questions with which staff change a place: hours, other days, the house, the way (F4)."""

from collections.abc import Sequence
from datetime import date

from messaging import dates
from messaging.i18n import Tongue
from messaging.keyboards import Button, Keys, Message, one_each
from messaging.picker_buttons import written
from messaging.place_edit_buttons import (
    WORKDAYS,
    AddHours,
    ClearHours,
    CloseDays,
    HouseFlag,
    OtherHours,
    PlaceAct,
    UsualDays,
    WayIn,
    WeekdayHours,
)
from messaging.place_edit_texts import act_button, change_line, week_lines
from messaging.place_texts import IN_HOUSE, hours
from messaging.plain import plain
from programme.places import WEEK, InHouse, Venue

LONGEST_WAY, LONGEST_NAME = 90, 60


def _back_to_draft(t: Tongue, place: int) -> Button:
    return act_button(t, t.gettext("Back"), place, PlaceAct.DRAFT)


def edit_hours(t: Tongue, venue: Venue) -> Message:
    """Which weekday's hours."""
    buttons = [
        Button(_days(t, days), WeekdayHours(place=venue.id, days=days).pack())
        for days in (WORKDAYS, *range(WEEK))
    ]
    text = "\n".join([t.gettext("Weekly opening hours:"), *week_lines(t, venue)])
    return Message(text, one_each([*buttons, _back_to_draft(t, venue.id)]))


def _days(t: Tongue, days: int) -> str:
    if days == WORKDAYS:
        return t.gettext("Monday to Friday")
    return dates.weekday(t.traits, days)


def edit_day(t: Tongue, venue: Venue, days: int) -> Message:
    """The hours of one weekday, or of all workdays, and what they can be."""
    spans = venue.week[0 if days == WORKDAYS else days] if venue.week else ()
    found = hours(t, spans) if spans else t.gettext("closed")
    text = t.fill(t.gettext("{day}: {hours}"), day=_days(t, days), hours=found)
    buttons = [
        Button(t.gettext("Add hours"), AddHours(place=venue.id, days=days).pack()),
        Button(t.gettext("Closed"), ClearHours(place=venue.id, days=days).pack()),
        act_button(t, t.gettext("Back"), venue.id, PlaceAct.HOURS),
    ]
    return Message(text, one_each(buttons))


def edit_changes(t: Tongue, venue: Venue) -> Message:
    """Days with other hours; each can be taken away."""
    lines = [t.gettext("Days on which the weekly hours do not hold:")]
    lines += [change_line(t, each) for each in venue.changes] or [t.gettext("None.")]
    buttons = [act_button(t, t.gettext("Add days"), venue.id, PlaceAct.ADD_CHANGE)]
    for each in venue.changes:
        label = plain(t.fill(t.gettext("Take away: {date}"), date=t.date(each.first)))
        first, last = written(each.first), written(each.last)
        data = UsualDays(place=venue.id, first=first, last=last).pack()
        buttons.append(Button(label, data))
    return Message("\n".join(lines), one_each([*buttons, _back_to_draft(t, venue.id)]))


def edit_span(t: Tongue, place: int, first: date, last: date) -> Message:
    """Closed on those days, or other hours."""
    text = t.gettext("What holds from {first} to {last}?")
    asked = t.fill(text, first=t.date(first, True), last=t.date(last, True))
    days = (written(first), written(last))
    closed = CloseDays(place=place, first=days[0], last=days[1])
    other = OtherHours(place=place, first=days[0], last=days[1])
    buttons = [
        Button(t.gettext("Closed"), closed.pack()),
        Button(t.gettext("Other opening hours"), other.pack()),
        act_button(t, t.gettext("Back"), place, PlaceAct.CHANGES),
    ]
    return Message(asked, one_each(buttons))


def ask_first(t: Tongue) -> str:
    """From which day on."""
    return t.gettext("Which is the first day with other hours?")


def ask_last(t: Tongue, first: date) -> str:
    """Until which day."""
    text = t.gettext("From {first}. Which is the last day?")
    return t.fill(text, first=t.date(first))


def ask_opens(t: Tongue) -> str:
    """From when."""
    return t.gettext("When does it open?")


def ask_closes(t: Tongue) -> str:
    """Until when."""
    return t.gettext("When does it close?")


def ask_opening_day(t: Tongue) -> str:
    """On which day it opens for the first time."""
    return t.gettext("On which day does it open?")


def edit_house(t: Tongue, venue: Venue) -> Message:
    """Who is in the house: each button turns one on or off."""
    buttons = []
    for what in InHouse:
        there = what in venue.in_house
        text = t.gettext("Yes: {what}") if there else t.gettext("No: {what}")
        label = plain(t.fill(text, what=t.gettext(IN_HOUSE[what])))
        data = HouseFlag(place=venue.id, what=what, on=not there).pack()
        buttons.append(Button(label, data))
    text = t.gettext("What is in the house? Press to change it.")
    return Message(text, one_each([*buttons, _back_to_draft(t, venue.id)]))


def edit_later(t: Tongue, venue: Venue) -> Message:
    """Whether it is open already."""
    buttons = [act_button(t, t.gettext("It is open already"), venue.id, PlaceAct.IS_OPEN)]
    label = t.gettext("It opens later, the day is not known")
    buttons.append(act_button(t, label, venue.id, PlaceAct.LATER_SOMETIME))
    return Message(t.gettext("Or choose the day:"), one_each(buttons))


def edit_way(t: Tongue, venue: Venue, codes: Sequence[str]) -> Message:
    """In which language to write how to find it."""
    lines = [t.gettext("How do families find the door? A few words, in every language.")]
    for code, way in venue.way.items():
        text = t.fill(t.gettext("In {language}: {way}"), language=t.language_name(code), way=way)
        lines.append(text)
    buttons = []
    for code in codes:
        label = plain(t.fill(t.gettext("Write in {language}"), language=t.language_name(code)))
        buttons.append(Button(label, WayIn(place=venue.id, code=code).pack()))
    buttons.append(act_button(t, t.gettext("Take all of it away"), venue.id, PlaceAct.NO_WAY))
    return Message("\n".join(lines), one_each([*buttons, _back_to_draft(t, venue.id)]))


def write_now(t: Tongue, what: str, language: str = "") -> Message:
    """What staff are to write, or to send, as their next message."""
    match what:
        case "name":
            return Message(t.gettext("Write the name of the place, as it stands on the sign."))
        case "way":
            text = t.gettext("Write in {language} how to find it. At most {n} signs.")
            return Message(t.fill(text, language=t.language_name(language), n=LONGEST_WAY))
        case _:
            text = t.gettext(
                "Send the position of the place: press the paper clip and choose Location.\n"
                "Or stand at the door and press the key at the bottom."
            )
            return Message(text, keys=Keys(t.gettext("I stand at the door"), t.gettext("Not now")))


def keys_away(t: Tongue) -> Message:
    """The keys are put away."""
    return Message(t.gettext("Thank you."), keys=Keys())
