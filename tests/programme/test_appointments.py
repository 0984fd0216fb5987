from dataclasses import replace
from datetime import timedelta

import pytest

from programme.appointments import changed, changed_for, of_member, of_parent, on_day
from programme.letters import (
    DayBefore,
    SameMorning,
    StaffNews,
    VisitBooked,
    VisitCancelled,
    VisitMissed,
    VisitOnHold,
)
from programme.news import News
from programme.people import Area, BookingState, Choice, Rest, Why
from tests.cast import AMINA, ANNA, BO, CHILD, JOINED, RULES, YUSUF, a_booking, a_family, local

NOW = local("2026-11-10T12:00")
AHEAD = local("2026-11-12T10:00")
WANTS = replace(AMINA, calendar=True)


def letter(kind, booking, **more):
    about = {
        "key": "k", "at": NOW, "not_after": AHEAD, "family_id": 1, "guardian_id": AMINA.id,
        "child_id": CHILD.id, "booking_id": booking.id, "revision": 0, "visit": 1,
        "starts_at": booking.starts_at,
    }  # fmt: skip
    if kind in {VisitBooked, DayBefore, SameMorning}:
        more = {"place": booking.place, "staff": booking.staff, "interpreter": False, **more}
    return kind(**about, **more)


def test_a_parent_gets_what_lies_ahead_in_order_of_time():
    later, sooner, past = (
        a_booking(AHEAD + timedelta(days=9), id=1),
        a_booking(AHEAD, id=2),
        a_booking(NOW - timedelta(days=1), id=3),
    )

    found = of_parent(a_family(later, sooner, past), AMINA, NOW)

    assert [each.booking.id for each in found] == [2, 1]


def test_a_visit_that_is_going_on_is_still_ahead():
    going_on = a_booking(NOW - timedelta(minutes=30))

    assert of_parent(a_family(going_on), AMINA, NOW)


@pytest.mark.parametrize("state", [each for each in BookingState if each != BookingState.BOOKED])
def test_what_is_not_booked_is_not_put_into_a_calendar(state):
    assert of_parent(a_family(a_booking(AHEAD, state=state)), AMINA, NOW) == []


def test_the_other_home_s_visits_are_not_theirs():
    other = replace(YUSUF, home=2)
    family = a_family(a_booking(AHEAD, home=1), guardians=(AMINA, other))

    assert of_parent(family, AMINA, NOW)
    assert of_parent(family, other, NOW) == []


def test_nothing_is_said_of_a_child_that_has_died():
    silent = replace(CHILD, silent=True)
    family = a_family(a_booking(AHEAD), children=(silent,))

    assert of_parent(family, AMINA, NOW) == []
    assert [each.gone for each in of_member([family], ANNA.id, NOW)] == [True]


@pytest.mark.parametrize("kind", [VisitBooked, VisitCancelled])
def test_who_wants_files_gets_one_with_the_news_of_a_visit(kind):
    booking = a_booking(AHEAD)
    family = a_family(booking, guardians=(WANTS, YUSUF))

    assert [each.booking for each in changed(family, WANTS, [letter(kind, booking)])] == [booking]
    assert changed(family, YUSUF, [letter(kind, booking)]) == []
    assert changed(family, None, [letter(kind, booking)]) == []


@pytest.mark.parametrize("kind", [DayBefore, SameMorning, VisitMissed])
def test_a_reminder_carries_no_file(kind):
    booking = a_booking(AHEAD)

    assert changed(a_family(booking), WANTS, [letter(kind, booking)]) == []


PAUSE = Area(rests=(Rest(why=Why.PAUSED, since=NOW - timedelta(days=1)),))


def test_on_hold_a_visit_is_off_for_everybody_and_one_that_has_been_has_been():
    been, held = a_booking(NOW - timedelta(days=2), id=1), a_booking(AHEAD, id=2)
    family = a_family(been, held, area=PAUSE, guardians=(WANTS,))

    assert [each.gone for each in of_member([family], ANNA.id, NOW)] == [False, True]
    assert of_parent(family, WANTS, NOW) == []
    [told] = changed(family, WANTS, [letter(VisitOnHold, held)])
    assert (told.gone, told.sequence, told.changed_at) == (True, 1, NOW - timedelta(days=1))


def test_a_visit_that_took_place_in_spite_of_the_pause_is_not_off():
    done = a_booking(NOW - timedelta(hours=2), state=BookingState.DONE)

    assert [each.gone for each in of_member([a_family(done, area=PAUSE)], ANNA.id, NOW)] == [False]


def test_standing_again_it_counts_higher_than_on_hold():
    held = a_booking(AHEAD, revision=3)
    again = replace(held, revision=4)  # `bookings.tell_again`
    [before] = of_member([a_family(held)], ANNA.id, NOW)
    [off] = of_member([a_family(held, area=PAUSE)], ANNA.id, NOW)
    [after] = of_member([a_family(again)], ANNA.id, NOW)

    assert before.sequence < off.sequence < after.sequence
    assert (off.gone, after.gone) == (True, False)


def test_staff_see_all_that_lies_ahead_and_thirty_days_back():
    days = (-31, -29, 2, 400)
    family = a_family(*(a_booking(NOW + timedelta(days=n), id=n + 100) for n in days))

    found = of_member([family], ANNA.id, NOW)

    assert [each.booking.id - 100 for each in found] == [-29, 2, 400]


def test_what_was_cancelled_stays_as_cancelled_for_thirty_days():
    def gone(days: int):
        at = NOW - timedelta(days=days)
        return a_booking(AHEAD + timedelta(days=60), state=BookingState.CANCELLED, changed_at=at)

    assert [each.gone for each in of_member([a_family(gone(29))], ANNA.id, NOW)] == [True]
    assert of_member([a_family(gone(31))], ANNA.id, NOW) == []


def test_who_does_not_come_does_not_see_it():
    family = a_family(a_booking(AHEAD, staff=(ANNA,)))

    assert of_member([family], ANNA.id, NOW)
    assert of_member([family], BO.id, NOW) == []


def test_after_a_loss_staff_do_not_come_and_what_has_been_has_been():
    been, ahead = a_booking(NOW - timedelta(days=5), id=1), a_booking(AHEAD, id=2)
    family = a_family(been, ahead, rests=(Rest(why=Why.LOSS, since=JOINED),))

    assert [each.gone for each in of_member([family], ANNA.id, NOW)] == [False, True]


def news(what, booking=None, **more):
    about = {"key": "k", "at": NOW, "not_after": AHEAD, "family_id": 1, "staff_id": ANNA.id}
    return StaffNews(what=what, booking_id=booking.id if booking else None, **about, **more)


@pytest.mark.parametrize("what", [News.VISIT_BOOKED, News.VISIT_MOVED, News.VISIT_CHANGED])
def test_staff_get_the_visit_that_their_news_is_about_and_no_other(what):
    one, other = a_booking(AHEAD, id=1), a_booking(AHEAD + timedelta(days=30), id=2)

    found = changed_for(a_family(one, other), ANNA.id, [news(what, one)], NOW)

    assert [(each.booking.id, each.gone, each.staff) for each in found] == [(1, False, True)]


def test_whose_visit_a_colleague_takes_over_it_is_off_for_them():
    given = a_booking(AHEAD, staff=(BO,))

    [found] = changed_for(a_family(given), ANNA.id, [news(News.RELIEVED, given)], NOW)

    assert found.gone


def test_an_answer_changes_no_calendar_but_a_no_does():
    yes = news(News.ANSWERED, a_booking(AHEAD), choice=Choice.YES)
    declined = a_booking(AHEAD, state=BookingState.DECLINED)
    no = news(News.ANSWERED, declined, choice=Choice.NO_THANKS)

    assert changed_for(a_family(a_booking(AHEAD)), ANNA.id, [yes], NOW) == []
    assert [each.gone for each in changed_for(a_family(declined), ANNA.id, [no], NOW)] == [True]


def test_after_a_loss_all_that_lies_ahead_is_off_in_the_calendar_of_staff():
    been, ahead = a_booking(NOW - timedelta(days=5), id=1), a_booking(AHEAD, id=2)
    family = a_family(been, ahead, rests=(Rest(why=Why.LOSS, since=JOINED),))

    found = changed_for(family, ANNA.id, [news(News.LOSS)], NOW)

    assert [(each.booking.id, each.gone) for each in found] == [(2, True)]


def test_a_day_holds_what_is_booked_on_its_clock_and_nothing_that_is_off():
    late = a_booking(local("2026-11-12T23:30"), id=1)
    next_day = a_booking(local("2026-11-13T00:15"), id=2)
    gone = a_booking(local("2026-11-12T09:00"), id=3, state=BookingState.CANCELLED)
    first = a_booking(local("2026-11-12T08:00"), id=4)

    found = on_day(
        [a_family(late, next_day, gone, first)], ANNA.id, local("2026-11-12T12:00").date(), NOW,
        RULES.zone,
    )  # fmt: skip

    assert [booking.id for _, booking in found] == [4, 1]
