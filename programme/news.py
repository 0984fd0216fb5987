"""What staff should hear of a family: what happened, by words of ours."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class News(StrEnum):
    """What staff are told about a family, besides what the calendar says."""

    ANSWERED = "answered"  # a parent answered a visit
    WANTS_TIME = "wants_time"  # a parent said yes to an offer
    ENDED = "ended"  # no thanks to all visits
    AWAY = "away"  # the family is away, and booked visits are free
    BACK = "back"
    BORN = "born"  # a parent pressed *Our child is here*
    PHONE = "phone"  # a parent cannot be reached in the chat, or reads none of our languages
    LOSS = "loss"  # do not contact through Lotsen
    MOVED = "moved"  # the family has come from another area
    VISIT_BOOKED = "visit_booked"  # by a parent, or by a colleague
    VISIT_MOVED = "visit_moved"
    VISIT_CHANGED = "visit_changed"  # who comes, or where
    VISIT_CANCELLED = "visit_cancelled"
    RELIEVED = "relieved"  # somebody does not come to a visit any more
    OTHER_TIMES = "other_times"  # a parent wants other times than those proposed
    UNANSWERED = "unanswered"  # nobody chose one of the times in time
    ASKED = "asked"  # a parent asks for a call, a talk or a walk
    LEFT = "left"  # one of two homes moves out of the programme
    SPLIT = "split"  # two homes from now on
    ONE_HOME = "one_home"  # together again
    PROTECTED = "protected"  # no chat at all
    CHAT_AGAIN = "chat_again"  # not protected any more
    INTERPRETER = "interpreter"  # is wanted
    NO_INTERPRETER = "no_interpreter"  # is wanted soon, and nobody has booked one
    CANCEL_INTERPRETER = "cancel_interpreter"  # the visit is off
    REBOOK_INTERPRETER = "rebook_interpreter"  # the time or place has changed, or it stands again


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened and that staff should hear of."""

    id: int
    what: News
    at: datetime
    booking_id: int | None = None
    detail: str | None = None  # one of our own words, such as a choice; never a person's
