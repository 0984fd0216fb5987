"""After a visit who was to come is asked how it was; what is ticked is counted (mission H5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.candidates import wanted
from programme.follow_up import Offer, Tick, VisitOutcome, in_time
from programme.for_staff import due_to_staff
from programme.outcome_figures import counted
from programme.outcome_letters import OutcomeAsk
from programme.people import Area, BookingState, Meeting, Rest, Why
from tests.cast import ANNA_IN_CHAT, BO_IN_CHAT, JOINED, RULES, a_booking, a_family, local

STARTS = local("2026-11-10T10:30")  # a Tuesday
OUTCOMES = st.builds(
    VisitOutcome, st.frozensets(st.sampled_from(Tick)), st.frozensets(st.sampled_from(Offer))
)


def asked(member=ANNA_IN_CHAT, family=None, **facts):
    booking = a_booking(STARTS, staff=(ANNA_IN_CHAT, BO_IN_CHAT), **facts)
    family = family or a_family(booking, staff=(ANNA_IN_CHAT, BO_IN_CHAT))
    found = due_to_staff(family, member, JOINED, local("2026-12-31T00:00"), RULES)
    return [each.at for each in found if isinstance(each, OutcomeAsk)]


def test_both_are_asked_when_the_visit_and_the_talk_after_it_are_over():
    assert asked() == asked(BO_IN_CHAT) == [STARTS + timedelta(minutes=75)]


def test_what_ends_in_the_evening_is_asked_on_the_next_morning():
    late = local("2026-11-10T17:30")
    booking = a_booking(late, staff=(ANNA_IN_CHAT,))
    family = a_family(booking, staff=(ANNA_IN_CHAT,))
    assert asked(family=family) == [local("2026-11-11T07:00")]


@pytest.mark.parametrize(
    "state", [each for each in BookingState if each is not BookingState.BOOKED]
)
def test_a_visit_of_which_something_is_known_is_not_asked_about(state):
    assert asked(state=state) == []


@pytest.mark.parametrize(
    ("meeting", "times"), [(Meeting.EXTRA, 1), (Meeting.WALK, 0), (Meeting.CALL, 0)]
)
def test_only_visits_are_asked_about(meeting, times):
    assert len(asked(meeting=meeting, visit=0)) == times


def test_after_a_loss_and_in_a_paused_area_nobody_is_asked():
    rest = Rest(why=Why.LOSS, since=STARTS - timedelta(days=1))
    booking = a_booking(STARTS, staff=(ANNA_IN_CHAT,))
    family = a_family(booking, staff=(ANNA_IN_CHAT,), rests=(rest,))
    assert asked(family=family) == []
    paused = replace(family, rests=(), area=Area(rests=(replace(rest, why=Why.PAUSED),)))
    assert asked(family=paused) == []


def test_who_does_not_come_is_not_asked():
    booking = a_booking(STARTS, staff=(ANNA_IN_CHAT,))
    family = a_family(booking, staff=(ANNA_IN_CHAT, BO_IN_CHAT))
    assert asked(BO_IN_CHAT, family) == []
    assert asked(ANNA_IN_CHAT, family) == [STARTS + timedelta(minutes=75)]


def test_of_a_child_of_whom_nothing_is_said_nobody_is_asked():
    booking = a_booking(STARTS, staff=(ANNA_IN_CHAT,))
    family = a_family(booking, staff=(ANNA_IN_CHAT,))
    silent = tuple(replace(each, silent=True) for each in family.children)
    assert asked(family=replace(family, children=silent)) == []


def test_a_loss_before_the_question_would_leave_holds_it():
    evening = local("2026-11-10T18:00")  # called at 19:15, it would leave on the next morning
    booking = a_booking(evening, staff=(ANNA_IN_CHAT,))
    loss = Rest(why=Why.LOSS, since=evening + timedelta(hours=6))
    family = a_family(booking, staff=(ANNA_IN_CHAT,), rests=(loss,))
    assert asked(family=family) == []
    ended = replace(loss, since=JOINED, until=evening)
    assert len(asked(family=replace(family, rests=(ended,)))) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minute: STARTS + timedelta(minutes=minute)),
    st.integers(1, 90),
)
def test_the_planner_finds_every_visit_that_is_asked_about_in_a_window(moment, minutes):
    since = moment.replace(tzinfo=STARTS.tzinfo)
    until = since + timedelta(minutes=minutes)
    starts = until - timedelta(minutes=75, seconds=1)
    assert any(begin <= starts < end for begin, end in wanted(since, until, RULES).visits)


@given(OUTCOMES, st.lists(st.sampled_from([*Tick, *Offer]), max_size=8))
def test_a_second_tap_takes_the_first_back(outcome, taps):
    turned = outcome
    for what in [*taps, *reversed(taps)]:
        turned = turned.turned(what)
    assert turned == outcome


@given(OUTCOMES)
def test_every_tick_is_one_figure(outcome):
    assert len(counted(outcome, 1)) == len(outcome.ticks) + len(outcome.offers)


@pytest.mark.parametrize(
    ("day", "home", "so"),
    [
        (date(2026, 11, 14), None, True),
        (date(2026, 11, 15), None, False),
        (date(2026, 11, 19), date(2026, 11, 5), True),
        (date(2026, 11, 20), date(2026, 11, 5), False),
    ],
)
def test_the_first_visit_is_in_time_within_fourteen_days_of_coming_home(day, home, so):
    assert in_time(day, date(2026, 10, 31), home) is so
