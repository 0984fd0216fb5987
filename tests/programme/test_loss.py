"""Something hard has happened: nothing leaves any more, to nobody (mission A11)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.ages import Span
from programme.letters import StaffNews
from programme.news import Event, News
from programme.people import Area, BookingState, Child, Choice, Rest, Why
from programme.plan import everyones
from programme.questions import Joiner, Move
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, RULES, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, diary, letters

BORN = date(2026, 10, 10)
CHILD = Child(id=11, born=BORN)
TWIN = Child(id=12, born=BORN)
SIBLING = Child(id=13, born=date(2026, 2, 5))
THEN = local("2027-02-03T16:45")  # a Wednesday
LOSS = Rest(id=9, why=Why.LOSS, since=THEN)
STAFF = (ANNA_IN_CHAT, BO_IN_CHAT)
SAID = Event(id=4, what=News.LOSS, at=THEN)
VISIT = a_booking(local("2027-02-18T10:00"), visit=3, changed_at=local("2027-01-07T12:00"))


def family(*children, rests=(LOSS,), **facts):
    usual = {"bookings": (VISIT,), "events": (SAID,), "staff": STAFF}
    return a_family(children=children or (CHILD,), rests=rests, **(usual | facts))


def everything_that_could_be_said():
    """A family about which there is something to say on any day: none of it may leave."""
    return family(
        CHILD,
        SIBLING,
        Child(id=14, born=None, due=date(2027, 3, 20)),
        bookings=(
            VISIT,
            a_booking(local("2027-02-04T09:00"), id=32, visit=2, changed_at=THEN),
            a_booking(
                local("2027-02-20T09:00"),
                id=33,
                visit=2,
                state=BookingState.CANCELLED,
                changed_at=THEN,
            ),
            a_booking(
                local("2027-02-25T09:00"),
                id=34,
                visit=5,
                revision=1,
                changed_at=THEN + timedelta(days=3),
                previous_starts_at=VISIT.starts_at,
            ),
        ),
        events=(
            SAID,
            Event(id=5, what=News.ANSWERED, at=THEN, booking_id=31, detail=Choice.NO_THANKS),
            Event(id=6, what=News.PHONE, at=THEN + timedelta(hours=3)),
            Event(id=7, what=News.AWAY, at=THEN + timedelta(hours=4), detail="2027-03-01"),
        ),
        rests=(LOSS, Rest(id=8, why=Why.AWAY, since=THEN, until=local("2027-03-02T00:00"), by=22)),
        joiners=(Joiner(id=22, asked_by=21, name="Y", asked_at=THEN),),
        move=Move(area="Biskopsgården", asked_at=THEN),
        left_at=THEN + timedelta(days=1),
        area=Area(id=1, rests=(Rest(id=2, why=Why.PAUSED, since=THEN + timedelta(days=2)),)),
    )


def test_from_that_instant_nobody_gets_anything_and_staff_one_thing_only():
    home = everything_that_could_be_said()
    ever = everyones(home, THEN, local("2040-01-01T00:00"), RULES)
    assert {(each.staff_id, type(each), each.what) for each in ever} == {
        (1, StaffNews, News.LOSS),
        (2, StaffNews, News.LOSS),
    }
    without = replace(home, rests=(), events=())
    kinds = {each.kind for each in everyones(without, THEN, local("2040-01-01T00:00"), RULES)}
    assert len(kinds) > 10  # there was much to say


def test_before_it_everything_was_as_ever():
    assert diary(family(), AMINA, until="2027-02-03") == diary(
        family(rests=()), AMINA, until="2027-02-03"
    )


def test_staff_hear_it_in_their_working_hours():
    assert diary(family(), ANNA_IN_CHAT, "staff") == ["2027-02-03 16:45 staff_news loss"]
    friday = local("2027-02-05T19:10")
    late = family(
        rests=(replace(LOSS, since=friday),), events=(replace(SAID, at=friday),), bookings=()
    )
    assert diary(late, BO_IN_CHAT, "staff") == ["2027-02-08 07:00 staff_news loss"]


def test_nobody_is_told_to_call_about_a_visit():
    assert diary(family(guardians=()), ANNA_IN_CHAT, since="2027-02-03") == [
        "2027-02-03 16:45 staff_news loss"
    ]
    assert len(diary(family(guardians=(), rests=(), events=()), ANNA_IN_CHAT, "call")) == 1


# ---- what was called before and would leave after


def test_what_was_called_in_the_night_before_does_not_leave_in_the_morning():
    at_night = local("2027-02-02T22:30")
    booked = replace(VISIT, changed_at=at_night)
    at_dawn = replace(LOSS, since=local("2027-02-03T05:00"))
    assert diary(family(bookings=(booked,), rests=()), AMINA, "visit_booked") == [
        "2027-02-03 07:00 visit_booked 3"
    ]
    assert diary(family(bookings=(booked,), rests=(at_dawn,)), AMINA, "visit_booked") == []


def test_what_a_full_week_or_a_quiet_day_has_put_off_does_not_leave_either():
    quiet = replace(AMINA, quiet_days=frozenset({2, 3, 4, 5, 6}))  # Monday and Tuesday are left
    home = family(guardians=(quiet,), bookings=())
    tip = "2027-02-15 10:00 tip open_preschool"  # called on Wednesday the 10th
    assert tip in diary(replace(home, rests=()), quiet)
    friday = replace(LOSS, since=local("2027-02-12T12:00"))
    assert tip not in diary(replace(home, rests=(friday,)), quiet)


def test_an_offer_that_waits_for_the_end_of_the_summer_does_not_come():
    area = Area(id=1, summers=(Span(date(2027, 2, 1), date(2027, 3, 14)),))
    offer = "2027-03-15 10:00 visit_offer 3"
    assert offer in diary(family(rests=(), bookings=(), area=area), AMINA)
    assert offer not in diary(family(bookings=(), area=area), AMINA)


def test_what_staff_should_hear_on_monday_they_do_not_hear_if_it_happens_on_sunday():
    saturday = Child(id=11, born=date(2026, 10, 11))  # nudge for visit 3 on Saturday 30 January
    nudge = "2027-02-01 07:00 to_book 3"
    sunday = local("2027-01-31T12:00")
    for child in (saturday, replace(saturday, silent=True)):
        twin = replace(saturday, id=12)
        home = family(child, twin, bookings=(), events=())
        assert nudge in diary(replace(home, rests=()), ANNA_IN_CHAT)
        assert nudge not in diary(replace(home, rests=(replace(LOSS, since=sunday),)), ANNA_IN_CHAT)
    answered = Event(id=1, what=News.ANSWERED, at=local("2027-01-29T19:00"), booking_id=31)
    home = family(events=(answered,), rests=(replace(LOSS, since=sunday),))
    assert diary(home, ANNA_IN_CHAT, "staff") == []


# ---- undone, or ended by a person


def test_undone_it_is_as_if_it_had_never_been():
    for who in (AMINA, YUSUF, ANNA_IN_CHAT):
        undone = family(rests=(), events=())
        assert letters(undone, who) == letters(replace(undone, rests=()), who)


ENDED = replace(LOSS, until=local("2027-04-01T11:00"))


def test_after_its_end_nothing_of_the_time_between_is_said():
    booked = replace(
        VISIT, starts_at=local("2027-05-11T10:00"), changed_at=local("2027-02-10T12:00")
    )
    gone = replace(booked, id=32, state=BookingState.CANCELLED, changed_at=THEN)
    moved = replace(booked, id=33, revision=1, previous_starts_at=local("2027-04-20T10:00"))
    for bookings in ((booked,), (gone,), (moved,)):
        home = family(CHILD, SIBLING, rests=(ENDED,), bookings=bookings)
        assert diary(home, AMINA, "visit_b", "visit_c", "visit_m", "away", "join") == []


def test_after_its_end_the_plan_goes_on_from_there():
    home = family(CHILD, rests=(ENDED,), bookings=())
    usual = diary(family(rests=(), events=(), bookings=()), AMINA, since="2027-04-02")
    assert diary(home, AMINA, since="2027-02-03") == usual
    assert "digest" not in " ".join(usual)


def test_staff_do_not_hear_in_the_morning_what_happened_in_the_night_it_ended():
    at_night = local("2027-04-01T03:00")
    events = (
        Event(id=1, what=News.PHONE, at=at_night - timedelta(hours=1)),
        Event(id=2, what=News.BACK, at=at_night),
    )
    home = family(rests=(replace(LOSS, until=at_night),), events=events)
    assert diary(home, ANNA_IN_CHAT, "staff") == ["2027-04-01 07:00 staff_news back"]


def test_a_question_or_a_move_of_that_time_is_not_asked_afterwards():
    home = family(
        CHILD,
        rests=(ENDED,),
        bookings=(),
        joiners=(Joiner(id=22, asked_by=21, name="Y", asked_at=THEN),),
        move=Move(area="Biskopsgården", asked_at=THEN + timedelta(days=1)),
    )
    assert diary(home, AMINA, "join", "area", since="2027-02-01") == []


# ---- a living twin or sibling


@pytest.mark.parametrize("other", [TWIN, SIBLING])
def test_once_a_person_has_turned_it_on_only_the_other_child_is_spoken_of(other):
    silent = replace(CHILD, silent=True)
    both = family(silent, other, rests=(ENDED,), bookings=())
    alone = family(other, rests=(ENDED,), bookings=())
    for who in (AMINA, YUSUF, ANNA_IN_CHAT):
        assert letters(both, who, since="2027-04-01") == letters(alone, who, since="2027-04-01")
        assert letters(both, who, since="2027-04-01") != []


def test_nothing_is_ever_said_of_the_silent_childs_visits():
    silent = replace(CHILD, silent=True)
    visits = [
        replace(VISIT, id=40 + n, starts_at=local("2027-05-11T10:00"), state=state)
        for n, state in enumerate(BookingState)
    ]
    home = family(silent, TWIN, rests=(ENDED,), bookings=tuple(visits))
    assert diary(home, AMINA, "visit_b", "visit_c", "visit_m", "visit_off ", "day", "same") == []
    no_chat = replace(home, guardians=())
    assert diary(no_chat, ANNA_IN_CHAT, "call") == []
    theirs = replace(visits[0], child_id=TWIN.id)
    assert len(diary(replace(no_chat, bookings=(theirs,)), ANNA_IN_CHAT, "call")) == 1


def test_the_tips_of_a_silent_child_do_not_fill_the_others_weeks():
    silent = replace(CHILD, silent=True)
    both = family(silent, SIBLING, rests=(), bookings=(), events=())
    alone = family(SIBLING, rests=(), bookings=(), events=())
    assert diary(both, AMINA, *TIPS) == diary(alone, AMINA, *TIPS)


@settings(max_examples=12, deadline=None)
@given(minutes=st.integers(0, 120 * 24 * 60), ends=st.none() | st.integers(1, 90 * 24 * 60))
def test_whenever_it_happens_nothing_leaves_to_a_parent_while_it_lasts(minutes, ends):
    since = local("2026-11-15T00:00") + timedelta(minutes=minutes)
    until = None if ends is None else since + timedelta(minutes=ends)
    rest = replace(LOSS, since=since, until=until)
    home = replace(everything_that_could_be_said(), rests=(rest,))
    for letter in everyones(home, local("2026-11-01T00:00"), local("2027-09-01T00:00"), RULES):
        loss = isinstance(letter, StaffNews) and letter.what is News.LOSS
        assert loss or not rest.covers(letter.at)
        assert loss or not rest.covers(letter.due_at)
