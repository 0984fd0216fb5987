"""No thanks to one visit or to all, or the family has moved away: tips go on (B16, B17)."""

from dataclasses import replace
from datetime import date

from programme.news import Event, News
from programme.people import Booking, BookingState, Child
from tests.cast import AMINA, ANNA_IN_CHAT, BO_IN_CHAT, YUSUF, a_booking, a_family, local
from tests.programme.diary import TIPS, VISITS, diary

CHILDREN = (Child(id=11, born=date(2026, 10, 10)),)
VISIT = a_booking(local("2027-02-18T10:00"), visit=3, changed_at=local("2027-01-07T12:00"))
SAID = local("2027-02-03T16:00")
DECLINED = replace(VISIT, state=BookingState.DECLINED, changed_at=SAID, changed_by=AMINA.id)
LATER = {"since": "2027-01-25", "until": "2028-06-01"}


def family(*bookings: Booking, **facts):
    return a_family(*bookings, children=CHILDREN, staff=(ANNA_IN_CHAT, BO_IN_CHAT), **facts)


def offers(home, who=AMINA):
    return [line.split()[-1] for line in diary(home, who, "visit_offer", **LATER)]


# ---- only this visit


def test_the_other_parent_hears_that_it_is_off_and_who_said_so_does_not():
    home = family(DECLINED)
    assert diary(home, YUSUF, *VISITS, until="2027-03-01", since="2027-02-01") == [
        "2027-02-03 16:00 visit_off 3"
    ]
    assert diary(home, AMINA, *VISITS, until="2027-03-01", since="2027-02-01") == []


def test_it_is_not_offered_again_and_the_next_ones_are():
    assert offers(family(DECLINED)) == ["4", "5", "6"]
    assert "to_book 3" not in " ".join(diary(family(DECLINED), ANNA_IN_CHAT))
    assert "to_book 4" in " ".join(diary(family(DECLINED), ANNA_IN_CHAT))


def test_tips_go_on():
    assert diary(family(DECLINED), AMINA, *TIPS) == diary(family(VISIT), AMINA, *TIPS)


# ---- all visits


def test_after_no_to_all_visits_there_are_no_reminders_offers_or_nudges_and_tips_go_on():
    home = family(DECLINED, visits_ended_at=SAID)
    assert offers(home) == []
    assert diary(home, AMINA, *VISITS, **LATER) == []
    assert diary(home, ANNA_IN_CHAT) == []
    assert diary(home, AMINA, *TIPS) == diary(family(VISIT), AMINA, *TIPS)
    assert diary(home, YUSUF, *VISITS, **LATER) == ["2027-02-03 16:00 visit_off 3"]


def test_who_comes_hears_of_it_as_does_the_team():
    home = family(
        DECLINED,
        visits_ended_at=SAID,
        events=(Event(id=3, what=News.ENDED, at=SAID),),
    )
    for who in (ANNA_IN_CHAT, BO_IN_CHAT):
        assert diary(home, who) == ["2027-02-03 16:00 staff_news ended"]


def test_a_family_that_is_not_of_the_programme_is_offered_no_visits_and_gets_tips():
    home = family(eligible=False)
    assert diary(home, AMINA, *VISITS) == []
    assert diary(home, ANNA_IN_CHAT) == []
    assert diary(home, AMINA, *TIPS) == diary(family(), AMINA, *TIPS)
    assert offers(family(eligible=None)) == offers(family(eligible=True)) != []


# ---- moved out of the programme


def test_who_moves_out_of_the_programme_gets_one_goodbye_and_tips_go_on():
    home = family(visits_ended_at=SAID, left_at=SAID)
    assert diary(home, AMINA, "goodbye", "visit", **LATER) == ["2027-02-03 16:00 goodbye"]
    assert diary(home, YUSUF, "goodbye", "visit", **LATER) == ["2027-02-03 16:00 goodbye"]
    assert diary(home, AMINA, *TIPS) == diary(family(), AMINA, *TIPS)


def test_who_joins_after_they_left_is_not_said_goodbye_to():
    late = replace(YUSUF, active_since=local("2027-02-10T12:00"))
    home = family(visits_ended_at=SAID, left_at=SAID, guardians=(AMINA, late))
    assert diary(home, late, "goodbye") == []
