"""What is counted once for a child, its twins or a family follows from what has been held."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.figures import MEANINGS, Figure
from programme.follow_up import Tick, VisitOutcome, usual
from programme.outcome_figures import counted, held, marks, of_marks
from programme.people import BookingState, Child, Guardian, GuardianRole, Meeting
from tests.cast import ANNA, BO, JOINED, RULES, a_booking, a_family, local

DONE = BookingState.DONE
BORN, HOME_AGAIN = date(2026, 10, 31), date(2026, 11, 9)
ONE, TWIN, SIBLING = (
    Child(id=1, born=BORN),
    Child(id=2, born=BORN),
    Child(id=3, born=date(2025, 1, 7)),
)
FIRST = local("2026-11-14T10:30")  # the fourteenth day
WITH_OTHER = VisitOutcome(frozenset({Tick.OTHER_PARENT}))


def done(number, starts_at=FIRST, **facts):
    return a_booking(starts_at, **{"id": number, "child_id": 1, "state": DONE, **facts})


def six(*children, day=FIRST):
    """All six, one a month, of the children in turn."""
    months = enumerate(children or [1] * 6)
    return [
        done(10 + n, day + timedelta(days=30 * n), visit=n + 1, child_id=child)
        for n, child in months
    ]


def borne(bookings, ticked=None, children=(ONE, TWIN, SIBLING)):
    """What each visit bears, but whether the family was visited."""
    found = marks(a_family(*bookings, children=children), ticked or {}, (), RULES.zone)
    return {
        number: once
        for number, each in found.items()
        if (once := {what for what, _ in each} - {Figure.FAMILY_VISITED})
    }


def by_what(bookings, what, **more):
    return [n for n, found in sorted(borne(bookings, **more).items()) if what in found]


def test_all_six_are_counted_once_and_at_the_last_of_them():
    visits = six()
    assert by_what(visits, Figure.ALL_SIX) == [15]
    assert by_what([*visits, done(99, visit=6, child_id=1)], Figure.ALL_SIX) == [14]
    for missing in visits:
        rest = [each for each in visits if each is not missing]
        assert by_what(rest, Figure.ALL_SIX) == []
        extra = replace(missing, meeting=Meeting.EXTRA)
        assert by_what([*rest, extra], Figure.ALL_SIX) == []
        booked = replace(missing, state=BookingState.BOOKED)
        assert by_what([*rest, booked], Figure.ALL_SIX) == []


def test_twins_complete_the_six_together_and_a_sibling_alone():
    assert by_what(six(1, 2, 1, 2, 1, 2), Figure.ALL_SIX) == [15]
    assert by_what(six(1, 3, 1, 3, 1, 3), Figure.ALL_SIX) == []


def test_the_first_visit_is_counted_once_for_twins_and_for_each_sibling():
    later = FIRST + timedelta(days=1)
    visits = [done(1, later), done(2, child_id=2), done(3, later, child_id=3)]
    assert borne(visits) == {2: {Figure.FIRST_IN_TIME}, 3: {Figure.FIRST_LATE}}


def test_of_twins_the_one_who_is_visited_tells_when_they_came_home():
    stayed = replace(TWIN, came_home=HOME_AGAIN)
    late = [done(1, FIRST + timedelta(days=5), child_id=2)]
    assert borne(late, children=(ONE, stayed)) == {1: {Figure.FIRST_IN_TIME}}


@pytest.mark.parametrize(
    ("starts_at", "child", "what"),
    [
        (FIRST, ONE, Figure.FIRST_IN_TIME),
        (FIRST + timedelta(days=1), ONE, Figure.FIRST_LATE),
        (FIRST + timedelta(days=9), replace(ONE, came_home=HOME_AGAIN), Figure.FIRST_IN_TIME),
        (local("2026-11-15T00:30"), ONE, Figure.FIRST_LATE),  # still the 14th in Greenwich
    ],
)
def test_a_first_visit_is_in_time_or_late(starts_at, child, what):
    assert borne([done(1, starts_at)], children=(child,)) == {1: {what}}


@pytest.mark.parametrize(
    "facts",
    [{"meeting": Meeting.EXTRA, "visit": 0}, {"visit": 2}, {"state": BookingState.MISSED}],
)
def test_nothing_else_is_a_first_visit(facts):
    assert borne([replace(done(1), **facts)]) == {}


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)))
def test_a_family_with_the_other_parent_is_counted_at_the_first_such_visit(order, ticked):
    visits = [
        done(n, FIRST + timedelta(days=30 * n), visit=2 + n, meeting=Meeting.EXTRA) for n in order
    ]
    found = by_what(visits, Figure.OTHER_PARENT_FAMILY, ticked=dict.fromkeys(ticked, WITH_OTHER))
    assert found == sorted(ticked)[:1]


def test_every_row_is_what_its_figure_says():
    everything = VisitOutcome(frozenset(Tick))
    once = marks(a_family(*six(), children=(ONE,)), {10: everything}, {10}, RULES.zone)
    found = [row for number, each in once.items() for row in of_marks(each, 1)]
    assert {what for what, *_ in found} == {
        *(Figure.FIRST_IN_TIME, Figure.ALL_SIX, Figure.OTHER_PARENT_FAMILY, Figure.FAMILY_VISITED)
    }
    found += counted(everything, 3)
    found += [held(done(1)), held(done(1, meeting=Meeting.CALL, visit=0))]
    assert all(MEANINGS[what].fits(visit, detail) for what, visit, detail in found)


@pytest.mark.parametrize(("in_chat", "how"), [({5}, "chat"), ({6}, "phone")])
def test_a_family_is_visited_once_and_as_it_heard_of_that_visit(in_chat, how):
    visits = [done(6, FIRST + timedelta(days=9)), done(5), done(4, FIRST - timedelta(days=1))]
    visits[2] = replace(visits[2], meeting=Meeting.EXTRA)
    found = marks(a_family(*visits), {}, in_chat, RULES.zone)
    assert [n for n, each in found.items() if (Figure.FAMILY_VISITED, how) in each] == [5]
    assert sum(what is Figure.FAMILY_VISITED for each in found.values() for what, _ in each) == 1


BIRTHING, OTHER, ADULT = GuardianRole.BIRTHING, GuardianRole.OTHER_PARENT, GuardianRole.OTHER_ADULT


@pytest.mark.parametrize(
    ("first", "second", "home", "took_part"),
    [
        (BIRTHING, OTHER, 2, Tick.OTHER_PARENT),
        (BIRTHING, OTHER, 1, Tick.BIRTHING),
        (OTHER, BIRTHING, 2, Tick.BIRTHING),
        (BIRTHING, None, 2, Tick.OTHER_PARENT),
        (None, OTHER, 2, Tick.OTHER_PARENT),
        (None, None, 2, Tick.BIRTHING),
        (OTHER, ADULT, 2, Tick.OTHER_ADULT),
        (OTHER, BIRTHING, None, Tick.BIRTHING),
    ],
)
def test_of_two_homes_one_tap_ticks_the_parent_who_lives_there(first, second, home, took_part):
    parents = tuple(
        Guardian(id=n, language="sv", active_since=JOINED, role=role, home=n)
        for n, role in ((1, first), (2, second))
    )
    family = a_family(guardians=parents, split_at=JOINED)
    visit = done(1, home=home, staff=(ANNA, BO))
    assert usual(family, visit).ticks == {took_part, Tick.BOTH_STAFF}


def test_one_tap_says_what_is_usual():
    visit = done(1, staff=(ANNA, BO), interpreter=True)
    everything = {Tick.BIRTHING, Tick.BOTH_STAFF, Tick.INTERPRETER}
    assert usual(a_family(), visit).ticks == everything
    alone = replace(visit, staff=(ANNA,), interpreter=False)
    assert usual(a_family(), alone).ticks == {Tick.BIRTHING}
