"""Every text about calendars, made with given values; and bookings for calendar files."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from messaging import calendar_texts, day_texts
from messaging import staff_calendar_texts as words
from messaging.keyboards import File, FileKind
from programme.busy import CalendarFault
from programme.localtime import STOCKHOLM
from programme.people import Booking, Meeting, Place, Role, StaffMember

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

LINK = "https://lotsen.example/calendar/aB-3_xYZ.ics"

FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    words.my_calendar: [(True, True, True), (False, False, False)],
    words.my_visits: [(FILE,)],
    words.no_visits_yet: [()],
    words.staff_files_off: [()],
    words.private_calendar: [(True,), (False,)],
    words.new_address: [(LINK,)],
    words.no_public_address: [()],
    words.feed_ended: [()],
    words.own_calendar: [
        (False, None, None, STOCKHOLM),
        (True, None, None, STOCKHOLM),
        (True, NOW, None, STOCKHOLM),
        *((True, NOW, fault, STOCKHOLM) for fault in CalendarFault),
    ],
    words.cannot_be_read: [(NOW, fault, STOCKHOLM) for fault in CalendarFault],
    words.ask_own_address: [()],
    words.not_an_address: [()],
    words.own_address_set: [()],
    words.own_address_ended: [()],
}


@dataclass(frozen=True)
class Line:
    """A visit of a printed day."""

    family_id: int
    label: str | None
    booking: Booking
    phone: bool


BO = StaffMember(id=2, name="Bo <b>سارة", role=Role.PARENT_SUPPORTER)
DAY = STARTS.date()
LINES = [
    *(Line(4, "Bus 4 <b>سارة", each, True) for each in BOOKINGS),
    Line(5, None, booking(interpreter_wanted=True), False),
]

FOR_STAFF |= {
    day_texts.as_text: [(BO, DAY, LINES, STOCKHOLM), (BO, DAY, [], STOCKHOLM)],
    day_texts.day_list: [(BO, DAY, LINES[:2], STOCKHOLM), (BO, DAY, [], STOCKHOLM)],
    day_texts.whose_day: [([BO],)],
    day_texts.which_day: [(BO, [DAY])],
}
ANSWERS |= FOR_STAFF
STAFF_NAMES = tuple(function.__name__ for function in FOR_STAFF)

PARTS = {
    *("title", "about", "to_calendar", "to_calendar_rows", "place_line", "interpreter_lines"),
    *("print_button", "as_page", "as_plain"),
}


def moved(old: Booking, by: timedelta) -> Booking:
    """The same booking at another time."""
    return replace(
        old,
        starts_at=old.starts_at + by,
        previous_starts_at=old.starts_at,
        revision=old.revision + 1,
    )
