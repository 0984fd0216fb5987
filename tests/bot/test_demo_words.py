"""What the demo says of itself is whole: every kind of message and state, a morning to begin."""

from datetime import datetime

import pytest

from bot import guided
from bot.kind_words import KIND_WORDS, REASONS, STATES, STEPS
from programme.kinds import Kind, Rules
from programme.localtime import STOCKHOLM, on_the_clock
from programme.series import StepState
from storage.items import GIVEN_UP, ItemState
from storage.outbox import State


def test_every_kind_state_and_reason_has_words_in_the_side_panel():
    assert KIND_WORDS.keys() == set(Kind)
    assert STEPS.keys() == set(StepState)
    assert STATES.keys() >= {*State, *ItemState}
    assert REASONS.keys() >= set(GIVEN_UP)


@pytest.mark.parametrize("year", range(2025, 2037))
def test_the_guided_demo_begins_on_a_working_monday_in_whichever_year_it_is_shown(year):
    for month in range(1, 13):
        now = datetime(year, month, 9, 23, 30, tzinfo=STOCKHOLM)
        day = on_the_clock(guided.begins(now), STOCKHOLM).date()
        assert (day.month, day.weekday()) == (1, 0)
        assert Rules().is_working_day(day)
        assert 9 <= day.day < guided.REMINDED
