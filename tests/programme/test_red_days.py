"""Staff hear things on working days; who is not in the chat is called the working day before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.for_staff import call_moment
from programme.kinds import Rules, may_leave
from programme.localtime import on_the_clock
from programme.news import Event, News
from programme.people import BookingState, Choice, Rest, Why
from tests.cast import (
    AMINA,
    ANNA,
    ANNA_IN_CHAT,
    BO_IN_CHAT,
    CHILD,
    YUSUF,
    a_booking,
    a_family,
    local,
)
from tests.programme.diary import diary, letters

# Swedish offices are closed on these days besides weekends.
CLOSED = {
    *(date(2026, 12, day) for day in (24, 25, 26, 31)),
    *(date(2027, 1, day) for day in (1, 6)),
    *(date(2027, 3, day) for day in (26, 27, 28, 29)),  # Good Friday to Easter Monday
}
RED = Rules(is_red=lambda day: day in CLOSED)
BORN = date(2026, 10, 10)


def family(*bookings, **facts):
    """Nobody of this family is in the chat, unless said otherwise."""
    usual = {
        "children": (replace(CHILD, born=BORN),),
        "guardians": (),
        "staff": (ANNA_IN_CHAT, BO_IN_CHAT),
        "eligible": False,
    }
    return a_family(*bookings, **(usual | facts))


def calls(at, who=ANNA_IN_CHAT, **facts):
    return diary(family(a_booking(local(at), **facts)), who, "call", rules=RED)


# ---- call today


@pytest.mark.parametrize(
    ("visit", "call"),
    [
        ("2026-11-19T10:00", "2026-11-18 07:30"),  # a Thursday: on Wednesday
        ("2026-11-23T10:00", "2026-11-20 07:30"),  # a Monday: on Friday
        ("2026-12-28T10:00", "2026-12-23 07:30"),  # after Christmas, which begins on its eve
        ("2027-01-04T09:00", "2026-12-30 07:30"),  # after New Year and its weekend
        ("2027-01-07T13:00", "2027-01-05 07:30"),  # after Epiphany
        ("2027-03-30T10:00", "2027-03-25 07:30"),  # after Easter
        ("2027-03-29T10:00", "2027-03-25 07:30"),  # even on Easter Monday itself
    ],
)
def test_a_family_without_the_chat_is_called_on_the_last_working_day_before(visit, call):
    assert calls(visit) == [f"{call} call_today 1"]


def test_both_who_come_are_told_and_nobody_else_of_the_area():
    visit = a_booking(local("2026-11-19T10:00"), staff=(ANNA,))
    home = family(visit)
    assert diary(home, ANNA_IN_CHAT, "call") == ["2026-11-18 07:30 call_today 1"]
    assert diary(home, BO_IN_CHAT, "call") == []
    nobody_yet = family(replace(visit, staff=()))
    assert len(diary(nobody_yet, BO_IN_CHAT, "call")) == 1


def test_staff_without_the_chat_get_nothing_there():
    assert calls("2026-11-19T10:00", ANNA) == []


def test_a_family_with_one_parent_who_reads_is_not_called():
    visit = a_booking(local("2026-11-19T10:00"))
    stopped = Rest(why=Why.STOPPED, since=local("2026-11-05T10:00"))
    gone = Rest(why=Why.UNREACHABLE, since=local("2026-11-06T10:00"))
    one_reads = family(visit, guardians=(replace(AMINA, rests=(stopped,)), YUSUF))
    assert diary(one_reads, ANNA_IN_CHAT, "call") == []
    both = (replace(AMINA, rests=(stopped,)), replace(YUSUF, rests=(gone,)))
    assert diary(family(visit, guardians=both), ANNA_IN_CHAT, "call") == [
        "2026-11-18 07:30 call_today 1"
    ]


def test_a_parent_who_still_waits_for_the_others_yes_does_not_count_as_a_reader():
    pending = replace(YUSUF, active_since=None, by_parent=True)
    visit = a_booking(local("2026-11-19T10:00"))
    assert len(diary(family(visit, guardians=(pending,)), ANNA_IN_CHAT, "call")) == 1


def test_who_can_be_reached_again_before_that_morning_is_not_called():
    over = Rest(why=Why.PAUSED, since=local("2026-11-05T10:00"), until=local("2026-11-18T00:00"))
    visit = a_booking(local("2026-11-19T10:00"))
    back = family(visit, guardians=(replace(AMINA, rests=(over,)),))
    assert diary(back, ANNA_IN_CHAT, "call") == []


def test_a_visit_booked_on_that_very_day_needs_no_call_and_one_that_is_off_neither():
    assert calls("2026-11-19T10:00", changed_at=local("2026-11-18T09:00")) == []
    assert len(calls("2026-11-19T10:00", changed_at=local("2026-11-18T07:30"))) == 1
    for state in set(BookingState) - {BookingState.BOOKED}:
        assert calls("2026-11-19T10:00", state=state) == []


def test_a_moved_visit_is_called_about_anew():
    keys = [
        letters(family(a_booking(local(at), revision=n)), ANNA_IN_CHAT)[0].key
        for n, at in enumerate(("2026-11-19T10:00", "2026-11-26T10:00"))
    ]
    assert keys == ["staff:call:31:0:1", "staff:call:31:1:1"]


@settings(max_examples=25, deadline=None)
@given(visit=st.dates(date(2026, 11, 1), date(2027, 4, 30)))
def test_the_call_is_on_a_working_day_before_the_visit_with_none_in_between(visit):
    day = on_the_clock(call_moment(visit, RED)).date()
    between = [day + timedelta(days=n) for n in range(1, (visit - day).days)]
    assert day < visit
    assert RED.is_working_day(day)
    assert not any(RED.is_working_day(each) for each in between)


# ---- news


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ("2026-12-23T17:59", "2026-12-23 17:59"),
        ("2026-12-23T18:00", "2026-12-28 07:00"),
        ("2026-12-24T10:00", "2026-12-28 07:00"),
        ("2026-12-31T12:00", "2027-01-04 07:00"),
        ("2027-01-05T21:00", "2027-01-07 07:00"),
        ("2027-03-26T09:00", "2027-03-30 07:00"),
        ("2026-11-20T19:00", "2026-11-23 07:00"),
        ("2026-11-18T05:00", "2026-11-18 07:00"),
    ],
)
def test_what_a_parent_answers_on_a_red_day_reaches_staff_on_the_next_working_day(happened, told):
    visit = a_booking(local("2027-04-20T10:00"))
    event = Event(
        id=1, what=News.ANSWERED, at=local(happened), booking_id=visit.id, detail=Choice.YES
    )
    home = family(visit, events=(event,), guardians=(AMINA,))
    assert diary(home, ANNA_IN_CHAT, "staff", rules=RED) == [f"{told} staff_news answered"]


def test_news_of_a_visit_goes_to_who_comes_and_news_of_the_family_to_everybody():
    visit = a_booking(local("2027-04-20T10:00"), staff=(ANNA,))
    answered = Event(id=1, what=News.ANSWERED, at=local("2026-11-19T12:00"), booking_id=visit.id)
    born = Event(id=2, what=News.BORN, at=local("2026-11-19T13:00"))
    home = family(visit, events=(answered, born), guardians=(AMINA,))
    assert [line.split()[-1] for line in diary(home, ANNA_IN_CHAT, "staff")] == ["answered", "born"]
    assert [line.split()[-1] for line in diary(home, BO_IN_CHAT, "staff")] == ["born"]


def test_parents_get_their_tips_on_red_days_as_on_any():
    home = a_family(children=(replace(CHILD, born=date(2026, 10, 25)),))
    assert diary(home, AMINA, "tip", since="2026-12-25", until="2026-12-26", rules=RED) == [
        "2026-12-25 10:00 tip own_language"
    ]


@settings(max_examples=25, deadline=None)
@given(
    born=st.dates(date(2026, 6, 1), date(2027, 3, 1)),
    minutes=st.integers(0, 200 * 24 * 60),
)
def test_no_letter_to_staff_leaves_outside_their_hours(born, minutes):
    at = local("2026-11-01T00:00") + timedelta(minutes=minutes)
    visit = a_booking(at + timedelta(days=3, hours=2))
    home = family(
        visit,
        children=(replace(CHILD, born=born),),
        eligible=True,
        events=(Event(id=1, what=News.PHONE, at=at),),
    )
    for letter in letters(home, ANNA_IN_CHAT, rules=RED):
        assert may_leave(letter.kind, letter.at, RED), letter
