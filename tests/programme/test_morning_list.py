"""What stands in the morning list: what waits for its reader, and nothing after a loss (H3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.ages import Span
from programme.morning_list import SHOWN, About, Line, of_area, own, sections
from programme.news import Event, News
from programme.people import Area, BookingState, Meeting, Place, Rest, Why
from programme.questions import Thread
from tests.cast import (
    AMINA,
    ANNA,
    BO,
    BORN,
    CHILD,
    JOINED,
    RULES,
    YUSUF,
    a_booking,
    a_family,
    local,
)

NOW = local("2026-11-05T07:30")  # a Thursday; the child is five days old
TODAY, TOMORROW = local("2026-11-05T10:00"), local("2026-11-06T10:00")
MONDAY = local("2026-11-09T10:00")
LOST = Rest(why=Why.LOSS, since=JOINED)
GONE = Rest(why=Why.UNREACHABLE, since=JOINED)
NOBODY = {"guardians": (replace(AMINA, rests=(GONE,)), replace(YUSUF, rests=(GONE,)))}


def lines(family, member=ANNA, now=NOW) -> list[Line]:
    return [
        *own(family, member, "red door", now, RULES),
        *of_area(family, "red door", now, RULES),
    ]


def about(family, member=ANNA, now=NOW) -> list[About]:
    return [each.about for each in lines(family, member, now)]


def test_todays_visit_with_its_hour_and_kind_of_place():
    [line] = lines(a_family(a_booking(TODAY, place=Place.BVC)))
    assert line == Line(
        about=About.TODAY,
        family_id=1,
        family="red door",
        visit=1,
        starts_at=TODAY,
        place=Place.BVC,
        booking_id=31,
    )


@pytest.mark.parametrize(
    "booking",
    [
        a_booking(TOMORROW),
        a_booking(TODAY, staff=(BO,)),
        a_booking(local("2026-11-05T05:00")),
        *(a_booking(TODAY, state=each) for each in BookingState if each is not BookingState.BOOKED),
    ],
)
def test_no_other_visit_is_todays(booking):
    assert About.TODAY not in about(a_family(booking))


@pytest.mark.parametrize(
    ("starts_at", "now", "called"),
    [
        (TOMORROW, NOW, True),
        (MONDAY, NOW, False),
        (MONDAY, local("2026-11-06T07:30"), True),  # on Friday: nobody works at the weekend
        (TODAY, NOW, False),
    ],
)
def test_call_the_working_day_before_where_nobody_reads(starts_at, now, called):
    assert (About.CALL in about(a_family(a_booking(starts_at), **NOBODY), now=now)) is called
    assert About.CALL not in about(a_family(a_booking(starts_at)), now=now)


def test_an_interpreter_is_missing_three_working_days_before():
    wanted = a_booking(local("2026-11-10T10:00"), interpreter_wanted=True)
    assert about(a_family(wanted)) == [About.INTERPRETER]
    assert about(a_family(wanted), now=NOW - timedelta(days=1)) == []
    assert about(a_family(replace(wanted, interpreter=True))) == []
    assert about(a_family(wanted), member=replace(ANNA, id=99)) == []


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-07", About.CLOSING),  # within a week of the fourteenth day
        ("2026-11-10", About.FIRST),  # the tenth day
        ("2026-11-20", About.LATE),
        ("2026-11-03", About.TO_BOOK),
    ],
)
def test_the_first_visit_within_fourteen_days(day, why):
    assert about(a_family(), now=local(f"{day}T07:30")) == [why]


def test_a_family_that_waits_for_a_time():
    asked = Event(id=7, what=News.WANTS_TIME, at=JOINED, detail="1")
    assert about(a_family(events=(asked,))) == [About.WAITS]


def test_a_message_without_an_answer():
    written = Thread(id=5, guardian_id=21, asked_at=NOW, text="?", answered_at=None, answer=None)
    family = a_family(a_booking(MONDAY), threads=(written,))
    assert about(family) == [About.THREAD]
    assert about(replace(family, threads=(replace(written, answered_at=NOW),))) == []


def test_nobody_reads_and_there_is_something_to_say():
    assert About.PHONE in about(a_family(a_booking(MONDAY), **NOBODY))
    far = a_booking(local("2026-11-25T10:00"))
    assert about(a_family(far, **NOBODY)) == []
    both = sections(lines(a_family(a_booking(TOMORROW), **NOBODY)))
    assert [each.about for each in both] == [About.CALL]  # not to be phoned twice


def everything(**facts):
    """A family about which every sort has something to say."""
    asked = Event(id=7, what=News.WANTS_TIME, at=JOINED, detail="1")
    written = Thread(id=5, guardian_id=21, asked_at=NOW, text="?", answered_at=None, answer=None)
    usual = {
        "meeting": Meeting.EXTRA,
        "visit": 0,
        "interpreter_wanted": True,
    }
    today, tomorrow = a_booking(TODAY, **usual), a_booking(TOMORROW, id=32, **usual)
    both = {"events": (asked,), "threads": (written,)}
    return a_family(today, tomorrow, **{**NOBODY, **both, **facts})


def test_after_a_loss_nothing_stands_in_it():
    assert set(about(everything())) >= {About.TODAY, About.CALL, About.WAITS, About.THREAD}
    assert about(everything(rests=(LOST,))) == []
    silent = everything(children=(replace(CHILD, silent=True),))
    assert set(about(silent)) == {About.THREAD}  # of a living brother's parents


@pytest.mark.parametrize(
    "facts", [{"waits_since": JOINED}, {"left_at": JOINED}], ids=["by poster", "moved"]
)
def test_who_is_no_family_of_ours_is_not_in_it(facts):
    assert about(everything(**facts)) == []


def test_in_a_paused_area_nothing_is_to_be_done():
    paused = Area(rests=(Rest(why=Why.PAUSED, since=JOINED),))
    assert about(everything(area=paused, threads=())) == []


def line(about: About, number: int, last: date = BORN) -> Line:
    return Line(about=about, family_id=number, family=number, visit=2, last_day=last)


def test_the_first_few_are_written_out_and_all_are_counted():
    days = [BORN + timedelta(days=n) for n in range(9)]
    every = [line(About.TO_BOOK, n, day) for n, day in enumerate(reversed(days))]
    [section] = sections(every)
    assert section.many == 9
    assert [each.last_day for each in section.lines] == days[:SHOWN]


def test_every_visit_of_today_is_written_out():
    visits = [replace(line(About.TODAY, n), starts_at=TODAY + timedelta(hours=n)) for n in range(6)]
    [section] = sections(reversed(visits))
    assert section.lines == tuple(visits)


def test_a_summer_that_stretches_the_window_is_seen():
    area = Area(summers=(Span(date(2026, 11, 6), date(2026, 11, 30)),))
    assert about(a_family(area=area), now=local("2026-11-09T07:30")) == [About.TO_BOOK]
