"""Which meetings somebody cannot keep any more."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programme.collisions import collides, merged
from programme.localtime import STOCKHOLM
from tests.cast import local

NINE_TO_FOUR = {0: ((540, 960),)}
MONDAY = local("2026-11-30T10:00")
_minutes = st.integers(0, 1440)
_spans = st.lists(st.tuples(_minutes, _minutes), max_size=8)


def visit(starts_at=MONDAY, minutes=60):
    return starts_at, starts_at + timedelta(minutes=minutes)


def test_a_visit_within_the_hours_can_be_kept_up_to_the_last_minute():
    assert not collides(visit(), NINE_TO_FOUR, (), STOCKHOLM)
    assert not collides(visit(local("2026-11-30T15:00")), NINE_TO_FOUR, (), STOCKHOLM)
    assert collides(visit(local("2026-11-30T15:15")), NINE_TO_FOUR, (), STOCKHOLM)
    assert collides(visit(local("2026-12-01T10:00")), NINE_TO_FOUR, (), STOCKHOLM)


def test_hours_that_touch_are_one():
    week = {0: ((540, 630), (630, 960))}
    assert not collides(visit(), week, (), STOCKHOLM)
    assert collides(visit(), {0: ((540, 630), (631, 960))}, (), STOCKHOLM)


def test_a_busy_time_that_only_touches_takes_nothing():
    before, after = visit(local("2026-11-30T09:00")), visit(local("2026-11-30T11:00"))
    assert not collides(visit(), NINE_TO_FOUR, [before, after], STOCKHOLM)
    assert collides(visit(), NINE_TO_FOUR, [visit(local("2026-11-30T10:59"))], STOCKHOLM)


def test_hours_are_those_of_the_clock_on_the_wall_in_summer_and_winter():
    for day in ("2027-03-29", "2026-10-26"):  # the Mondays after the clocks changed
        assert not collides(visit(local(f"{day}T09:00")), NINE_TO_FOUR, (), STOCKHOLM)
        assert collides(visit(local(f"{day}T08:45")), NINE_TO_FOUR, (), STOCKHOLM)


@given(spans=_spans)
def test_merged_hours_hold_the_same_minutes_and_never_touch(spans):
    found = merged(spans)
    assert {m for a, b in found for m in range(a, b)} == {m for a, b in spans for m in range(a, b)}
    assert all(a < b for a, b in found)
    assert all(first[1] < second[0] for first, second in pairwise(found))
