"""The six visits step by step, and what is to be booked now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.news import Event, News
from programme.people import (
    Area,
    Booking,
    BookingState,
    Child,
    Choice,
    Family,
    Meeting,
    Proposal,
    ProposalState,
    Rest,
    Slot,
    Why,
)
from programme.series import StepState, order, series, to_book
from tests.cast import ANNA, BO, BORN, CHILD, RULES, a_booking, a_family, local

NOW = local("2026-12-28T09:00")  # visit 2 is from 16 December to 14 February
NEXT = local("2027-01-12T10:00")


def states(family: Family, now=NOW) -> list[StepState]:
    return [step.state for step in series(family, now, RULES)]


def visit(number: int, state: BookingState = BookingState.BOOKED, **facts) -> Booking:
    return a_booking(NEXT, id=30 + number, visit=number, state=state, **facts)


def proposal(**facts) -> Proposal:
    usual = {
        "id": 5,
        "child_id": CHILD.id,
        "visit": 2,
        "slots": (Slot(starts_at=NEXT, staff=(ANNA, BO)),),
        "made_at": NOW,
        "expires_at": NOW + timedelta(days=2),
    }
    return Proposal(**{**usual, **facts})


def test_a_family_s_six_steps_by_the_child_s_age():
    assert states(a_family()) == [StepState.LATE, StepState.DUE, *[StepState.NOT_YET] * 4]


@pytest.mark.parametrize(
    "state, shown",
    [
        (BookingState.BOOKED, StepState.BOOKED),
        (BookingState.DONE, StepState.DONE),
        (BookingState.MISSED, StepState.MISSED),
        (BookingState.DECLINED, StepState.DECLINED),
        (BookingState.CANCELLED, StepState.DUE),
        (BookingState.FREED, StepState.DUE),
    ],
)
def test_what_became_of_a_booking_is_the_step_s_state(state, shown):
    assert states(a_family(visit(2, state)))[1] is shown


def test_a_booking_that_stands_outweighs_a_later_cancelled_one():
    first, second = visit(2), replace(visit(2, BookingState.CANCELLED), id=99)
    assert states(a_family(first, second))[1] is StepState.BOOKED


def test_times_that_are_held_are_proposed_until_they_run_out():
    family = a_family(proposals=(proposal(),))
    assert states(family)[1] is StepState.PROPOSED
    assert states(family, NOW + timedelta(days=2))[1] is StepState.DUE
    for state in (ProposalState.WITHDRAWN, ProposalState.OTHER, ProposalState.SHOWN):
        assert states(a_family(proposals=(proposal(state=state),)))[1] is StepState.DUE


def test_something_besides_the_six_is_no_step():
    extra = a_booking(NEXT, visit=0, meeting=Meeting.EXTRA)
    assert StepState.BOOKED not in states(a_family(extra))


def test_twins_have_one_series_and_siblings_two():
    twin, sibling = Child(id=12, born=BORN), Child(id=13, born=date(2025, 12, 1))
    assert len(states(a_family(children=(CHILD, twin)))) == 6
    assert len(states(a_family(children=(CHILD, sibling)))) == 12
    booked = a_booking(NEXT, visit=2, child_id=twin.id)
    assert states(a_family(booked, children=(CHILD, twin)))[1] is StepState.BOOKED


def test_a_child_of_whom_nothing_is_said_has_no_steps():
    assert states(a_family(children=(replace(CHILD, silent=True),))) == []


# --- what is to be booked ----------------------------------------------------------------------


def due(family: Family, now=NOW) -> list[int]:
    return [each.step.visit for each in to_book(family, now, RULES)]


def test_the_visit_whose_window_is_open_is_to_be_booked():
    assert due(a_family()) == [2]
    assert due(a_family(visit(2))) == []
    assert due(a_family(proposals=(proposal(),))) == []


def test_a_visit_that_was_never_booked_is_late_until_the_next_one_s_window_opens():
    assert due(a_family(), local("2026-11-20T09:00")) == [1]
    assert due(a_family(), local("2026-12-16T09:00")) == [2]


def test_a_late_visit_is_not_forgotten_because_the_next_one_is_booked_early():
    assert due(a_family(visit(2)), local("2026-11-20T09:00")) == [1]
    assert due(a_family(visit(2)), local("2026-12-16T09:00")) == []


def test_the_last_visit_is_not_forgotten_at_once():
    done = [visit(number, BookingState.DONE) for number in range(1, 6)]
    after = local("2028-03-20T09:00")  # its window was until 14 March
    assert due(a_family(*done), after) == [6]
    assert due(a_family(*done), after + timedelta(days=30)) == []


def test_a_missed_visit_is_to_be_booked_again():
    assert due(a_family(visit(1, BookingState.DONE), visit(2, BookingState.MISSED))) == [2]


def test_what_a_parent_has_asked_for_comes_first_until_it_is_answered():
    wish = Event(id=1, what=News.WANTS_TIME, at=NOW, detail="2")
    [wanted] = to_book(a_family(events=(wish,)), NOW, RULES)
    assert wanted.wanted
    later = NOW + timedelta(hours=1)
    expired = proposal(made_at=later, expires_at=later, state=ProposalState.EXPIRED)
    [answered] = to_book(a_family(events=(wish,), proposals=(expired,)), later, RULES)
    assert not answered.wanted


def test_another_time_for_a_booked_visit_is_to_be_found():
    booked = visit(2, changed_at=NOW - timedelta(days=2))
    other = Event(id=1, what=News.ANSWERED, at=NOW, booking_id=booked.id, detail=Choice.OTHER_TIME)
    assert due(a_family(booked, events=(other,))) == [2]
    moved = replace(booked, changed_at=NOW + timedelta(hours=1))
    assert due(a_family(moved, events=(other,))) == []


def rest(why: Why) -> Rest:
    return Rest(why=why, since=NOW - timedelta(days=1), until=NOW + timedelta(days=9))


@pytest.mark.parametrize(
    "facts",
    [
        {"rests": (rest(Why.LOSS),)},
        {"rests": (rest(Why.AWAY),)},
        {"area": Area(rests=(rest(Why.PAUSED),))},
        {"area": Area(running=False)},
        {"eligible": False},
        {"visits_ended_at": NOW},
        {"left_at": NOW},
        {"waits_since": NOW},
        {"children": (Child(id=1, born=None, due=date(2027, 2, 1)),)},
    ],
)
def test_nothing_is_to_be_booked_for_who_wants_or_can_have_none(facts):
    assert due(a_family(**facts)) == []


def test_what_is_late_comes_first_then_what_is_wanted_then_the_window_s_end():
    wish = Event(id=1, what=News.WANTS_TIME, at=NOW, detail="2")
    soon = a_family(id=1)
    later = a_family(id=2, children=(Child(id=5, born=date(2026, 11, 10)),))
    wanted = a_family(id=3, children=(Child(id=6, born=date(2026, 11, 12)),), events=(wish,))
    late = a_family(id=4, children=(Child(id=7, born=date(2026, 12, 10)),))
    found = [d for f in (later, wanted, late, soon) for d in to_book(f, NOW, RULES)]
    assert [each.family_id for each in order(found)] == [4, 3, 1, 2]
