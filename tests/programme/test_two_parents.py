"""Two parents: each reads, skips, pauses and joins for themselves (mission B7, B14)."""

from dataclasses import replace
from datetime import date

import pytest

from programme.people import Child, Guardian, Rest, Why
from programme.questions import Joiner
from tests.cast import AMINA, ANNA, BO, YUSUF, a_booking, a_family, local
from tests.programme.diary import diary, letters

CHILDREN = (Child(id=11, born=date(2026, 10, 10)),)
VISIT = a_booking(local("2027-02-18T10:00"), visit=3, changed_at=local("2027-02-03T12:00"))
WINTER = {"since": "2027-01-25", "until": "2027-03-20"}


def family(*guardians, **facts):
    parents = guardians or (AMINA, YUSUF)
    return a_family(VISIT, children=CHILDREN, guardians=parents, **facts)


def test_both_get_everything_each_as_a_letter_of_their_own():
    hers, his = (letters(family(), who, **WINTER) for who in (AMINA, YUSUF))
    assert [(each.at, each.kind) for each in hers] == [(each.at, each.kind) for each in his]
    assert not {each.key for each in hers} & {each.key for each in his}
    assert {each.guardian_id for each in hers} == {AMINA.id}
    assert AMINA.language != YUSUF.language


@pytest.mark.parametrize(
    "own",
    [
        {"fewer": True},
        {"quiet_days": frozenset({2, 3, 4})},
        {"language": "sv"},
        {"rests": (Rest(why=Why.PAUSED, since=local("2027-01-20T12:00")),)},
        {"rests": (Rest(why=Why.STOPPED, since=local("2027-01-20T12:00")),)},
        {"rests": (Rest(why=Why.UNREACHABLE, since=local("2027-01-20T12:00")),)},
        {"active_since": local("2027-02-10T12:00")},
        {"active_since": None},
    ],
)
def test_what_one_settles_for_themselves_does_not_touch_the_other(own):
    changed = replace(AMINA, **own)
    assert letters(family(changed, YUSUF), YUSUF) == letters(family(), YUSUF)
    assert letters(family(changed, YUSUF), changed) == letters(family(changed), changed)


def test_what_one_skips_the_other_still_gets():
    everything = letters(family(), AMINA, **WINTER)
    skipped = frozenset(each.key for each in everything)
    home = family(skipped=skipped)
    assert letters(home, AMINA, **WINTER) == []
    assert letters(home, YUSUF, **WINTER) == letters(family(), YUSUF, **WINTER)


def test_who_moved_the_visit_knows_and_the_other_is_told():
    by_her = replace(VISIT, changed_by=AMINA.id)
    home = replace(family(), bookings=(by_her,))
    assert diary(home, AMINA, "visit_booked") == []
    assert diary(home, YUSUF, "visit_booked") == ["2027-02-03 12:00 visit_booked 3"]


# ---- coming by the other parent's link

ASKED = local("2027-02-04T21:40")
PENDING = Guardian(id=23, language="ar", active_since=None, by_parent=True)
JOINER = Joiner(id=23, asked_by=AMINA.id, name="Y", asked_at=ASKED)
WAITING = family(AMINA, YUSUF, PENDING, joiners=(JOINER,))


def test_only_the_parent_who_made_the_link_is_asked_and_in_the_morning():
    assert diary(WAITING, AMINA, "join") == ["2027-02-05 07:00 join_ask"]
    assert diary(WAITING, YUSUF, "join") == []
    [ask] = (each for each in letters(WAITING, AMINA) if each.kind == "join_ask")
    assert (ask.name, ask.joiner_id) == ("Y", 23)


def test_who_waits_for_the_yes_hears_nothing_at_all():
    assert diary(WAITING, PENDING) == []


def test_who_asks_in_the_other_parents_pause_is_asked_about_when_it_ends():
    rest = Rest(why=Why.PAUSED, since=local("2027-02-01T12:00"), until=local("2027-02-10T00:00"))
    amina = replace(AMINA, rests=(rest,))
    home = replace(WAITING, guardians=(amina, PENDING))
    assert diary(home, amina, "join") == ["2027-02-10 07:00 join_ask"]


def test_who_was_let_in_is_welcomed_and_told_of_the_visit_in_their_own_language():
    joined = replace(PENDING, active_since=local("2027-02-06T09:30"))
    home = family(AMINA, joined)
    assert diary(home, joined, since="2027-02-01", until="2027-02-12") == [
        "2027-02-06 09:30 joined",
        "2027-02-06 09:30 visit_booked 3",
        "2027-02-07 10:00 digest both_parents, own_language, gift_book",
        "2027-02-10 10:00 tip open_preschool",
    ]
    assert diary(home, AMINA, "join") == []


def test_who_came_by_a_link_of_the_staffs_needs_no_welcome():
    assert diary(family(), YUSUF, "joined") == []


def test_a_third_grown_up_gets_what_both_parents_get():
    aunt = Guardian(id=24, language="en", active_since=AMINA.active_since)
    home = family(AMINA, YUSUF, aunt)
    assert diary(home, aunt) == diary(home, AMINA)


def test_what_a_parent_reads_names_who_comes_and_no_parent():
    [told] = (each for each in letters(family(), YUSUF) if each.kind == "visit_booked")
    assert told.staff == (ANNA, BO)
    assert not hasattr(told, "name")
