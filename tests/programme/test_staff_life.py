"""How long somebody of the staff is let in, and who is asked about them (mission H1)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.desk_letters import AccessRests, ConfirmColleague
from programme.desks import Desk, confirmed_between, due_to_desk
from programme.people import Role, StaffMember
from programme.staff_life import LEADS, Access, Act, Standing, askers
from tests.cast import ANNA_IN_CHAT, RULES, local

HERE, DAY = local("2026-11-02T09:00"), timedelta(days=1)
ANNA = Access(member=ANNA_IN_CHAT, area=1, linked=True, confirmed_at=HERE)


def said(desk, since, until):
    """What is said of access; a coordinator hears other things, too."""
    found = due_to_desk(desk, since, until, RULES)
    return [each for each in found if isinstance(each, ConfirmColleague | AccessRests)]


def somebody(number, role, area=1, **facts):
    member = StaffMember(id=number, name="X", role=role, in_chat=True)
    return Access(member=member, area=area, linked=True, confirmed_at=HERE, **facts)


CARLA = somebody(4, Role.COORDINATOR)
DORIS = somebody(9, Role.ADMINISTRATOR)


@given(st.lists(st.sampled_from(Act)))
def test_who_has_ended_comes_back_by_an_undo_alone_and_must_open_a_link(acts):
    standing = Standing.INVITED
    for act in acts:
        after = LEADS.get((standing, act), standing)
        if standing is Standing.ENDED:
            assert after in {Standing.ENDED, Standing.INVITED}
            assert (after is Standing.INVITED) is (act is Act.UNDO)
        if standing is Standing.INVITED and after is Standing.AT_WORK:
            assert act is Act.OPEN
        if standing is Standing.RESTS and after is Standing.AT_WORK:
            assert act in {Act.OPEN, Act.RESUME}
        standing = after


def test_everybody_can_be_ended_from_everywhere():
    ends = {standing for standing, act in LEADS if act is Act.END}
    assert ends == {*Standing} - {Standing.ENDED}


@pytest.mark.parametrize(
    ("who", "others", "asked"),
    [
        (ANNA, [CARLA, DORIS], [4]),
        (ANNA, [DORIS], [9]),
        (ANNA, [somebody(5, Role.COORDINATOR, area=2), DORIS], [9]),
        (ANNA, [somebody(4, Role.COORDINATOR, rests_since=HERE), DORIS], [9]),
        (CARLA, [DORIS], [9]),
        (CARLA, [somebody(5, Role.COORDINATOR), DORIS], [5]),
        (DORIS, [CARLA], []),
        (DORIS, [CARLA, somebody(10, Role.ADMINISTRATOR)], [10]),
        (ANNA, [], []),
    ],
)
def test_the_coordinator_is_asked_else_the_administrator_and_nobody_about_themselves(
    who, others, asked
):
    assert list(askers(who, [who, *others])) == asked


def test_after_half_a_year_the_coordinator_is_asked_and_later_the_colleague_is_warned():
    desk = Desk(member=CARLA.member, areas=(1,), to_confirm=(ANNA,))
    [asked] = said(desk, HERE, HERE + 300 * DAY)
    assert isinstance(asked, ConfirmColleague)
    assert (asked.due_at, asked.by) == (HERE + 180 * DAY, HERE + 194 * DAY)
    own = Desk(member=ANNA.member, areas=(1,), own=ANNA)
    [warned] = said(own, HERE, HERE + 300 * DAY)
    assert isinstance(warned, AccessRests)
    assert (warned.due_at, warned.by) == (HERE + 187 * DAY, HERE + 194 * DAY)


def test_nothing_is_asked_about_who_rests_or_has_ended():
    for facts in ({"rests_since": HERE}, {"ended_at": HERE}, {"confirmed_at": None}):
        desk = Desk(member=CARLA.member, areas=(1,), to_confirm=(replace(ANNA, **facts),))
        assert said(desk, HERE, HERE + 300 * DAY) == []


@given(st.integers(0, 400 * 24), st.integers(1, 72))
def test_whoever_is_asked_about_is_found_by_when_they_were_confirmed(begins, long):
    since = HERE + timedelta(hours=begins)
    until = since + timedelta(hours=long)
    desks = (
        Desk(member=CARLA.member, areas=(1,), to_confirm=(ANNA,)),
        Desk(member=ANNA.member, areas=(1,), own=ANNA),
    )
    due = any(said(desk, since, until) for desk in desks)
    found = any(a <= HERE < b for a, b in confirmed_between(since, until, RULES))
    assert found is due
