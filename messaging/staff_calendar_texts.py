"""A colleague's page *My calendar*: files, the private calendar, busy times of their own one."""

import html
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.calendar_buttons import (
    END_FEED,
    END_OWN,
    FEED,
    GET_FILE,
    NEW_FEED,
    OWN,
    SET_OWN,
    STAFF_CALENDAR,
    STAFF_NO_FILES,
    StaffCalendar,
)
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.day_texts import print_button
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, File, Message, Rows, one_each
from messaging.marks import N_
from messaging.visit_texts import at
from programme.busy import CalendarFault

_FAULTS: dict[CalendarFault, str] = {
    CalendarFault.NO_CALENDAR: N_("What is there is not a calendar."),
    CalendarFault.TOO_LARGE: N_("The calendar is too large."),
    CalendarFault.TOO_MUCH: N_("The calendar has too many entries, or one that never stops."),
    CalendarFault.NO_ANSWER: N_("Nothing comes from its address."),
    CalendarFault.NOT_ALLOWED: N_("Its address does not lead to the open internet."),
}


def _act(label: str, act: str) -> Button:
    return Button(label, StaffCalendar(act=act).pack())


def _back(t: Tongue) -> Button:
    return Button(t.gettext("Back"), StaffPage(page=STAFF_CALENDAR).pack())


def _rows(t: Tongue, *buttons: Button) -> Rows:
    return one_each([*buttons, _back(t)])


def my_calendar(t: Tongue, files: bool, feed: bool, own: bool) -> Message:
    """The page: what is settled, and what can be done."""
    lines = [
        t.gettext("A file comes with each change of your visits.")
        if files
        else t.gettext("No files come with changes."),
        t.gettext("You have a private calendar.")
        if feed
        else t.gettext("You have no private calendar."),
        t.gettext("Busy times are read from your own calendar.")
        if own
        else t.gettext("No busy times are read from your own calendar."),
    ]
    buttons = [
        _act(t.gettext("My visits as a file"), GET_FILE),
        *([_act(t.gettext("No more files"), STAFF_NO_FILES)] if files else []),
        _act(t.gettext("Private calendar"), FEED),
        _act(t.gettext("My own calendar"), OWN),
        print_button(t),
        Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()),
    ]
    return Message("\n".join(lines), one_each(buttons))


def my_visits(t: Tongue, file: File) -> Message:
    """All that lies ahead, as a file."""
    text = t.gettext(
        "Open the file, and your visits stand in your calendar.\n"
        "When one changes, a new file comes here. Open it too.\n"
        "No family is named in it."
    )
    return Message(text, _rows(t), file=file)


def no_visits_yet(t: Tongue) -> Message:
    """Nothing is booked for this colleague; a file comes when something is."""
    text = t.gettext("You have no visits now.\nWhen you have one, its file comes here.")
    return Message(text, _rows(t))


def staff_files_off(t: Tongue) -> Message:
    """No more files with changes."""
    return Message(t.gettext("Done. No more files come with changes."), _rows(t))


def private_calendar(t: Tongue, there: bool) -> Message:
    """What it is, and whether there is one."""
    lines = [
        t.gettext(
            "A private calendar shows your visits in the calendar that you use at work.\n"
            "It names no family. It changes by itself when a visit changes."
        )
    ]
    if not there:
        return Message("\n".join(lines), _rows(t, _act(t.gettext("Make an address"), NEW_FEED)))
    lines.append(
        t.gettext(
            "You have an address. It cannot be shown again.\n"
            "If it is lost, or others know it, make a new one: the old one stops at once."
        )
    )
    return Message(
        "\n".join(lines),
        _rows(
            t,
            _act(t.gettext("New address"), NEW_FEED),
            _act(t.gettext("End the private calendar"), END_FEED),
        ),
    )


def new_address(t: Tongue, link: str) -> Message:
    """The address, once; as code, so that a tap copies it and nobody fetches a preview of it."""
    shown = Ready(html.escape(link))
    text = t.fill(
        t.gettext(
            "This is the address. It is shown only now:\n"
            "Address: <code>{link}</code>\n"
            "Outlook: add a calendar, from the internet.\n"
            "Google, on a computer: other calendars, from URL.\n"
            "iPhone: add a subscribed calendar.\n"
            "Who has the address sees when you are at visits. Delete this message afterwards."
        ),
        link=shown,
    )
    return Message(text, _rows(t))


def no_public_address(t: Tongue) -> Message:
    """The installation cannot be reached from outside."""
    text = t.gettext("Private calendars are not switched on here. Ask whoever runs Lotsen.")
    return Message(text, _rows(t))


def feed_ended(t: Tongue) -> Message:
    """The address leads nowhere."""
    text = t.gettext("Done. The private calendar is gone: its address leads nowhere now.")
    return Message(text, _rows(t, _act(t.gettext("Make an address"), NEW_FEED)))


def own_calendar(
    t: Tongue, there: bool, last: datetime | None, fault: CalendarFault | None, zone: ZoneInfo
) -> Message:
    """Whether busy times are read, when they last were, and what went wrong."""
    lines = [
        t.gettext(
            "I can read in your own calendar when you are busy, so that no visit is offered then.\n"
            "I keep only times, never what it is about."
        )
    ]
    if not there:
        return Message("\n".join(lines), _rows(t, _act(t.gettext("Give its address"), SET_OWN)))
    lines.append(_state(t, last, fault, zone))
    return Message(
        "\n".join(lines),
        _rows(
            t,
            _act(t.gettext("Another address"), SET_OWN),
            _act(t.gettext("Stop reading it"), END_OWN),
        ),
    )


def _state(t: Tongue, last: datetime | None, fault: CalendarFault | None, zone: ZoneInfo) -> str:
    if last is None:
        return t.gettext("It will be read within a few minutes.")
    if fault is None:
        return at(t, t.gettext("It was last read on {date} at {time}."), last, zone)
    return _failed(t, last, fault, zone)


def _failed(t: Tongue, since: datetime, fault: CalendarFault, zone: ZoneInfo) -> str:
    text = t.gettext("It cannot be read since {date} at {time}. The times from before still count.")
    return "\n".join([at(t, text, since, zone), t.gettext(_FAULTS[fault])])


def cannot_be_read(t: Tongue, since: datetime, fault: CalendarFault, zone: ZoneInfo) -> Message:
    """Told once, with whatever this colleague does next."""
    lines = [t.gettext("This is about your own calendar."), _failed(t, since, fault, zone)]
    return Message("\n".join(lines), one_each([_act(t.gettext("My own calendar"), OWN)]))


def ask_own_address(t: Tongue) -> Message:
    """The address is written as a message."""
    text = t.gettext(
        "Write the address of your calendar here.\n"
        "Its beginning is https:// or webcal://. In Outlook and Google it is under the settings "
        "of the calendar, as a secret or published address.\n"
        "Afterwards delete your message, for the address is secret."
    )
    return Message(text, _rows(t))


def not_an_address(t: Tongue) -> Message:
    """What was written is none, or leads to no place one may go."""
    text = t.gettext("That is not an address I can use. It must begin with https:// or webcal://.")
    return Message(text, _rows(t))


def own_address_set(t: Tongue) -> Message:
    """It will be read."""
    text = t.gettext(
        "Thank you. I read it within a few minutes, and then every hour.\n"
        "You can delete your message with the address now."
    )
    return Message(text, _rows(t))


def own_address_ended(t: Tongue) -> Message:
    """It is not read any more."""
    text = t.gettext("Done. Your calendar is not read any more, and its times are forgotten.")
    return Message(text, _rows(t))
