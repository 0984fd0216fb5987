"""Ages in calendar months, and the births that reach them: brute force against the inverse."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.ages import Age, Span, add_months, births_reaching, date_at, months_old
from programme.strengths import STRENGTHS
from programme.tips import TIPS
from programme.visits import VISITS

AGES = sorted(
    {entry.age for entry in (*TIPS, *STRENGTHS)}
    | {age for visit in VISITS for age in (visit.age, visit.opens, visit.closes)}
)
DAYS = st.dates(date(2023, 1, 1), date(2033, 12, 31))
MARGIN = timedelta(days=10)


@pytest.mark.parametrize(
    ("born", "age", "reached"),
    [
        (date(2024, 1, 15), Age(months=6), date(2024, 7, 15)),
        (date(2026, 8, 31), Age(months=2), date(2026, 10, 31)),
        (date(2026, 8, 31), Age(months=6), date(2027, 2, 28)),
        (date(2027, 8, 31), Age(months=6), date(2028, 2, 29)),
        (date(2026, 8, 31), Age(months=1), date(2026, 9, 30)),
        (date(2026, 12, 31), Age(months=2), date(2027, 2, 28)),
        (date(2027, 12, 31), Age(months=2), date(2028, 2, 29)),
        (date(2026, 12, 31), Age(months=12), date(2027, 12, 31)),
        (date(2028, 2, 29), Age(months=12), date(2029, 2, 28)),
        (date(2028, 2, 29), Age(months=48), date(2032, 2, 29)),
        (date(2028, 2, 29), Age(months=1), date(2028, 3, 29)),
        (date(2096, 2, 29), Age(months=48), date(2100, 2, 28)),  # no leap year
        (date(2024, 12, 28), Age(days=7), date(2025, 1, 4)),
        (date(2026, 8, 31), Age(6, 14), date(2027, 3, 14)),  # clamped first, then days
        (date(2026, 10, 31), Age(), date(2026, 10, 31)),
    ],
)
def test_an_age_is_reached_on_the_day_families_count(born, age, reached):
    assert date_at(born, age) == reached


def test_months_back_clamp_like_months_ahead():
    assert add_months(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert add_months(date(2027, 1, 31), -36) == date(2024, 1, 31)
    assert add_months(date(2027, 1, 15), -1) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2026, 8, 31), date(2027, 2, 27), 5),
        (date(2026, 8, 31), date(2027, 2, 28), 6),
        (date(2026, 10, 31), date(2026, 10, 31), 0),
        (date(2026, 10, 31), date(2026, 10, 30), -1),
        (date(2026, 10, 31), date(2026, 11, 29), 0),
        (date(2026, 10, 31), date(2026, 11, 30), 1),
    ],
)
def test_whole_months_are_counted_to_the_clamped_day(born, on, months):
    assert months_old(born, on) == months


@given(born=DAYS, on=DAYS)
def test_months_old_is_the_last_month_that_was_reached(born, on):
    months = months_old(born, on)
    assert add_months(born, months) <= on < add_months(born, months + 1)


@settings(max_examples=40, deadline=None)
@given(first=DAYS, length=st.integers(0, 40))
def test_the_births_found_are_exactly_those_that_reach_the_age(first, length):
    days = Span(first, first + timedelta(days=length))
    for age in AGES:
        earliest = add_months(days.first, -age.months) - timedelta(days=age.days) - MARGIN
        latest = add_months(days.last, -age.months) - timedelta(days=age.days) + MARGIN
        window = (earliest + timedelta(days=n) for n in range((latest - earliest).days + 1))
        expected = [born for born in window if days.first <= date_at(born, age) <= days.last]
        found = births_reaching(age, days)
        if found is None:
            assert expected == []
            continue
        count = (found.last - found.first).days + 1
        assert [found.first + timedelta(days=n) for n in range(count)] == expected


def test_every_birth_of_five_years_is_found_on_its_day_and_on_no_other():
    day = timedelta(days=1)
    for age in (Age(months=2), Age(months=6), Age(0, 20), Age(6, 14), Age(months=30)):
        born = date(2024, 1, 1)
        while born.year < 2029:
            on = date_at(born, age)
            found = births_reaching(age, Span(on, on))
            assert found is not None and found.first <= born <= found.last
            for other in (on - day, on + day):
                near = births_reaching(age, Span(other, other))
                assert near is None or not near.first <= born <= near.last
            born += day


def test_a_day_that_no_birth_reaches_has_no_interval():
    assert births_reaching(Age(months=2), Span(date(2027, 4, 29), date(2027, 4, 30))) is None
    assert births_reaching(Age(months=2), Span(date(2027, 4, 28), date(2027, 4, 30))) is not None
    assert births_reaching(Age(months=1), Span(date(2027, 3, 29), date(2027, 3, 31))) is None


@given(born=DAYS, days=st.integers(0, 400), age=st.sampled_from(AGES))
def test_who_is_born_later_never_reaches_an_age_earlier(born, days, age):
    assert date_at(born, age) <= date_at(born + timedelta(days=days), age)


@given(born=DAYS, younger=st.sampled_from(AGES), older=st.sampled_from(AGES))
def test_a_higher_age_is_never_reached_earlier(born, younger, older):
    if younger.months == older.months:
        low, high = sorted((younger, older))
        assert date_at(born, low) <= date_at(born, high)
    elif younger.days == older.days:
        low, high = sorted((younger, older))
        assert date_at(born, low) < date_at(born, high)
