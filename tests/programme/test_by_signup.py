"""What a parent is told about what they have signed up for, and when (E7, E8, A4, A11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.activities import (
    Activity,
    ActivityKind,
    ActivityState,
    Occasion,
    SigningUp,
    Signup,
    SignupState,
)
from programme.activity_letters import TimesAdded
from programme.kinds import Kind
from programme.people import Area, Rest, Why
from programme.plan import due, still_due
from tests.cast import AMINA, JOINED, RULES, YUSUF, a_family, local

STARTS = local("2026-11-12 17:30")
EVE = local("2026-11-11 17:00")
ASKED = JOINED + timedelta(days=1)
OURS = {Kind.ACTIVITY_REMINDER, Kind.ACTIVITY_CHANGED, Kind.PLACE_OFFERED}
GROUP = Activity(id=3, kind=ActivityKind.FATHERS, signing_up=SigningUp.ONCE)


def occasion(n=0, **facts):
    starts = STARTS + timedelta(days=7 * n)
    usual = {"id": n + 1, "starts_at": starts, "minutes": 90, "changed_at": JOINED}
    return Occasion(**{**usual, **facts})


def signup(*occasions, **facts):
    usual = Signup(
        id=8,
        guardian_id=AMINA.id,
        activity=GROUP,
        occasions=occasions or (occasion(),),
        adults=1,
        children=1,
        state=SignupState.IN,
        asked_at=ASKED,
        changed_at=ASKED,
    )
    return replace(usual, **facts)


def told(mine, guardian=AMINA, **facts):
    """The letters about it, as kinds and times."""
    family = a_family(signups=(mine,), **facts)
    found = due(family, guardian, JOINED, JOINED + timedelta(days=60), RULES)
    return [(each.kind, each.at) for each in found if each.kind in OURS]


def test_one_reminder_at_five_on_the_day_before_each_meeting():
    four = [occasion(n) for n in range(4)]
    reminded = [(Kind.ACTIVITY_REMINDER, EVE + timedelta(days=7 * n)) for n in range(4)]
    assert told(signup(*four)) == reminded


def test_the_other_parent_hears_nothing():
    assert told(signup(), guardian=YUSUF) == []


def test_it_says_which_meeting_it_is_of_those_that_take_place():
    gone = occasion(1, cancelled=True, revision=1, changed_at=JOINED)
    family = a_family(signups=(signup(occasion(), gone, occasion(2)),))
    found = due(family, AMINA, JOINED, JOINED + timedelta(days=60), RULES)
    reminders = [each for each in found if each.kind is Kind.ACTIVITY_REMINDER]
    assert [(each.number, each.of) for each in reminders] == [(1, 2), (2, 2)]


def test_who_has_just_signed_up_is_not_reminded_of_it():
    assert told(signup(asked_at=EVE + timedelta(minutes=1))) == []


@pytest.mark.parametrize("state", [SignupState.WAITING, SignupState.OFFERED])
def test_who_has_no_place_is_not_reminded(state):
    assert told(signup(state=state)) == []


def test_nothing_is_reminded_of_that_is_cancelled_and_the_cancelling_is_told_at_once():
    at = ASKED + timedelta(hours=2)
    off = occasion(cancelled=True, revision=1, changed_at=at)
    assert told(signup(off)) == [(Kind.ACTIVITY_CHANGED, at)]
    assert told(signup(activity=replace(GROUP, state=ActivityState.CANCELLED))) == []


def test_a_moved_one_is_told_at_once_and_reminded_of_before_the_new_time():
    at = ASKED + timedelta(hours=2)
    later = STARTS + timedelta(days=1)
    moved = occasion(starts_at=later, previous_starts_at=STARTS, revision=1, changed_at=at)
    assert told(signup(moved)) == [
        (Kind.ACTIVITY_CHANGED, at),
        (Kind.ACTIVITY_REMINDER, EVE + timedelta(days=1)),
    ]


def test_who_signed_up_after_the_change_has_read_it():
    moved = occasion(previous_starts_at=JOINED, revision=1, changed_at=JOINED)
    assert told(signup(moved)) == [(Kind.ACTIVITY_REMINDER, EVE)]


def test_news_at_night_waits_for_the_morning_unless_it_is_soon():
    night = local("2026-11-04 23:00")
    off = occasion(cancelled=True, revision=1, changed_at=night)
    assert told(signup(off)) == [(Kind.ACTIVITY_CHANGED, local("2026-11-05 07:00"))]
    near = local("2026-11-12 00:30")  # seventeen hours before
    soon = occasion(cancelled=True, revision=1, changed_at=near)
    assert told(signup(soon)) == [(Kind.ACTIVITY_CHANGED, near)]


def test_an_offer_is_told_while_it_is_held_and_not_at_night():
    at, until = local("2026-11-04 23:00"), local("2026-11-06 12:00")
    offer = signup(state=SignupState.OFFERED, offered_at=at, offered_until=until)
    assert told(offer) == [(Kind.PLACE_OFFERED, local("2026-11-05 08:00"))]
    short = replace(offer, offered_until=local("2026-11-05 07:00"))
    assert told(short) == []


@pytest.mark.parametrize("why", [Why.LOSS, Why.PAUSED, Why.STOPPED, Why.AWAY])
def test_nothing_is_told_in_a_rest(why):
    rest = Rest(why=why, since=ASKED + timedelta(minutes=1))
    assert told(signup(), rests=(rest,)) == []


def test_reminders_rest_with_their_area():
    rest = Rest(why=Why.PAUSED, since=ASKED)
    assert told(signup(), area=Area(rests=(rest,))) == []


def test_a_reminder_that_waits_is_void_once_it_has_moved():
    family = a_family(signups=(signup(),))
    [reminder] = [
        each
        for each in due(family, AMINA, JOINED, STARTS, RULES)
        if each.kind is Kind.ACTIVITY_REMINDER
    ]
    moved = replace(occasion(), revision=1, previous_starts_at=STARTS, changed_at=EVE)
    after = replace(family, signups=(signup(moved),))
    assert still_due(family, reminder.key, reminder.due_at, RULES) is not None
    assert still_due(after, reminder.key, reminder.due_at, RULES) is None


def added(*new, **facts):
    """The letters that tell of times planned later: their keys and times."""
    family = a_family(signups=(signup(occasion(), *new, **facts),))
    found = due(family, AMINA, JOINED, JOINED + timedelta(days=90), RULES)
    return [
        (each.key, [one.id for one in each.occasions])
        for each in found
        if isinstance(each, TimesAdded)
    ]


def test_times_added_to_a_series_are_told_at_once_in_one_letter():
    at = ASKED + timedelta(hours=2)
    new = [occasion(n, changed_at=at) for n in (1, 2)]
    [(key, ids)] = added(*new)
    assert ids == [2, 3]
    later = occasion(3, changed_at=at + timedelta(days=1))
    moved = replace(new[0], revision=1, previous_starts_at=STARTS)
    assert added(moved, new[1], later)[0][0] == key  # it is told already


def test_times_added_are_told_to_who_has_a_place_in_the_series_alone():
    new = occasion(1, changed_at=ASKED + timedelta(hours=2))
    assert added(new, state=SignupState.WAITING) == []
    assert added(new, asked_at=ASKED + timedelta(hours=3)) == []
    assert added(new, activity=replace(GROUP, signing_up=SigningUp.EACH)) == []
    assert added(replace(new, cancelled=True)) == []
