"""Buttons of recordings: parents listen, staff record. A key's two halves stand apart."""

from datetime import UTC, datetime

from messaging.callbacks import CallbackData
from messaging.speech import Group
from messaging.visit_speech import About, Said
from programme.people import Place

_MINUTE, _MOST = 60, 4  # up to three times, and the one they would replace


class Listen(CallbackData, prefix="vo"):
    """Let me hear that text: `tip`, `gift_book`; in the language of the message, else in mine."""

    sort: str
    code: str
    language: str | None = None

    @classmethod
    def to(cls, key: str, language: str | None = None) -> "Listen":
        """The button to that recording."""
        sort, _, code = key.partition(":")
        return cls(sort=sort, code=code, language=language)

    @property
    def key(self) -> str:
        """The recording's key."""
        return f"{self.sort}:{self.code}"


class ListenLanguages(CallbackData, prefix="vol"):
    """Let me hear which languages there are to choose from, each in its own."""


class ListenVisit(CallbackData, prefix="vl"):
    """Let me hear what this message says about a visit; `moments`: minutes since 1970, in hex."""

    about: About
    place: Place
    flags: int
    moments: str

    @classmethod
    def of(cls, said: Said) -> "ListenVisit":
        """The facts, short enough for a button."""
        flags = said.visit | said.interpreter << 1 | said.moves << 2
        minutes = [int(each.timestamp()) // _MINUTE for each in said.moments]
        moments = ".".join(f"{each:x}" for each in minutes)
        return cls(about=said.about, place=said.place, flags=flags, moments=moments)

    @property
    def said(self) -> Said | None:
        """The facts again; None for a button that Lotsen has not made."""
        try:
            minutes = [int(each, 16) for each in self.moments.split(".")]
            moments = [datetime.fromtimestamp(each * _MINUTE, UTC) for each in minutes]
        except (ValueError, OverflowError, OSError):
            return None
        enough = 1 + (self.about is About.MOVED or bool(self.flags & 4))
        if not enough <= len(moments) <= _MOST or min(minutes) < 0:
            return None
        flags = (bool(self.flags & bit) for bit in (1, 2, 4))
        return Said(self.about, self.place, tuple(moments), *flags)


class Recordings(CallbackData, prefix="V"):
    """Recordings, for staff: the languages."""


class RecordingsIn(CallbackData, prefix="VL"):
    """The groups of that language."""

    language: str


class RecordNext(CallbackData, prefix="VN"):
    """The next text of that group that nobody has recorded, `skip` of them passed over."""

    language: str
    group: Group
    skip: int = 0


class RecordingList(CallbackData, prefix="VI"):
    """What has been recorded of that group."""

    language: str
    group: Group
    screen: int = 0


class OneRecording(CallbackData, prefix="VO"):
    """One that stands."""

    recording: int


class HearRecording(CallbackData, prefix="VH"):
    """Let me hear it as families do."""

    recording: int


class KeepRecording(CallbackData, prefix="VK"):
    """Families may hear it."""

    recording: int


class RecordAgain(CallbackData, prefix="VA"):
    """I speak it once more."""

    recording: int


class RemoveRecording(CallbackData, prefix="VX"):
    """It goes."""

    recording: int
