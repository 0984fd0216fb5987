"""Buttons of the follow-up: lines for it, its blocks, the quarter's page."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from programme.headings import Heading


class NoteAct(StrEnum):
    """What a coordinator does with one line."""

    SHOW = "show"
    WORDS = "words"  # type it anew
    HEADING = "heading"  # choose another one
    DROP = "drop"


class FollowUp(CallbackData, prefix="Y"):
    """Everything about the follow-up."""


class NewNote(CallbackData, prefix="Yn"):
    """A new line: choose its heading."""


class UnderHeading(CallbackData, prefix="Yh"):
    """Under that heading: a new line (0), or that one from now on."""

    heading: Heading
    note: int = 0


class NoteList(CallbackData, prefix="Yl"):
    """The lines there are."""

    page: int = 0


class ActOnNote(CallbackData, prefix="Ya"):
    """That, with one line."""

    note: int
    act: NoteAct


class NoteYear(CallbackData, prefix="Yj"):
    """The line is for that year's follow-up."""

    note: int
    year: int


class NoteArea(CallbackData, prefix="Yk"):
    """The line is about that area."""

    note: int
    area: int


class YearlyBlocks(CallbackData, prefix="Yb"):
    """The yearly follow-up's blocks, ready to copy."""

    year: int = 0  # 0: the one that is being worked on


class QuarterPage(CallbackData, prefix="Yq"):
    """One page about a quarter for the steering group; 0: the latest that is over."""

    year: int = 0
    quarter: int = 0
