"""Born too early: tips count from the due date, all else from the birth (mission A9)."""

from dataclasses import replace
from datetime import date

from programme.people import Child
from tests.cast import AMINA, ANNA_IN_CHAT, a_booking, a_family, local
from tests.programme.diary import TIPS, diary

# Seven weeks too early: born on 10 October, expected on 28 November.
EARLY = Child(id=11, born=date(2026, 10, 10), due=date(2026, 11, 28), corrected=True)
FROM_BIRTH = replace(AMINA, active_since=local("2026-10-10T18:00"))


def family(child=EARLY, **facts):
    return a_family(children=(child,), guardians=(FROM_BIRTH,), staff=(ANNA_IN_CHAT,), **facts)


def tips(child):
    return diary(family(child), FROM_BIRTH, *TIPS)


def test_tips_and_ideas_count_from_the_due_date():
    assert tips(EARLY)[:5] == [
        "2026-12-02 10:00 tip gift_book",
        "2026-12-18 10:00 strength skin_and_voice",
        "2027-01-09 10:00 tip first_vaccine",
        "2027-01-17 10:00 strength you_know_best",
        "2027-01-28 10:00 tip own_language",
    ]


def test_they_are_those_of_a_child_that_was_born_on_the_due_date():
    on_time = Child(id=11, born=date(2026, 11, 28))
    assert tips(EARLY) == tips(on_time)


def test_switched_off_they_count_from_the_birth_as_for_anybody():
    switched_off = replace(EARLY, corrected=False)
    assert tips(switched_off)[0] == "2026-10-14 10:00 tip gift_book"
    assert tips(switched_off) == tips(Child(id=11, born=date(2026, 10, 10)))


def test_offers_and_nudges_of_visits_stay_on_the_birth_date():
    plain = family(Child(id=11, born=date(2026, 10, 10)))
    offers = diary(family(), FROM_BIRTH, "visit_offer")
    assert offers[:2] == ["2026-10-16 10:00 visit_offer 1", "2026-12-12 10:00 visit_offer 2"]
    assert offers == diary(plain, FROM_BIRTH, "visit_offer")
    assert diary(family(), ANNA_IN_CHAT) == diary(plain, ANNA_IN_CHAT)


def test_a_booked_visit_is_reminded_of_as_ever():
    visit = a_booking(local("2026-12-10T10:00"), visit=2)
    assert diary(family(bookings=(visit,)), FROM_BIRTH, "day_before", "same_morning") == [
        "2026-12-09 17:00 day_before 2",
        "2026-12-10 07:30 same_morning 2",
    ]


def test_who_joins_late_has_missed_what_the_due_date_has_called_for():
    late = replace(AMINA, active_since=local("2027-02-01T12:00"))
    digest = diary(family(), late, "digest")
    assert digest == ["2027-02-02 10:00 digest own_language, gift_book"]


def test_without_a_due_date_there_is_nothing_to_correct():
    unknown = replace(EARLY, due=None)
    assert tips(unknown)[0] == "2026-10-14 10:00 tip gift_book"


def test_an_early_tip_never_comes_after_the_birth_though_the_due_date_lies_ahead():
    joined_before = replace(AMINA, active_since=local("2026-09-01T12:00"))
    assert diary(family(), joined_before, "early_tip") == []
