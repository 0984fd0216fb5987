"""The database's server is restarted while Lotsen works: it waits, and goes on by itself."""

import asyncio

import pytest

from tests.databases import ON_POSTGRESQL
from tests.end_to_end.town import EVE_HOUR, neighbours

pytestmark = [pytest.mark.slow, ON_POSTGRESQL]

FAMILIES = 40


async def test_delivery_and_chat_go_on_after_restarts_in_the_middle(lotsen, telegram, server):
    homes = await neighbours(lotsen, FAMILIES, visit=True)
    telegram.world.faults.delay_ms = 30
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "40"
    quicker = {
        "services.pacing.Gate.LONGEST_REST": 0.1,
        "bot.intake.RETRY_SECONDS": 0.1,
        "bot.trouble.TELL_AFTER": 1000,  # three restarts in a row: that is told of elsewhere
    }
    work = lotsen.start("run", now=EVE_HOUR, quicker=quicker)

    for wanted in (5, 15, 25):
        await telegram.world.until(lambda n=wanted: telegram.sends >= n, within=90)
        for home in homes[:5]:
            telegram.world.write(home.phone, "/help")
        with server.away():
            await asyncio.sleep(0.5)

    def all_told() -> bool:
        return {state for state, _ in lotsen.states()} == {"sent"}

    def all_answered() -> bool:
        helped = [text for home in homes[:5] for text in telegram.texts(home.phone)]
        return sum(text.startswith("What would you like") for text in helped) == 15

    await telegram.world.until(lambda: all_told() and all_answered(), within=90)
    assert work.alive
    ended = await work.stop()
    assert (ended.code, "Traceback" in ended.err) == (0, False)
    assert telegram.arrived == FAMILIES + 15  # a send whose outcome waited is not made twice


async def test_without_its_server_it_does_not_start_and_says_why(lotsen, server):
    with server.away():
        ended = await lotsen.command("run", now=EVE_HOUR)
    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith("The database cannot be opened")
    assert "Traceback" not in ended.err
