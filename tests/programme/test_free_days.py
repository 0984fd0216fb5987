"""After an outage: one tip or idea a day, and what is due today comes first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programme.kinds import Kind
from programme.plan import due, free_moment
from tests.cast import AMINA, CHILD, RULES, a_booking, a_family, local

BORN = date(2026, 8, 31)  # an idea on 20 February 2027, a tip on 28 February and on 14 March
CHILDREN = (replace(CHILD, born=BORN),)


def the_letter(family, day, kind):
    begin = local(f"{day}T00:00")
    letters = due(family, AMINA, begin, begin + timedelta(days=1), RULES)
    [found] = (letter for letter in letters if letter.kind is kind)
    return found


@pytest.mark.parametrize(
    ("now", "said", "comes"),
    [
        ("2027-02-22T09:00", [], "2027-02-22T09:00"),  # a free day: at once
        ("2027-02-22T09:00", [22], "2027-02-23T10:00"),  # something came today: tomorrow at ten
        ("2027-02-28T08:00", [], "2027-03-01T10:00"),  # a tip of today's own goes first
        ("2027-02-27T09:00", [27], "2027-03-01T10:00"),  # tomorrow is taken: the day after
        ("2027-02-25T09:00", [22, 23, 24], "2027-03-01T10:00"),  # three in a week are enough
        ("2027-02-26T09:00", [20, 22, 23], "2027-02-27T10:00"),  # the first is a week ago then
        ("2027-02-25T09:00", [23, 23, 24], "2027-03-02T10:00"),  # a notice beside a tip is one too
    ],
)
def test_a_late_idea_waits_for_a_day_that_has_no_other(now, said, comes):
    family = a_family(children=CHILDREN)
    idea = the_letter(family, "2027-02-20", Kind.STRENGTH)
    days = [date(2027, 2, day) for day in said]

    assert free_moment(family, AMINA, idea, local(now), days, RULES) == local(comes)


def test_a_late_idea_waits_for_a_day_that_is_not_quiet():
    family = a_family(children=CHILDREN)
    idea = the_letter(family, "2027-02-20", Kind.STRENGTH)
    weekend_only = replace(AMINA, quiet_days=frozenset(range(5)))
    monday = local("2027-02-22T09:00")

    assert free_moment(family, weekend_only, idea, monday, [], RULES) == local("2027-02-27T10:00")


def test_an_idea_for_which_there_is_no_day_left_comes_after_its_time():
    family = a_family(children=CHILDREN)
    idea = the_letter(family, "2027-02-20", Kind.STRENGTH)
    never = replace(AMINA, quiet_days=frozenset(range(7)))

    assert free_moment(family, never, idea, idea.at, [], RULES) > idea.not_after


def test_a_reminder_of_a_visit_never_waits_for_a_free_day():
    family = a_family(a_booking(local("2027-03-01T13:00")), children=CHILDREN)
    reminder = the_letter(family, "2027-02-28", Kind.DAY_BEFORE)
    now = reminder.at + timedelta(minutes=30)

    assert free_moment(family, AMINA, reminder, now, [now.date()], RULES) == now
