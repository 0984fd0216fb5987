"""Whom staff should phone, and by when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.ages import Span
from programme.people import Area, BookingState, Rest, Why
from programme.phone_list import CallFor, call, stretched
from tests.cast import AMINA, BORN, CHILD, JOINED, RULES, a_booking, a_family, local

NOW = local("2026-11-10T09:00")  # the child is ten days old
UNREACHABLE = Rest(why=Why.UNREACHABLE, since=JOINED)
LOST = Rest(why=Why.LOSS, since=JOINED)
ALONE = replace(AMINA, rests=(UNREACHABLE,))
SOON = a_booking(local("2026-11-13T10:00"))


def found(family, now=NOW, other_language=False):
    return call(family, other_language, now, RULES)


def test_a_visit_soon_and_nobody_reads():
    family = a_family(SOON, guardians=(ALONE,))
    assert (found(family).why, found(family).by) == (CallFor.VISIT, date(2026, 11, 13))
    assert found(a_family(SOON, guardians=())).why is CallFor.VISIT


def test_a_parent_who_reads_needs_no_call():
    assert found(a_family(SOON)) is None


@pytest.mark.parametrize("days", [8, 30])
def test_a_visit_that_is_more_than_a_week_away_can_wait(days):
    later = replace(SOON, starts_at=NOW + timedelta(days=days))
    assert found(a_family(later, guardians=(ALONE,))) is None


@pytest.mark.parametrize("state", [s for s in BookingState if s is not BookingState.BOOKED])
def test_a_visit_that_will_not_be_is_no_reason(state):
    family = a_family(replace(SOON, state=state), guardians=(ALONE,))
    called = found(family)
    assert called is None or called.why is not CallFor.VISIT


def test_ten_days_after_coming_home_without_a_first_visit():
    family = a_family()
    assert found(family, local("2026-11-01T09:00")).why is CallFor.TO_BOOK
    assert found(family).why is CallFor.FIRST_VISIT
    assert found(family).by == date(2026, 11, 14)
    home = replace(CHILD, came_home=date(2026, 11, 8))
    assert found(a_family(children=(home,))).why is CallFor.TO_BOOK


def test_who_has_passed_the_fourteen_days_is_not_forgotten():
    assert found(a_family(), local("2026-12-01T09:00")).why is CallFor.FIRST_VISIT


def test_a_visit_whose_window_is_open_should_be_booked():
    done = a_booking(local("2026-11-08T10:00"), state=BookingState.DONE)
    called = found(a_family(done), local("2026-12-22T09:00"))
    assert (called.why, called.visit, called.by) == (
        CallFor.TO_BOOK,
        2,
        date(2027, 2, 14),
    )


def test_no_thanks_to_all_visits_and_moving_away_end_the_calls():
    assert found(a_family(visits_ended_at=JOINED)) is None
    assert found(a_family(left_at=JOINED), other_language=True) is None


def test_another_language_is_a_reason_as_long_as_visits_lie_ahead():
    done = tuple(a_booking(JOINED, id=n, visit=n, state=BookingState.DONE) for n in range(1, 7))
    early = local("2026-10-31T09:00")
    assert found(a_family(), early, other_language=True).why is CallFor.LANGUAGE
    assert found(a_family(*done), other_language=True) is None


@pytest.mark.parametrize("why", [Why.LOSS, Why.AWAY])
def test_a_family_that_rests_is_never_in_the_list(why):
    rest = Rest(why=why, since=JOINED)
    for guardians in ((ALONE,), (), (AMINA,)):
        family = a_family(SOON, guardians=guardians, rests=(rest,))
        assert found(family, other_language=True) is None


def test_a_paused_area_asks_for_no_calls():
    paused = Area(id=1, rests=(Rest(why=Why.PAUSED, since=JOINED),))
    assert found(a_family(area=paused)) is None
    assert found(a_family(SOON, guardians=(ALONE,), area=paused)) is None


def test_nothing_is_asked_about_a_child_that_is_silent():
    silent = replace(CHILD, silent=True)
    assert found(a_family(SOON, guardians=(ALONE,), children=(silent,))) is None


def test_the_summer_makes_windows_longer_by_as_many_days():
    born = date(2026, 5, 5)  # visit 2: from 21 June to 19 August
    weeks = Area(id=1, summers=(Span(date(2026, 6, 29), date(2026, 8, 9)),))
    family = a_family(children=(replace(CHILD, born=born),), area=weeks)
    assert stretched(family, date(2026, 5, 20)) == [(2, 42)]
    assert stretched(a_family(children=(replace(CHILD, born=BORN),), area=weeks), BORN) == []
