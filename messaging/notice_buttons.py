"""Buttons with which coordinators write notices. Every number is checked against who presses."""

from enum import StrEnum

from messaging.callbacks import CallbackData
from programme.activities import ActivityKind

ANY_AGE = 999  # in the place of an age in months
SEND_DAY, SEND_TIME = "nod", "noh"  # codes of what is picked: when a notice is to leave


class NoticeAct(StrEnum):
    """What a coordinator does with a notice."""

    SHOW = "show"
    WORDS = "words"
    ASK = "ask"  # the translators
    WHOM = "whom"
    AREAS = "areas"
    AGE = "age"
    FOLLOWS = "follow"
    EXPECTING = "exp"  # each of these four: yes or no, one after the other
    FATHERS = "dad"
    FIRST_CHILD = "first"
    SIGNED_UP = "signed"
    URGENT = "urgent"
    PICTURE = "pic"
    NO_PICTURE = "pic0"
    CHECK = "check"  # who gets it, who does not
    PREVIEW = "see"
    SEND = "send"
    SEND_AGAIN = "send2"  # the same once more, on purpose
    WHEN = "when"
    WHEN_AGAIN = "when2"
    UNSCHEDULE = "draft"
    DROP = "drop"  # asks once
    DROP_SURE = "drop2"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"  # asks once
    STOP_SURE = "stop2"
    RECALL = "back"  # asks once
    RECALL_SURE = "back2"


class NoticeDesk(CallbackData, prefix="Nd"):
    """Everything about notices and activities."""


class NoticeList(CallbackData, prefix="Nl"):
    """The notices of one's areas."""

    page: int = 0


class NewNotice(CallbackData, prefix="Nn"):
    """A new notice: what is it about?"""

    page: int = 0


class BeginNotice(CallbackData, prefix="Nb"):
    """A new notice about that activity; 0: with words of its own."""

    activity: int


class ActOnNotice(CallbackData, prefix="Na"):
    """That, with that notice."""

    notice: int
    act: NoticeAct


class NoticeIn(CallbackData, prefix="Ni"):
    """Its words in that language."""

    notice: int
    language: str


class WriteNotice(CallbackData, prefix="Nw"):
    """Write its words in that language as the next message."""

    notice: int
    language: str


class NoticeTo(CallbackData, prefix="Ng"):
    """Send it in that language, or not."""

    notice: int
    language: str
    on: bool


class NoticeArea(CallbackData, prefix="Nr"):
    """Send it to that area, or not."""

    notice: int
    area: int
    on: bool


class NoticeAge(CallbackData, prefix="Nm"):
    """From that age in months; with `until` also until which."""

    notice: int
    first: int
    until: int = -1  # not chosen yet


class NoticeFollowers(CallbackData, prefix="Nf"):
    """Only to those who want to hear of such activities; none: to everybody."""

    notice: int
    kind: ActivityKind | None = None
