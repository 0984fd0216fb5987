"""Every figure that is counted, without identity: the report reads these and nothing else.

A row of `tally` is one more of a figure, in an area and a month. What is undone takes its row back;
what stays stays, also when the family is erased.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from programme.activities import ActivityKind
from programme.follow_up import Held, Offer, Reached
from programme.people import Change, Choice, GuardianRole, InterpreterWish, Meeting
from programme.reasons import Asked, CancelReason, WhyNot, WindowReason


class Figure(StrEnum):
    """What is counted. Stored, at most twenty letters: retire one, never rename it."""

    # Joining
    REGISTERED = "registered"
    LINK_UNUSED = "link_unused"
    JOINED = "joined"
    LANGUAGE_MISSING = "language_missing"
    DECLINED_CHAT = "declined_chat"
    REASON_NO_CHAT = "reason_no_chat"
    POSTER_OPENED = "poster_opened"
    POSTER_ASKED = "poster_asked"
    POSTER_WELCOME = "poster_welcome"
    POSTER_NOT_OURS = "poster_not_ours"
    POSTER_FORGOTTEN = "poster_forgotten"
    POSTER_WITHDRAWN = "poster_withdrawn"
    POSTER_BY_LINK = "poster_by_link"
    # Leaving
    STOPPED = "stopped"
    REASON_STOPPED = "reason_stopped"
    VISITS_ENDED = "visits_ended"
    REASON_ENDED = "reason_ended"
    FORGOTTEN = "forgotten"
    ERASED = "erased"
    ERASED_PARENT = "erased_parent"
    SPLIT = "split"
    JOINED_AGAIN = "joined_again"
    # Finding a time
    BOOKED = "booked"
    OUTSIDE_WINDOW = "outside_window"
    MOVED = "moved"
    CHANGED = "changed"
    PROPOSED = "proposed"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    PICKED = "picked"
    LOOKED = "looked"
    OTHER_TIMES = "other_times"
    TIMES_DECLINED = "times_declined"
    GIVEN_OVER = "given_over"
    REOFFERED = "reoffered"
    INTERPRETER_WISH = "interpreter_wish"
    INTERPRETER_BOOKED = "interpreter_booked"
    # What a parent says of a visit
    ANSWERED = "answered"
    VISIT_WANTED = "visit_wanted"
    VISIT_DECLINED = "visit_declined"
    # What became of a visit
    VISIT_DONE = "visit_done"
    VISIT_MISSED = "visit_missed"
    VISIT_CANCELLED = "visit_cancelled"
    TOOK_PART = "took_part"
    VISIT_BOTH_STAFF = "visit_both_staff"
    VISIT_INTERPRETER = "visit_interpreter"
    VISIT_DEBRIEF = "visit_debrief"
    GUIDED_ON = "guided_on"
    FIRST_IN_TIME = "first_in_time"
    FIRST_LATE = "first_late"
    ALL_SIX = "all_six"
    OTHER_PARENT_FAMILY = "other_parent_family"
    VISIT_CHAT = "visit_chat"
    VISIT_LANGUAGE = "visit_language"
    # The way of a family through the programme
    FAMILY_YES = "family_yes"
    FAMILY_NO = "family_no"
    FAMILY_VISITED = "family_visited"
    LAST_WINDOW = "last_window"
    # Activities
    SIGNED_UP = "signed_up"
    QUEUED = "queued"
    PLACE_OFFERED = "place_offered"
    OFFER_EXPIRED = "offer_expired"
    SIGNUP_LEFT = "signup_left"
    QUEUE_LEFT = "queue_left"
    ATTENDED = "attended"
    SERIES_DONE = "series_done"
    # Asking staff, and being asked
    ASKED = "asked"
    ASKED_DONE = "asked_done"
    TEAM_ASKED = "team_asked"
    TEAM_ANSWERED = "team_answered"
    USEFUL = "useful"
    NOT_USEFUL = "not_useful"


class Unit(StrEnum):
    """What one of a figure is."""

    VISIT = "visit"
    CHILDREN = "children"  # a child; twins, who have their visits together, are one
    FAMILY = "family"
    PARENT = "parent"
    SIGN_UP = "sign_up"  # a parent with whoever comes along
    TIME = "time"  # how often it was done


@dataclass(frozen=True)
class Meaning:
    """What a figure counts."""

    says: str
    unit: Unit
    # With the number of the visit: 1 to 6, or 0 for none of the six. None: some are, some not.
    visit: bool | None = False
    details: frozenset[str] = frozenset()  # what it is counted apart by
    codes: str | None = None  # the same where the codes are data: of which kind
    bare: bool = True  # may be without

    def fits(self, visit: int | None, detail: str | None) -> bool:
        """Whether such a row may be."""
        if self.visit not in {None, visit is not None}:
            return False
        if detail is None:
            return self.bare
        return detail in self.details or self.codes is not None


def _one_of(*words: Iterable[str]) -> frozenset[str]:
    return frozenset(str(each) for some in words for each in some)


_BESIDE = _one_of(set(Meeting) - {Meeting.VISIT})  # bare: one of the six visits
_KINDS = _one_of(ActivityKind)


def _visits(says: str, *details: Iterable[str], bare: bool = True) -> Meaning:
    return Meaning(says, Unit.VISIT, visit=True, details=_one_of(*details), bare=bare)


def _acts(says: str, *details: Iterable[str], bare: bool = True, visit: bool = True) -> Meaning:
    return Meaning(says, Unit.TIME, visit=visit, details=_one_of(*details), bare=bare)


def _at_activities(says: str) -> Meaning:
    return Meaning(says, Unit.SIGN_UP, details=_KINDS, bare=False)


def _by_poster(says: str) -> Meaning:
    return Meaning(says, Unit.FAMILY)


MEANINGS: dict[Figure, Meaning] = {
    Figure.REGISTERED: Meaning("by staff, by import, or welcomed after a poster", Unit.FAMILY),
    Figure.LINK_UNUSED: Meaning(
        "registered, but nobody used the link within 30 days: the record is gone", Unit.FAMILY
    ),
    Figure.JOINED: Meaning(
        "said yes to messages; the language they read", Unit.PARENT, codes="language", bare=False
    ),
    Figure.LANGUAGE_MISSING: Meaning(
        "joined, and would rather read another language: which",
        Unit.PARENT,
        codes="language",
        bare=False,
    ),
    Figure.DECLINED_CHAT: Meaning(
        "said no to messages; who comes back and says yes has joined as well", Unit.PARENT
    ),
    Figure.REASON_NO_CHAT: Meaning(
        "why no to messages, if they wished to tell",
        Unit.PARENT,
        details=_one_of(WhyNot),
        bare=False,
    ),
    Figure.POSTER_OPENED: _acts("a poster's link was opened", visit=False),
    Figure.POSTER_ASKED: _by_poster("came by a poster and asked to join"),
    Figure.POSTER_WELCOME: _by_poster("staff said yes; is registered as well"),
    Figure.POSTER_NOT_OURS: _by_poster("staff said that the programme is not for them"),
    Figure.POSTER_FORGOTTEN: _by_poster("staff did not answer in time"),
    Figure.POSTER_WITHDRAWN: _by_poster("did not want to wait any more"),
    Figure.POSTER_BY_LINK: _by_poster("came in by a personal link meanwhile"),
    Figure.STOPPED: Meaning("stopped their own messages; visits go on", Unit.PARENT),
    Figure.REASON_STOPPED: Meaning(
        "why, if they wished to tell", Unit.PARENT, details=_one_of(WhyNot), bare=False
    ),
    Figure.VISITS_ENDED: Meaning("no thanks to all visits; of two homes each", Unit.FAMILY),
    Figure.REASON_ENDED: Meaning(
        "why, or why they left, if a parent or staff wished to tell; never after a loss",
        Unit.FAMILY,
        details=_one_of(WhyNot),
        bare=False,
    ),
    Figure.FORGOTTEN: Meaning(
        "forgotten as they wished; a whole family erased by staff is one", Unit.PARENT
    ),
    Figure.ERASED: Meaning("kept long enough, and erased", Unit.FAMILY),
    Figure.ERASED_PARENT: Meaning("the same for one parent, of two homes", Unit.PARENT),
    Figure.SPLIT: Meaning("became two homes", Unit.FAMILY),
    Figure.JOINED_AGAIN: Meaning("became one home again", Unit.FAMILY),
    Figure.BOOKED: _acts("a visit was booked; else: what kind of meeting", _BESIDE),
    Figure.OUTSIDE_WINDOW: _acts("booked outside its ages: why", WindowReason, bare=False),
    Figure.MOVED: _acts("a booked visit got another time"),
    Figure.CHANGED: _acts(
        "a booked visit got other people or another place", set(Change) - {Change.NEW}, bare=False
    ),
    Figure.PROPOSED: _acts("staff proposed times; why, if outside its ages", WindowReason),
    Figure.PROPOSAL_WITHDRAWN: _acts("staff took proposed times back"),
    Figure.PICKED: _acts("a parent chose one of the times"),
    Figure.LOOKED: _acts("a parent looked for times alone"),
    Figure.OTHER_TIMES: _acts("a parent asked for other times", ("other", "evening"), bare=False),
    Figure.TIMES_DECLINED: _acts("a parent said no thanks to times that were held"),
    Figure.GIVEN_OVER: _acts("a colleague comes in place of one who is ill or has left"),
    Figure.REOFFERED: _acts("cancelled as nobody could come, and other times were offered"),
    Figure.INTERPRETER_WISH: _acts(
        "a parent told which interpreter suits", InterpreterWish, bare=False, visit=False
    ),
    Figure.INTERPRETER_BOOKED: _acts("staff booked an interpreter; once more after a move"),
    Figure.ANSWERED: Meaning(
        "a parent's answer to a booked visit, the last one; who chooses a time says yes to it",
        Unit.PARENT,
        visit=True,
        details=_one_of(Choice),
        bare=False,
    ),
    Figure.VISIT_WANTED: Meaning(
        "a parent wants the visit that is offered", Unit.FAMILY, visit=True
    ),
    Figure.VISIT_DECLINED: _visits("a parent said no thanks to this one, offered or booked"),
    Figure.VISIT_DONE: _visits("was held, in the month of its day; else: what meeting", _BESIDE),
    Figure.VISIT_MISSED: _visits("nobody was at home; else: what meeting", _BESIDE),
    Figure.VISIT_CANCELLED: _visits("staff called it off, or it was not held", CancelReason),
    Figure.TOOK_PART: _visits("visits that were held: who took part", GuardianRole, bare=False),
    Figure.VISIT_BOTH_STAFF: _visits("held by nurse and parent supporter together"),
    Figure.VISIT_INTERPRETER: _visits("held with an interpreter"),
    Figure.VISIT_DEBRIEF: _visits("the two talked it over afterwards"),
    Figure.GUIDED_ON: _visits("visits at which the family was shown the way to", Offer, bare=False),
    Figure.FIRST_IN_TIME: Meaning(
        "the first visit was within 14 days of coming home", Unit.CHILDREN, visit=True
    ),
    Figure.FIRST_LATE: Meaning("the first visit was later", Unit.CHILDREN, visit=True),
    Figure.ALL_SIX: Meaning("the last of the six visits was held", Unit.CHILDREN),
    Figure.OTHER_PARENT_FAMILY: Meaning(
        "the other parent took part in a visit, whichever was first", Unit.FAMILY
    ),
    Figure.VISIT_CHAT: _visits("held, and somebody of the family reads the chat"),
    Figure.VISIT_LANGUAGE: Meaning(
        "held: the language of the family, of an interpreter or of its chat",
        Unit.VISIT,
        visit=True,
        codes="language",
        bare=False,
    ),
    Figure.FAMILY_YES: Meaning("said yes to visits: the first of the six was booked", Unit.FAMILY),
    Figure.FAMILY_NO: Meaning("said no thanks to all visits before any was booked", Unit.FAMILY),
    Figure.FAMILY_VISITED: Meaning(
        "the first of the six visits was held; with the chat, or by phone",
        Unit.FAMILY,
        details=_one_of(Reached),
        bare=False,
    ),
    Figure.LAST_WINDOW: Meaning(
        "the time for the last visit is over, and two weeks more: how many visits were held; "
        "of who is not meant, or came when it was over, only if any was",
        Unit.CHILDREN,
        details=_one_of(Held),
        bare=False,
    ),
    Figure.SIGNED_UP: _at_activities("got a place"),
    Figure.QUEUED: _at_activities("went on the waiting list"),
    Figure.PLACE_OFFERED: _at_activities("a place was offered from the waiting list"),
    Figure.OFFER_EXPIRED: _at_activities("and nobody answered in time"),
    Figure.SIGNUP_LEFT: _at_activities("gave a place back"),
    Figure.QUEUE_LEFT: _at_activities("did not wait any more, or said no to an offer"),
    Figure.ATTENDED: _at_activities("came to one occasion, in the month of its day"),
    Figure.SERIES_DONE: _at_activities("came to all meetings of a series"),
    Figure.ASKED: Meaning(
        "asked staff for something; with a visit if it was about its times",
        Unit.PARENT,
        visit=None,
        details=_one_of(Asked),
        bare=False,
    ),
    Figure.ASKED_DONE: _acts("staff took care of it", visit=False),
    Figure.TEAM_ASKED: _acts("a parent wrote to the team", visit=False),
    Figure.TEAM_ANSWERED: _acts("the team answered", visit=False),
    Figure.USEFUL: Meaning("found a tip useful: which", Unit.PARENT, codes="tip", bare=False),
    Figure.NOT_USEFUL: Meaning("did not: which tip", Unit.PARENT, codes="tip", bare=False),
}
