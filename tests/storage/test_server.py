"""PostgreSQL: what keeps an act from hanging, and what a restart of the server means to it."""

import asyncio
import os
import signal
import socket
import threading

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url, text

from services import health
from storage import memory, server
from storage.database import Damaged, Unavailable, note_recall, open_database
from storage.turns import lock_family
from tests.cast import move_in
from tests.databases import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL


@pytest.fixture
def limited(monkeypatch, new_database):
    """Opens a database whose limits are fractions of a second, on engines of its own."""

    def open_one(**limits):
        for name, value in limits.items():
            monkeypatch.setattr(server, name, value)
        return open_database(new_database(), [Fernet.generate_key().decode()])

    return open_one


async def _works(db) -> bool:
    async with db.write() as tx:
        await memory.remember(tx, "a", "b")
    async with db.read() as tx:
        return await memory.recall(tx, "a") == "b"


async def test_acts_are_read_committed_and_who_looks_sees_one_state_and_may_not_write(db):
    async with db.write() as tx:
        assert (await tx.execute(text("SHOW transaction_isolation"))).scalar() == "read committed"
    for _ in range(2):  # the pooled connection comes back as it was
        async with db.read() as tx:
            shown = await tx.execute(text("SHOW transaction_isolation"))
            assert shown.scalar() == "repeatable read"
            with pytest.raises(Damaged, match="read-only"):
                await memory.remember(tx, "a", "b")


async def test_an_act_that_waits_too_long_for_anothers_lock_may_be_tried_again(limited):
    db = limited(WAIT_SECONDS=1)
    home = await move_in(db)
    async with db.write() as tx:
        await lock_family(tx, home.family_id)
        with pytest.raises(Unavailable, match="lock timeout"):
            async with db.write() as other:
                await lock_family(other, home.family_id)
    assert await _works(db)
    await db.close()


async def test_a_statement_that_takes_too_long_is_ended(limited):
    db = limited(STATEMENT_SECONDS=1)
    with pytest.raises(Unavailable, match="statement timeout"):
        async with db.write() as tx:
            await tx.execute(text("SELECT pg_sleep(5)"))
    assert await _works(db)
    await db.close()


async def test_an_act_that_falls_silent_loses_its_locks(limited):
    db = limited(IDLE_SECONDS=1)
    home = await move_in(db)
    with pytest.raises(Unavailable):
        async with db.write() as tx:
            await lock_family(tx, home.family_id)
            await asyncio.sleep(1.3)
            await memory.remember(tx, "a", "b")
    assert await _works(db)
    await db.close()


async def test_when_every_connection_is_taken_the_next_act_may_be_tried_again(limited):
    db = limited(WRITERS=1, WAIT_SECONDS=1)
    async with db.write():
        with pytest.raises(Unavailable):
            async with db.write():
                pass
    assert await _works(db)
    await db.close()


async def test_migrations_may_take_longer_than_acts(limited):
    db = limited(STATEMENT_SECONDS=1)
    async with db.rebuild() as tx:
        await tx.execute(text("SELECT pg_sleep(1.2)"))
    await db.close()


async def test_while_the_server_is_down_acts_may_be_tried_again_and_then_they_work(db, server):
    assert await _works(db)
    with server.away():
        for opened in (db.write, db.read, db.rebuild):
            with pytest.raises(Unavailable):
                async with opened() as tx:
                    await memory.recall(tx, "a")
        assert await health.why_not_ready(db)
    assert await _works(db)
    assert await health.why_not_ready(db) is None


async def test_nobody_notices_a_restart_in_a_pause(db, server):
    async def look() -> None:
        async with db.read() as tx:
            await memory.recall(tx, "a")
            await asyncio.sleep(0.05)

    await asyncio.gather(*(look() for _ in range(4)))  # every pooled connection is open
    with server.away():
        pass
    await asyncio.gather(*(look() for _ in range(4)))


async def test_an_act_in_the_middle_of_which_the_server_goes_down_left_nothing(db, server):
    with pytest.raises(Unavailable):
        async with db.write() as tx:
            await memory.remember(tx, "half", "done")
            with server.away():
                await memory.remember(tx, "other half", "done")
    async with db.read() as tx:
        assert await memory.recall(tx, "half") is None


async def test_a_commit_that_the_server_did_not_hear_may_be_tried_again(db, server):
    with pytest.raises(Unavailable):
        async with db.write() as tx:
            await memory.remember(tx, "half", "done")
            server.stop()
    server.start()
    async with db.read() as tx:
        assert await memory.recall(tx, "half") is None


def test_the_server_stops_though_we_have_only_begun_to_connect(server, database_kind):
    """It waits for what such a client has to say, and that is us, who wait for the server."""
    [folder] = make_url(server.url("any")).query.values()
    with socket.socket(socket.AF_UNIX) as begun:
        os.kill(server.process, signal.SIGSTOP)
        begun.connect(f"{folder}/.s.PGSQL.5432")
        threading.Timer(0.1, os.kill, (server.process, signal.SIGCONT)).start()
        with server.away():
            pass
    server.say("SELECT 1")


async def test_what_was_committed_is_there_after_the_server_has_crashed(db, server):
    async with db.write() as tx:
        await memory.remember(tx, "done", "yes")
    server.stop(signal.SIGQUIT)
    server.start()
    async with db.read() as tx:
        assert await memory.recall(tx, "done") == "yes"


async def test_a_recall_whose_commit_nobody_heard_counts_as_one(db, server):
    before = db.recalls
    with pytest.raises(Unavailable):
        async with db.write() as tx:
            await memory.remember(tx, "a", "b")
            note_recall(tx)
            server.stop()
    server.start()
    assert db.recalls == before + 1  # who has a message in its hands looks again


async def test_many_acts_through_a_restart_are_done_once_or_told_to_try_again(db, server):
    home = await move_in(db)

    async def act() -> bool:
        try:
            async with db.write() as tx:
                await lock_family(tx, home.family_id)
                count = int(await memory.recall(tx, "count") or 0)
                await memory.remember(tx, "count", str(count + 1))
        except Unavailable:
            return False
        return True

    async def restart() -> None:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(0.2)
        server.start()

    done = await asyncio.gather(restart(), *(act() for _ in range(300)))
    async with db.read() as tx:
        assert int(await memory.recall(tx, "count") or 0) == sum(each is True for each in done)


@pytest.mark.parametrize("url", ["postgresql://x@127.0.0.1:9/x", "postgresql://nobody.invalid/x"])
async def test_a_server_that_is_not_there_is_unavailable(url, open_at, database_kind):
    db = open_at(url)
    with pytest.raises(Unavailable):
        async with db.read() as tx:
            await memory.recall(tx, "a")
    await db.close()


async def test_a_database_that_is_not_on_the_server_is_named(server, open_at, database_kind):
    db = open_at(server.url("nothing"))
    with pytest.raises(Damaged, match="nothing"):
        async with db.read() as tx:
            await memory.recall(tx, "a")
    await db.close()


async def test_a_task_that_is_told_to_end_while_the_server_works_ends(db):
    """Taken for a lost connection, the end was tried again, and a stop waited for ever."""

    async def work():
        async with db.write() as tx:
            await tx.exec_driver_sql("SELECT pg_sleep(20)")

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0.2)
    task.cancel()
    async with asyncio.timeout(30):
        with pytest.raises(asyncio.CancelledError):
            await task
