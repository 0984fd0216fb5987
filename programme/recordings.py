"""Recordings: how long one may be, how far it has come, and why a voice message cannot be one (F5).

They hold public words, spoken by staff: nothing about a family.
"""

from enum import StrEnum

LONGEST = 120  # seconds: the longest page takes a minute and a half to read slowly
MOST_BYTES = 20 * 1024 * 1024  # more than that Telegram gives to no bot


class Stage(StrEnum):
    """How far a recording has come. Stored: never renamed."""

    SENT = "sent"  # a colleague has sent it; the sound is not here yet
    HEARD = "heard"  # the sound is here, and waits for its speaker's yes
    STANDS = "stands"  # families hear it
    FAILED = "failed"  # it cannot be used, see VoiceFault


class VoiceFault(StrEnum):
    """Why a voice message is no recording. Stored: never renamed."""

    LONG = "long"
    BIG = "big"
    SILENT = "silent"
    NO_SOUND = "no_sound"  # not a sound at all, or of a kind that cannot be read
    NOT_FETCHED = "not_fetched"  # Telegram does not give it out


class Unusable(Exception):
    """This sound cannot be a recording."""

    def __init__(self, fault: VoiceFault) -> None:
        super().__init__(fault)
        self.fault = fault
