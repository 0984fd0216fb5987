"""What the letters about visits say, line by line; `letters.py` adds greeting and buttons."""

from zoneinfo import ZoneInfo

from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.keyboards import Rows
from messaging.meeting_texts import which
from messaging.visit_texts import at, missed_rows, place, together, visit_rows, who
from programme.letters import (
    ComingLetter,
    DayBefore,
    Letter,
    SameMorning,
    VisitBooked,
    VisitCancelled,
    VisitChanged,
    VisitMissed,
    VisitMoved,
)
from programme.localtime import on_the_clock
from programme.people import Change, Meeting, Place


def body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
    """All lines of one letter about a booked visit; None if it is none."""
    if isinstance(letter, ComingLetter):
        return "\n".join([*_opening(letter, t, zone), *_about(letter, t)])
    if isinstance(letter, VisitCancelled):
        return _cancelled(letter, t, zone)
    if isinstance(letter, VisitMissed):
        return missed(t)
    return None


def missed(t: Tongue) -> str:
    """Nobody was at home: a kind word."""
    return t.gettext("We missed each other today. That is all right.\nWould you like a new time?")


def heard(letter: ComingLetter | VisitCancelled, t: Tongue, zone: ZoneInfo) -> str:
    """What of such a letter is spoken: when and where, and whether an interpreter comes.

    Who comes, and which visit it is, stands in the written letter alone.
    """
    if isinstance(letter, VisitCancelled):
        return _cancelled(letter, t, zone)
    interpreter = [_interpreter(letter, t)] if letter.interpreter else []
    return "\n".join([*_opening(letter, t, zone), *interpreter])


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """The answers to a coming visit."""
    if isinstance(letter, ComingLetter):
        return visit_rows(t, letter.booking_id, letter.revision, letter.house)
    if isinstance(letter, VisitMissed):
        return missed_rows(t, letter.visit, letter.meeting)
    return ()


def _opening(letter: ComingLetter, t: Tongue, zone: ZoneInfo) -> list[str]:
    """When and where, in the words of this kind."""
    match letter:
        case VisitBooked():
            text = t.gettext("A visit is booked: {date} at {time}. Does it suit you?")
            if letter.meeting is not Meeting.VISIT:
                text = t.gettext("A time is booked: {date} at {time}. Does it suit you?")
            return [at(t, text, letter.starts_at, zone), _where(letter, t)]
        case VisitMoved():
            return [_moved(letter, t, zone), _where(letter, t)]
        case VisitChanged():
            return [_changed(letter, t, zone), _where(letter, t)]
        case DayBefore():
            return [at(t, _see_you_on(letter, t), letter.starts_at, zone, place=_place(letter, t))]
        case SameMorning():
            return [
                at(t, _see_you_today(letter, t), letter.starts_at, zone, place=_place(letter, t))
            ]
        case _:
            raise NoText("kind of letter", letter.kind)


def _changed(letter: VisitChanged, t: Tongue, zone: ZoneInfo) -> str:
    if letter.change is Change.PLACE:
        text = t.gettext("A new place for our time on {date} at {time}.")
    else:
        text = t.gettext("Other people will come on {date} at {time}. The time is the same.")
    return at(t, text, letter.starts_at, zone)


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
    if letter.meeting is not Meeting.VISIT:
        text = t.gettext(
            "We are sorry! We cannot meet on {date} at {time}.\n"
            "We will contact you about a new time."
        )
    return at(t, text, letter.starts_at, zone)


def _about(letter: ComingLetter, t: Tongue) -> list[str]:
    """Which visit, what we do there, who comes, interpreter, questions: a line each."""
    lines = [which(t, letter.visit, letter.meeting)]
    if (
        isinstance(letter, VisitBooked) and letter.meeting is Meeting.VISIT
    ):  # once, when it is news; a reminder stays short
        lines.append(together(t, letter.visit))
    if letter.staff:
        lines.append(who(t, letter.place, letter.staff))
    if letter.interpreter:
        lines.append(_interpreter(letter, t))
    # Translators: bring your questions to the visit; they need not be written here.
    lines.append(t.gettext("Save your questions for us."))
    return lines


def _interpreter(letter: ComingLetter, t: Tongue) -> str:
    if letter.place is Place.PHONE:
        return t.gettext("An interpreter is on the phone too.")
    return t.gettext("Interpreter comes.")


def _where(letter: ComingLetter, t: Tongue) -> str:
    return t.fill(t.gettext("Place: {place}."), place=_place(letter, t))


def _place(letter: ComingLetter, t: Tongue) -> str:
    return place(t, letter.place)
