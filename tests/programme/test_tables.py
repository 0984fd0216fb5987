"""The tables of tips, strength ideas and visits: what must hold whatever is added to them."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.ages import Span, date_at, months_old
from programme.kinds import KINDS, Rules
from programme.letters import AgeLetter
from programme.people import Child, Family, Guardian
from programme.plan import due
from programme.strengths import STRENGTHS, STRENGTHS_BY_CODE
from programme.tips import TIPS, TIPS_BY_CODE
from programme.visits import VISITS, visit, window
from tests.cast import AMINA, RULES, local

BIRTHS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
WEEK = timedelta(days=7)


@pytest.mark.parametrize("table", [TIPS, STRENGTHS], ids=["tips", "strengths"])
def test_codes_are_unique_short_enough_and_ages_rise(table):
    codes = [entry.code for entry in table]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 20 and code.isascii() for code in codes)
    ages = [entry.age for entry in table]
    assert ages == sorted(set(ages))
    assert all(entry.keeps_days > 0 and entry.sources.strip() for entry in table)


def test_a_code_names_one_thing_only():
    assert not set(TIPS_BY_CODE) & set(STRENGTHS_BY_CODE)
    assert (len(TIPS_BY_CODE), len(STRENGTHS_BY_CODE)) == (len(TIPS), len(STRENGTHS))


@settings(max_examples=60, deadline=None)
@given(born=BIRTHS)
def test_every_month_of_age_to_18_has_a_tip_and_one_comes_before_three_years(born):
    months = {months_old(born, date_at(born, tip.age)) for tip in TIPS}
    assert set(range(19)) <= months
    assert any(18 < month < 36 for month in months)


@settings(max_examples=60, deadline=None)
@given(born=BIRTHS)
def test_one_child_never_brings_more_than_three_tips_and_ideas_a_week(born):
    entries = (*TIPS, *STRENGTHS)
    days = sorted(date_at(born, entry.age) for entry in entries)
    for first in days:
        assert sum(first <= day < first + WEEK for day in days) <= 3


@settings(max_examples=25, deadline=None)
@given(born=BIRTHS, quiet=st.sampled_from([RULES, Rules(quiet=None)]))
def test_the_cap_of_three_a_week_holds_for_the_letters_themselves(born, quiet):
    parent = Guardian(id=1, language="sv", active_since=_morning(born))
    family = Family(id=1, children=(Child(id=1, born=born),), guardians=(parent,))
    letters = due(family, parent, _morning(born), _morning(born + timedelta(days=1200)), quiet)
    capped = [letter.at for letter in letters if KINDS[letter.kind].capped]
    assert len(capped) == len(TIPS) + len(STRENGTHS)
    for first in capped:
        assert sum(first <= at < first + WEEK for at in capped) <= 3


def _morning(day: date):
    return local(f"{day}T09:00")


@settings(max_examples=60, deadline=None)
@given(born=BIRTHS)
def test_tips_and_ideas_of_one_child_never_share_a_day(born):
    shared = defaultdict(list)
    for entry in (*TIPS, *STRENGTHS):
        shared[date_at(born, entry.age)].append(entry.code)
    assert [codes for codes in shared.values() if len(codes) > 1] == []


def test_there_are_six_visits_at_the_programmes_ages():
    assert [v.number for v in VISITS] == [1, 2, 3, 4, 5, 6]
    assert [v.age.months for v in VISITS] == [0, 2, 4, 8, 12, 15]
    assert all(v.age.days == 0 for v in VISITS)
    with pytest.raises(KeyError):
        visit(7)


@settings(max_examples=60, deadline=None)
@given(born=BIRTHS, home_after=st.integers(0, 21))
def test_no_two_booking_windows_meet_and_each_holds_its_age(born, home_after):
    windows = [window(number, born) for number in range(1, 7)]
    windows[0] = window(1, born, born + timedelta(days=home_after))
    for chosen, days in zip(VISITS[1:], windows[1:], strict=True):
        assert days.first < date_at(born, chosen.age) < days.last
    for earlier, later in pairwise(windows):
        assert earlier.first <= earlier.last < later.first


def test_the_first_window_counts_from_coming_home():
    born, home = date(2026, 10, 1), date(2026, 10, 20)
    assert window(1, born) == Span(born, date(2026, 10, 15))
    assert window(1, born, home) == Span(home, date(2026, 11, 3))
    assert window(2, born, home) == window(2, born)


def test_amina_would_get_every_entry_once():
    family = Family(id=1, children=(Child(id=1, born=date(2026, 8, 31)),), guardians=(AMINA,))
    parent = Guardian(id=AMINA.id, language="so", active_since=_morning(date(2026, 8, 31)))
    letters = due(family, parent, _morning(date(2026, 8, 1)), _morning(date(2030, 1, 1)), RULES)
    codes = [letter.code for letter in letters if isinstance(letter, AgeLetter)]
    assert sorted(codes) == sorted([*TIPS_BY_CODE, *STRENGTHS_BY_CODE])
