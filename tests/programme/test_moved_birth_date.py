"""A birth date is put right after half of the messages are out (mission A13)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from programme.people import Child, Family
from programme.plan import everyones
from tests.cast import AMINA, ANNA_IN_CHAT, RULES, a_booking, a_family, local
from tests.programme.diary import letters, line

BORN, NOW = date(2026, 8, 31), local("2027-02-20T12:00")
FROM_BIRTH = replace(AMINA, active_since=local("2026-08-31T09:00"))
START, END = local("2026-01-01T00:00"), local("2031-01-01T00:00")


def family(born=BORN, *bookings):
    return a_family(
        *bookings,
        children=(Child(id=11, born=born),),
        guardians=(FROM_BIRTH,),
        staff=(ANNA_IN_CHAT,),
    )


def lived(before: Family, after: Family, at=NOW):
    """What is said if the facts change at that moment: a promise is made once, under its key."""
    said = {each.key: each for each in everyones(before, START, at, RULES)}
    fresh = [each for each in everyones(after, at, END, RULES) if each.key not in said]
    return list(said.values()), fresh


def test_what_has_been_said_stays_said_and_all_that_is_to_come_follows_the_new_date():
    _, fresh = lived(family(), family(date(2026, 9, 14)))
    assert [line(each) for each in fresh if each.kind in {"tip", "strength"}][:5] == [
        "2027-03-14 10:00 tip first_tooth",  # not on 28 February
        "2027-03-28 10:00 tip bokstart",
        "2027-04-03 10:00 strength walk_and_tell",
        "2027-04-14 10:00 tip apply_preschool",
        "2027-05-04 10:00 strength peekaboo",
    ]


def test_of_a_child_that_turns_out_younger_nothing_is_said_twice():
    said, fresh = lived(family(), family(BORN + timedelta(days=60)))
    assert not {each.key for each in said} & {each.key for each in fresh}
    again = {each.key for each in everyones(family(BORN + timedelta(days=60)), NOW, END, RULES)}
    assert again & {each.key for each in said}  # some would have come again by their dates alone


def test_of_a_child_that_turns_out_older_what_lies_behind_is_not_replayed():
    _, fresh = lived(family(), family(BORN - timedelta(days=60)))
    codes = [each.code for each in fresh if each.kind == "tip"]
    assert codes[0] == "safe_home"  # 6 and 7 months have passed unsaid
    assert all(each.at >= NOW for each in fresh)


def test_offers_and_nudges_follow_too():
    _, fresh = lived(family(), family(date(2026, 10, 31)))
    offers = [line(each) for each in fresh if each.kind == "visit_offer"]
    # Visits 2 and 3 were asked about by the old date already.
    assert offers[:2] == ["2027-07-02 10:00 visit_offer 4", "2027-11-02 10:00 visit_offer 5"]


def test_what_is_booked_stands_at_its_time():
    visit = a_booking(local("2027-03-11T10:00"), visit=3)
    reminders = [
        [line(each) for each in letters(family(born, visit), FROM_BIRTH) if each.begins]
        for born in (BORN, date(2026, 10, 31))
    ]
    assert reminders[0] == reminders[1] != []


@settings(max_examples=15, deadline=None)
@given(
    moved=st.integers(-200, 200),
    at=st.integers(0, 900).map(lambda days: NOW + timedelta(days=days)),
)
def test_however_far_it_moves_every_promise_is_made_once_and_none_in_the_past(moved, at):
    said, fresh = lived(family(), family(BORN + timedelta(days=moved)), at)
    keys = [each.key for each in (*said, *fresh)]
    assert len(keys) == len(set(keys))
    assert all(each.due_at < at for each in said)
    assert all(each.due_at >= at for each in fresh)
