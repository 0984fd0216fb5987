"""A notice survives kill -9, a pause and flood waits: each reader once, or in doubt and named."""

import asyncio
import json
from collections import Counter
from datetime import timedelta

import pytest

from programme.people import Role
from services import correcting, sending
from services.access import Colleague
from tests.cast import local
from tests.colleagues import at_work
from tests.end_to_end.processes import Command
from tests.end_to_end.town import BORN, JOINED, RULES, Installation, Telegram
from tests.services.noticed import CORRECTED, a_notice, reword

pytestmark = pytest.mark.slow

FAMILIES = 120
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


async def sends_until(telegram: Telegram, process: Command, wanted: int) -> None:
    await telegram.world.until(lambda: telegram.arrived >= wanted or not process.alive, within=30)


def ledger(lotsen: Installation) -> Counter[str]:
    rows = lotsen.look("SELECT state FROM outbox WHERE action = 'say' AND notice_id IS NOT NULL")
    return Counter(row["state"] for row in rows)


def came(telegram: Telegram, eva: Colleague) -> Counter[int]:
    """How often each phone was given the notice, by Telegram's own journal."""
    calls = telegram.world.journal.calls("sendMessage")
    chats = Counter(
        int(body["chat_id"])
        for call in calls
        if call.obeyed and (body := _body(call.body, call.content_type))
    )
    chats.pop(eva.chat_id or 0, None)
    return chats


def _body(raw: bytes, kind: str) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return json.loads(raw) if "json" in kind else dict(parse_qsl(raw.decode()))


async def killed_twice(lotsen: Installation, telegram: Telegram) -> int:
    """kill -9 in the middle of it; how many messages were in flight."""
    in_flight = 0
    for wanted in (30, 60):
        process = lotsen.start(*RUN, now=NOW)
        await sends_until(telegram, process, wanted)
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
    await sends_until(telegram, process, 90)
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


async def finished(lotsen: Installation, telegram: Telegram) -> None:
    """Until nothing waits, and the coordinator's message says how it ended."""
    process = lotsen.start(*RUN, now=NOW + timedelta(minutes=1))
    open_rows = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
    await telegram.world.until(lambda: not lotsen.look(open_rows), within=40)
    shown = "SELECT 1 FROM notice WHERE state = 'done' AND progress_at IS NOT NULL"
    await telegram.world.until(lambda: bool(lotsen.look(shown)), within=20)
    await process.stop()


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
async def test_killed_paused_flooded_and_corrected_each_reader_has_it_once(
    lotsen: Installation, telegram: Telegram
):
    telegram.world.faults.delay_ms = 20
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "150"
    eva, number = await scheduled(lotsen, telegram)
    in_flight = await killed_twice(lotsen, telegram)
    await paused_and_corrected(lotsen, telegram, eva, number)
    await finished(lotsen, telegram)

    stood, phones = ledger(lotsen), came(telegram, eva)
    assert sum(stood.values()) == FAMILIES
    assert set(stood) <= {"sent", "in_doubt"}
    assert stood["in_doubt"] <= in_flight
    assert max(phones.values()) == 1
    assert stood["sent"] <= sum(phones.values()) <= stood["sent"] + stood["in_doubt"]
    people = telegram.world.people
    said = [telegram.texts(people[chat]) for chat in phones]
    old = [text for [text] in said if CORRECTED["so"].body not in text]
    assert len(old) <= stood["in_doubt"]  # nobody knows the number of those messages
    [last] = telegram.texts(people[eva.chat_id or 0])
    assert "It is sent." in last
