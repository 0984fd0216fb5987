"""The blocks of the yearly follow-up: figures first, then lines, never over 600 (mission I5, T1).

How the template counts nobody knows: it was filled in with a word processor, and may be a form. So
a text is counted as the strictest of them does: every UTF-16 unit is one (an emoji is two or more;
a letter with its mark is one where there is such a letter), and every line break is two.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from programme.headings import Heading

MOST = 600
_BREAK = 2
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What cooperation gave in a time, as far as it may be shown; None or absent: too few (I4)."""

    visits: int | None = None
    both_staff: int | None = None  # of those visits: nurse and parent supporter came (T9)
    other_parent: int | None = None  # families in which the other parent took part
    all_six: int | None = None  # children whose six visits are done
    joined: tuple[tuple[str, int], ...] = ()  # parents who joined the chat, by language (D11)
    attended: tuple[tuple[str, int], ...] = ()  # how often families came, by kind of activity
    series: tuple[tuple[str, int], ...] = ()  # families that came to every meeting (D9)
    guided: tuple[tuple[str, int], ...] = ()  # visits at which the way to it was shown (D8, T3)


@dataclass(frozen=True)
class Block:
    """What stands under one heading, and what did not fit, to be looked at by a person."""

    heading: Heading
    text: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How long the template finds the text."""
        return counted(self.text)


def counted(text: str) -> int:
    """How long the template finds a text, at worst."""
    plain = composed(text)
    return len(plain.encode("utf-16-le")) // 2 + plain.count("\n") * (_BREAK - 1)


def composed(text: str) -> str:
    """The text with each letter and its mark as one sign, where there is one."""
    return unicodedata.normalize("NFC", text)


def fit(heading: Heading, lines: Iterable[str]) -> Block:
    """The lines under that heading, as far as they fit: cut at the end of a line or sentence.

    What does not fit stands in `left_out`, in the same order: nothing is lost.
    """
    kept: list[str] = []
    waiting = [" ".join(composed(line).split()) for line in lines]
    waiting = [line for line in waiting if line]
    while waiting and counted("\n".join([*kept, waiting[0]])) <= MOST:
        kept.append(waiting.pop(0))
    if waiting:
        begins, rest = _first_sentences(kept, waiting[0])
        if begins:
            kept.append(begins)
            waiting[0] = rest
    return Block(heading, "\n".join(kept), tuple(waiting))


def _first_sentences(kept: Sequence[str], line: str) -> tuple[str, str]:
    """As many of the line's sentences as fit below the others, and what is left of it."""
    ends = [match.start() for match in _SENTENCE_ENDS.finditer(line)]
    for end in reversed(ends):
        if counted("\n".join([*kept, line[:end]])) <= MOST:
            return line[:end], line[end:].lstrip()
    return "", line


def blocks(lines: Iterable[tuple[Heading, str]]) -> Iterator[Block]:
    """One block for each heading of the template, in its order."""
    known = list(lines)
    for heading in Heading:
        yield fit(heading, (line for under, line in known if under is heading))
