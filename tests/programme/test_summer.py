"""Summer weeks without visits: windows stretch, offers wait, tips do not care (mission A15)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from programme.ages import Span
from programme.people import Area
from programme.visits import after_summer, window
from tests.cast import AMINA, ANNA_IN_CHAT, CHILD, a_family
from tests.programme.diary import TIPS, diary, letters

SUMMER = Span(date(2027, 6, 28), date(2027, 8, 8))
BIRTHS = st.dates(date(2025, 9, 1), date(2028, 12, 31))
SUMMERS = st.lists(
    st.builds(
        lambda first, days: Span(first, first + timedelta(days=days)),
        st.dates(date(2026, 6, 1), date(2029, 8, 31)),
        st.integers(0, 60),
    ),
    max_size=3,
)


def family(born, *summers, **facts):
    children = (replace(CHILD, born=born),)
    return a_family(children=children, area=Area(id=1, summers=summers), **facts)


def days_of(span):
    return [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]


# ---- windows


def test_a_window_that_meets_the_summer_closes_as_much_later_as_it_lost():
    born = date(2027, 5, 10)  # visit 2 may be from 26 June to 24 August
    assert window(2, born) == Span(date(2027, 6, 26), date(2027, 7 + 1, 10 + 14))
    assert window(2, born, summers=[SUMMER]) == Span(date(2027, 6, 26), date(2027, 10, 5))


def test_a_window_whose_last_day_is_the_summers_first_loses_and_wins_that_whole_summer():
    born = date(2027, 4, 14)  # visit 2: from 30 May to 28 June
    usual = window(2, born)
    assert usual.last == date(2027, 7, 28)
    edge = Span(usual.last, usual.last + timedelta(days=9))
    assert window(2, born, summers=[edge]).last == usual.last + timedelta(days=10)


def test_a_summer_before_or_after_a_window_does_not_touch_it():
    born = date(2027, 9, 10)
    for number in range(1, 4):
        assert window(number, born, summers=[SUMMER]) == window(number, born)
    later = Span(date(2029, 7, 1), date(2029, 8, 1))
    assert window(6, born, summers=[SUMMER, later]) == window(6, born)


def outside(span, summers):
    return [day for day in days_of(span) if not any(s.first <= day <= s.last for s in summers)]


@settings(max_examples=50, deadline=None)
@given(born=BIRTHS, number=st.integers(1, 6), summers=SUMMERS)
def test_a_window_is_never_shorter_and_never_opens_at_another_day(born, number, summers):
    usual, stretched = window(number, born), window(number, born, summers=summers)
    assert stretched.first == usual.first
    assert stretched.last >= usual.last


@settings(max_examples=50, deadline=None)
@given(born=BIRTHS, number=st.integers(1, 6), summer=SUMMERS.filter(lambda each: len(each) == 1))
def test_a_window_has_as_many_days_for_visits_as_before(born, number, summer):
    """Only where the summer's days were in the window, or have come into it by the stretching."""
    usual, stretched = window(number, born), window(number, born, summers=summer)
    assert len(outside(stretched, summer)) == len(days_of(usual))


@settings(max_examples=30, deadline=None)
@given(day=st.dates(date(2026, 1, 1), date(2029, 12, 31)), summers=SUMMERS)
def test_a_day_after_the_summer_is_the_same_day_or_the_first_without_one(day, summers):
    found = after_summer(day, summers)
    ours = sorted(summers, key=lambda each: each.first)
    assert found >= day
    assert not any(summer.first <= found <= summer.last for summer in ours)
    for between in days_of(Span(day, found))[:-1]:
        assert any(summer.first <= between <= summer.last for summer in ours)


# ---- what families and staff get

BORN = date(2027, 5, 10)  # two months old in the middle of the summer


def test_an_offer_that_falls_into_the_summer_waits_until_it_is_over():
    assert diary(family(BORN), AMINA, "visit_offer", until="2027-09-01") == [
        "2027-05-16 10:00 visit_offer 1",
        "2027-07-12 10:00 visit_offer 2",
    ]
    assert diary(family(BORN, SUMMER), AMINA, "visit_offer", until="2027-09-01") == [
        "2027-05-16 10:00 visit_offer 1",
        "2027-08-09 10:00 visit_offer 2",
    ]


def test_it_is_still_worth_answering_until_the_longer_window_closes():
    offer = letters(family(BORN, SUMMER), AMINA, since="2027-08-01", until="2027-09-01")[0]
    assert offer.visit == 2
    assert offer.not_after.date() == date(2027, 10, 5)


def test_tips_come_in_the_summer_as_ever():
    assert diary(family(BORN, SUMMER), AMINA, *TIPS) == diary(family(BORN), AMINA, *TIPS)


def test_staff_are_told_until_when_the_visit_may_be():
    home = family(BORN, SUMMER, staff=(ANNA_IN_CHAT,))
    told = letters(home, ANNA_IN_CHAT, since="2027-06-01", until="2027-08-01")
    assert [(each.kind, each.visit, each.last_day) for each in told] == [
        ("to_book", 2, date(2027, 10, 5))
    ]
