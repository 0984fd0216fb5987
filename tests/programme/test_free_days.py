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
    ("now", "said_today", "comes"),
    [
        ("2027-02-22T09:00", False, "2027-02-22T09:00"),  # a free day: at once
        ("2027-02-22T09:00", True, "2027-02-23T10:00"),  # something came today: tomorrow at ten
        ("2027-02-28T08:00", False, "2027-03-01T10:00"),  # a tip of today's own goes first
        ("2027-02-27T09:00", True, "2027-03-01T10:00"),  # tomorrow is taken: the day after
    ],
)
def test_a_late_idea_waits_for_a_day_that_has_no_other(now, said_today, comes):
    family = a_family(children=CHILDREN)
    idea = the_letter(family, "2027-02-20", Kind.STRENGTH)

    assert free_moment(family, AMINA, idea, local(now), said_today, RULES) == local(comes)


def test_a_reminder_of_a_visit_never_waits_for_a_free_day():
    family = a_family(a_booking(local("2027-03-01T13:00")), children=CHILDREN)
    reminder = the_letter(family, "2027-02-28", Kind.DAY_BEFORE)
    now = reminder.at + timedelta(minutes=30)

    assert free_moment(family, AMINA, reminder, now, True, RULES) == now
