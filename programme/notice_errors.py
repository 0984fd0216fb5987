"""Broken rules of notices. Each class's first line is its sentence for the command line.

Broken
├── AlreadySent     somebody has sent it, or set its time, already
├── NoReaders       nobody in those areas reads one of its languages here
├── WordsMissing    a chosen language has no approved words
├── WordsTooLong    in some language it does not fit into one message
├── TooLate         what it tells of begins before it would leave
├── SaidAlready     the same was sent, or is about to be, within a day
└── NotOnPhones     it was never sent, or is taken back: nothing to correct or recall
"""

from collections.abc import Sequence

from programme.errors import Broken


class AlreadySent(Broken):
    """Somebody has sent it, or set its time, already."""

    def __init__(self) -> None:
        super().__init__("It is sent, or its time is set, already.")


class NoReaders(Broken):
    """Nobody in those areas reads one of its languages here."""

    def __init__(self) -> None:
        super().__init__("Nobody in those areas reads one of those languages here.")


class WordsMissing(Broken):
    """A chosen language has no approved words (mission E2)."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        super().__init__(f"Words are missing in: {', '.join(languages)}.")


class WordsTooLong(Broken):
    """In some language it does not fit into one message."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        super().__init__(f"It is too long for one message in: {', '.join(languages)}.")


class TooLate(Broken):
    """What it tells of begins before it would leave."""

    def __init__(self) -> None:
        super().__init__("What it tells of begins before it would leave.")


class SaidAlready(Broken):
    """The same was sent, or is about to be, within a day (mission E6)."""

    def __init__(self, notice_id: int) -> None:
        self.notice_id = notice_id
        super().__init__("The same was sent within a day, or is about to be.")


class NotOnPhones(Broken):
    """It was never sent, or is taken back: nothing to correct or recall."""

    def __init__(self) -> None:
        super().__init__("It is on no phone.")
