"""What is spoken about a visit: the written lines, cut at their values, joined from recordings.

The facts fit into a button, so that an old message speaks what it says, whatever came after.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import product
from typing import TypedDict
from zoneinfo import ZoneInfo

from messaging import proposal_letters, visit_letters
from messaging.i18n import Tongue
from messaging.isolates import FSI, LRI, PDI
from messaging.keyboards import Message
from messaging.plain import plain
from messaging.speech import Group, Script, aloud, mark, with_buttons
from messaging.spoken_dates import pieces_of_date, pieces_of_time
from messaging.visit_texts import visit_rows
from programme.letters import (
    ComingLetter,
    DayBefore,
    Letter,
    SameMorning,
    Time,
    TimesProposed,
    VisitBooked,
    VisitCancelled,
    VisitChanged,
    VisitMoved,
)
from programme.localtime import STOCKHOLM, on_the_clock
from programme.people import Change, Meeting, Place, StaffMember


class About(StrEnum):
    """What a spoken message is about. It stands on buttons: never renamed."""

    BOOKED = "bo"
    MOVED = "mo"
    OTHER_PLACE = "pl"
    OTHER_PEOPLE = "pe"
    DAY_BEFORE = "da"
    MORNING = "tm"
    CANCELLED = "ca"
    TIMES = "ti"


@dataclass(frozen=True)
class Said:
    """The facts that are spoken; `moments`: when it is, then when it was; or the times offered.

    `visit`: it is one of the six. `moves`: the last of the moments is the one that would change.
    """

    about: About
    place: Place
    moments: tuple[datetime, ...]
    visit: bool = True
    interpreter: bool = False
    moves: bool = False


_COMING: dict[type[ComingLetter], About] = {
    VisitBooked: About.BOOKED,
    VisitMoved: About.MOVED,
    DayBefore: About.DAY_BEFORE,
    SameMorning: About.MORNING,
}


def said_by(letter: Letter) -> Said | None:
    """What of that letter can be spoken; None if it is not about the time of a visit."""
    match letter:
        case TimesProposed():
            old = (letter.old_starts_at,) if letter.old_starts_at else ()
            moments = (*(each.starts_at for each in letter.times), *old)
            return Said(About.TIMES, letter.place, moments, moves=bool(old))
        case VisitCancelled():
            visit = letter.meeting is Meeting.VISIT
            return Said(About.CANCELLED, Place.HOME, (letter.starts_at,), visit)
        case ComingLetter():
            old = (letter.old_starts_at,) if isinstance(letter, VisitMoved) else ()
            visit = letter.meeting is Meeting.VISIT
            moments = (letter.starts_at, *old)
            return Said(_about(letter), letter.place, moments, visit, letter.interpreter)
        case _:
            return None


def _about(letter: ComingLetter) -> About:
    if isinstance(letter, VisitChanged):
        return About.OTHER_PLACE if letter.change is Change.PLACE else About.OTHER_PEOPLE
    return _COMING[type(letter)]


def scripts_of(said: Said, t: Tongue, zone: ZoneInfo) -> tuple[Script, ...]:
    """What is joined, in order; ValueError for a date that cannot be said in pieces."""
    return (*_cut(_written(said, t, zone), said.moments, t, zone), *_answers(said, t))


def _written(said: Said, t: Tongue, zone: ZoneInfo) -> str:
    """The lines as they are written, from a letter that holds nothing but these facts."""
    first = said.moments[0]
    meeting = Meeting.VISIT if said.visit else Meeting.TALK
    if said.about is About.TIMES:
        starts = said.moments[:-1] if said.moves else said.moments
        letter = TimesProposed(
            key="",
            at=first,
            not_after=first,
            child_id=0,
            proposal_id=0,
            visit=1,
            meeting=meeting,
            place=said.place,
            times=tuple(Time(slot_id=0, starts_at=each) for each in starts),
            old_starts_at=said.moments[-1] if said.moves else None,
        )
        return proposal_letters.heard(letter, t, zone)
    facts: _Facts = {
        "key": "",
        "at": first,
        "not_after": first,
        "child_id": 0,
        "booking_id": 0,
        "revision": 0,
        "visit": 1,
        "meeting": meeting,
        "starts_at": first,
    }
    if said.about is About.CANCELLED:
        return visit_letters.heard(VisitCancelled(**facts), t, zone)
    here: _Here = {**facts, "place": said.place, "staff": (), "interpreter": said.interpreter}
    return visit_letters.heard(_coming(said, here), t, zone)


class _Facts(TypedDict):
    """What a letter about a visit holds of it."""

    key: str
    at: datetime
    not_after: datetime
    child_id: int
    booking_id: int
    revision: int
    visit: int
    meeting: Meeting
    starts_at: datetime


class _Here(_Facts):
    """And of one that will be."""

    place: Place
    staff: tuple[StaffMember, ...]
    interpreter: bool


def _coming(said: Said, facts: _Here) -> ComingLetter:
    match said.about:
        case About.MOVED:
            return VisitMoved(old_starts_at=said.moments[-1], **facts)
        case About.OTHER_PLACE:
            return VisitChanged(change=Change.PLACE, **facts)
        case About.OTHER_PEOPLE:
            return VisitChanged(change=Change.PEOPLE, **facts)
        case about:
            kinds = {found: kind for kind, found in _COMING.items()}
            return kinds[about](**facts)


_VALUE = re.compile(f"[{FSI}{LRI}]([^{PDI}]*){PDI}")
_JOINTS = " .,;:!،؛"  # between pieces: nobody says them


def _cut(text: str, moments: Sequence[datetime], t: Tongue, zone: ZoneInfo) -> Iterator[Script]:
    """The line in pieces: words are one recording, a date or a time several."""
    known = _known(moments, t, zone)
    for n, part in enumerate(_VALUE.split(plain(text))):
        if n % 2 and part in known:  # every second part is a value that was put in
            yield from known[part]
            continue
        for line in part.split("\n"):
            if words := line.strip(_JOINTS):
                yield Script(f"part:{mark(words)[:10]}", Group.WAY_IN, words, aloud(text))


def _known(moments: Sequence[datetime], t: Tongue, zone: ZoneInfo) -> dict[str, tuple[Script, ...]]:
    found: dict[str, tuple[Script, ...]] = {}
    for wall in (on_the_clock(each, zone) for each in moments):
        found[t.date(wall.date())] = pieces_of_date(t.traits, wall.date())
        found[str(t.time(wall, zone))] = pieces_of_time(t.traits, wall.time())
    return found


def _answers(said: Said, t: Tongue) -> tuple[Script, ...]:
    """What the buttons under it mean."""
    match said.about:
        case About.CANCELLED:
            return ()
        case About.TIMES:
            return (answers_to_times(t),)
        case _:
            return (answers(t),)


def answers(t: Tongue) -> Script:
    """What the three buttons under a coming visit mean."""
    words = with_buttons(t, Message("", visit_rows(t, 0, 0)))
    return Script("path:answers", Group.WAY_IN, words)


def answers_to_times(t: Tongue) -> Script:
    """How one chooses a time."""
    words = t.gettext(
        # Translators: read aloud, after up to three times of a visit.
        "These times stand on the buttons, in the same order. "
        "The last button shows what else you can answer."
    )
    return Script("path:answers_times", Group.WAY_IN, aloud(words))


_A_DAY = date(2027, 3, 4)


@cache
def wanted(t: Tongue) -> tuple[Script, ...]:
    """Every piece that is needed besides dates and times, each once."""
    noon = on_the_clock(datetime.combine(_A_DAY, time(12), UTC), STOCKHOLM)
    moments = tuple(noon + timedelta(days=n) for n in range(2))
    found: dict[str, Script] = {}
    for about, place, visit, interpreter in product(About, Place, (True, False), (True, False)):
        moves = about is About.TIMES and interpreter
        said = Said(about, place, moments, visit, interpreter, moves)
        found |= {each.key: each for each in scripts_of(said, t, STOCKHOLM)}
    return tuple(each for key, each in found.items() if key.startswith("part:"))
