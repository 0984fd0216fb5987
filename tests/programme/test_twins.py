"""Twins get everything in one message, siblings each their own plan (mission A12)."""

from dataclasses import replace
from datetime import date

from programme.parcels import parcels
from programme.people import BookingState, Child
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, RULES, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, diary, letters

BORN = date(2026, 10, 10)
FIRST, SECOND = Child(id=11, born=BORN), Child(id=12, born=BORN)
SIBLING = Child(id=13, born=date(2025, 2, 25))


def family(*children, **facts):
    return a_family(children=children, staff=(ANNA_IN_CHAT, BO_IN_CHAT), **facts)


def messages(home, who=AMINA, **times):
    """How many letters each message holds."""
    return [len(parcel.letters) for parcel in parcels(letters(home, who, **times), RULES)]


def test_what_is_due_about_both_is_one_message():
    spring = {"since": "2027-01-01", "until": "2027-02-11"}
    assert diary(family(FIRST), AMINA, **spring) == [
        "2027-01-10 10:00 tip both_parents",
        "2027-01-30 10:00 strength answer_sounds",
        "2027-02-10 10:00 tip open_preschool",
    ]
    assert messages(family(FIRST, SECOND), **spring) == [2, 2, 2]
    found = letters(family(FIRST, SECOND), AMINA, **spring)
    assert [each.child_id for each in found] == [11, 12] * 3


def test_twins_fill_the_week_like_one_child():
    twins = diary(family(FIRST, SECOND), AMINA, *TIPS)
    assert sorted(set(twins)) == diary(family(FIRST), AMINA, *TIPS)


def test_a_visit_is_offered_once_for_both():
    assert diary(family(FIRST, SECOND), AMINA, "visit") == diary(family(FIRST), AMINA, "visit")
    for who in (ANNA_IN_CHAT, BO_IN_CHAT):
        assert diary(family(FIRST, SECOND), who) == diary(family(FIRST), who)


def test_a_visit_booked_for_either_is_booked_for_both():
    for child in (FIRST, SECOND):
        booked = a_booking(local("2026-12-14T10:00"), visit=2, child_id=child.id)
        home = family(FIRST, SECOND, bookings=(booked,))
        assert "2026-12-12 10:00 visit_offer 2" not in diary(home, AMINA)
        assert diary(home, AMINA, "day_before") == ["2026-12-13 17:00 day_before 2"]


def test_a_visit_that_was_cancelled_is_offered_again():
    gone = a_booking(local("2026-12-10T10:00"), visit=2, state=BookingState.CANCELLED)
    home = family(FIRST, SECOND, bookings=(gone,))
    assert "2026-12-12 10:00 visit_offer 2" in diary(home, AMINA)
    freed = replace(gone, state=BookingState.FREED)
    assert "2026-12-12 10:00 visit_offer 2" in diary(replace(home, bookings=(freed,)), AMINA)


def test_siblings_have_a_plan_and_visits_each_of_their_own():
    both = family(FIRST, SIBLING)
    alone = [diary(family(child), AMINA, "tip", "strength") for child in (FIRST, SIBLING)]
    assert diary(both, AMINA, "tip", "strength") == sorted(alone[0] + alone[1])
    offers = [diary(family(child), AMINA, "visit_offer") for child in (FIRST, SIBLING)]
    assert diary(both, AMINA, "visit_offer") == sorted(offers[0] + offers[1])
    booked = a_booking(local("2026-12-14T10:00"), visit=2, child_id=SIBLING.id)
    assert "2026-12-12 10:00 visit_offer 2" in diary(replace(both, bookings=(booked,)), AMINA)


def test_what_falls_on_one_day_about_two_siblings_is_one_message():
    near = Child(id=13, born=date(2025, 10, 10))
    [day] = parcels(
        letters(family(FIRST, near), AMINA, since="2027-02-10", until="2027-02-11"), RULES
    )
    assert sorted((each.child_id, each.code) for each in day.letters) == [
        (11, "open_preschool"),
        (13, "many_languages"),
    ]


def test_a_digest_names_what_twins_missed_once():
    late = replace(YUSUF, active_since=local("2027-03-15T13:20"))
    assert diary(family(FIRST, SECOND), late, "digest") == [
        "2027-03-16 10:00 digest library_card, open_preschool, both_parents"
    ]


def test_twins_one_of_whom_was_corrected_count_each_for_itself():
    due = date(2026, 11, 20)
    corrected = replace(SECOND, due=due, corrected=True)
    found = letters(family(FIRST, corrected), AMINA, since="2027-01-01", until="2027-04-01")
    tips = {(each.child_id, each.code): str(each.at.date()) for each in found if "tip:" in each.key}
    assert tips[11, "both_parents"] == "2027-01-10"
    assert tips[12, "both_parents"] == "2027-02-20"
