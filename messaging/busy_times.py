"""When somebody is busy, read out of a calendar file: times only. The only reader of iCalendar.

A file comes from outside: it is read in a process of its own, which ends after ten seconds of work,
whatever the file asks for. No title, place or name leaves that process. It starts quickly because
nothing here imports the chat.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event

from programme.appointments import OURS
from programme.busy import CalendarFault, Span, Unreadable, joined
from programme.localtime import instant

MOST_BYTES = 5_000_000  # years of a full work calendar are below one million
MOST_TIMES = 5_000
SECONDS = 10  # of work; a real calendar takes less than one
MEMORY = 1_000_000_000  # bytes

_HERE = (str(Path(__file__).resolve().parents[1]), *filter(None, sys.path))
_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_NOT_A_CALENDAR, _TOO_MUCH = 3, 4  # how the process ends


async def read_apart(
    content: bytes, since: datetime, until: datetime, zone: ZoneInfo
) -> list[Span]:
    """The busy times between those moments, in order, not touching; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(CalendarFault.TOO_LARGE)
    asked = json.dumps([since.isoformat(), until.isoformat(), zone.key]).encode()
    ended, said = await _in_a_process(asked + b"\n" + content)
    if ended == _NOT_A_CALENDAR:
        raise Unreadable(CalendarFault.NO_CALENDAR)
    if ended != 0:  # too many times, or killed: too much work, too much memory
        raise Unreadable(CalendarFault.TOO_MUCH)
    return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in json.loads(said)]


async def _in_a_process(given: bytes) -> tuple[int, bytes]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "messaging.busy_times"),
        env={"PYTHONPATH": os.pathsep.join(_HERE)},  # and none of our settings: they hold keys
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback could hold a title
    )
    try:
        async with asyncio.timeout(SECONDS * 3):
            said, _ = await process.communicate(given)
    except TimeoutError:
        said = b""
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode or 0, said


def read(content: bytes, since: datetime, until: datetime, zone: ZoneInfo) -> list[Span]:
    """The same, here and now: for the process, and for tests of small files."""
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


def _limit_myself() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _main() -> int:
    _limit_myself()
    asked, _, content = sys.stdin.buffer.read().partition(b"\n")
    since, until, zone = json.loads(asked)
    try:
        found = read(
            content, datetime.fromisoformat(since), datetime.fromisoformat(until), ZoneInfo(zone)
        )
    except Unreadable as error:
        return _NOT_A_CALENDAR if error.fault is CalendarFault.NO_CALENDAR else _TOO_MUCH
    except (MemoryError, RecursionError):
        return _TOO_MUCH
    sys.stdout.write(json.dumps([[a.isoformat(), b.isoformat()] for a, b in found]))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
