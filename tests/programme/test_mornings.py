"""The morning list comes once on every day on which its reader works, at their hour (H3)."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.desk_letters import MorningList
from programme.desks import Desk, due_to_desk, still_due_to_desk
from programme.kinds import KINDS, Kind, Rules, may_leave
from programme.localtime import instant, on_the_clock
from programme.morning_list import Office
from programme.mornings import CHOICES, USUAL, hours_between
from programme.people import Role, StaffMember
from tests.cast import ANNA_IN_CHAT, RULES, local

DESK = Desk(member=ANNA_IN_CHAT, areas=(1,), hour=USUAL)
# Each begins a fortnight: with a clock change, with Christmas.
FORTNIGHTS = (date(2026, 10, 16), date(2026, 12, 18), date(2027, 3, 19))
LONG = timedelta(days=14)
EVE = date(2026, 12, 24)
CHRISTMAS = Rules(is_red=lambda day: day.weekday() == 6 or day in {EVE, date(2026, 12, 25)})
BEGIN, END = instant(date(2026, 11, 2), time()), instant(date(2026, 11, 9), time())


def whole_day(day: date, days: int = 1):
    return instant(day, time()), instant(day + timedelta(days=days), time())


def lists(desk, since=BEGIN, until=END, rules=RULES) -> list[MorningList]:
    found = due_to_desk(desk, since, until, rules)
    return [each for each in found if isinstance(each, MorningList)]


@settings(max_examples=80, deadline=None)
@given(
    hour=st.sampled_from(CHOICES),
    first=st.sampled_from(FORTNIGHTS),
    cuts=st.lists(st.timedeltas(timedelta(), LONG), max_size=20),
)
def test_each_working_day_has_one_and_no_other_day_has_any(hour, first, cuts):
    """However the planner's windows lie: each second, or after an outage of days."""
    desk, begin = replace(DESK, hour=hour), instant(first, time())
    # One of them in the very moment of a list.
    exact = instant(first + LONG / 2, hour)
    marks = sorted({begin, exact, instant(first + LONG, time()), *(begin + each for each in cuts)})
    found = [
        each
        for since, until in pairwise(marks)
        for each in lists(desk, since, until, CHRISTMAS)
        if hour in hours_between(since, until, CHRISTMAS)  # else SQL would not find who reads it
    ]
    days = [first + timedelta(days=n) for n in range(LONG.days)]
    working = [day for day in days if CHRISTMAS.is_working_day(day)]
    assert Counter(each.day for each in found) == Counter(working)
    assert len({each.key for each in found}) == len(found)
    shown = [on_the_clock(each.at) for each in found]
    assert [(each.date(), each.time()) for each in shown] == [(each.day, hour) for each in found]
    assert all(may_leave(Kind.MORNING_LIST, each.at, CHRISTMAS) for each in found)


def test_in_the_afternoon_it_is_too_late():
    [letter] = lists(DESK, local("2026-11-04T00:00"), local("2026-11-05T00:00"))
    assert letter.not_after == local("2026-11-04T12:00")
    assert all(hour < KINDS[Kind.MORNING_LIST].keeps_until for hour in CHOICES)


@pytest.mark.parametrize(
    "desk",
    [
        replace(DESK, hour=None),
        replace(DESK, member=replace(ANNA_IN_CHAT, in_chat=False)),
        *(
            replace(DESK, member=replace(ANNA_IN_CHAT, role=role))
            for role in (Role.TRANSLATOR, Role.ADMINISTRATOR)
        ),
    ],
    ids=["wants none", "no chat", "translator", "administrator"],
)
def test_who_gets_none(desk):
    assert lists(desk) == []


WEDNESDAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("desk", "comes"),
    [
        (DESK, True),
        (replace(DESK, off=(whole_day(WEDNESDAY),)), False),
        (replace(DESK, off=(whole_day(WEDNESDAY - timedelta(days=2), 5),)), False),
        # Ill since this morning, and two days off that lie side by side.
        (replace(DESK, off=((local("2026-11-04T06:50"), local("2026-11-05T00:00")),)), False),
        (
            replace(
                DESK,
                off=(
                    (local("2026-11-04T05:00"), local("2026-11-04T12:00")),
                    (local("2026-11-04T12:00"), local("2026-11-05T00:00")),
                ),
            ),
            False,
        ),
        (replace(DESK, off=(whole_day(WEDNESDAY + timedelta(days=1)),)), True),
        (replace(DESK, off=((local("2026-11-04T07:00"), local("2026-11-04T09:00")),)), True),
        (replace(DESK, week={0: ((480, 960),)}), False),  # works on Mondays
        (replace(DESK, week={2: ((780, 960),)}), True),  # on Wednesday afternoons
        (replace(DESK, week={0: (), 2: ()}), True),  # no hours at all: like everybody
    ],
)
def test_not_on_days_off(desk, comes):
    assert bool(lists(desk, *whole_day(WEDNESDAY))) is comes


def test_another_hour_or_a_day_off_makes_what_is_planned_void():
    [letter] = lists(DESK, *whole_day(WEDNESDAY))
    assert still_due_to_desk(DESK, letter.key, letter.due_at, RULES)
    for changed in (replace(DESK, hour=time(9)), replace(DESK, off=(whole_day(WEDNESDAY),))):
        assert still_due_to_desk(changed, letter.key, letter.due_at, RULES) is None


def test_old_places_alone_make_no_list():
    """They would come every morning; once a month they are told by themselves (mission F4)."""
    [letter] = lists(DESK, *whole_day(WEDNESDAY))
    assert letter.empty and not letter.worth_sending
    old = replace(letter, office=Office(old_places=18, old_pages=1, old_activities=2))
    assert not old.empty and not old.worth_sending
    for each in (
        Office(by_poster=1),
        Office(untranslated=1),
        Office(to_approve=1),
        Office(failed=1),
    ):
        assert replace(letter, office=each).worth_sending


def test_a_coordinator_has_one_too():
    eva = StaffMember(id=5, name="Eva", role=Role.COORDINATOR, in_chat=True)
    assert lists(replace(DESK, member=eva), *whole_day(WEDNESDAY))
