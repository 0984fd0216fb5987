"""The first visit within fourteen days (A5); visits that should be booked and are not (C2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.kinds import Rules
from programme.letters import FirstVisit, ToBook
from programme.people import BookingState, Child
from programme.visits import window
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, YUSUF, a_booking, a_family, local
from tests.programme.diary import diary, letters

BORN = date(2026, 11, 3)  # a Tuesday
FROM_BIRTH = replace(AMINA, active_since=local("2026-11-03T20:00"))


def family(*bookings, child=None, **facts):
    usual = {
        "children": (child or Child(id=11, born=BORN),),
        "guardians": (FROM_BIRTH, YUSUF),
        "staff": (ANNA_IN_CHAT, BO_IN_CHAT),
    }
    return a_family(*bookings, **(usual | facts))


def test_staff_are_nudged_on_the_second_day_the_parents_asked_on_the_seventh():
    assert diary(family(), ANNA_IN_CHAT, until="2026-11-20") == [
        "2026-11-04 07:30 to_book 1",
        "2026-11-13 07:30 first_visit",
    ]
    assert diary(family(), FROM_BIRTH, "visit", until="2026-11-20") == [
        "2026-11-09 10:00 visit_offer 1"
    ]


def test_on_the_tenth_day_staff_see_who_is_about_to_pass_the_fourteen():
    [warning] = (each for each in letters(family(), BO_IN_CHAT) if isinstance(each, FirstVisit))
    assert warning.last_day == date(2026, 11, 17)
    weekend = Child(id=11, born=date(2026, 11, 4))  # the tenth day is a Saturday
    assert diary(family(child=weekend), BO_IN_CHAT, "first") == ["2026-11-16 07:00 first_visit"]


def test_the_fourteen_days_count_from_coming_home_where_that_is_known():
    home = Child(id=11, born=BORN, came_home=date(2026, 11, 9))
    [warning] = (
        each for each in letters(family(child=home), BO_IN_CHAT) if isinstance(each, FirstVisit)
    )
    assert warning.at == local("2026-11-19T07:30")  # the tenth day at home
    assert warning.last_day == date(2026, 11, 23)


@pytest.mark.parametrize("state", [BookingState.BOOKED, BookingState.DONE, BookingState.DECLINED])
def test_nobody_is_nudged_about_a_visit_that_is_settled(state):
    settled = a_booking(local("2026-11-12T10:00"), state=state)
    assert diary(family(settled), ANNA_IN_CHAT, "to_book", "first", until="2026-11-20") == []
    assert diary(family(settled), FROM_BIRTH, "visit_offer", until="2026-11-20") == []


@pytest.mark.parametrize("state", [BookingState.CANCELLED, BookingState.FREED])
def test_a_visit_that_fell_through_should_be_booked_again(state):
    gone = a_booking(local("2026-11-12T10:00"), state=state, changed_at=local("2026-11-05T12:00"))
    assert diary(family(gone), ANNA_IN_CHAT, "to_book", "first", until="2026-11-20") == [
        "2026-11-04 07:30 to_book 1",
        "2026-11-13 07:30 first_visit",
    ]


def test_each_of_the_six_is_nudged_when_its_window_is_open_and_offered_after_its_age():
    nudges = diary(family(), ANNA_IN_CHAT, "to_book")
    offers = diary(family(), FROM_BIRTH, "visit_offer")
    assert [line.split()[-1] for line in nudges] == [str(n) for n in range(1, 7)]
    assert nudges[1:3] == ["2026-12-22 07:30 to_book 2", "2027-02-22 07:30 to_book 3"]
    assert offers == [
        "2026-11-09 10:00 visit_offer 1",
        "2027-01-05 10:00 visit_offer 2",
        "2027-03-05 10:00 visit_offer 3",
        "2027-07-05 10:00 visit_offer 4",
        "2027-11-05 10:00 visit_offer 5",
        "2028-02-05 10:00 visit_offer 6",
    ]


def test_a_nudge_on_a_red_day_waits_for_staff_to_be_back():
    rules = Rules(is_red=lambda day: day in {date(2026, 12, n) for n in (24, 25, 26)})
    christmas = Child(id=11, born=date(2026, 11, 5))
    assert diary(family(child=christmas), ANNA_IN_CHAT, "to_book", rules=rules)[1] == (
        "2026-12-28 07:00 to_book 2"
    )


def test_a_family_without_the_chat_is_nudged_about_like_any_other():
    assert diary(family(guardians=()), ANNA_IN_CHAT) == diary(family(), ANNA_IN_CHAT)


def test_who_joins_after_the_day_of_an_offer_is_not_offered_that_visit_again():
    late = replace(AMINA, active_since=local("2027-01-10T09:00"))
    assert diary(family(guardians=(late,)), late, "visit_offer")[0] == (
        "2027-03-05 10:00 visit_offer 3"
    )


@settings(max_examples=12, deadline=None)
@given(born=st.dates(date(2026, 1, 1), date(2028, 12, 31)), home=st.none() | st.integers(0, 3))
def test_nudge_and_offer_leave_while_the_visit_can_still_be_booked(born, home):
    came_home = None if home is None else born + timedelta(days=home)
    child = Child(id=11, born=born, came_home=came_home)
    parent = replace(AMINA, active_since=local(f"{born}T00:00"))
    one = family(child=child, guardians=(parent,))
    nudges = [each for each in letters(one, ANNA_IN_CHAT) if isinstance(each, ToBook)]
    offers = [each for each in letters(one, parent) if each.kind == "visit_offer"]
    assert len(nudges) == len(offers) == 6
    for nudge, offer in zip(nudges, offers, strict=True):
        days = window(nudge.visit, born, came_home)
        assert nudge.visit == offer.visit
        assert nudge.due_at < offer.due_at
        assert days.first <= offer.at.date() <= days.last == nudge.last_day
        assert nudge.at <= nudge.not_after
