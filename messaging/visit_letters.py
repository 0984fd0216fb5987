"""What the letters about visits say, line by line; `letters.py` adds greeting and buttons."""

from zoneinfo import ZoneInfo

from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.keyboards import Rows
from messaging.visit_texts import at, place, theme, together, visit_rows, who
from programme.letters import (
    ComingLetter,
    DayBefore,
    Letter,
    SameMorning,
    VisitBooked,
    VisitCancelled,
    VisitMoved,
)
from programme.localtime import on_the_clock
from programme.people import Place


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of one letter about a booked visit; None if it is none."""
    if isinstance(letter, ComingLetter):
        return "\n".join([*_opening(letter, t, zone), *_about(letter, t)])
    if isinstance(letter, VisitCancelled):
        return _cancelled(letter, t, zone)
    return None


def rows(letter: Letter, t: Tongue) -> Rows:
    """The answers to a coming visit."""
    if isinstance(letter, ComingLetter):
        return visit_rows(t, letter.booking_id, letter.revision)
    return ()


def _opening(letter: ComingLetter, t: Tongue, zone: ZoneInfo) -> list[str]:
    """When and where, in the words of this kind."""
    match letter:
        case VisitBooked():
            text = t.gettext("A visit is booked: {date} at {time}. Does it suit you?")
            return [at(t, text, letter.starts_at, zone), _where(letter, t)]
        case VisitMoved():
            return [_moved(letter, t, zone), _where(letter, t)]
        case DayBefore():
            return [at(t, _see_you_on(letter, t), letter.starts_at, zone, place=_place(letter, t))]
        case SameMorning():
            return [
                at(t, _see_you_today(letter, t), letter.starts_at, zone, place=_place(letter, t))
            ]
        case _:
            raise NoText("kind of letter", letter.kind)


def _see_you_on(letter: ComingLetter, t: Tongue) -> str:
    if letter.place is Place.PHONE:
        return t.gettext("We will call you on {date} at {time}.")
    return t.gettext("See you on {date} at {time}. Place: {place}.")


def _see_you_today(letter: ComingLetter, t: Tongue) -> str:
    if letter.place is Place.PHONE:
        return t.gettext("We will call you today at {time}.")
    return t.gettext("See you today at {time}. Place: {place}.")


def _moved(letter: VisitMoved, t: Tongue, zone: ZoneInfo) -> str:
    old = letter.old_starts_at
    text = t.gettext(
        "The time on {old_date} at {old_time} has changed.\n"
        "New time: {date} at {time}. Does it suit you?"
    )
    old_date = t.date(on_the_clock(old, zone).date())
    return at(t, text, letter.starts_at, zone, old_date=old_date, old_time=t.time(old, zone))


def _cancelled(letter: VisitCancelled, t: Tongue, zone: ZoneInfo) -> str:
    text = t.gettext(
        "We are sorry! We must cancel the visit on {date} at {time}.\n"
        "We will contact you about a new time."
    )
    return at(t, text, letter.starts_at, zone)


def _about(letter: ComingLetter, t: Tongue) -> list[str]:
    """Which visit, what we do there, who comes, interpreter, questions: a line each."""
    lines = [_which(letter, t)]
    if isinstance(letter, VisitBooked):  # once, when it is news; a reminder stays short
        lines.append(together(t, letter.visit))
    if letter.staff:
        lines.append(who(t, letter.place, letter.staff))
    if letter.interpreter:
        lines.append(_interpreter(letter, t))
    # Translators: bring your questions to the visit; they need not be written here.
    lines.append(t.gettext("Save your questions for us."))
    return lines


def _which(letter: ComingLetter, t: Tongue) -> str:
    text = t.gettext("Visit {visit_number} of 6: {visit_theme}.")
    return t.fill(text, visit_number=letter.visit, visit_theme=theme(t, letter.visit))


def _interpreter(letter: ComingLetter, t: Tongue) -> str:
    if letter.place is Place.PHONE:
        return t.gettext("An interpreter is on the phone too.")
    return t.gettext("Interpreter comes.")


def _where(letter: ComingLetter, t: Tongue) -> str:
    return t.fill(t.gettext("Place: {place}."), place=_place(letter, t))


def _place(letter: ComingLetter, t: Tongue) -> str:
    return place(t, letter.place)
