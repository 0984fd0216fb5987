"""Whose list a family is on, whom a look is told to, and when looking is unusual (H2, B14, B15)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.desk_letters import UnusualLooks
from programme.desks import Desk, due_to_desk
from programme.kinds import Rules
from programme.localtime import STOCKHOLM
from programme.looks import Look, LookWhy, Seen, home_of, lines, own_reason, told_to
from programme.people import BookingState, Role, StaffMember
from programme.unusual import OTHERS_WEIGH, Unusual, unusual
from tests.cast import AMINA, ANNA, BO, RULES, YUSUF, a_booking, a_family, local

EVA = StaffMember(id=3, name="Eva", role=Role.NURSE)
CARLA = StaffMember(id=4, name="Carla", role=Role.COORDINATOR)
VISIT = local("2026-11-09T10:30")
TEAM = (ANNA, BO, EVA)
AT = local("2026-11-10T09:00")


def a_look(**facts):
    return replace(Look(staff_id=ANNA.id, at=AT, why=LookWhy.VISITS, family_id=1), **facts)


def test_a_family_is_on_the_list_of_who_comes_or_came_and_on_nobody_else_s():
    family = a_family(a_booking(VISIT), staff=TEAM)
    assert [own_reason(family, each) for each in (ANNA, BO)] == [LookWhy.VISITS] * 2
    assert own_reason(family, EVA) is None


def test_a_family_to_whom_nobody_comes_is_every_colleague_s():
    assert own_reason(a_family(staff=TEAM), EVA) is LookWhy.NEW
    off = a_booking(VISIT, state=BookingState.CANCELLED)
    assert own_reason(a_family(off, staff=TEAM), EVA) is LookWhy.NEW


def test_a_family_whose_people_have_all_left_is_every_colleague_s_again():
    family = a_family(a_booking(VISIT, state=BookingState.DONE), staff=(EVA,))
    assert own_reason(family, EVA) is LookWhy.NEW


def test_who_runs_the_area_needs_no_reason_and_it_is_said_so():
    assert own_reason(a_family(a_booking(VISIT), staff=TEAM), CARLA) is LookWhy.LEADS


def test_a_look_that_may_come_of_one_parent_s_own_wish_is_told_to_that_parent_only():
    look = a_look(guardian_id=AMINA.id)
    assert told_to(look, AMINA)
    assert not told_to(look, YUSUF)
    assert told_to(a_look(), YUSUF)


def test_that_somebody_asked_is_told_to_nobody_where_it_is_not_known_who():
    assert not any(told_to(a_look(why=LookWhy.ASKED), each) for each in (AMINA, YUSUF))


def test_who_comes_to_one_of_two_homes_is_not_told_to_the_other():
    other = replace(YUSUF, home=2)
    family = a_family(
        a_booking(VISIT, home=2), guardians=(AMINA, other), staff=TEAM, split_at=VISIT
    )
    look = a_look(home=home_of(family, ANNA))
    assert (told_to(look, other), told_to(look, AMINA)) == (True, False)
    assert home_of(replace(family, split_at=None), ANNA) is None
    assert home_of(family, EVA) is None


def test_a_paper_about_a_visit_is_told_to_the_home_it_is_with_whoever_printed_it():
    hers, his = a_booking(VISIT, home=1), a_booking(VISIT, home=2, id=2)
    family = a_family(hers, his, staff=TEAM, split_at=VISIT)
    assert home_of(family, ANNA) is None  # comes to both
    assert [home_of(family, ANNA, each.id) for each in (hers, his)] == [1, 2]
    assert home_of(family, None, his.id) == 2  # whoever runs Lotsen
    assert home_of(replace(family, split_at=None), ANNA, his.id) is None


def test_looks_of_one_day_for_one_reason_are_one_line_the_newest_first():
    looks = [a_look(), a_look(at=AT + timedelta(hours=3)), a_look(at=AT + timedelta(days=1))]
    looks.append(a_look(why=LookWhy.COVERING))
    told = lines(looks, AMINA, STOCKHOLM)
    assert [(each.day, each.why) for each in told] == [
        (date(2026, 11, 11), LookWhy.VISITS),
        (date(2026, 11, 10), LookWhy.VISITS),
        (date(2026, 11, 10), LookWhy.COVERING),
    ]


# ---- unusual looking


def many(count, why=LookWhy.VISITS, every=timedelta(seconds=30), **facts):
    return [a_look(family_id=n, at=AT + n * every, why=why, **facts) for n in range(count)]


@pytest.mark.parametrize(
    ("looks", "is_it"),
    [
        (many(20), False),
        (many(21), True),
        (many(6, LookWhy.COVERING), False),  # 18 of 20: each counts as three
        (many(7, LookWhy.COVERING), True),
        (many(60, every=timedelta(minutes=10)), False),
        (many(61, every=timedelta(minutes=10)), True),
        (many(100, seen=Seen.PAPER), False),
        ([a_look(at=AT + timedelta(seconds=n)) for n in range(100)], False),  # one family
        ([], False),
    ],
)
def test_many_families_in_an_hour_or_a_day_are_unusual_and_others_weigh_more(looks, is_it):
    assert (unusual(looks, RULES) is not None) is is_it


def test_what_is_unusual_names_the_day_and_how_many_were_of_other_lists():
    looks = [*many(18), *[replace(each, family_id=100) for each in many(1, LookWhy.OTHER)]]
    found = unusual(looks, RULES)
    assert found
    assert (found.staff_id, found.day, found.families, found.others) == (1, AT.date(), 19, 1)


BOSS = StaffMember(id=9, name="Doris", role=Role.ADMINISTRATOR, in_chat=True)


def test_administrators_hear_of_it_once_in_their_hours_and_never_of_themselves():
    found = Unusual(ANNA.id, AT.date(), local("2026-11-10T22:00"), 21, 3)
    desk = Desk(member=BOSS, areas=(1,), unusual=((ANNA, found), (BOSS, found)))
    [letter] = due_to_desk(desk, AT, AT + timedelta(days=3), RULES)
    assert isinstance(letter, UnusualLooks)
    assert (letter.name, letter.families, letter.others) == ("Anna", 21, 3)
    assert letter.at == local("2026-11-11T07:00")
    carla = replace(desk, member=replace(CARLA, in_chat=True))
    assert due_to_desk(carla, AT, AT + timedelta(days=3), RULES) == []


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 60))
def test_a_limit_is_a_weight_and_nothing_else(own, others, most):
    looks = many(own, every=timedelta(0)) + [
        replace(each, family_id=1000 + n) for n, each in enumerate(many(others, LookWhy.OTHER))
    ]
    rules = Rules(looks_per_hour=most, looks_per_day=10_000)
    assert (unusual(looks, rules) is not None) is (own + OTHERS_WEIGH * others > most)
