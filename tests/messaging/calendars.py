"""Every text about calendars, made with given values; and bookings for calendar files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from messaging import calendar_texts
from messaging.keyboards import File, FileKind
from programme.people import Booking, Meeting, Place

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
BOOKED = datetime(2027, 2, 20, 8, 15, tzinfo=UTC)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
KEY = b"a key for the tests"
FILE = File(FileKind.DOCUMENT, "lotsen.ics", b"BEGIN:VCALENDAR")


def booking(**facts: Any) -> Booking:
    usual = {"id": 41, "child_id": 6, "visit": 2, "starts_at": STARTS, "changed_at": BOOKED}
    return Booking(**{**usual, **facts})


BOOKINGS = [
    *(booking(place=place, interpreter=True) for place in Place),
    *(
        booking(meeting=meeting, visit=0, interpreter_wanted=True)
        for meeting in Meeting
        if meeting is not Meeting.VISIT
    ),
]

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    calendar_texts.with_file: [(FILE,)],
    calendar_texts.nothing_yet: [()],
    calendar_texts.no_more_files: [()],
    calendar_texts.changed: [(FILE,)],
}

PARTS = {"title", "about", "to_calendar", "to_calendar_rows"}


def moved(old: Booking, by: timedelta) -> Booking:
    """The same booking at another time."""
    return replace(
        old,
        starts_at=old.starts_at + by,
        previous_starts_at=old.starts_at,
        revision=old.revision + 1,
    )
