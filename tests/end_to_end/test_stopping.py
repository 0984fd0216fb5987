"""An orderly stop, and two processes on one data folder."""

import asyncio
import os
import signal
import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest

from tests.bot.working import with_visits
from tests.databases import ON_POSTGRESQL
from tests.effort import tries
from tests.end_to_end.processes import untouched
from tests.end_to_end.town import EVE_HOUR, TIP_HOUR, Installation, Telegram, neighbours

pytestmark = pytest.mark.slow

STOPS_WITHIN = 25  # seconds: a service manager that waits half a minute must not need a kill
SECOND_SENDER = "Another process is sending from this database."


def states(lotsen: Installation) -> list[str]:
    return [state for state, _ in lotsen.states()]


def copies(telegram: Telegram, homes) -> set[int]:
    return {len(telegram.texts(home.phone)) for home in homes}


@pytest.mark.parametrize("command", ["run", "run --only scheduler"])
async def test_a_stop_in_the_middle_of_delivery_records_what_is_in_flight_and_doubles_nothing(
    lotsen, telegram, command
):
    homes = await neighbours(lotsen, 60, visit=True)
    telegram.world.faults.delay_ms = 250
    work = lotsen.start(*command.split(), now=EVE_HOUR)
    await telegram.world.until(lambda: telegram.sends >= 20, within=90)

    began = time.monotonic()
    ended = await work.stop(within=STOPS_WITHIN)

    assert ended.code == 0, ended.err
    assert time.monotonic() - began < STOPS_WITHIN
    # Each call was answered before the end, and each answer is written down.
    assert telegram.arrived == telegram.sends == states(lotsen).count("sent")
    assert 20 <= telegram.sends < 60
    assert set(states(lotsen)) == {"sent", "waiting"}
    telegram.world.faults.delay_ms = 0
    rest = states(lotsen).count("waiting")
    assert (await lotsen.tick(EVE_HOUR))["sent"] == rest
    assert set(states(lotsen)) == {"sent"}
    assert copies(telegram, homes) == {1}


async def test_a_stop_that_cannot_wait_for_a_silent_server_still_records_the_others(
    lotsen, telegram
):
    homes = await neighbours(lotsen, 12, visit=True)
    telegram.world.faults.delay_ms = 400
    telegram.world.faults.hang("sendMessage", 60, chat=homes[0].phone.id)
    work = lotsen.start(
        "run",
        "--only",
        "scheduler",
        now=EVE_HOUR,
        quicker={"messaging.push.SECONDS": 60, "scheduler.runner.STOP_SECONDS": 1},
    )
    await telegram.world.until(lambda: telegram.sends == 12, within=90)

    ended = await work.stop(within=STOPS_WITHIN)

    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    assert sorted(states(lotsen)) == ["sending"] + ["sent"] * 11
    telegram.world.faults.clear()
    counts = await lotsen.tick(EVE_HOUR)
    assert (counts["postponed"], counts["sent"]) == (1, 0)
    assert states(lotsen).count("waiting") == 1  # in doubt: a little later, once more
    assert copies(telegram, homes) == {0, 1}


async def test_the_command_as_people_start_it_stops_in_order_on_a_signal(lotsen, telegram):
    homes = await neighbours(lotsen, 3)
    env = lotsen.env | {"LOTSEN_NOW": TIP_HOUR.isoformat()}
    work = await untouched(["run"], env, lotsen.folder)
    await telegram.world.until(lambda: copies(telegram, homes) == {1}, within=60)

    work.send_signal(signal.SIGTERM)
    async with asyncio.timeout(STOPS_WITHIN):
        _, logged = await work.communicate()

    assert work.returncode == 0, logged
    assert b"Traceback" not in logged
    assert states(lotsen) == ["sent"] * 3


@pytest.mark.parametrize(
    ("database_kind", "second"),
    [
        ("sqlite", "tick"),
        ("sqlite", "run"),
        ("sqlite", "run --only scheduler"),
        ("postgresql", "tick"),  # a `run` stands by
    ],
)
async def test_a_second_sender_on_the_same_database_says_so_and_sends_nothing(
    lotsen, telegram, second
):
    homes = await neighbours(lotsen, 3)
    first = lotsen.start("run", "--only", "scheduler", now=TIP_HOUR)
    await telegram.world.until(lambda: copies(telegram, homes) == {1}, within=90)
    before = telegram.sends

    # Fifty days later there would be a lot to send.
    ended = await lotsen.start(*second.split(), now=TIP_HOUR + timedelta(days=50)).end()

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith(SECOND_SENDER)
    assert "Traceback" not in ended.err
    assert telegram.sends == before
    assert first.alive
    assert (await first.stop()).code == 0


async def test_the_chat_alone_may_run_beside_the_sender(lotsen, telegram):
    first = lotsen.start("run", "--only", "scheduler", now=TIP_HOUR)
    chat = lotsen.start("run", "--only", "chat", now=TIP_HOUR)
    visitor = telegram.phone("Dan", "sv", started=False)
    telegram.world.start(visitor)
    await telegram.world.until(lambda: telegram.texts(visitor), within=90)

    assert first.alive
    assert (await chat.stop()).code == 0
    assert (await first.stop()).code == 0


@pytest.mark.parametrize("second", ["tick", "run"])
async def test_after_a_kill_of_the_first_the_second_starts_at_once(lotsen, telegram, second):
    homes = await neighbours(lotsen, 30)
    telegram.world.faults.delay_ms = 400
    first = lotsen.start("run", "--only", "scheduler", now=TIP_HOUR)
    await telegram.world.until(lambda: telegram.sends >= 5, within=90)
    await first.kill()
    telegram.world.faults.delay_ms = 0
    out = states(lotsen).count("sending")

    if second == "tick":
        await lotsen.tick(TIP_HOUR)
    else:
        work = lotsen.start(second, now=TIP_HOUR)
        await telegram.world.until(lambda: states(lotsen).count("waiting") == 0, within=90)
        assert (await work.stop()).code == 0

    assert 0 < out <= 16
    assert states(lotsen).count("in_doubt") == out
    assert states(lotsen).count("sent") == 30 - out
    assert copies(telegram, homes) <= {0, 1}


@ON_POSTGRESQL
async def test_who_stands_by_sends_within_ten_seconds_of_a_kill_and_nothing_is_lost(
    lotsen, telegram
):
    homes = await neighbours(lotsen, 40, visit=True)
    telegram.world.faults.delay_ms = 100
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = (
        "2"  # it must not be through before the other is there
    )
    first = lotsen.start("run", "--only", "scheduler", now=EVE_HOUR)
    await telegram.world.until(lambda: telegram.sends >= 3, within=90)
    sooner = {"storage.locks.SILENT_SECONDS": 2}
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "40"
    second = lotsen.start("run", "--only", "scheduler", now=EVE_HOUR, quicker=sooner)
    async with asyncio.timeout(20):
        while "standing by" not in second.logged:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
    os.kill(first.process.pid, signal.SIGSTOP)  # its machine goes on answering for it
    before, since = telegram.sends, time.monotonic()
    assert before < len(homes)

    await telegram.world.until(lambda: telegram.sends > before, within=90)
    assert time.monotonic() - since < tries(90, 10)
    os.kill(first.process.pid, signal.SIGCONT)
    ended = await first.end()
    await telegram.world.until(lambda: set(states(lotsen)) == {"sent"}, within=90)

    assert (ended.code, "Traceback" in ended.err) == (1, False)
    told = [len(telegram.texts(home.phone)) for home in homes]
    assert min(told) == 1
    assert sum(told) - len(homes) <= 16  # doubles only in doubt: what was in flight
    assert (await second.stop()).code == 0


async def test_a_stop_while_another_program_holds_the_database_waits_for_nobody(lotsen, telegram):
    homes = await with_visits(lotsen, 2)
    telegram.world.faults.hang("answerCallbackQuery", 1)
    for home in homes:
        home.answer("yes")
    quicker = {"storage.database.BUSY_SECONDS": 0.2}
    work = lotsen.start("run", "--only", "chat", now=EVE_HOUR, quicker=quicker)
    await telegram.world.until(
        lambda: bool(telegram.world.journal.calls("answerCallbackQuery")), within=90
    )

    with closing(sqlite3.connect(lotsen.folder / "lotsen.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = await work.stop(within=STOPS_WITHIN)

    assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
    kept = [row["state"] for row in lotsen.look("SELECT state FROM inbox")]
    assert set(kept) <= {"done", "said", "new"}  # what is not known to be said is said next time
    assert len(kept) == 2
