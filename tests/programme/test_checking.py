"""Once a month a coordinator hears how much of their areas is old; nothing old, no letter (F4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.checking import Checked, Sort, months_begin
from programme.desks import Desk, due_to_desk
from programme.people import Role, StaffMember
from tests.cast import RULES, local

EVA = StaffMember(id=5, name="Eva", role=Role.COORDINATOR, in_chat=True)
DESK = Desk(member=EVA, areas=(1,))
LONG_AGO, LATELY = date(2026, 1, 10), date(2026, 10, 20)
MONTH = (local("2026-11-01T00:00"), local("2026-12-01T00:00"))


def place(on, areas=(1,)) -> Checked:
    return Checked(sort=Sort.PLACE, on=on, areas=areas)


def due(*checked, desk=DESK, window=MONTH):
    return due_to_desk(replace(desk, checked=checked), *window, RULES)


def test_it_comes_on_the_first_working_day_of_the_month_in_the_morning():
    [letter] = due(place(LONG_AGO))  # the first of November 2026 is a Sunday
    assert letter.at == letter.due_at == local("2026-11-02T07:30")
    assert (letter.places, letter.pages, letter.activities) == (1, 0, 0)


def test_where_nothing_is_old_there_is_no_letter():
    assert due(place(LATELY)) == []
    assert due() == []


@pytest.mark.parametrize(
    ("checked", "is_old"),
    [
        (place(None), True),
        (Checked(sort=Sort.PAGE, on=LONG_AGO), False),
        (Checked(sort=Sort.PAGE, on=date(2025, 10, 1)), True),
        (Checked(sort=Sort.ACTIVITY, on=LONG_AGO, areas=(1,), last=date(2026, 12, 1)), True),
        (Checked(sort=Sort.ACTIVITY, on=LONG_AGO, areas=(1,), last=date(2026, 10, 1)), False),
        (Checked(sort=Sort.ACTIVITY, on=LATELY, areas=(1,), last=date(2026, 12, 1)), False),
    ],
)
def test_what_counts_as_old(checked, is_old):
    assert bool(due(checked)) is is_old


def test_only_places_of_their_own_areas_and_of_everybody_count():
    assert due(place(LONG_AGO, (2,))) == []
    [letter] = due(place(LONG_AGO, ()), place(LONG_AGO, (2,)), place(LONG_AGO, (1, 2)))
    assert letter.places == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_but_coordinators_gets_it(role):
    assert due(place(LONG_AGO), desk=replace(DESK, member=replace(EVA, role=role))) == []


@given(days=st.integers(0, 800), cut=st.integers(0, 800 * 24))
def test_however_time_is_cut_each_month_has_one_morning(days, cut):
    since = local("2026-01-05T12:00")
    until = since + timedelta(days=days)
    middle = min(since + timedelta(hours=cut), until)
    whole = list(months_begin(since, until, RULES))
    parts = [*months_begin(since, middle, RULES), *months_begin(middle, until, RULES)]
    assert parts == whole
    months = [(day.year, day.month) for day, _ in whole]
    assert len(set(months)) == len(months)
