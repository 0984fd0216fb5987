"""A process that serves chats is paused: another goes on for it, and it does not when it wakes."""

import asyncio
from itertools import groupby

import pytest

from tests.databases import ON_POSTGRESQL
from tests.end_to_end.talking import ASKS
from tests.end_to_end.town import TIP_HOUR, neighbours

pytestmark = [pytest.mark.slow, ON_POSTGRESQL]

QUESTIONS = 5  # both of them, so many times
WITHIN = 90  # on a busy machine
SOONER = {"storage.chat_turns.SILENT_SECONDS": 2.0, "storage.chat_turns.SURE_SECONDS": 0.5}


async def test_the_other_serves_the_chats_of_one_that_sleeps_which_says_nothing_when_it_wakes(
    lotsen, telegram
):
    [home] = await neighbours(lotsen, 1)
    telegram.world.faults.delay_ms = 200

    def answers() -> list[bool]:
        texts = telegram.texts(home.phone)
        return [text == texts[0] for text in texts]

    first = lotsen.start("run", "--only", "chat", now=TIP_HOUR, quicker=SOONER)
    for words in ASKS * QUESTIONS:
        telegram.world.write(home.phone, words)
    await telegram.world.until(lambda: len(answers()) > 1, WITHIN)
    second = lotsen.start("run", "--only", "chat", now=TIP_HOUR, quicker=SOONER)
    first.pause()
    turns = [True, False] * QUESTIONS

    def in_turn() -> list[bool]:
        return [kind for kind, _ in groupby(answers())]

    assert len(in_turn()) < len(turns)
    await telegram.world.until(lambda: in_turn() == turns, WITHIN)
    first.go_on()
    telegram.world.write(home.phone, ASKS[0])
    await telegram.world.until(lambda: in_turn() == [*turns, True], WITHIN)
    await asyncio.sleep(0.5)  # whatever it would say still

    assert in_turn() == [*turns, True]
    assert len(answers()) <= len(turns) + 2  # twice only what was on the wire
    for each in (first, second):
        ended = await each.stop()
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
