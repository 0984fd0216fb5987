"""Rests: a parent stops, pauses, is out of reach, or the family is away. Nothing is replayed."""

from dataclasses import replace
from datetime import date

import pytest

from programme.people import BookingState, Rest, Why
from tests.cast import AMINA, CHILD, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, VISITS, diary

# Born on 10 October; both parents joined on 2 November.
CHILDREN = (replace(CHILD, born=date(2026, 10, 10)),)
LEFT, BACK = local("2027-01-04T18:30"), local("2027-02-01T00:00")
AWAY = Rest(id=5, why=Why.AWAY, since=LEFT, until=BACK, by=AMINA.id)
VISIT = a_booking(local("2027-01-20T10:00"), visit=2)
FREED = replace(VISIT, state=BookingState.FREED, changed_at=LEFT, changed_by=AMINA.id)
ALL_WINTER = {"since": "2026-12-20", "until": "2027-03-05"}


def family(*bookings, **facts):
    return a_family(*bookings, children=CHILDREN, **facts)


def at_home():
    return diary(family(VISIT), AMINA, *TIPS, *VISITS, **ALL_WINTER)


def test_without_a_rest_this_is_their_winter():
    assert at_home() == [
        "2026-12-30 10:00 strength faces",
        "2027-01-10 10:00 tip both_parents",
        "2027-01-19 17:00 day_before 2",
        "2027-01-20 07:30 same_morning 2",
        "2027-01-30 10:00 strength answer_sounds",
        "2027-02-10 10:00 tip open_preschool",
        "2027-02-12 10:00 visit_offer 3",
        "2027-03-02 10:00 strength a_song",
    ]


# ---- away until


def test_while_the_family_is_away_there_is_nothing_and_then_it_goes_on_by_itself():
    away = family(FREED, rests=(AWAY,))
    assert diary(away, AMINA, **ALL_WINTER) == [
        line for line in at_home() if not "2027-01-05" < line < "2027-02-01"
    ]


def test_the_other_parent_hears_once_that_they_are_away():
    away = family(FREED, rests=(AWAY,))
    assert diary(away, YUSUF, since="2027-01-04", until="2027-02-09") == [
        "2027-01-04 18:30 away_note until 2027-01-31"
    ]
    assert diary(away, AMINA, "away_note") == []


def test_said_in_the_evening_the_other_parent_hears_it_in_the_morning():
    late = replace(AWAY, since=local("2027-01-04T21:15"))
    assert diary(family(rests=(late,)), YUSUF, "away") == [
        "2027-01-05 07:00 away_note until 2027-01-31"
    ]
    one_night = replace(late, until=local("2027-01-05T00:00"))
    assert diary(family(rests=(one_night,)), YUSUF, "away") == []  # they are back already


def test_a_parent_who_has_stopped_hears_nothing_of_it():
    stopped = replace(YUSUF, rests=(Rest(why=Why.STOPPED, since=local("2026-12-01T12:00")),))
    assert diary(family(rests=(AWAY,), guardians=(AMINA, stopped)), stopped, "away") == []


def test_where_staff_have_said_it_nobody_is_told_by_the_bot():
    by_staff = replace(AWAY, by=None)
    assert diary(family(rests=(by_staff,)), YUSUF, "away") == []


def test_a_freed_visit_is_neither_reminded_of_nor_cancelled_in_words():
    away = family(FREED, rests=(AWAY,))
    assert diary(away, YUSUF, *VISITS, **ALL_WINTER) == ["2027-02-12 10:00 visit_offer 3"]


def test_a_freed_visit_stays_free_though_they_come_back_before_it():
    earlier = replace(AWAY, until=local("2027-01-10T15:00"))
    for who in (AMINA, YUSUF):
        assert diary(family(FREED, rests=(earlier,)), who, *VISITS, **ALL_WINTER) == [
            "2027-02-12 10:00 visit_offer 3"
        ]


def test_a_visit_after_they_are_back_stands_and_is_reminded_of():
    later = replace(VISIT, starts_at=local("2027-02-01T10:00"))
    assert diary(family(later, rests=(AWAY,)), AMINA, *VISITS, **ALL_WINTER) == [
        "2027-02-01 07:30 same_morning 2",  # the evening before they were still away
        "2027-02-12 10:00 visit_offer 3",
    ]


def test_who_comes_back_earlier_gets_what_is_due_from_then_on():
    earlier = replace(AWAY, until=local("2027-01-25T15:00"))
    assert diary(
        family(FREED, rests=(earlier,)), AMINA, since="2027-01-05", until="2027-02-05"
    ) == ["2027-01-30 10:00 strength answer_sounds"]


# ---- a parent's own pause, stop, or phone out of reach


@pytest.mark.parametrize("why", [Why.PAUSED, Why.STOPPED, Why.UNREACHABLE])
def test_what_one_parent_rests_from_the_other_still_gets(why):
    rest = Rest(why=why, since=LEFT, until=BACK)
    resting = replace(AMINA, rests=(rest,))
    one = family(VISIT, guardians=(resting, YUSUF))
    assert diary(one, YUSUF, **ALL_WINTER) == at_home()
    assert diary(one, resting, **ALL_WINTER) == [
        line for line in at_home() if not "2027-01-05" < line < "2027-02-01"
    ]


@pytest.mark.parametrize("why", [Why.PAUSED, Why.STOPPED, Why.UNREACHABLE])
def test_a_visit_booked_in_the_meantime_is_told_when_the_rest_ends(why):
    resting = replace(AMINA, rests=(Rest(why=why, since=LEFT, until=BACK),))
    booked = a_booking(local("2027-02-08T10:00"), visit=2, changed_at=local("2027-01-15T11:00"))
    one = family(booked, guardians=(resting, YUSUF))
    assert diary(one, YUSUF, "visit_booked") == ["2027-01-15 11:00 visit_booked 2"]
    assert diary(one, resting, "visit_booked") == ["2027-02-01 07:00 visit_booked 2"]


def test_who_pauses_in_the_daytime_is_told_at_the_very_moment_it_ends():
    pause = Rest(why=Why.STOPPED, since=LEFT, until=local("2027-01-28T12:20"))
    booked = a_booking(local("2027-02-08T10:00"), visit=2, changed_at=local("2027-01-15T11:00"))
    resting = replace(AMINA, rests=(pause,))
    assert diary(family(booked, guardians=(resting,)), resting, "visit_b") == [
        "2027-01-28 12:20 visit_booked 2"
    ]


def test_nothing_is_told_of_a_visit_that_was_booked_and_held_in_the_meantime():
    resting = replace(AMINA, rests=(Rest(why=Why.PAUSED, since=LEFT, until=BACK),))
    held = a_booking(local("2027-01-25T10:00"), visit=2, changed_at=local("2027-01-15T11:00"))
    assert diary(family(held, guardians=(resting,)), resting, "visit_booked", "day", "same") == []


def test_a_visit_that_was_moved_and_one_that_was_cancelled_in_the_meantime_are_told_as_such():
    resting = replace(AMINA, rests=(Rest(why=Why.PAUSED, since=LEFT, until=BACK),))
    moved = a_booking(
        local("2027-02-11T10:00"),
        visit=2,
        revision=1,
        changed_at=local("2027-01-15T11:00"),
        previous_starts_at=local("2027-02-08T10:00"),
    )
    one = family(moved, guardians=(resting,))
    assert diary(one, resting, "visit_m") == ["2027-02-01 07:00 visit_moved 2"]
    gone = replace(moved, state=BookingState.CANCELLED)
    one = family(gone, guardians=(resting,))
    assert diary(one, resting, "visit_c") == ["2027-02-01 07:00 visit_cancelled 2"]


def test_until_a_rest_has_an_end_nobody_knows_when_news_will_be_told():
    resting = replace(AMINA, rests=(Rest(why=Why.STOPPED, since=LEFT),))
    booked = a_booking(local("2027-06-08T10:00"), visit=4, changed_at=local("2027-01-15T11:00"))
    assert diary(family(booked, guardians=(resting,)), resting, since="2027-01-05") == []


def test_two_rests_that_overlap_end_with_the_longer_one():
    pause = Rest(id=1, why=Why.PAUSED, since=LEFT, until=local("2027-01-20T00:00"))
    resting = replace(AMINA, rests=(pause,))
    booked = a_booking(local("2027-02-08T10:00"), visit=2, changed_at=local("2027-01-15T11:00"))
    one = family(booked, guardians=(resting,), rests=(AWAY,))
    assert diary(one, resting, "visit_booked") == ["2027-02-01 07:00 visit_booked 2"]


def test_a_stop_and_a_start_on_the_same_day_lose_only_what_fell_between():
    rest = Rest(why=Why.STOPPED, since=local("2027-01-10T09:00"), until=local("2027-01-10T10:30"))
    resting = replace(AMINA, rests=(rest,))
    lost = set(at_home()) - set(
        diary(family(VISIT, guardians=(resting,)), resting, *TIPS, *VISITS, **ALL_WINTER)
    )
    assert lost == {"2027-01-10 10:00 tip both_parents"}
