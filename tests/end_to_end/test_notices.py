"""A notice survives kill -9, a pause, flood waits and a stop: each reader once, or in doubt.

`make faults` does the same with 20,000 readers and prints the ledger (docs/reliability.md).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from programme.people import Role
from services import correcting, sending
from services.access import Colleague
from tests.cast import local
from tests.colleagues import at_work
from tests.effort import tries
from tests.end_to_end.processes import Command
from tests.end_to_end.town import BORN, JOINED, RULES, Installation, Telegram
from tests.services.noticed import CORRECTED, a_notice, reword

pytestmark = pytest.mark.slow
log = logging.getLogger(__name__)

FAMILIES = tries(120, 20_000)
PER_SECOND = tries(60, 500)  # slow enough that whoever looks at a few is in time
# Of a hundred that have been tried.
KILLED_AT, PAUSED_AT, STOPPED_AT = (25, 45), 60, 75
LOOKS = 0.02  # seconds between two looks from outside
NOW = local("2026-11-12T10:30")
EVA = 900_001
RUN = ("run", "--only", "scheduler")


async def scheduled(lotsen: Installation, telegram: Telegram) -> tuple[Colleague, int]:
    """A coordinator with a phone has pressed *Send*; nobody is there yet who sends."""
    phones = [telegram.phone(f"Parent {n}", "so") for n in range(FAMILIES)]
    await lotsen.move_in([[phone] for phone in phones], BORN, JOINED)
    await lotsen.planned_until(NOW)
    boss = telegram.phone("Eva")
    async with lotsen.database() as db:
        eva = await at_work(db, "Eva", Role.COORDINATOR, boss.id)
        number = await a_notice(db, NOW)
        async with db.write() as tx:
            await sending.schedule(tx, eva, number, None, NOW, RULES)
    telegram.set_clock(NOW)
    return eva, number


async def seen(true: Callable[[], object], within: float = 60) -> None:
    """Until it is so; the more readers, the longer it may take."""
    async with asyncio.timeout(within + FAMILIES / 20):
        while not true():  # noqa: ASYNC110 - another process tells nobody's event
            await asyncio.sleep(LOOKS)


async def sends_until(telegram: Telegram, process: Command, hundredth: int) -> None:
    """Until so many have been tried; other calls than sending are few."""
    wanted = FAMILIES * hundredth // 100
    await seen(lambda: telegram.world.journal.count >= wanted or not process.alive)


def ledger(lotsen: Installation) -> Counter[str]:
    rows = lotsen.look("SELECT state FROM outbox WHERE action = 'say' AND notice_id IS NOT NULL")
    return Counter(row["state"] for row in rows)


async def killed_twice(lotsen: Installation, telegram: Telegram) -> int:
    """kill -9 in the middle of it; how many messages were in flight."""
    in_flight = 0
    for hundredth in KILLED_AT:
        process = lotsen.start(*RUN, now=NOW)
        await sends_until(telegram, process, hundredth)
        await process.kill()
        await asyncio.sleep(0.1)
        in_flight += ledger(lotsen)["sending"]
    assert sum(ledger(lotsen).values()) == FAMILIES
    return in_flight


async def paused_and_corrected(
    lotsen: Installation, telegram: Telegram, eva: Colleague, number: int
) -> None:
    """Paused nothing leaves; meanwhile its words are corrected; then it goes on."""
    process = lotsen.start(*RUN, now=NOW)
    await sends_until(telegram, process, PAUSED_AT)
    async with lotsen.database() as db:
        async with db.write() as tx:
            assert await sending.pause(tx, eva, number, NOW)
        await asyncio.sleep(0.5)
        held = telegram.arrived
        await asyncio.sleep(0.5)
        assert telegram.arrived <= held + 1  # the coordinator's own message may say it
        telegram.world.faults.too_many("sendMessage", retry_after=1, times=1)
        await reword(db, number, CORRECTED)
        async with db.write() as tx:
            await correcting.correct(tx, eva, number, NOW)
            assert await sending.resume(tx, eva, number, NOW)
    await process.stop()


async def stopped(
    lotsen: Installation, telegram: Telegram, eva: Colleague, number: int
) -> Counter[str]:
    """Stopped near its end: what stood then, and whoever has not got it never does."""
    process = lotsen.start(*RUN, now=NOW)
    await sends_until(telegram, process, STOPPED_AT)
    async with lotsen.database() as db, db.write() as tx:
        assert await sending.stop(tx, eva, number, NOW)
    await process.stop()
    return ledger(lotsen)


async def finished(lotsen: Installation) -> None:
    """Until nothing waits, and the coordinator's message says how it ended."""
    process = lotsen.start(*RUN, now=NOW + timedelta(minutes=1))
    open_rows = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1"
    await seen(lambda: not lotsen.look(open_rows))
    shown = "SELECT 1 FROM notice WHERE state = 'stopped' AND progress_at IS NOT NULL"
    await seen(lambda: bool(lotsen.look(shown)))
    await process.stop()


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
async def test_killed_paused_flooded_corrected_and_stopped_nobody_has_it_twice(
    lotsen: Installation, telegram: Telegram
):
    telegram.world.faults.delay_ms = 40
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = str(PER_SECOND)
    eva, number = await scheduled(lotsen, telegram)
    in_flight = await killed_twice(lotsen, telegram)
    await paused_and_corrected(lotsen, telegram, eva, number)
    then = await stopped(lotsen, telegram, eva, number)
    await finished(lotsen)

    stood, people = ledger(lotsen), telegram.world.people
    texts = {n: telegram.texts(who) for n, who in people.items() if n != eva.chat_id}
    came = Counter(len(said) for said in texts.values())
    log.info("%s readers, %s in flight at two kills: %s", FAMILIES, in_flight, dict(stood))
    log.info("phones by how often it came: %s", dict(came))
    assert sum(stood.values()) == len(texts) == FAMILIES
    # On a slow machine a kill may find nothing on its way.
    assert {"sent", "dropped"} <= set(stood) <= {"sent", "in_doubt", "dropped"}
    assert stood["in_doubt"] <= in_flight
    assert stood["dropped"] == then["dropped"] > 0  # what was stopped never leaves
    assert set(came) == {0, 1}
    assert stood["sent"] <= came[1] <= stood["sent"] + stood["in_doubt"]
    old = [said for said in texts.values() if said and CORRECTED["so"].body not in said[0]]
    assert len(old) <= stood["in_doubt"]  # nobody knows the number of those messages
    [last] = telegram.texts(people[eva.chat_id or 0])
    assert "It is stopped." in last
