"""Red days and closed eves of two years, day by day, and the days that only look like them."""

from datetime import date, timedelta

import pytest

from programme.ages import Span
from services import red_days
from services.red_days import is_feast, is_red

RED = {
    "New Year's Day": ("2026-01-01", "2027-01-01"),
    "Epiphany": ("2026-01-06", "2027-01-06"),
    "Good Friday": ("2026-04-03", "2027-03-26"),
    "Easter Eve": ("2026-04-04", "2027-03-27"),
    "Easter Sunday": ("2026-04-05", "2027-03-28"),
    "Easter Monday": ("2026-04-06", "2027-03-29"),
    "First of May": ("2026-05-01", "2027-05-01"),
    "Ascension": ("2026-05-14", "2027-05-06"),
    "Pentecost": ("2026-05-24", "2027-05-16"),
    "National Day": ("2026-06-06", "2027-06-06"),
    "Midsummer Eve": ("2026-06-19", "2027-06-25"),
    "Midsummer Day": ("2026-06-20", "2027-06-26"),
    "All Saints' Day": ("2026-10-31", "2027-11-06"),
    "Christmas Eve": ("2026-12-24", "2027-12-24"),
    "Christmas Day": ("2026-12-25", "2027-12-25"),
    "Boxing Day": ("2026-12-26", "2027-12-26"),
    "New Year's Eve": ("2026-12-31", "2027-12-31"),
}
NOT_RED = {
    "Twelfth Night": ("2026-01-05", "2027-01-05"),
    "Maundy Thursday": ("2026-04-02", "2027-03-25"),
    "Walpurgis": ("2026-04-30", "2027-04-30"),
    "the day after Ascension": ("2026-05-15", "2027-05-07"),
    "Pentecost Eve": ("2026-05-23", "2027-05-15"),
    "the day before Midsummer Eve": ("2026-06-18", "2027-06-24"),
    "All Saints' Eve": ("2026-10-30", "2027-11-05"),
    "the day before Christmas Eve": ("2026-12-23", "2027-12-23"),
    "a day between Christmas and New Year": ("2026-12-28", "2027-12-28"),
    "an ordinary Tuesday": ("2026-11-24", "2027-11-23"),
    "an ordinary Saturday": ("2026-11-28", "2027-11-27"),
}


def _days(named):
    return [
        pytest.param(date.fromisoformat(day), id=f"{name} {day[:4]}")
        for name, days in named.items()
        for day in days
    ]


@pytest.mark.parametrize("day", _days(RED))
def test_a_red_day_or_a_closed_eve_is_red(day):
    assert is_red(day)


@pytest.mark.parametrize("day", _days(NOT_RED))
def test_a_working_day_and_an_ordinary_saturday_are_not_red(day):
    assert not is_red(day)


@pytest.mark.parametrize("year", [2026, 2027])
def test_every_sunday_is_red_and_nothing_is_red_that_has_no_name(year):
    first = date(year, 1, 1)
    named = {date.fromisoformat(day) for days in RED.values() for day in days}
    for day in (first + timedelta(days=n) for n in range(365)):
        assert is_red(day) == (day.isoweekday() == 7 or day in named), day


def test_a_plain_sunday_is_red_and_no_feast():
    assert is_red(date(2027, 3, 21))
    assert not is_feast(date(2027, 3, 21))
    assert all(is_feast(date.fromisoformat(day)) for pair in RED.values() for day in pair)


@pytest.mark.parametrize(
    "day, first, last",
    [
        (date(2027, 2, 20), date(2027, 2, 8), date(2027, 3, 8)),  # Ramadan
        (date(2027, 3, 9), date(2027, 3, 9), date(2027, 3, 9)),  # Eid al-Fitr
        (date(2026, 5, 27), date(2026, 5, 27), date(2026, 5, 27)),  # Eid al-Adha
        (date(2031, 1, 2), date(2030, 12, 26), date(2031, 1, 24)),  # over the turn of the year
    ],
)
def test_ramadan_and_the_feasts_are_known_about(day, first, last):
    assert red_days.hints(Span(day, day)) == [Span(first, last)]


def test_most_days_have_no_hint():
    assert red_days.hints(Span(date(2026, 9, 1), date(2026, 9, 30))) == []
