"""Reasons and wishes, as words of ours: never a person's own, and never why a parent asks."""

from enum import StrEnum


class CancelReason(StrEnum):
    """Why staff cancel a visit (mission D7). Stored: retire one, never rename it."""

    ILL = "ill"  # somebody of the staff cannot come
    DOUBLE = "double"  # booked by mistake, or twice
    WISH = "wish"  # the family asked for it
    OTHER = "other"


class WindowReason(StrEnum):
    """Why a visit is booked outside its ages (mission D6). Stored, as above."""

    LATE = "late"  # the family joined late
    WISH = "wish"  # the family wishes it so
    STAFF = "staff"  # nobody could come in time
    OTHER = "other"


class WhyNot(StrEnum):
    """Why somebody wants no messages or no visits, if they wish to tell (mission B6, I7).

    Stored, as above; never free text, and never what nobody was told (domain.md N5, D5).
    """

    TIME = "time"  # the times do not suit
    TRUST = "trust"  # it does not feel safe
    LANGUAGE = "language"  # the language is hard
    ENOUGH = "enough"  # they need no more visits
    MOVED = "moved"
    OTHER = "other"
    SKIP = "skip"  # they would rather not answer


class About(StrEnum):
    """What somebody stopped, and may tell why."""

    VISITS = "visits"  # no thanks to all visits
    MESSAGES = "messages"  # a parent stopped their own


class Asked(StrEnum):
    """What a parent asks staff for; never why (mission D14). Stored, as above."""

    CALL = "call"
    TALK = "talk"  # with the social worker of the family centre
    WALK = "walk"  # together to the open preschool
    TIMES = "times"  # a time for a visit
    BOKSTART = "bokstart"  # the library comes home with a book (mission E11)
