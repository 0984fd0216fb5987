"""One process sends, beside a file and on a server; a dead one holds nothing."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import locks
from storage import server as connections
from storage.database import Unavailable
from storage.locks import SenderBusy, sender_lock
from tests import postgres
from tests.databases import ON_POSTGRESQL

HOLD = """
import asyncio, sys
from pathlib import Path
from storage.locks import sender_lock

async def hold():
    lock = sender_lock(sys.argv[1], Path(sys.argv[2]))
    await lock.take()
    print("held", flush=True)
    await lock.keep()

asyncio.run(hold())
"""


@pytest.fixture
async def another(new_database, tmp_path):
    """Makes one more lock of the same database; all are given back at the end."""
    url, made = new_database(), []

    def make():
        made.append(sender_lock(url, tmp_path / "deep"))
        return made[-1]

    make.url = url
    yield make
    for each in made:
        await each.give_back()


async def _until_taken(lock) -> None:
    """A server needs a moment to notice that somebody died, or to end what they were writing."""
    async with asyncio.timeout(60):
        while True:
            with suppress(SenderBusy, Unavailable):
                return await lock.take()
            await asyncio.sleep(0.01)


async def test_one_process_sends_and_a_killed_one_holds_nothing(another, tmp_path):
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLD, another.url, str(tmp_path / "deep")), stdout=PIPE
    )
    assert await other.stdout.readline() == b"held\n"
    mine = another()
    with pytest.raises(SenderBusy):
        await mine.take()
    other.kill()
    await other.wait()
    await _until_taken(mine)


async def test_who_gives_back_lets_another_send_and_may_give_back_twice(another):
    mine, other = another(), another()
    await mine.take()
    with pytest.raises(SenderBusy):
        await other.take()
    await mine.give_back()
    await mine.give_back()
    await _until_taken(other)


async def test_who_holds_it_keeps_it(another, monkeypatch):
    monkeypatch.setattr(locks, "LOOK_SECONDS", 0.01)
    mine, other = another(), another()
    await mine.take()
    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(mine.keep())
        for _ in range(3):  # while it is kept: told to end in the middle of a word, it is let go
            await asyncio.sleep(0.1)
            with pytest.raises(SenderBusy):
                await other.take()
        keeping.cancel()


async def test_two_data_folders_of_one_database_have_one_sender(another, tmp_path):
    mine, other = another(), sender_lock(another.url, tmp_path / "elsewhere")
    await mine.take()
    with pytest.raises(SenderBusy):
        await other.take()
    await other.give_back()


@ON_POSTGRESQL
async def test_after_a_restart_of_the_server_the_same_process_sends_on(
    another, server, monkeypatch, caplog
):
    monkeypatch.setattr(locks, "LOOK_SECONDS", 0.01)
    mine, other = another(), another()
    await mine.take()
    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(mine.keep())
        with server.away():
            with pytest.raises(Unavailable):
                await other.take()
            await asyncio.sleep(0.1)
        async with asyncio.timeout(60):
            while "the lock is taken anew" not in caplog.text:  # noqa: ASYNC110 - it says no more
                await asyncio.sleep(0.01)
        with pytest.raises(SenderBusy):
            await other.take()
        keeping.cancel()


@ON_POSTGRESQL
async def test_who_lost_the_lock_to_another_stops(another, server, monkeypatch):
    monkeypatch.setattr(locks, "LOOK_SECONDS", 0.2)
    mine, other = another(), another()
    await mine.take()
    with server.away():
        pass
    await other.take()  # faster than we looked
    with pytest.raises(SenderBusy):
        await mine.keep()


@ON_POSTGRESQL
async def test_each_database_of_a_server_has_its_own_sender(new_database, tmp_path):
    one, other = (sender_lock(new_database(), tmp_path) for _ in range(2))
    await one.take()
    await other.take()
    await one.give_back()
    await other.give_back()


@ON_POSTGRESQL
async def test_who_was_paused_and_wakes_beside_another_is_the_sender_no_more(
    another, open_at, server
):
    """It still has its connections, and has not noticed anything."""
    mine, other = another(), another()
    db = open_at(another.url)
    await mine.take()
    async with db.write() as tx:
        assert await mine.is_ours(tx)
        taking = asyncio.ensure_future(_until_taken(other))
        server.say("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        await asyncio.sleep(0.2)
        assert not taking.done()  # what is being written as a sender is written first
    await taking
    for begin in (db.write, db.read):
        async with begin() as tx:
            assert not await mine.is_ours(tx)
            assert await other.is_ours(tx)
    await db.close()


@ON_POSTGRESQL
async def test_who_stands_by_takes_it_from_a_sender_that_is_silent_and_from_no_other(
    another, monkeypatch
):
    monkeypatch.setattr(locks, "LOOK_SECONDS", 0.05)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(connections, "this_process", lambda: "lotsen another-machine:1")
        other = another()
    mine = another()
    await mine.take()
    keeping = asyncio.ensure_future(mine.keep())
    since = _last_word(another.url)
    async with asyncio.timeout(60):
        while _last_word(another.url) == since:  # noqa: ASYNC110 - it is heard again
            await asyncio.sleep(0.05)
    await other.free()
    with pytest.raises(SenderBusy):
        await other.take()

    keeping.cancel()  # as a paused process: its connection stays, and nothing is heard of it
    monkeypatch.setattr(locks, "SILENT_SECONDS", 0.0)
    await other.free()
    await _until_taken(other)


def _last_word(url):
    """When who holds the lock was last heard of."""
    [holder] = postgres.look(
        url,
        "SELECT state_change FROM pg_stat_activity WHERE application_name LIKE '% sends'"
        " AND datname = current_database()",
    )
    return holder["state_change"]


@pytest.fixture
def elsewhere(another, monkeypatch):
    """A lock of a process on another machine; ours hears no word of it for very long, soon."""
    monkeypatch.setattr(locks, "SILENT_SECONDS", 0.2)
    monkeypatch.setattr(locks, "ROW_SECONDS", 0.1)
    with monkeypatch.context() as there:
        there.setattr(connections, "this_process", lambda: "lotsen another-machine:1")
        return another()


async def _freed(mine) -> None:
    """As whoever stands by does it."""
    async with asyncio.timeout(60):
        while True:
            with suppress(SenderBusy, Unavailable):
                await mine.free()
                return await mine.take()
            await asyncio.sleep(0.05)


@ON_POSTGRESQL
async def test_a_sender_that_falls_asleep_as_soon_as_it_has_the_lock_is_followed(
    another, elsewhere
):
    await elsewhere.take()
    await _freed(another())


@ON_POSTGRESQL
async def test_a_sender_that_lost_the_lock_asleep_in_the_midst_of_an_act_is_followed(
    another, elsewhere, open_at, server
):
    db = open_at(another.url)
    await elsewhere.take()
    with pytest.raises(DBAPIError):
        async with db.write() as tx:
            assert await elsewhere.is_ours(tx)
            server.say("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            mine = another()
            await _freed(mine)
            await tx.execute(text("SELECT 1"))  # it wakes
    async with db.read() as tx:
        assert await mine.is_ours(tx)
    await db.close()


@ON_POSTGRESQL
async def test_a_sender_that_is_heard_may_take_its_time_with_an_act(another, open_at, monkeypatch):
    monkeypatch.setattr(locks, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(locks, "SILENT_SECONDS", 1.5)
    db, mine, other = open_at(another.url), another(), another()
    await mine.take()
    keeping = asyncio.ensure_future(mine.keep())
    async with db.write() as tx:
        assert await mine.is_ours(tx)
        await asyncio.sleep(1.7)
        await other.free()
        await tx.execute(text("SELECT 1"))
    keeping.cancel()
    await db.close()
