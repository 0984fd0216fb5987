"""Calendar files that phones open, and the feed that calendars read. The only writer of iCalendar.

What may stand in one is little (mission C10): a time, "Lotsen", the kind of place; for staff also
which visit it is. Why it is made like this: docs/decisions/0010-calendar-files.md.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from messaging import calendar_texts
from messaging.i18n import Tongue
from messaging.isolates import unmarked
from messaging.keyboards import File, FileKind
from programme.appointments import OURS, Appointment

NAME = "lotsen.ics"  # neutral: a lock screen shows it
READ_AGAIN = timedelta(hours=1)  # how often a subscribed calendar should ask

_PRODUCT = "-//Lotsen//Lotsen//EN"


@dataclass(frozen=True, order=True)
class Shown:
    """An entry as a calendar shows it."""

    starts_at: datetime
    title: str  # without marks of direction, which nobody sees


def read_back(content: bytes) -> list[Shown]:
    """What a calendar shows of a feed of ours, in order."""
    events = Calendar.from_ical(content).events
    return sorted(Shown(each.DTSTART, unmarked(str(each["SUMMARY"]))) for each in events)


def uid(key: bytes, booking_id: int) -> str:
    """The same name for one booking for ever, in which nobody can read its number."""
    named = hmac.new(key, f"booking:{booking_id}".encode(), "sha256").hexdigest()
    return named[:32] + OURS


def file_of(entries: Sequence[Appointment], t: Tongue, key: bytes, now: datetime) -> File:
    """The entries as one file for a phone; ValueError for none, which no phone can open."""
    if not entries:
        raise ValueError("a calendar file needs an entry")
    calendar = _calendar()
    for entry in entries:
        calendar.add_component(_event(entry, t, key, now))
    return File(FileKind.DOCUMENT, NAME, calendar.to_ical())


def feed_of(entries: Sequence[Appointment], t: Tongue, key: bytes, now: datetime) -> bytes:
    """The entries as a calendar to subscribe to: the same bytes until one of them changes."""
    calendar = _calendar()
    calendar.add("x-wr-calname", calendar_texts.CALLED)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, t, key, entry.changed_at or now))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("method", "PUBLISH")
    return calendar


def _event(entry: Appointment, t: Tongue, key: bytes, stamped: datetime) -> Event:
    """Instants in UTC: no zone a phone could read in another way."""
    booking, event = entry.booking, Event()
    event.add("uid", uid(key, booking.id))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamped.replace(microsecond=0))
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", calendar_texts.title(t, booking, entry.staff, entry.gone))
    event.add("description", calendar_texts.about(t, booking, entry.staff))
    event.add("status", "CANCELLED" if entry.gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.gone else "OPAQUE")
    event.add("class", "PRIVATE")  # where a calendar is shared, others see a taken time
    return event
