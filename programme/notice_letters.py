"""What a parent gets of a notice: itself, its correction, its withdrawal (mission E4, E5, E12).

The words are public: staff have written them for everybody whom the notice is for.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.activities import Activity, Occasion, Words
from programme.kinds import Kind
from programme.letters import Letter


@dataclass(frozen=True, kw_only=True)
class NoticeLetter(Letter):
    """What a coordinator tells many families, in the reader's language."""

    kind = Kind.NOTICE
    notice_id: int
    revision: int
    words: Words
    activity: Activity | None = None  # what it announces...
    occasions: tuple[Occasion, ...] = ()  # ...and when that is
    picture: str | None = None  # Telegram's number of it
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class UrgentNotice(NoticeLetter):
    """What cannot wait for its turn, such as: closed today (mission E12)."""

    kind = Kind.NOTICE_URGENT


@dataclass(frozen=True, kw_only=True)
class NoticeChanged(UrgentNotice):
    """A time or a place in a notice that was read already is another: said once more, aloud."""


@dataclass(frozen=True, kw_only=True)
class NoticeEdit(NoticeLetter):
    """A notice that stands on the phone, in new words: that message is rewritten."""

    kind = Kind.NOTICE_EDIT
    message_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeRecall(Letter):
    """A notice is taken away from the phone."""

    kind = Kind.NOTICE_RECALL
    notice_id: int
    message_id: int
    said_since: datetime | None = None  # two days later nothing can be deleted
