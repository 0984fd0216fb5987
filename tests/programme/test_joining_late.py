"""Who joins late gets what lies ahead, and one short digest of what is still useful (A14)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.people import Child, Rest, Why
from tests.cast import AMINA, CHILD, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, diary

# Amina's child is born on 10 October and five months old on 10 March.
BORN = date(2026, 10, 10)
FAMILY = a_family(children=(replace(CHILD, born=BORN),))
AT_FIVE_MONTHS = replace(AMINA, active_since=local("2027-03-15T13:20"))


def test_the_day_after_joining_at_five_months_come_the_three_latest_in_one_message():
    assert diary(FAMILY, AT_FIVE_MONTHS, *TIPS, until="2027-05-01") == [
        "2027-03-16 10:00 digest library_card, open_preschool, both_parents",
        "2027-03-30 10:00 strength what_it_likes",
        "2027-04-10 10:00 tip first_tooth",
        "2027-04-24 10:00 tip bokstart",
        "2027-04-30 10:00 strength walk_and_tell",
    ]


def test_nothing_of_what_came_before_is_said_again_one_by_one():
    from_birth = replace(AMINA, active_since=local("2026-10-10T09:00"))
    early = {each.split()[-1] for each in diary(FAMILY, from_birth, "tip", until="2027-03-15")}
    late = {each.split()[-1] for each in diary(FAMILY, AT_FIVE_MONTHS, "tip")}
    assert len(early) == 6
    assert early | late == {each.split()[-1] for each in diary(FAMILY, from_birth, "tip")}
    assert not early & late


def test_what_is_of_no_use_any_more_is_not_in_it():
    after_a_year = replace(AMINA, active_since=local("2027-10-20T09:00"))
    [digest] = diary(FAMILY, after_a_year, "digest")
    assert digest == "2027-10-21 10:00 digest childs_rights, screens, safe_home"
    # At 25 months, teeth, a safe home and screens are no news; what lasts until three is.
    at_two = replace(AMINA, active_since=local("2028-11-15T09:00"))
    [digest] = diary(FAMILY, at_two, "digest")
    assert digest == "2028-11-16 10:00 digest learn_swedish, many_languages, brushing"


def test_a_tip_that_ends_its_use_on_the_very_day_is_still_said_and_a_day_later_not():
    one_year = Child(id=11, born=date(2026, 10, 10))
    family = a_family(children=(one_year,))
    for joined, last in (("2029-10-09T09:00", True), ("2029-10-10T09:00", False)):
        parent = replace(AMINA, active_since=local(joined))
        assert bool(diary(family, parent, "digest")) is last


@pytest.mark.parametrize("joined", ["2026-10-10T12:00", "2026-10-14T09:59", "2026-10-14T10:00"])
def test_who_joins_at_birth_has_missed_nothing_and_gets_no_digest(joined):
    parent = replace(AMINA, active_since=local(joined))
    assert diary(FAMILY, parent, "digest") == []
    assert diary(FAMILY, parent, "tip")[0] == "2026-10-14 10:00 tip gift_book"


def test_who_joined_a_moment_after_the_first_tip_gets_it_in_a_digest():
    parent = replace(AMINA, active_since=local("2026-10-14T10:00:01"))
    assert diary(FAMILY, parent, *TIPS)[0] == "2026-10-15 10:00 digest gift_book"


def test_two_parents_who_join_at_different_times_get_what_each_has_missed():
    yusuf = replace(YUSUF, active_since=local("2027-05-20T22:30"))
    [his] = diary(FAMILY, yusuf, "digest")
    assert his == "2027-05-21 10:00 digest apply_preschool, first_tooth, library_card"
    assert diary(FAMILY, AMINA, "digest") == [
        "2026-11-03 10:00 digest gift_book"
    ]  # she joined on 2 November


def test_who_stops_and_starts_again_gets_no_digest_of_the_time_between():
    rest = Rest(why=Why.STOPPED, since=local("2026-12-01T09:00"), until=local("2027-04-15T12:00"))
    parent = replace(AMINA, active_since=local("2026-10-11T09:00"), rests=(rest,))
    assert diary(FAMILY, parent, *TIPS, until="2027-05-01") == [
        "2026-10-14 10:00 tip gift_book",
        "2026-10-30 10:00 strength skin_and_voice",
        "2026-11-21 10:00 tip first_vaccine",
        "2026-11-30 10:00 strength you_know_best",
        "2027-04-24 10:00 tip bokstart",
        "2027-04-30 10:00 strength walk_and_tell",
    ]


def test_a_digest_that_falls_into_a_pause_is_not_made_up_for():
    rest = Rest(why=Why.PAUSED, since=local("2027-03-15T14:00"), until=local("2027-03-20T00:00"))
    assert diary(FAMILY, replace(AT_FIVE_MONTHS, rests=(rest,)), "digest") == []


def test_who_joins_late_hears_of_the_visit_that_is_booked_at_once():
    visit = a_booking(local("2027-03-18T10:00"), child_id=CHILD.id, visit=3)
    family = replace(FAMILY, bookings=(visit,))
    assert diary(family, AT_FIVE_MONTHS, since="2027-03-15", until="2027-03-19") == [
        "2027-03-15 13:20 visit_booked 3",
        "2027-03-16 10:00 digest library_card, open_preschool, both_parents",
        "2027-03-17 17:00 day_before 3",
        "2027-03-18 07:30 same_morning 3",
    ]


@settings(max_examples=12, deadline=None)
@given(
    born=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    after=st.integers(0, 1000),
    quiet=st.frozensets(st.integers(0, 6), max_size=3),
)
def test_whenever_one_joins_there_is_at_most_one_digest_and_no_tip_twice(born, after, quiet):
    joined = local(f"{date.fromordinal(born.toordinal() + after)}T12:00")
    parent = replace(AMINA, active_since=joined, quiet_days=quiet)
    family = a_family(children=(Child(id=11, born=born),))
    digests = diary(family, parent, "digest")
    said = digests[0].split(" digest ")[1].split(", ") if digests else []
    later = [each.split()[-1] for each in diary(family, parent, "tip")]
    assert len(digests) <= 1
    assert len(said) <= 3
    assert len(set(said + later)) == len(said + later)
