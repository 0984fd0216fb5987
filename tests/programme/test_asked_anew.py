"""The words of the consent have changed: asked, and once more after two weeks."""

from dataclasses import replace
from datetime import timedelta

from programme.kinds import Kind
from programme.people import Rest, Why
from programme.plan import due
from tests.cast import AMINA, CHILD, JOINED, RULES, YUSUF, a_family, local

ASKED = local("2026-11-10T12:00")
DAY = timedelta(days=1)


def questions(*rests: Rest, asked=ASKED, **of_amina):
    amina = replace(AMINA, consent_asked_at=asked, rests=rests, **of_amina)
    family = a_family(guardians=(amina, YUSUF), children=(CHILD,))
    found = due(family, amina, JOINED, ASKED + 200 * DAY, RULES)
    return [letter.at for letter in found if letter.kind is Kind.CONSENT_ASK]


def test_who_does_not_answer_is_asked_once_more_after_two_weeks_and_then_left_in_peace():
    assert questions() == [ASKED, ASKED + 14 * DAY]


def test_by_day_only():
    night = local("2026-11-10T23:00")
    assert [at.astimezone(RULES.zone).hour for at in questions(asked=night)] == [7, 7]


def test_who_has_answered_stopped_or_lost_a_child_is_not_asked_again():
    assert questions(asked=None) == []
    for why in (Why.STOPPED, Why.LOSS):
        assert questions(Rest(why=why, since=ASKED + DAY)) == [ASKED]


def test_who_rested_when_it_was_asked_is_asked_once_when_that_is_over():
    back = ASKED + 20 * DAY
    assert questions(Rest(why=Why.PAUSED, since=ASKED - DAY, until=back)) == [back]
    assert questions(Rest(why=Why.PAUSED, since=ASKED + DAY, until=back)) == [ASKED, back]
