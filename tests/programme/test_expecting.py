"""A family that expects a child: one early tip, then everything waits for the birth (A10)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.kinds import Kind
from programme.people import Child
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, YUSUF, a_family, local
from tests.programme.diary import TIPS, diary, letters

DUE = date(2026, 12, 24)
EXPECTED = Child(id=11, born=None, due=DUE)
JOINED = replace(AMINA, active_since=local("2026-09-01T09:00"))


def family(child=EXPECTED, guardian=JOINED):
    return a_family(
        children=(child,), guardians=(guardian, YUSUF), staff=(ANNA_IN_CHAT, BO_IN_CHAT)
    )


def test_six_weeks_before_the_due_date_comes_one_tip_and_nothing_else_ever():
    assert diary(family(), JOINED) == ["2026-11-12 10:00 early_tip expecting_welcome"]


@pytest.mark.parametrize("who", [ANNA_IN_CHAT, BO_IN_CHAT])
def test_staff_are_not_nudged_either(who):
    assert diary(family(), who) == []


@pytest.mark.parametrize("weeks", [0, 1, 3, 30, 300])
def test_after_the_due_date_everything_waits_however_long(weeks):
    since = DUE + timedelta(weeks=weeks)
    for who in (JOINED, YUSUF, ANNA_IN_CHAT):
        assert diary(family(), who, since=str(since)) == []


def test_the_bot_never_asks_whether_the_child_has_come():
    """No letter there is but those of a tip before the birth: there is nothing that could ask."""
    kinds = {each.kind for who in (JOINED, ANNA_IN_CHAT) for each in letters(family(), who)}
    assert kinds == {Kind.EARLY_TIP}


def test_who_joins_in_the_last_weeks_has_missed_the_early_tip_and_is_not_told_of_it():
    late = replace(AMINA, active_since=local("2026-12-01T09:00"))
    assert diary(family(guardian=late), late) == []


def test_an_early_tip_is_of_no_use_once_the_due_date_has_come():
    [tip] = letters(family(), JOINED)
    assert tip.not_after == local("2026-11-26T10:00")
    [near] = letters(family(replace(EXPECTED, due=date(2026, 12, 5))), JOINED)
    assert near.at == local("2026-10-24T10:00")
    held_up = replace(JOINED, quiet_days=frozenset({3, 4, 5}))  # the 12th is a Thursday
    assert diary(family(), held_up) == ["2026-11-15 10:00 early_tip expecting_welcome"]


def test_once_born_the_plan_runs_from_the_birth_date():
    born = replace(EXPECTED, born=date(2026, 12, 30))
    assert diary(family(born), JOINED, until="2027-02-15") == [
        "2027-01-03 10:00 tip gift_book",
        "2027-01-05 10:00 visit_offer 1",
        "2027-01-19 10:00 strength skin_and_voice",
        "2027-02-10 10:00 tip first_vaccine",
    ]


def test_once_born_there_is_no_early_tip_any_more_though_it_was_to_come():
    born_early = replace(EXPECTED, born=date(2026, 11, 5))
    assert diary(family(born_early), JOINED, "early_tip") == []
    assert diary(family(born_early), JOINED, *TIPS)[0] == "2026-11-09 10:00 tip gift_book"


def test_who_waited_since_before_the_birth_has_missed_nothing():
    born = replace(EXPECTED, born=date(2026, 12, 30))
    assert diary(family(born), JOINED, "digest") == []


def test_an_older_sibling_has_its_plan_while_the_next_child_is_expected():
    sibling = Child(id=10, born=date(2025, 11, 20))
    both = replace(family(), children=(sibling, EXPECTED))
    assert diary(both, JOINED, *TIPS, since="2026-11-08", until="2026-11-25") == [
        "2026-11-09 10:00 strength book_on_lap",
        "2026-11-12 10:00 early_tip expecting_welcome",
        "2026-11-20 10:00 tip preschool_starts",
    ]
