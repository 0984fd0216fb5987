"""What a family gets: each rule of the table, one at a time."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from programme.kinds import Kind, QuietHours, Rules
from programme.letters import DayBefore, SameMorning, VisitBooked, VisitCancelled, VisitMoved
from programme.people import BookingState, Child, Place, Rest, Why
from programme.plan import due, still_due
from tests.cast import AMINA, ANNA, BO, CHILD, JOINED, RULES, YUSUF, a_booking, a_family, local

LONG_BEFORE, LONG_AFTER = local("2026-01-01T00:00"), local("2031-01-01T00:00")
VISIT = local("2026-11-10T10:00")
BOOKED = local("2026-11-04T12:00")


def letters(family, guardian=AMINA, since=LONG_BEFORE, until=LONG_AFTER, rules=RULES):
    return due(family, guardian, since, until, rules)


def about_visits(family, guardian=AMINA, rules=RULES):
    """When and what, for everything that is about a booking."""
    found = letters(family, guardian, rules=rules)
    return [(letter.kind, letter.at) for letter in found if letter.begins]


def booked(starts_at=VISIT, changed_at=BOOKED, **facts):
    return a_family(a_booking(starts_at, changed_at=changed_at, **facts))


def test_a_booked_visit_is_told_and_twice_reminded_of():
    assert about_visits(booked()) == [
        (Kind.VISIT_BOOKED, BOOKED),
        (Kind.DAY_BEFORE, local("2026-11-09T17:00")),
        (Kind.SAME_MORNING, local("2026-11-10T07:30")),
    ]


def test_both_parents_get_every_reminder_under_a_key_of_their_own():
    family = booked()
    amina, yusuf = letters(family, AMINA), letters(family, YUSUF)
    assert [letter.at for letter in amina] == [letter.at for letter in yusuf]
    assert not {letter.key for letter in amina} & {letter.key for letter in yusuf}
    assert [letter.key for letter in amina if letter.begins] == [
        "visit:31:0:booked:21",
        "visit:31:0:day-before:21",
        "visit:31:0:same-morning:21",
    ]


def test_a_letter_carries_what_the_booking_says():
    family = booked(place=Place.BVC, interpreter=True)
    told, eve, morning = (letter for letter in letters(family) if letter.begins)
    assert (type(told), type(eve), type(morning)) == (VisitBooked, DayBefore, SameMorning)
    for letter in (told, eve, morning):
        assert (letter.family_id, letter.guardian_id, letter.child_id) == (1, 21, 11)
        assert (letter.booking_id, letter.revision, letter.visit) == (31, 0, 1)
        assert (letter.starts_at, letter.place, letter.interpreter) == (VISIT, Place.BVC, True)
        assert letter.staff == (ANNA, BO)


@pytest.mark.parametrize(
    ("visit", "morning"),
    [
        ("10:00", "07:30"),
        ("09:00", "07:30"),
        ("08:59", "07:00"),
        ("08:00", "07:00"),
        ("07:01", "07:00"),
        ("07:00", None),
        ("06:30", None),
        ("00:30", None),
    ],
)
def test_the_same_morning_is_half_past_seven_or_seven_for_early_visits(visit, morning):
    kinds = dict(about_visits(booked(local(f"2026-11-10T{visit}"))))
    expected = local(f"2026-11-10T{morning}") if morning else None
    assert kinds.get(Kind.SAME_MORNING) == expected
    assert kinds[Kind.DAY_BEFORE] == local("2026-11-09T17:00")


def test_who_has_answered_is_left_in_peace_that_morning():
    kinds = dict(about_visits(booked(answered=True)))
    assert Kind.SAME_MORNING not in kinds
    assert Kind.DAY_BEFORE in kinds


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ("2026-11-09T16:59", [Kind.VISIT_BOOKED, Kind.DAY_BEFORE, Kind.SAME_MORNING]),
        ("2026-11-09T17:00:01", [Kind.VISIT_BOOKED, Kind.SAME_MORNING]),
        ("2026-11-10T07:29", [Kind.VISIT_BOOKED, Kind.SAME_MORNING]),
        ("2026-11-10T07:30:01", [Kind.VISIT_BOOKED]),
        ("2026-11-10T09:59", [Kind.VISIT_BOOKED]),
    ],
)
def test_nobody_is_reminded_of_what_was_just_said(changed, kinds):
    assert [kind for kind, _ in about_visits(booked(changed_at=local(changed)))] == kinds


def test_a_cancelled_visit_is_told_once_and_not_reminded_of():
    cancelled = local("2026-11-08T09:15")
    family = booked(state=BookingState.CANCELLED, changed_at=cancelled)
    [letter] = (letter for letter in letters(family) if letter.begins)
    assert (type(letter), letter.at) == (VisitCancelled, cancelled)


def test_a_moved_visit_names_the_old_time_and_is_reminded_of_again():
    moved = local("2026-11-09T18:00")
    family = booked(
        local("2026-11-12T13:00"), changed_at=moved, revision=1, previous_starts_at=VISIT
    )
    told, eve, morning = (letter for letter in letters(family) if letter.begins)
    assert (type(told), told.at, told.old_starts_at) == (VisitMoved, moved, VISIT)
    assert eve.at == local("2026-11-11T17:00")
    assert morning.at == local("2026-11-12T07:30")
    assert {letter.key.split(":")[2] for letter in (told, eve, morning)} == {"1"}
    before = {letter.key for letter in letters(booked())}
    assert not before & {told.key, eve.key, morning.key}


@pytest.mark.parametrize(
    ("changed", "visit", "told"),
    [
        ("2026-11-08T23:00", "2026-11-12T10:00", "2026-11-09T07:00"),
        ("2026-11-09T05:00", "2026-11-12T10:00", "2026-11-09T07:00"),
        ("2026-11-09T20:30", "2026-11-10T14:31", "2026-11-10T07:00"),  # 18 hours and a minute
        ("2026-11-09T20:30", "2026-11-10T14:30", "2026-11-09T20:30"),
        ("2026-11-09T23:00", "2026-11-10T06:00", "2026-11-09T23:00"),
        ("2026-11-09T19:59", "2026-11-12T10:00", "2026-11-09T19:59"),
    ],
)
@pytest.mark.parametrize(
    "state", [BookingState.BOOKED, BookingState.CANCELLED, BookingState.DECLINED]
)
def test_news_waits_for_the_morning_unless_the_visit_is_near(changed, visit, told, state):
    family = booked(local(visit), changed_at=local(changed), state=state)
    assert about_visits(family)[0][1] == local(told)


def test_news_that_could_only_come_after_the_visit_began_is_none():
    assert about_visits(booked(changed_at=VISIT)) == []
    assert about_visits(booked(changed_at=VISIT + timedelta(minutes=1))) == []


def test_who_joins_later_hears_of_what_is_booked_when_they_join():
    joined = local("2026-11-06T15:00")
    late = replace(YUSUF, active_since=joined)
    family = booked()
    assert about_visits(family, late)[0] == (Kind.VISIT_BOOKED, joined)
    at_night = replace(YUSUF, active_since=local("2026-11-06T22:00"))
    assert about_visits(family, at_night)[0] == (Kind.VISIT_BOOKED, local("2026-11-07T07:00"))


def test_who_joins_after_a_move_hears_of_a_booking_and_of_no_move():
    late = replace(YUSUF, active_since=local("2026-11-06T15:00"))
    family = booked(changed_at=BOOKED, revision=2, previous_starts_at=local("2026-11-09T10:00"))
    told = next(letter for letter in letters(family, late) if letter.begins)
    assert type(told) is VisitBooked


def test_who_joins_after_a_visit_was_cancelled_or_held_hears_nothing_of_it():
    late = replace(YUSUF, active_since=local("2026-11-06T15:00"))
    assert about_visits(booked(state=BookingState.CANCELLED), late) == []
    after = replace(YUSUF, active_since=VISIT)
    assert about_visits(booked(), after) == []


def test_a_booking_of_long_ago_is_reminded_of_but_no_news():
    kinds = [kind for kind, _ in about_visits(booked(changed_at=None))]
    assert kinds == [Kind.DAY_BEFORE, Kind.SAME_MORNING]


def test_nothing_is_due_before_the_yes():
    family = booked()
    assert all(letter.at >= JOINED for letter in letters(family))
    assert letters(family, replace(AMINA, active_since=None)) == []
    late = replace(AMINA, active_since=local("2027-03-01T10:00"))
    assert all(letter.at >= late.active_since for letter in letters(family, late))
    assert letters(family, late) != []


@pytest.mark.parametrize("state", [BookingState.FREED, BookingState.DONE])
def test_a_visit_that_is_done_or_freed_by_the_family_needs_no_words(state):
    assert about_visits(booked(state=state)) == []


@pytest.mark.parametrize("why", [Why.STOPPED, Why.UNREACHABLE, Why.PAUSED])
def test_nothing_is_due_to_who_stopped_or_cannot_be_reached(why):
    silent = replace(AMINA, rests=(Rest(why=why, since=local("2026-11-04T12:00")),))
    assert [letter.at for letter in letters(booked(), silent)] == [local("2026-11-04T10:00")]
    assert letters(booked(), YUSUF)[1:] != []


def test_fewer_messages_rest_the_ideas_and_keep_tips_and_visits():
    all_kinds = {letter.kind for letter in letters(booked())}
    few = {letter.kind for letter in letters(booked(), replace(AMINA, fewer=True))}
    assert all_kinds - few == {Kind.STRENGTH}


def test_a_skipped_key_is_skipped_for_that_parent_only():
    key = "tip:11:own_language:21"
    family = a_family(skipped=frozenset({key}))
    everything = {letter.key for letter in letters(a_family())}
    assert everything - {letter.key for letter in letters(family)} == {key}
    assert {letter.key for letter in letters(family, YUSUF)} == {
        letter.key for letter in letters(a_family(), YUSUF)
    }


def test_a_tip_is_due_at_ten_on_the_day_the_age_is_reached():
    early = replace(AMINA, active_since=local("2026-08-31T09:00"))
    born = Child(id=11, born=date(2026, 8, 31))
    found = {letter.key: letter for letter in letters(a_family(children=(born,)), early)}
    assert found["tip:11:own_language:21"].at == local("2026-10-31T10:00")
    assert found["tip:11:first_tooth:21"].at == local("2027-02-28T10:00")
    assert found["tip:11:both_parents:21"].at == local("2026-11-30T10:00")
    assert found["strength:11:you_know_best:21"].at == local("2026-10-20T10:00")
    assert found["tip:11:free_hours:21"].not_after == local("2029-02-28T10:00") + timedelta(60)


def test_a_child_without_any_date_calls_for_nothing():
    assert letters(a_family(children=(Child(id=11, born=None),))) == []


def test_a_child_born_too_early_counts_from_the_due_date():
    early = Child(id=11, born=date(2026, 8, 31), due=date(2026, 11, 15), corrected=True)
    found = {letter.key: letter.at for letter in letters(a_family(children=(early,)))}
    assert found["tip:11:own_language:21"] == local("2027-01-15T10:00")


def test_each_child_of_a_family_counts_for_itself():
    twins = (CHILD, replace(CHILD, id=12), Child(id=13, born=date(2027, 9, 1)))
    keys = {letter.key for letter in letters(a_family(children=twins))}
    assert {f"tip:{child}:screens:21" for child in (11, 12, 13)} <= keys


def test_a_letter_is_due_in_the_window_it_falls_in_and_in_no_other():
    family, eve = booked(), local("2026-11-09T17:00")
    tick = timedelta(microseconds=1)
    assert [letter.at for letter in letters(family, since=eve, until=eve + tick)] == [eve]
    assert letters(family, since=eve - tick, until=eve) == []
    assert letters(family, since=eve + tick, until=eve + 2 * tick) == []
    assert letters(family, since=eve, until=eve) == []


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_a_visit_after_a_clock_change_is_reminded_of_by_the_clock_on_the_wall(day):
    kinds = dict(about_visits(booked(local(f"{day}T10:00"))))
    assert kinds[Kind.SAME_MORNING] == local(f"{day}T07:30")
    assert local(f"{day}T10:00") - kinds[Kind.SAME_MORNING] == timedelta(hours=2, minutes=30)
    eve = date.fromisoformat(day) - timedelta(days=1)
    assert kinds[Kind.DAY_BEFORE] == local(f"{eve}T17:00")


@pytest.mark.parametrize(
    "quiet", [QuietHours(), None, QuietHours(time(17, 30)), QuietHours(time(13), time(15))]
)
def test_the_evening_reminder_says_tomorrow_on_the_evening_before(quiet):
    kinds = dict(about_visits(booked(), rules=Rules(quiet=quiet)))
    assert kinds[Kind.DAY_BEFORE] == local("2026-11-09T17:00")


def test_an_evening_that_is_quiet_leaves_the_reminder_to_the_morning():
    kinds = dict(about_visits(booked(), rules=Rules(quiet=QuietHours(time(16)))))
    assert Kind.DAY_BEFORE not in kinds
    assert kinds[Kind.SAME_MORNING] == local("2026-11-10T07:30")


def test_the_recheck_finds_the_same_letter_and_none_when_facts_have_changed():
    family = booked()
    eve = next(letter for letter in letters(family) if letter.kind is Kind.DAY_BEFORE)
    assert still_due(family, eve.key, eve.at, RULES) == eve
    assert still_due(family, eve.key, eve.at + timedelta(seconds=1), RULES) is None
    moved = booked(revision=1, changed_at=local("2026-11-09T17:30"))
    assert still_due(moved, eve.key, eve.at, RULES) is None
    cancelled = booked(state=BookingState.CANCELLED)
    assert still_due(cancelled, eve.key, eve.at, RULES) is None
    stopped = replace(AMINA, rests=(Rest(why=Why.STOPPED, since=eve.at),))
    gone = replace(family, guardians=(stopped, YUSUF))
    assert still_due(gone, eve.key, eve.at, RULES) is None


def test_the_recheck_for_one_reader_finds_nobody_else_s_letter():
    family = booked()
    for letter in letters(family):
        theirs = (letter.guardian_id, letter.staff_id)
        assert still_due(family, letter.key, letter.due_at, RULES, theirs) == letter
        for other in ((YUSUF.id, None), (None, BO.id), (None, None)):
            if other != theirs:
                assert still_due(family, letter.key, letter.due_at, RULES, other) is None


def test_the_recheck_brings_the_facts_of_now():
    eve = next(letter for letter in letters(booked()) if letter.kind is Kind.DAY_BEFORE)
    now = booked(staff=(BO,), place=Place.FAMILY_CENTRE)
    again = still_due(now, eve.key, eve.at, RULES)
    assert again is not None
    assert (again.staff, again.place) == ((BO,), Place.FAMILY_CENTRE)
