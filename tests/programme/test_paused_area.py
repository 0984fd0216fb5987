"""An area that pauses: reminders and offers rest, visits are on hold, nothing is replayed (A4)."""

from dataclasses import replace
from datetime import date

from programme.people import Area, BookingState, Child, Rest, Why
from programme.plan import still_due
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, RULES, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, VISITS, diary, letters

BORN = date(2026, 10, 10)
PAUSED, AGAIN = local("2027-02-01T14:00"), local("2027-03-01T09:00")
PAUSE = Rest(id=7, why=Why.PAUSED, since=PAUSED)
OVER = replace(PAUSE, until=AGAIN)
BEFORE = a_booking(local("2027-02-01T10:00"), id=30, visit=2)
WITHIN = a_booking(local("2027-02-18T10:00"), visit=3)
AFTER = a_booking(local("2027-03-11T10:00"), id=32, visit=3)
WINTER = {"since": "2027-01-25", "until": "2027-03-20"}


def family(*bookings, rest=PAUSE, **facts):
    return a_family(
        *bookings,
        children=(Child(id=11, born=BORN),),
        area=Area(id=1, rests=(rest,) if rest else ()),
        staff=(ANNA_IN_CHAT, BO_IN_CHAT),
        **facts,
    )


def test_a_visit_that_falls_into_the_pause_is_told_to_be_on_hold_once_and_not_reminded_of():
    for who in (AMINA, YUSUF):
        assert diary(family(WITHIN), who, *VISITS, **WINTER) == ["2027-02-01 14:00 visit_on_hold 3"]


def test_said_at_night_it_comes_in_the_morning():
    at_night = replace(PAUSE, since=local("2027-02-01T22:00"))
    assert diary(family(WITHIN, rest=at_night), AMINA, "visit_on") == [
        "2027-02-02 07:00 visit_on_hold 3"
    ]


def test_a_visit_before_the_pause_was_reminded_of_as_ever():
    assert diary(family(BEFORE), AMINA, "day_before", "same_morning", "visit_on") == [
        "2027-01-31 17:00 day_before 2",
        "2027-02-01 07:30 same_morning 2",
    ]


def test_offers_and_nudges_rest_and_are_not_made_up_for_afterwards():
    # Four months old on 10 February: nudge on 29 January, offer on the 12th.
    for rest in (PAUSE, OVER):
        assert diary(family(rest=rest), AMINA, "visit_offer", **WINTER) == []
    assert diary(family(rest=None), AMINA, "visit_offer", **WINTER) == [
        "2027-02-12 10:00 visit_offer 3"
    ]
    early = replace(OVER, since=local("2027-01-28T09:00"))
    assert diary(family(rest=early), ANNA_IN_CHAT, "to_book", **WINTER) == []
    assert diary(family(rest=None), ANNA_IN_CHAT, "to_book", **WINTER) == [
        "2027-01-29 07:30 to_book 3"
    ]


def test_tips_come_all_the_same():
    assert diary(family(), AMINA, *TIPS, **WINTER) == diary(
        family(rest=None), AMINA, *TIPS, **WINTER
    )
    assert diary(family(), AMINA, *TIPS, **WINTER) != []


def test_staff_are_not_told_to_call_about_a_visit_that_is_on_hold():
    home = family(WITHIN, guardians=())
    assert diary(home, ANNA_IN_CHAT, "call") == []
    assert diary(replace(home, area=Area(id=1)), ANNA_IN_CHAT, "call") == [
        "2027-02-17 07:30 call_today 3"
    ]


def test_once_resumed_a_visit_that_stands_again_is_told_anew_and_reminded_of():
    """`bookings.tell_again`: the revision rises, and it is as if newly booked."""
    again = replace(AFTER, revision=1, changed_at=AGAIN, previous_starts_at=None)
    assert diary(family(again, rest=OVER), AMINA, *VISITS, **WINTER) == [
        "2027-03-01 09:00 visit_booked 3",
        "2027-03-10 17:00 day_before 3",
        "2027-03-11 07:30 same_morning 3",
    ]


def test_a_visit_after_the_pauses_known_end_is_not_on_hold():
    assert diary(family(AFTER, rest=OVER), AMINA, *VISITS, **WINTER) == [
        "2027-03-10 17:00 day_before 3",
        "2027-03-11 07:30 same_morning 3",
    ]


def test_a_reminder_that_fell_into_the_pause_is_not_made_up_for():
    next_morning = a_booking(local("2027-03-02T10:00"), visit=3)
    until_evening = replace(OVER, until=local("2027-03-01T18:00"))
    assert diary(family(next_morning, rest=until_evening), AMINA, *VISITS, **WINTER) == [
        "2027-03-02 07:30 same_morning 3"
    ]


def test_a_reminder_that_has_not_left_when_the_area_pauses_does_not_leave_any_more():
    evening = "2027-02-17T17:30"
    late = replace(PAUSE, since=local(evening))
    [reminder] = (
        each
        for each in letters(family(WITHIN, rest=None), AMINA, since="2027-02-17")
        if each.kind == "day_before"
    )
    assert still_due(family(WITHIN, rest=None), reminder.key, reminder.due_at, RULES) == reminder
    assert still_due(family(WITHIN, rest=late), reminder.key, reminder.due_at, RULES) is None
    assert diary(family(WITHIN, rest=late), AMINA, *VISITS, since="2027-02-17") == [
        "2027-02-17 17:30 visit_on_hold 3"
    ]


def test_who_was_away_when_it_paused_hears_of_it_when_back():
    rest = Rest(why=Why.PAUSED, since=local("2027-01-20T12:00"), until=local("2027-02-10T00:00"))
    amina = replace(AMINA, rests=(rest,))
    home = family(WITHIN, guardians=(amina, YUSUF))
    assert diary(home, amina, *VISITS, **WINTER) == ["2027-02-10 07:00 visit_on_hold 3"]
    assert diary(home, YUSUF, *VISITS, **WINTER) == ["2027-02-01 14:00 visit_on_hold 3"]


def test_who_joins_in_the_pause_hears_nothing_of_a_visit_that_is_on_hold():
    late = replace(YUSUF, active_since=local("2027-02-05T12:00"))
    assert diary(family(WITHIN, guardians=(AMINA, late)), late, *VISITS, **WINTER) == []


def test_a_visit_that_was_cancelled_in_the_pause_is_told_as_ever():
    gone = replace(WITHIN, state=BookingState.CANCELLED, changed_at=local("2027-02-05T12:00"))
    assert diary(family(gone), AMINA, *VISITS, **WINTER) == ["2027-02-05 12:00 visit_cancelled 3"]


def test_an_area_that_does_not_run_yet_offers_nothing():
    planned = replace(family(rest=None), area=Area(id=1, running=False))
    assert diary(planned, AMINA, "visit") == []
    assert diary(planned, ANNA_IN_CHAT) == []
    assert diary(planned, AMINA, *TIPS) == diary(family(rest=None), AMINA, *TIPS)
