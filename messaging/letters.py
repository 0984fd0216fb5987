"""Letters in words: what is due to one parent at one time, as one message in that language.

A letter holds all that may be said. It knows no table, and neither who reads it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from messaging import (
    activity_letters,
    consent_texts,
    join_letters,
    keeping_texts,
    move_letters,
    notice_letters,
    poster_texts,
    proposal_letters,
    staff_letters,
    texts,
    thread_texts,
    visit_letters,
    wish_letters,
)
from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.keyboards import Message, Picture, Rows
from messaging.sentences import age_text, first_sentence
from programme.kinds import KINDS, Kind, Lane
from programme.letters import (
    AgeLetter,
    BokstartLetter,
    EarlyTipLetter,
    Letter,
    StrengthLetter,
    TipLetter,
)
from programme.notice_letters import NoticeLetter
from programme.reasons import Asked


class Words(Protocol):
    """A module with words for some letters; None, or no rows, for what is not its own."""

    def body(self, letter: Letter, t: Tongue, zone: ZoneInfo) -> str | None:
        """All lines of the letter."""

    def rows(self, letter: Letter, t: Tongue, zone: ZoneInfo) -> Rows:
        """Its buttons."""
        ...


_WORDS: tuple[Words, ...] = (
    visit_letters,
    proposal_letters,
    wish_letters,
    activity_letters,
    join_letters,
    move_letters,
    thread_texts,
    poster_texts,
    keeping_texts,
    consent_texts,
    notice_letters,
)


def render(
    letters: Sequence[Letter],
    tongue: Tongue,
    zone: ZoneInfo,
    folded: bool = False,
    label: str | None = None,
) -> Message:
    """One message from letters that travel together; NoText for a code without words.

    `label`: staff's own word for the family, which only a letter to staff says.
    """
    if not letters:
        raise ValueError("a message needs a letter")
    ordered = sorted(letters, key=_importance)
    if ordered[0].staff_id is not None:
        return _to_staff(ordered, tongue, zone, label)
    return Message(
        text=f"{_greeting(ordered[0], tongue)}\n{_bodies(ordered, tongue, zone, folded)}",
        rows=_rows(ordered, tongue, zone),
        silent=all(KINDS[letter.kind].silent for letter in letters),
        file=_picture(ordered[0]),
    )


def _picture(first: Letter) -> Picture | None:
    if isinstance(first, NoticeLetter) and first.picture:
        return Picture(first.picture)
    return None


def _bodies(ordered: Sequence[Letter], t: Tongue, zone: ZoneInfo, folded: bool) -> str:
    """What each letter says; several that are late become lines under one heading (C7)."""
    late = [each for each in ordered if folded and isinstance(each, AgeLetter)]
    # Twins get the same tip for each child: it is said once.
    whole = dict.fromkeys(_body(each, t, zone) for each in ordered if each not in late)
    return "\n\n".join([*whole, *([_folded(late, t)] if late else [])])


def _folded(late: Sequence[AgeLetter], t: Tongue) -> str:
    heading = t.gettext("Some things from the last days:")
    lines = dict.fromkeys(first_sentence(age_text(each.kind, each.code, t)) for each in late)
    return "\n".join([heading, *lines])


def _to_staff(ordered: Sequence[Letter], t: Tongue, zone: ZoneInfo, label: str | None) -> Message:
    """A family without a label is called by its number."""
    family = label or ordered[0].family_id or ""
    bodies = dict.fromkeys(staff_letters.body(each, t, zone, family) for each in ordered)
    greeting = t.gettext("Hi from Lotsen!")
    return Message(
        f"{greeting}\n" + "\n\n".join(bodies), staff_letters.rows(ordered[0], t, zone, family)
    )


def foremost(letters: Sequence[Letter]) -> Letter:
    """Of letters that travel together the one that stands first; ValueError for none."""
    return min(letters, key=_importance)


def _importance(letter: Letter) -> tuple[Lane, bool, datetime, str]:
    """Visits before tips before ideas, then by hour."""
    return KINDS[letter.kind].lane, letter.kind is Kind.STRENGTH, letter.at, letter.key


def _greeting(first: Letter, t: Tongue) -> str:
    """The first line: a lock screen shows it, so it tells of no child and no programme."""
    match first:
        case TipLetter() | BokstartLetter() | EarlyTipLetter():
            return t.gettext("A tip from Lotsen")
        case StrengthLetter():
            return t.gettext("A small idea from Lotsen")
        case _:
            return t.gettext("Hi from Lotsen!")


def _body(letter: Letter, t: Tongue, zone: ZoneInfo) -> str:
    if isinstance(letter, AgeLetter):
        return age_text(letter.kind, letter.code, t)
    for words in _WORDS:
        if (text := words.body(letter, t, zone)) is not None:
            return text
    raise NoText("kind of letter", letter.kind)


def _rows(ordered: Sequence[Letter], t: Tongue, zone: ZoneInfo) -> Rows:
    """The buttons of the most important letter that has any, within the first lane."""
    lane = KINDS[ordered[0].kind].lane
    for letter in ordered:
        if KINDS[letter.kind].lane is lane and (rows := _own_rows(letter, t, zone)):
            return rows
    return ()


def _own_rows(letter: Letter, t: Tongue, zone: ZoneInfo) -> Rows:
    if isinstance(letter, BokstartLetter):
        return texts.offer_rows(t, letter.code, letter.child_id, Asked.BOKSTART)
    if isinstance(letter, AgeLetter):
        return texts.tip_rows(t, letter.code, letter.child_id)
    return next((rows for words in _WORDS if (rows := words.rows(letter, t, zone))), ())
