from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging import busy_times
from messaging.busy_times import read
from messaging.calendar_files import file_of
from programme.appointments import Appointment
from programme.busy import CalendarFault, Unreadable, joined
from programme.localtime import STOCKHOLM, instant
from tests.messaging.calendars import KEY, booking

SINCE = datetime(2027, 3, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=183)


def calendar(*events: str, head: str = "") -> bytes:
    """A file with these events, each as its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//else//EN", *head.splitlines()]
    for number, event in enumerate(events):
        stamp = ["BEGIN:VEVENT", "DTSTAMP:20270101T000000Z"]
        name = [] if "UID:" in event else [f"UID:{number}"]
        lines += [*stamp, *name, "SUMMARY:Plantedtitle", *event.splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def found(*events: str, head: str = "") -> list[tuple[str, str]]:
    """The busy times on the clocks of Stockholm."""
    spans = read(calendar(*events, head=head), SINCE, UNTIL, STOCKHOLM)
    return [
        (a.astimezone(STOCKHOLM).strftime("%m-%d %H:%M"), f"{b.astimezone(STOCKHOLM):%m-%d %H:%M}")
        for a, b in spans
    ]


def fault(content: bytes) -> CalendarFault:
    with pytest.raises(Unreadable) as caught:
        read(content, SINCE, UNTIL, STOCKHOLM)
    return caught.value.fault


NINE = "DTSTART;TZID=Europe/Stockholm:20270322T090000\nDTEND;TZID=Europe/Stockholm:20270322T100000"


@pytest.mark.parametrize(
    ("event", "time_taken"),
    [
        ("DTSTART:20270322T080000Z\nDTEND:20270322T090000Z", "03-22 09:00"),
        ("DTSTART:20270322T080000Z\nDURATION:PT1H", "03-22 09:00"),
        (NINE, "03-22 09:00"),
        ("DTSTART:20270322T090000\nDTEND:20270322T100000", "03-22 09:00"),
        (
            "DTSTART;TZID=W. Europe Standard Time:20270322T090000\n"
            "DTEND;TZID=W. Europe Standard Time:20270322T100000",
            "03-22 09:00",
        ),
        (
            "DTSTART;TZID=America/New_York:20270322T040000\n"
            "DTEND;TZID=America/New_York:20270322T050000",
            "03-22 09:00",
        ),
    ],
)
def test_a_time_is_read_in_its_own_zone_and_in_ours_where_it_names_none(event, time_taken):
    assert [a for a, _ in found(event)] == [time_taken]


def test_each_week_is_at_the_same_hour_on_both_sides_of_the_clock_change():
    weekly = f"{NINE}\nRRULE:FREQ=WEEKLY;COUNT=3"

    assert [a for a, _ in found(weekly)] == ["03-22 09:00", "03-29 09:00", "04-05 09:00"]


def test_what_is_left_out_and_what_is_moved_of_a_series_is_so():
    weekly = (
        f"UID:series\n{NINE}\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;TZID=Europe/Stockholm:20270329T090000"
    )
    moved = (
        "UID:series\nRECURRENCE-ID;TZID=Europe/Stockholm:20270405T090000\n"
        "DTSTART;TZID=Europe/Stockholm:20270406T130000\n"
        "DTEND;TZID=Europe/Stockholm:20270406T140000"
    )
    off = (
        "UID:series\nRECURRENCE-ID;TZID=Europe/Stockholm:20270412T090000\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Europe/Stockholm:20270412T090000\n"
        "DTEND;TZID=Europe/Stockholm:20270412T100000"
    )

    assert [a for a, _ in found(weekly, moved, off)] == ["03-22 09:00", "04-06 13:00"]


def test_a_whole_day_is_taken_from_midnight_to_midnight():
    assert found("DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270329") == [
        ("03-28 00:00", "03-29 00:00")  # the day that has 23 hours
    ]
    assert found("DTSTART;VALUE=DATE:20270401") == [("04-01 00:00", "04-02 00:00")]


@pytest.mark.parametrize(
    "mark", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
)
def test_what_takes_nobody_s_time_is_not_taken(mark):
    assert found(f"{NINE}\n{mark}") == []


def test_a_moment_without_length_takes_no_time():
    assert found("DTSTART:20270322T080000Z") == []
    assert found("DTSTART:20270322T080000Z\nDTEND:20270322T080000Z") == []


def test_our_own_visits_are_not_in_the_way_of_themselves(languages):
    """Who has put our file into their calendar would else never be free to have a visit moved."""
    ours = file_of([Appointment(booking=booking())], languages.get("sv"), KEY, SINCE)

    assert read(ours.content, SINCE, UNTIL, STOCKHOLM) == []


def test_only_what_lies_ahead_is_read_and_half_a_year_of_it():
    before = "DTSTART:20270228T230000Z\nDTEND:20270301T010000Z"
    after = "DTSTART:20271001T080000Z\nDTEND:20271001T090000Z"

    assert found(before, after) == [("03-01 01:00", "03-01 02:00")]


def test_a_series_without_end_ends_with_the_half_year():
    assert len(found("DTSTART:19990101T080000Z\nDTEND:19990101T090000Z\nRRULE:FREQ=DAILY")) == 183


NO_CALENDARS = {
    "nothing": b"",
    "text": b"hello",
    "a web page": b"<!doctype html><html></html>",
    "bytes": bytes(range(256)) * 40,
    "a card": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n",
    "half a file": calendar(NINE)[:120],
    "a time that is none": calendar("DTSTART:soon\nDTEND:20270322T090000Z"),
    "an end that is none": calendar("DTSTART:20270322T080000Z\nDTEND:late"),
    "no time": calendar("LOCATION:x"),
    "a rule that is none": calendar(f"{NINE}\nRRULE:FREQ=OFTEN"),
}


@pytest.mark.parametrize("what", NO_CALENDARS)
def test_what_is_no_calendar_is_refused_whole(what):
    assert fault(NO_CALENDARS[what]) is CalendarFault.NO_CALENDAR


def test_one_bad_event_refuses_the_good_ones_too():
    assert fault(calendar(NINE, "DTSTART:soon")) is CalendarFault.NO_CALENDAR


def test_a_calendar_without_events_is_one():
    assert found() == []


def test_what_repeats_by_the_minute_is_refused_at_once():
    assert fault(calendar(f"{NINE}\nRRULE:FREQ=SECONDLY")) is CalendarFault.TOO_MUCH
    assert fault(calendar(f"{NINE}\nRRULE:FREQ=MINUTELY;INTERVAL=5")) is CalendarFault.TOO_MUCH


def test_more_times_than_anybody_has_are_refused(monkeypatch):
    monkeypatch.setattr(busy_times, "MOST_TIMES", 3)
    days = [f"DTSTART:202703{n}T080000Z\nDTEND:202703{n}T090000Z" for n in range(10, 14)]

    assert fault(calendar(*days)) is CalendarFault.TOO_MUCH


MINUTES = st.integers(-60 * 24 * 3, 60 * 24 * 10)
SPANS = st.lists(
    st.tuples(MINUTES, st.integers(0, 600)).map(
        lambda it: (
            SINCE + timedelta(minutes=it[0]),
            SINCE + timedelta(minutes=it[0] + it[1]),
        )
    ),
    max_size=12,
)


@settings(deadline=None)
@given(SPANS)
def test_joined_times_cover_the_same_minutes_in_order_and_never_touch(spans):
    until = SINCE + timedelta(days=7)

    result = joined(spans, SINCE, until)

    assert result == sorted(result)
    assert all(one[1] < other[0] for one, other in pairwise(result))
    for minute in range(0, 60 * 24 * 7, 7):
        at = SINCE + timedelta(minutes=minute)
        assert any(a <= at < b for a, b in result) == any(a <= at < b for a, b in spans)


@settings(deadline=None)
@given(st.dates(date(2027, 3, 2), date(2027, 8, 20)), st.integers(0, 95), st.integers(1, 40))
def test_what_we_write_on_the_clock_is_read_at_that_instant(day, quarter, length):
    """Also on the nights when the clocks change."""
    starts = instant(day, time(quarter // 4, quarter % 4 * 15))
    ends = starts + timedelta(minutes=15 * length)
    event = f"DTSTART:{starts:%Y%m%dT%H%M%SZ}\nDTEND:{ends:%Y%m%dT%H%M%SZ}"

    assert read(calendar(event), SINCE, UNTIL, STOCKHOLM) == [(starts, ends)]


MANY = [f"202703{day:02}T{hour:02}{n:02}00Z" for day in range(1, 29) for hour in range(24)
        for n in range(0, 60, 4)][:10_000]  # fmt: skip
ONE = "DTSTART:20270322T080000Z\nDTEND:20270322T090000Z"
DEEP = "BEGIN:VTIMEZONE\nTZID:X\n" * 2_000 + "END:VTIMEZONE\n" * 2_000
EXPLOSIONS = {
    "every second": calendar(f"{ONE}\nRRULE:FREQ=SECONDLY"),
    "every minute, in small letters": calendar(f"{ONE}\nrrule:freq=minutely"),
    "every second, beside a quiet rule": calendar(f"{ONE}\nRRULE:FREQ=DAILY\nRRULE:FREQ=SECONDLY"),
    "zones in zones": calendar(ONE, head=DEEP),
    "events in events": calendar("BEGIN:VEVENT\n" * 500 + ONE + "\n" + "END:VEVENT\n" * 499),
    "a length beyond time": calendar("DTSTART:20270322T080000Z\nDURATION:P999999999D"),
    "a length of 400 figures": calendar(f"DTSTART:20270322T080000Z\nDURATION:P{'9' * 400}D"),
    "a period beyond time": calendar(f"{ONE}\nRDATE;VALUE=PERIOD:20270322T080000Z/P99999999D"),
}
BEARABLE = {
    "ten thousand exceptions": (f"{ONE}\nRRULE:FREQ=DAILY\nEXDATE:{','.join(MANY)}", 150),
    "two thousand dates more": (f"{ONE}\nRDATE:{','.join(MANY[:2_000])}", 1),
    "an exception every second": (f"{ONE}\nRRULE:FREQ=DAILY\nEXRULE:FREQ=SECONDLY", 160),
}


@pytest.mark.parametrize("what", EXPLOSIONS)
def test_what_would_explode_is_refused_before_it_does(what):
    began = process_time()
    assert fault(EXPLOSIONS[what]) in {CalendarFault.TOO_MUCH, CalendarFault.NO_CALENDAR}
    assert process_time() - began < 1


@pytest.mark.parametrize("what", BEARABLE)
def test_what_is_much_but_ends_is_read_and_busy_stays_busy(what):
    event, least = BEARABLE[what]
    began = process_time()
    assert len(read(calendar(event), SINCE, UNTIL, STOCKHOLM)) >= least
    assert process_time() - began < 2


def test_a_zone_whose_clock_changes_every_second_is_not_counted_out():
    head = (
        "BEGIN:VTIMEZONE\nTZID:Made\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE"
    )
    event = "DTSTART;TZID=Made:20270322T080000\nDTEND;TZID=Made:20270322T090000"
    began = process_time()
    assert len(read(calendar(event, head=head), SINCE, UNTIL, STOCKHOLM)) == 1
    assert process_time() - began < 1
