"""Who is asked, how long a place is held: the arithmetic of seats (E7)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from programme.kinds import Kind, may_leave
from programme.seats import (
    LAST_CALL,
    TIME_TO_ANSWER,
    Turn,
    first_with_room,
    fits,
    has_right_of_way,
    held_until,
    is_a_party,
)
from tests.cast import RULES, local

LINES = st.lists(st.integers(1, 6), max_size=8).map(
    lambda sizes: [Turn(id=n, people=people) for n, people in enumerate(sizes, 1)]
)


@given(st.none() | st.integers(0, 8), LINES, st.sets(st.integers(1, 8)))
def test_whoever_is_asked_fits_and_nobody_before_them_does(free, line, not_now):
    found = first_with_room(free, line, not_now)
    could = [each for each in line if each.id not in not_now and fits(free, each.people)]
    assert found == (could[0] if could else None)


@given(st.none() | st.integers(0, 8), st.integers(1, 6), LINES)
def test_nobody_new_passes_somebody_for_whom_there_is_room(free, people, line):
    if has_right_of_way(free, people, line, asking=True):
        assert fits(free, people)
        assert not [each for each in line if fits(free, each.people)]


@given(
    st.datetimes(
        local("2026-10-01").replace(tzinfo=None), local("2027-05-01").replace(tzinfo=None)
    ),
    st.integers(0, 24 * 14),
)
def test_an_offer_leaves_time_to_answer_and_never_runs_into_the_last_hours(at, hours):
    now = local(at.isoformat(timespec="minutes"))
    begins = now + timedelta(hours=hours)
    until = held_until(now, begins, RULES)
    if until is None:
        return
    assert until <= begins - LAST_CALL
    assert until - now >= TIME_TO_ANSWER
    if until < begins - LAST_CALL:
        # by day it runs out in the hours in which messages may come
        assert may_leave(Kind.PLACE_OFFERED, until - timedelta(minutes=1), RULES)
        assert until - now >= timedelta(hours=20)


def test_an_offer_at_noon_is_held_until_noon_and_one_at_nine_until_noon_as_well():
    begins = local("2026-11-20 17:00")
    assert held_until(local("2026-11-03 14:00"), begins, RULES) == local("2026-11-04 14:00")
    assert held_until(local("2026-11-03 09:00"), begins, RULES) == local("2026-11-04 12:00")
    assert held_until(local("2026-11-03 22:00"), begins, RULES) == local("2026-11-05 12:00")


def test_at_least_one_grown_up_comes_along():
    assert is_a_party(1, 0)
    assert not is_a_party(0, 2)
    assert not is_a_party(7, 0)
