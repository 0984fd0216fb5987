"""What coordinators tell many families at once, and whom it is for (mission E1-E6, E12).

Frozen values only; who gets what is decided in `audience.py` and `by_notice.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from programme.activities import Activity, ActivityKind, Occasion, Words


class NoticeState(StrEnum):
    """How far a notice is. Stored: never renamed."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # leaves at `send_at`
    SENDING = "sending"
    PAUSED = "paused"  # nothing leaves until it is resumed
    STOPPED = "stopped"  # what had not left never does
    DONE = "done"  # every reader has an outcome
    RECALLED = "recalled"  # taken back from the phones


class WordingState(StrEnum):
    """How far the words in one language are. Stored: never renamed."""

    WANTED = "wanted"  # asked of the translators
    TAKEN = "taken"  # one of them is writing
    GIVEN = "given"  # waits for the coordinator's yes
    APPROVED = "approved"


class Action(StrEnum):
    """What a row of the outbox does on a phone. Stored: never renamed."""

    SAY = "say"
    TELL = "tell"  # that a time or a place in it has changed, in a message of its own
    EDIT = "edit"  # the same message, in new words
    DELETE = "delete"  # take the message away; if that cannot be, say that it is withdrawn


@dataclass(frozen=True, kw_only=True)
class Audience:
    """For whom: every condition that is set must hold."""

    areas: tuple[int, ...]
    languages: tuple[str, ...]
    months_from: int | None = None  # a child of that age, in whole months
    months_to: int | None = None
    expecting: bool = False
    fathers: bool = False
    first_child: bool = False
    follows: ActivityKind | None = None  # wants to hear of such activities
    signed_up: bool = False  # for the activity the notice is about


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice as it stands; words by language, only those that are approved."""

    id: int
    state: NoticeState
    audience: Audience
    words: Mapping[str, Words] = field(default_factory=dict, hash=False)
    urgent: bool = False
    activity: Activity | None = None  # what it announces: then its words are the activity's
    occasions: tuple[Occasion, ...] = ()  # of the activity, those that it tells of
    picture: str | None = None  # Telegram's number of it
    send_at: datetime | None = None
    frozen_at: datetime | None = None
    finished_at: datetime | None = None
    revision: int = 0
    corrected_at: datetime | None = None
    recalled_at: datetime | None = None
    made_by: int | None = None

    def said_in(self, language: str) -> Words | None:
        """Its words in that language, or None: the activity's, if it has any in it."""
        announced = self.activity.words.get(language) if self.activity else None
        return announced or self.words.get(language)

    @property
    def not_after(self) -> datetime | None:
        """When it is no longer worth saying: the last thing it tells of has begun; or None."""
        ahead = [each.starts_at for each in self.occasions if not each.cancelled]
        return max(ahead, default=None)


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """One reader's row of a notice that may still do something on their phone."""

    notice: Notice
    guardian_id: int
    action: Action
    key: str  # of its promise
    due_at: datetime
    message_id: int | None = None  # which message an edit or a delete is about
    next_at: datetime | None = None  # not before
