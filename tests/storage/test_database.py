"""Writers wait their turn, nothing is lost, and a database that does not answer is no disaster."""

import asyncio
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from contextlib import suppress

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.exc import DBAPIError

from storage import database, memory
from storage.database import Damaged, Database, Unavailable, open_database
from storage.turns import lock_family
from tests.cast import move_in
from tests.databases import ON_SQLITE

HOLD = """
import sqlite3, sys
tx = sqlite3.connect(sys.argv[1], isolation_level=None)
tx.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
tx.execute("COMMIT")
"""


async def _add_one(db: Database, family_id: int = 1) -> None:
    async with db.write() as tx:
        await lock_family(tx, family_id)
        count = int(await memory.recall(tx, "count") or 0)
        await asyncio.sleep(0)  # where an update would be lost
        await memory.remember(tx, "count", str(count + 1))


async def test_a_hundred_acts_that_read_and_then_write_lose_nothing(db):
    # Stays for ever. SQLAlchemy's default (a deferred BEGIN, sent by the driver before the first
    # write only) lets all hundred read the same number: the count ends at 2, without an error.
    # A plain BEGIN fails instead with "database is locked" as soon as two want to write.
    # On PostgreSQL the family's row is what they wait for; without it the count ends at about 13.
    home = await move_in(db)
    await asyncio.gather(*(_add_one(db, home.family_id) for _ in range(100)))
    async with db.read() as tx:
        assert await memory.recall(tx, "count") == "100"


async def test_two_programs_that_read_and_then_write_lose_nothing(new_database, open_at):
    url = new_database()
    one, other = open_at(url), open_at(url)
    await move_in(one)
    await asyncio.gather(*(_add_one(db) for _ in range(50) for db in (one, other)))
    async with one.read() as tx:
        assert await memory.recall(tx, "count") == "100"
    await one.close()
    await other.close()


@ON_SQLITE
async def test_two_processes_that_read_and_then_write_lose_nothing(db, tmp_path):
    script = """
import sqlite3, sys
tx = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
for _ in range(50):
    tx.execute("BEGIN IMMEDIATE")
    count = int(tx.execute("SELECT value FROM memory WHERE name='count'").fetchone()[0])
    tx.execute("UPDATE memory SET value=? WHERE name='count'", (str(count + 1),))
    tx.execute("COMMIT")
"""
    async with db.write() as tx:
        await memory.remember(tx, "count", "0")
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path / "lotsen.sqlite3")
    )
    for _ in range(50):
        await _add_one(db)
    assert await other.wait() == 0
    async with db.read() as tx:
        assert await memory.recall(tx, "count") == "100"


async def test_an_act_that_fails_leaves_nothing_behind_and_frees_the_turn(db):
    with pytest.raises(RuntimeError):
        async with db.write() as tx:
            await memory.remember(tx, "half", "done")
            raise RuntimeError
    async with asyncio.timeout(30), db.write() as tx:
        assert await memory.recall(tx, "half") is None


async def test_an_act_that_is_cancelled_leaves_nothing_behind_and_frees_the_turn(db):
    inside = asyncio.Event()

    async def slow() -> None:
        async with db.write() as tx:
            await memory.remember(tx, "half", "done")
            inside.set()
            await asyncio.sleep(60)

    async with asyncio.TaskGroup() as tasks:
        act = tasks.create_task(slow())
        await inside.wait()
        act.cancel()
    async with asyncio.timeout(30), db.write() as tx:
        assert await memory.recall(tx, "half") is None


async def test_a_reader_sees_one_state_and_waits_for_no_writer(db):
    async with db.write() as tx:
        await memory.remember(tx, "a", "old")
    async with db.read() as looking:
        assert await memory.recall(looking, "a") == "old"
        async with asyncio.timeout(30), db.write() as tx:
            await memory.remember(tx, "a", "new")
            async with db.read() as other:
                assert await memory.recall(other, "a") == "old"  # not committed
        assert await memory.recall(looking, "a") == "old"
    async with db.read() as tx:
        assert await memory.recall(tx, "a") == "new"


async def test_what_is_written_while_only_looking_is_not_kept(db):
    async with db.read() as tx:
        with suppress(DBAPIError):  # PostgreSQL refuses it
            await memory.remember(tx, "a", "b")
    async with db.read() as tx:
        assert await memory.recall(tx, "a") is None


async def test_a_database_locked_by_another_process_is_unavailable_and_then_works(
    empty_database, tmp_path, monkeypatch
):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    file = tmp_path / "locked.sqlite3"
    file.write_bytes(empty_database.read_bytes())
    db = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
    await _add_one(db)
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, str(file), stdin=PIPE, stdout=PIPE
    )
    assert await other.stdout.readline() == b"held\n"
    before = time.monotonic()
    with pytest.raises(Unavailable):
        await _add_one(db)
    assert 0.1 < time.monotonic() - before < 5
    async with db.read() as tx:  # who only looks is not disturbed
        assert await memory.recall(tx, "count") == "1"
    await other.communicate(b"\n")
    await _add_one(db)
    async with db.read() as tx:
        assert await memory.recall(tx, "count") == "2"
    await db.close()


@ON_SQLITE
async def test_every_connection_is_durable_checked_and_overwrites_what_it_deletes(db):
    for opened in (db.write, db.read):
        async with opened() as tx:
            values = {
                name: (await tx.exec_driver_sql(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
        assert values == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
        }


async def test_the_folder_of_a_new_database_is_made(tmp_path):
    file = tmp_path / "not" / "there" / "lotsen.sqlite3"
    db = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
    async with db.write() as tx:
        assert (await tx.exec_driver_sql("SELECT 1")).scalar() == 1
    await db.close()
    assert sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_what_no_second_try_would_mend_is_not_called_unavailable(db):
    with pytest.raises(Damaged) as found:
        async with db.read() as tx:
            await tx.exec_driver_sql("SELECT shoe FROM nowhere")
    assert not isinstance(found.value, Unavailable)
