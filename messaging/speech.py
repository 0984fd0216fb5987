"""What is spoken: one script for each recording, and which words it holds (mission F5).

A recording is heard only as long as it holds the words that are written: `mark` compares them.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from messaging.i18n import Tongue
from messaging.isolates import unmarked
from messaging.keyboards import Message
from messaging.plain import plain


class Group(StrEnum):
    """What belongs together when it is recorded."""

    WAY_IN = "way_in"  # the first path, and what is said about visits
    DATES = "dates"
    TIPS = "tips"
    GUIDE = "guide"


@dataclass(frozen=True)
class Script:
    """What one recording says; `example`: where the words stand, for a piece of a sentence."""

    key: str
    group: Group
    words: str
    example: str = ""

    @property
    def mark(self) -> str:
        """The same as long as the words are."""
        return mark(self.words)


def mark(words: str) -> str:
    """The same for the same words, however their lines are broken."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:32]


def aloud(text: str) -> str:
    """The words of a text as they are read aloud: no tags, no marks of direction."""
    return unmarked(plain(text)).strip()


def with_buttons(t: Tongue, message: Message) -> str:
    """The words of a message and then its buttons, from the top: who does not read counts them."""
    lines = [aloud(message.text)] if message.text else []
    labels = [button.text for row in message.rows for button in row]
    for n, label in enumerate(labels, 1):
        # Translators: read aloud: which button does what, counted from the top.
        text = t.gettext("Button {n}: {label}.")
        lines.append(aloud(t.fill(text, n=n, label=label)))
    return "\n".join(lines)
