"""What is coming, as a page: two entries, each message with a *Skip* (mission C6).

A tip is named by its own first sentence: no second text that could say something else.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging import activity_lines
from messaging.calendar_texts import to_calendar
from messaging.callbacks import MENU_PLAN, Menu, Plan, Skip
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, lay_out
from messaging.meeting_texts import BESIDES
from messaging.sentences import age_text, first_sentence
from messaging.texts import back_button, menu_rows, more_button
from messaging.visit_texts import at, who
from programme.activity_letters import ActivityReminder
from programme.coming import Entry, mark
from programme.letters import (
    AgeLetter,
    DayBefore,
    EarlyTipLetter,
    Letter,
    OfferLetter,
    StrengthLetter,
)
from programme.localtime import on_the_clock
from programme.notice_letters import NoticeLetter
from programme.people import Booking, Meeting, Why

ON_A_PAGE = 2


def plan(
    t: Tongue, entries: Sequence[Entry], page: int, rest: Why | None, zone: ZoneInfo
) -> Message:
    """One page of what is coming; a page that is not there any more is the first."""
    if not entries:
        return Message(_nothing(t, rest), menu_rows(t, rest))
    pages = -(-len(entries) // ON_A_PAGE)
    page = page if 0 <= page < pages else 0
    shown = entries[page * ON_A_PAGE :][:ON_A_PAGE]
    lines = [_line(t, each, zone) for each in shown]
    buttons = [_skip(t, each, n) for n, each in enumerate(shown) if each.letter]
    more = page + 1 < pages
    turn = more_button(t, Plan(page=page + 1).pack()) if more else back_button(t)
    if len(buttons) < ON_A_PAGE and any(each.booking for each in shown):
        buttons.append(to_calendar(t))
    return Message("\n\n".join([_heading(t), *lines]), lay_out([*buttons, turn], t.one_per_row))


def _heading(t: Tongue) -> str:
    return t.gettext("This is coming to you:")


def _nothing(t: Tongue, rest: Why | None) -> str:
    if rest is Why.STOPPED:
        return t.gettext("Nothing is coming. You have stopped the messages.")
    return t.gettext("Nothing is coming in the next two months.")


def skipped(t: Tongue, entry: Entry, zone: ZoneInfo) -> Message:
    """One message will not come. With Undo."""
    text = t.gettext("Done. You have skipped this:")
    undo = Button(t.gettext("Undo"), _data(entry, on=False))
    buttons = [undo, _all(t)]
    line = _about(t, entry, zone)
    return Message(f"{text}\n\n{line}", lay_out(buttons, t.one_per_row))


def not_skipped(t: Tongue, entry: Entry, zone: ZoneInfo) -> Message:
    """It comes after all."""
    text = t.gettext("Done. This is coming again:")
    return Message(f"{text}\n\n{_about(t, entry, zone)}", lay_out([_all(t)], t.one_per_row))


def _all(t: Tongue) -> Button:
    return Button(t.gettext("What is coming"), Menu(page=MENU_PLAN).pack())


def _line(t: Tongue, entry: Entry, zone: ZoneInfo) -> str:
    about, skipped_it = _about(t, entry, zone), t.gettext("You have skipped this.")
    return f"{about}\n{skipped_it}" if entry.skipped else about


def _about(t: Tongue, entry: Entry, zone: ZoneInfo) -> str:
    if entry.booking:
        return _visit(t, entry.booking, zone)
    if entry.letter is None:
        raise ValueError("an entry is a visit or a message")
    return _message(t, entry.letter, entry.at, zone)


def _visit(t: Tongue, booking: Booking, zone: ZoneInfo) -> Ready:
    text = t.gettext("{date} at {time}: visit {visit_number} of 6.")
    line = at(t, text, booking.starts_at, zone, visit_number=booking.visit)
    if booking.meeting is not Meeting.VISIT:
        # Translators: {meeting} is "One more visit", "A phone call with us", or the like.
        text = t.gettext("{date} at {time}: {meeting}.")
        what = t.gettext(BESIDES[booking.meeting])
        line = at(t, text, booking.starts_at, zone, meeting=what)
    if not booking.staff:
        return line
    return Ready(f"{line}\n{who(t, booking.place, booking.staff)}")


def _message(t: Tongue, letter: Letter, comes: datetime, zone: ZoneInfo) -> Ready:
    day = t.date(on_the_clock(comes, zone).date())
    match letter:
        case StrengthLetter():
            # Translators: {title} is the first sentence of the message that will come.
            text = t.gettext("{date}: a small idea. {title}")
        case AgeLetter() | EarlyTipLetter():
            text = t.gettext("{date}: a tip. {title}")
        case OfferLetter():
            text = t.gettext("{date}: we ask if you want visit {visit_number} of 6.")
            return t.fill(text, date=day, visit_number=letter.visit)
        case DayBefore():
            return t.fill(t.gettext("{date}: a reminder of the visit."), date=day)
        case ActivityReminder():
            # Translators: {title} is what staff call an activity that the parent has signed up for.
            text = t.gettext("{date}: a reminder. You are signed up for: {title}")
            return t.fill(text, date=day, title=activity_lines.title(t, letter.activity))
        case NoticeLetter():
            # Translators: {title} is the first line of a message that staff write to many families.
            text = t.gettext("{date}: a message from us. {title}")
            return t.fill(text, date=day, title=letter.words.title)
        case _:
            return t.fill(t.gettext("{date}: some tips from before you joined."), date=day)
    # Catalogue text, which is Telegram's HTML already and runs in the reader's own direction.
    title = Ready(first_sentence(age_text(letter.kind, letter.code, t)))
    return t.fill(text, date=day, title=title)


def _skip(t: Tongue, entry: Entry, number: int) -> Button:
    """Which of the two is meant stands in the label, in words: a figure would turn a line round."""
    if entry.skipped:
        first, second = t.gettext("Bring back the first"), t.gettext("Bring back the second")
    else:
        first, second = t.gettext("Skip the first"), t.gettext("Skip the second")
    return Button((first, second)[number], _data(entry, on=not entry.skipped))


def _data(entry: Entry, on: bool) -> str:
    if entry.letter is None:
        raise ValueError("a visit is not skipped")
    name = mark(entry.letter)
    return Skip(kind=name.kind, number=name.number, code=name.code, on=on).pack()
