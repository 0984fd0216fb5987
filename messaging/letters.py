"""Letters in words: what is due to one parent at one time, as one message in that language.

A letter holds all that may be said. It knows no table, and neither who reads it.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging import texts, visit_letters, visit_texts
from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.keyboards import Message, Rows
from messaging.tip_texts import STRENGTH_TEXTS, TIP_TEXTS
from programme.kinds import KINDS, Kind, Lane
from programme.letters import (
    AgeLetter,
    ComingLetter,
    Letter,
    StrengthLetter,
    TipLetter,
    VisitLetter,
)

_BODIES: dict[Kind, dict[str, str]] = {Kind.TIP: TIP_TEXTS, Kind.STRENGTH: STRENGTH_TEXTS}


def render(letters: Sequence[Letter], tongue: Tongue, zone: ZoneInfo) -> Message:
    """One message from letters that travel together; NoText for a code without words."""
    if not letters:
        raise ValueError("a message needs a letter")
    ordered = sorted(letters, key=_importance)
    # Twins get the same tip for each child: it is said once.
    bodies = dict.fromkeys(_body(letter, tongue, zone) for letter in ordered)
    return Message(
        text=f"{_greeting(ordered[0], tongue)}\n" + "\n\n".join(bodies),
        rows=_rows(ordered, tongue),
        silent=all(KINDS[letter.kind].silent for letter in letters),
    )


def _importance(letter: Letter) -> tuple[Lane, bool, datetime, str]:
    """Visits before tips before ideas, then by hour."""
    return KINDS[letter.kind].lane, letter.kind is Kind.STRENGTH, letter.at, letter.key


def _greeting(first: Letter, t: Tongue) -> str:
    """The first line: a lock screen shows it, so it tells of no child and no programme."""
    match first:
        case TipLetter():
            return t.gettext("A tip from Lotsen")
        case StrengthLetter():
            return t.gettext("A small idea from Lotsen")
        case _:
            return t.gettext("Hi from Lotsen!")


def _body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str:
    match letter:
        case AgeLetter():
            return age_text(letter.kind, letter.code, t)
        case VisitLetter():
            return visit_letters.body(letter, t, zone)
        case _:
            raise NoText("kind of letter", letter.kind)


def age_text(kind: Kind, code: str, t: Tongue) -> str:
    """The words of a tip or an idea; NoText for an unknown code."""
    try:
        return t.gettext(_BODIES[kind][code])
    except KeyError as error:
        raise NoText(kind, code) from error


def _rows(ordered: Sequence[Letter], t: Tongue) -> Rows:
    """The buttons of the most important letter that has any, within the first lane."""
    lane = KINDS[ordered[0].kind].lane
    for letter in ordered:
        if KINDS[letter.kind].lane is lane and (rows := _own_rows(letter, t)):
            return rows
    return ()


def _own_rows(letter: Letter, t: Tongue) -> Rows:
    match letter:
        case AgeLetter():
            return texts.tip_rows(t, letter.code, letter.child_id)
        case ComingLetter():
            return visit_texts.visit_rows(t, letter.booking_id, letter.revision)
        case _:
            return ()
