import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import ics
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from messaging import calendar_files
from messaging.i18n import Languages, Tongue
from messaging.isolates import FSI, LRI, PDI
from programme.appointments import Appointment
from programme.people import Booking, BookingState, Place, Role, StaffMember
from tests.messaging.calendars import BOOKINGS, KEY, NOW, STARTS, booking, moved
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right

ANNA = StaffMember(id=1, name="Plantedname", role=Role.NURSE)


def file(t: Tongue, *bookings: Booking, staff: bool = False, now: datetime = NOW) -> str:
    found = [Appointment(booking=each, staff=staff) for each in bookings]
    return calendar_files.file_of(found, t, KEY, now).content.decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def value(text: str, name: str) -> str:
    """The first line with that name, its escapes undone."""
    line = next(line for line in unfolded(text) if re.match(rf"{name}[;:]", line))
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line.partition(":")[2])


def everything(languages: Languages) -> Iterator[tuple[Tongue, str]]:
    for t in languages:
        for each in BOOKINGS:
            for staff in (False, True):
                yield t, file(t, each, staff=staff)
                yield t, file(t, replace(each, state=BookingState.CANCELLED), staff=staff)


def test_it_opens_in_a_reader_that_is_not_our_writer(languages: Languages):
    for _, text in everything(languages):
        [event] = vobject.readOne(text).vevent_list
        assert event.dtstart.value == STARTS
        assert event.dtend.value == STARTS + timedelta(minutes=60)


def test_it_opens_in_another_one(languages: Languages):
    for _, text in everything(languages):
        [event] = ics.Calendar(text).events
        assert event.begin.datetime == STARTS
        assert event.duration == timedelta(minutes=60)


def test_two_visits_are_two_entries(languages: Languages):
    text = file(languages.get("sv"), booking(), booking(id=42, starts_at=STARTS.replace(day=9)))

    assert len(ics.Calendar(text).events) == 2


def test_times_are_instants_that_no_phone_can_read_in_another_zone(languages: Languages):
    text = file(languages.get("so"), booking())

    assert "DTSTART:20270305T133000Z" in unfolded(text)
    assert "DTEND:20270305T143000Z" in unfolded(text)
    assert "DTSTAMP:20270301T090000Z" in unfolded(text)
    assert "TZID" not in text and "VTIMEZONE" not in text


def test_no_line_is_longer_than_seventy_five_octets_and_each_ends_as_it_should(
    languages: Languages,
):
    for _, text in everything(languages):
        assert text.endswith("\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


class PhoneCalendar:
    """A calendar as the standard has it: one entry for each UID, the highest SEQUENCE counts."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[int, datetime, str]] = {}

    def open(self, text: str) -> None:
        for event in vobject.readOne(text).vevent_list:
            name, number = event.uid.value, int(event.sequence.value)
            known = self.entries.get(name)
            if known is None or number >= known[0]:
                self.entries[name] = (number, event.dtstart.value, event.status.value)


def test_a_moved_visit_moves_and_does_not_come_twice(languages: Languages):
    phone, t, first = PhoneCalendar(), languages.get("sv"), booking()
    second = moved(first, timedelta(days=4))
    gone = replace(second, state=BookingState.CANCELLED)

    phone.open(file(t, first))
    phone.open(file(t, second))
    assert [entry[1:] for entry in phone.entries.values()] == [
        (STARTS + timedelta(days=4), "CONFIRMED")
    ]
    phone.open(file(t, gone))
    assert [entry[2] for entry in phone.entries.values()] == ["CANCELLED"]


def test_an_old_file_that_is_opened_late_changes_nothing(languages: Languages):
    phone, t, first = PhoneCalendar(), languages.get("sv"), booking()
    gone = replace(moved(first, timedelta(days=4)), state=BookingState.DECLINED)
    again = replace(moved(gone, timedelta(days=1)), state=BookingState.BOOKED)

    for each in (again, first, gone):
        phone.open(file(t, each))

    assert [entry[2] for entry in phone.entries.values()] == ["CONFIRMED"]


STATES = st.sampled_from(
    [BookingState.BOOKED, BookingState.CANCELLED, BookingState.DECLINED, BookingState.FREED]
)


@given(st.lists(STATES, min_size=2, max_size=12))
def test_the_sequence_rises_with_every_change(states):
    """As `storage.bookings` does it: what stands again, or moves, has a new revision."""
    seen, revision = [], 0
    for before, state in zip([None, *states], states, strict=False):
        if state is BookingState.BOOKED and before is not None:
            revision += 1
        if state is not BookingState.BOOKED and before not in {None, BookingState.BOOKED}:
            continue  # what is gone cannot go once more
        seen.append(booking(revision=revision, state=state).sequence)
    assert all(one < other for one, other in pairwise(seen))


def test_a_visit_that_has_been_keeps_its_place():
    assert booking(state=BookingState.DONE).sequence == booking().sequence


def test_a_name_tells_nothing_and_never_changes():
    names = {calendar_files.uid(KEY, number) for number in range(300)}

    assert len(names) == 300
    assert names == {calendar_files.uid(KEY, number) for number in range(300)}
    assert names.isdisjoint(calendar_files.uid(b"another", number) for number in range(300))
    assert all(re.fullmatch(r"[0-9a-f]{32}@lotsen", name) for name in names)


def test_parent_and_staff_have_one_name_for_a_visit(languages: Languages):
    """So a calendar that a couple shares holds it once."""
    t = languages.get("ar")

    assert value(file(t, booking()), "UID") == value(file(t, booking(), staff=True), "UID")


FOREIGN = ("Plantedname", "Hjällbo", "41", "Welcoming", "Getting to know")


def test_nothing_stands_in_it_that_may_not_leave(languages: Languages):
    """mission C10: no name, no address, no theme, no family, and no id of ours."""
    for t in languages:
        for staff in (False, True):
            text = file(t, booking(id=41, staff=(ANNA,), made_by=41), staff=staff)
            names = {line.split(":")[0].split(";")[0] for line in unfolded(text) if line}
            assert names == {
                *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "SEQUENCE", "DTSTAMP"),
                *("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "CLASS"),
            }
            said = value(text, "SUMMARY") + value(text, "DESCRIPTION")
            assert not [word for word in FOREIGN if word in said], said


def test_a_lock_screen_of_a_parent_shows_one_word(languages: Languages):
    for t in languages:
        assert value(file(t, booking(place=Place.BVC)), "SUMMARY") == "Lotsen"
        assert (
            calendar_files.file_of([Appointment(booking=booking())], t, KEY, NOW).name
            == "lotsen.ics"
        )


def test_what_is_cancelled_says_so_also_where_the_status_is_not_read(languages: Languages):
    for t in languages:
        text = file(t, booking(state=BookingState.CANCELLED))
        assert "STATUS:CANCELLED" in unfolded(text)
        assert "TRANSP:TRANSPARENT" in unfolded(text)
        assert value(text, "SUMMARY") != "Lotsen"
        assert "Lotsen" in value(text, "SUMMARY")


def test_every_line_is_in_the_language_and_direction_of_its_reader(languages: Languages):
    for t, text in everything(languages):
        for line in (value(text, "SUMMARY"), *value(text, "DESCRIPTION").split("\n")):
            assert isolates_fault(line) is None
            if t.rtl and line and line != "Lotsen":
                assert runs_from_the_right(line), line
    english = value(file(languages.get("en"), booking(), staff=True), "DESCRIPTION")
    for code in ("sv", "ar", "so"):
        assert value(file(languages.get(code), booking(), staff=True), "DESCRIPTION") != english


def test_staff_see_which_visit_it_is_and_whether_an_interpreter_comes(languages: Languages):
    text = file(languages.get("en"), booking(interpreter=True), staff=True)
    plain = str.maketrans("", "", FSI + LRI + PDI)

    assert value(text, "SUMMARY").translate(plain) == "Lotsen: visit 2 of 6"
    assert value(text, "DESCRIPTION").translate(plain) == (
        "Place: at the family's home.\nAn interpreter is booked."
    )


def test_a_file_without_a_visit_is_no_file(languages: Languages):
    with pytest.raises(ValueError):
        calendar_files.file_of([], languages.get("sv"), KEY, NOW)


def test_a_feed_is_the_same_bytes_until_something_changes(languages: Languages):
    found = [Appointment(booking=booking(), staff=True)]
    first, second = (
        calendar_files.feed_of(found, languages.get("sv"), KEY, NOW + timedelta(hours=n))
        for n in range(2)
    )

    assert first == second
    assert vobject.readOne(first.decode()).vevent.dtstamp.value == datetime(
        2027, 2, 20, 8, 15, tzinfo=UTC
    )


def test_an_empty_feed_can_be_read(languages: Languages):
    text = calendar_files.feed_of([], languages.get("sv"), KEY, NOW).decode()

    assert ics.Calendar(text).events == set()
