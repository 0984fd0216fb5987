"""When somebody is busy, read out of a calendar file: times only. The only reader of iCalendar.

A file comes from outside: `services/reading_apart.py` gives it a process of its own to be read in.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event

from programme.appointments import OURS
from programme.busy import CalendarFault, Span, Unreadable, joined
from programme.localtime import instant

MOST_TIMES = 5_000

_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})


def read(content: bytes, since: datetime, until: datetime, zone: ZoneInfo) -> list[Span]:
    """The busy times between those moments, in order, not touching; raises Unreadable."""
    try:
        spans = [
            span
            for calendar in _calendars(content)
            for each in _events(calendar, since, until)
            if _takes_time(each) and (span := _span(each, zone))
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise Unreadable(CalendarFault.NO_CALENDAR) from error
    found = joined(spans, since, until)
    if len(found) > MOST_TIMES:
        raise Unreadable(CalendarFault.TOO_MUCH)
    return found


def _calendars(content: bytes) -> list[Component]:
    """Every calendar in the file; ValueError for anything else, or times that are no times."""
    found = Calendar.from_ical(content, multiple=True)
    if not found or any(each.name != "VCALENDAR" for each in found):
        raise ValueError("not a calendar")
    for calendar in found:
        for event in calendar.walk("VEVENT"):
            # The library leaves out what it cannot read; a time left out would be taken for free.
            if any(name and name.upper() in _TIMES for name, _ in event.errors):
                raise ValueError("a time that is none")
            if "DTSTART" not in event:
                raise ValueError("an event without a time")
            if _never_rests(event):
                raise Unreadable(CalendarFault.TOO_MUCH)
    return list(found)


def _never_rests(event: Component) -> bool:
    """Whether it repeats by the minute: nobody does, and it would be counted until the end."""
    rules = event.get("RRULE", [])
    each = rules if isinstance(rules, list) else [rules]
    often = {"SECONDLY", "MINUTELY"}
    return any(often & {str(freq).upper() for freq in rule.get("FREQ", [])} for rule in each)


def _events(calendar: Component, since: datetime, until: datetime) -> Iterable[Event]:
    return cast(list[Event], recurring_ical_events.of(calendar).between(since, until))


def _takes_time(event: Event) -> bool:
    """Not what is cancelled, marked as free, or one of our own visits."""
    said = {name: str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "UID")}
    free = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    ours = said["UID"].endswith(OURS.upper())
    return not (free or ours or said["STATUS"] == "CANCELLED" or said["TRANSP"] == "TRANSPARENT")


def _span(event: Event, zone: ZoneInfo) -> Span | None:
    """From when to when; None for a moment without length."""
    starts, ends = event.start, event.end
    span = _moment(starts, zone), _moment(ends, zone)
    return span if span[0] < span[1] else None


def _moment(at: date | datetime, zone: ZoneInfo) -> datetime:
    """A whole day begins at midnight of Stockholm; so are times that name no zone meant."""
    if not isinstance(at, datetime):
        return instant(at, time(), zone)
    if at.tzinfo is None:
        return instant(at.date(), at.time(), zone)
    return at.astimezone(UTC)
