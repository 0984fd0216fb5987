"""What is on, as one parent looks for it: never a draft, never what they cannot read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.activities import Activity, ActivityKind, ActivityState, ForWhom, Occasion, Words
from programme.people import Child, GuardianRole
from programme.places import Point, Venue, VenueKind
from programme.whats_on import On, Scope, looked_for, nearest, span, suits
from tests.cast import AMINA, CHILD, RULES, YUSUF, a_family, local

NOW = local("2027-03-02T10:00")  # a Tuesday; the child is four months old
WORDS = dict.fromkeys(("sv", "ar", "so", "en"), Words("Sångstund"))
SONGS = Activity(id=1, kind=ActivityKind.OPEN_PRESCHOOL, words=WORDS)


def on(activity: Activity = SONGS, days: int = 0, **facts) -> On:
    starts_at = NOW + timedelta(days=days, hours=1)
    return On(activity, Occasion(id=100 + days, starts_at=starts_at, minutes=60, **facts))


def seen(found, scope=Scope.WEEK, reader=AMINA, family=None, follows=frozenset()):
    return looked_for(found, scope, family or a_family(), reader, follows, RULES)


def test_today_ends_at_midnight_on_the_clocks_and_a_week_after_seven_days():
    assert span(Scope.TODAY, NOW, RULES) == (NOW, local("2027-03-03T00:00"))
    assert span(Scope.WEEK, NOW, RULES) == (NOW, local("2027-03-09T00:00"))


def test_today_is_an_hour_shorter_when_the_clocks_change_in_spring():
    morning = local("2027-03-28T00:30")
    assert span(Scope.TODAY, morning, RULES)[1] - morning == timedelta(hours=22, minutes=30)


def test_what_has_no_words_in_the_parent_s_language_is_not_shown():
    only_swedish = replace(SONGS, words={"sv": Words("Sångstund")})
    assert seen([on(only_swedish)]) == []
    assert len(seen([on(SONGS)])) == 1


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.CANCELLED])
def test_a_draft_and_what_is_called_off_are_not_on(state):
    assert seen([on(replace(SONGS, state=state))]) == []


def test_this_week_says_what_is_cancelled_but_for_my_child_shows_the_next_that_stands():
    found = [on(days=0, cancelled=True), on(days=7), on(days=14)]
    assert seen(found, Scope.WEEK) == found
    assert seen(found, Scope.MINE) == [found[1]]


def test_what_is_followed_is_shown_and_nothing_else():
    fathers = replace(SONGS, id=2, kind=ActivityKind.FATHERS)
    found = [on(SONGS), on(fathers)]
    follows = frozenset({ActivityKind.FATHERS})
    assert seen(found, Scope.FOLLOWED, follows=follows) == [found[1]]


@pytest.mark.parametrize(
    ("whom", "role", "suited"),
    [
        (ForWhom.FATHERS, GuardianRole.OTHER_PARENT, True),
        (ForWhom.FATHERS, GuardianRole.BIRTHING, False),
        (ForWhom.FATHERS, None, True),
        (ForWhom.MOTHERS, GuardianRole.BIRTHING, True),
        (ForWhom.MOTHERS, GuardianRole.OTHER_PARENT, False),
        (ForWhom.MOTHERS, None, True),
        (ForWhom.EVERYBODY, GuardianRole.OTHER_ADULT, True),
    ],
)
def test_what_nobody_has_said_about_a_parent_keeps_nothing_from_them(whom, role, suited):
    reader = replace(YUSUF, role=role)
    assert suits(replace(SONGS, for_whom=whom), a_family(), reader, NOW.date()) is suited


@pytest.mark.parametrize(
    ("youngest", "oldest", "suited"),
    [(None, None, True), (0, 4, True), (4, 12, True), (5, None, False), (None, 3, False)],
)
def test_the_child_is_as_old_as_it_is_that_day(youngest, oldest, suited):
    aged = replace(SONGS, months_from=youngest, months_to=oldest)
    assert suits(aged, a_family(), AMINA, date(2027, 3, 2)) is suited


def test_a_child_that_is_not_spoken_of_suits_nothing():
    silent = a_family(children=(replace(CHILD, silent=True),))
    assert not suits(replace(SONGS, months_to=12), silent, AMINA, NOW.date())


def test_what_is_for_expecting_parents_is_for_them_alone():
    waits = a_family(children=(Child(id=12, born=None, due=date(2027, 5, 1)),))
    expecting = replace(SONGS, for_whom=ForWhom.EXPECTING)
    assert suits(expecting, waits, AMINA, NOW.date())
    assert not suits(expecting, a_family(), AMINA, NOW.date())


def test_the_nearest_comes_first_and_each_activity_once():
    def at(number: int, latitude: float | None) -> Activity:
        point = Point(latitude, 12.0) if latitude else None
        venue = Venue(name="Torget", kind=VenueKind.LIBRARY, point=point)
        return replace(SONGS, id=number, venue=venue)

    found = [on(at(1, 57.9)), on(at(1, 57.9), 1), on(at(2, 57.8)), on(at(3, None)), on(SONGS)]
    near = nearest(found, Point(57.7, 12.0), 3)
    assert [each.activity.id for each, _ in near] == [2, 1]
    assert near[0][1] == pytest.approx(11_119, rel=0.01)
