"""Busy times that come out of a colleague's own calendar: how far, how joined, what is wrong."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from programme.errors import Broken

Span = tuple[datetime, datetime]

HORIZON = timedelta(days=183)  # how far ahead they are read; visits are booked much nearer
READ_EVERY = timedelta(hours=1)


class CalendarFault(StrEnum):
    """Why a calendar cannot be read. Stored: retire one, never rename it."""

    NO_CALENDAR = "no_calendar"  # it is none, or holds times that are no times
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"  # it repeats more than anybody can do
    NO_ANSWER = "no_answer"  # nothing comes from its address
    NOT_ALLOWED = "not_allowed"  # an address that is not on the open internet, or not https


_SENTENCES = {
    CalendarFault.NO_CALENDAR: "This is not a calendar that can be read (.ics is expected).",
    CalendarFault.TOO_LARGE: "This calendar is larger than 5 MB. Export fewer years of it.",
    CalendarFault.TOO_MUCH: "This calendar has too many entries, or one that never stops.",
    CalendarFault.NO_ANSWER: "There is no calendar at this address, or it does not answer.",
    CalendarFault.NOT_ALLOWED: "An address on the internet is expected: https://…",
}


class Unreadable(Broken):
    """A calendar cannot be read; nothing of it was taken over."""

    def __init__(self, fault: CalendarFault) -> None:
        super().__init__(f"{_SENTENCES[fault]} Nothing was changed.")
        self.fault = fault


def joined(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """The times within those moments, in order; what touches or overlaps is one time."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        a, b = max(starts, since), min(ends, until)
        if a >= b:
            continue
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], b))
        else:
            found.append((a, b))
    return found
