"""What one person does is on the other's phone at once, not when the planner next looks."""

import asyncio
from datetime import timedelta

import pytest

from tests.cast import local
from tests.colleagues import at_work
from tests.databases import ON_ONE
from tests.end_to_end.town import BORN

pytestmark = [pytest.mark.slow, ON_ONE]

NOW, VISIT = local("2026-11-24T10:00"), local("2026-12-15T10:00")
QUICKER = {"scheduler.runner.PLAN_EVERY": timedelta(days=1)}  # by itself it looks at the start
WITHIN = 90  # on a busy machine


async def test_a_nurse_reads_a_mothers_press_though_the_planners_time_has_not_come(
    lotsen, telegram
):
    mother, nurse = telegram.phone("Amina"), telegram.phone("Anna")
    await lotsen.move_in([[mother]], BORN, NOW, VISIT)
    async with lotsen.database() as db:
        await at_work(db, "Anna", chat_id=nurse.id)
    halves = [()] if lotsen.embedded else [("--only", "chat"), ("--only", "scheduler")]
    at_it = [lotsen.start("run", *half, now=NOW, quicker=QUICKER) for half in halves]

    def read(*phones) -> list[int]:
        return [len(telegram.texts(each)) for each in phones]

    await telegram.world.until(lambda: read(mother, nurse) == [1, 1], WITHIN)  # of the booking
    [booked] = telegram.world.from_bot(mother)
    [other] = [
        each["callback_data"]
        for row in booked.buttons
        for each in row
        if each.get("callback_data", "").endswith("other_time")
    ]
    await asyncio.sleep(1.1)  # what falls within the second of the look, the act plans itself
    telegram.world.press(mother, booked.id, data=other)
    await telegram.world.until(lambda: read(nurse) == [2], WITHIN)

    for each in at_it:
        ended = await each.stop()
        assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
    assert {state for state, _ in lotsen.states()} == {"sent"}
