"""Going to SQLite's thread is what costs; and nothing may be said outside a transaction for it."""

import asyncio
import sqlite3
import time

import pytest
from aiosqlite import Connection
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import memory
from storage.database import BUSY_SECONDS, Unavailable, near
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def errands(monkeypatch):
    """What the driver went to SQLite's thread for."""
    seen, go = [], Connection._execute

    async def counted(self, act, *args, **kwargs):
        seen.append(act)
        return await go(self, act, *args, **kwargs)

    monkeypatch.setattr(Connection, "_execute", counted)
    return seen


async def test_a_transaction_goes_once_for_each_statement_and_once_to_commit(db, errands):
    async with db.write() as tx:
        await memory.remember(tx, "a", "1")
    errands.clear()
    async with db.write() as tx:
        await memory.remember(tx, "a", "2")
        assert await memory.recall(tx, "a") == "2"
    assert len(errands) == 3
    async with db.write():
        pass
    assert len(errands) == 3  # nothing was said: nobody was asked


async def test_what_comes_after_a_refused_first_statement_is_in_the_transaction_still(db):
    with pytest.raises(ZeroDivisionError):
        async with db.write() as tx:
            with pytest.raises(IntegrityError):
                await tx.execute(text("INSERT INTO memory (name) VALUES (NULL)"))
            await memory.remember(tx, "a", "1")
            raise ZeroDivisionError
    async with db.read() as tx:
        assert await memory.recall(tx, "a") is None


async def test_nothing_is_written_without_the_begin_that_failed(db, tmp_path):
    other = sqlite3.connect(tmp_path / "lotsen.sqlite3", isolation_level=None)
    async with db.write() as tx:
        await tx.execute(text("PRAGMA busy_timeout=1"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ZeroDivisionError):
        async with db.write() as tx:
            with pytest.raises(Unavailable):
                await memory.remember(tx, "a", "1")
            other.execute("COMMIT")
            await memory.remember(tx, "a", "1")
            raise ZeroDivisionError
    async with db.read() as tx:
        assert await memory.recall(tx, "a") is None
    other.close()


async def test_who_is_told_to_end_while_waiting_holds_nothing_afterwards(db, tmp_path):
    other = sqlite3.connect(tmp_path / "lotsen.sqlite3", isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")

    asyncio.get_running_loop().call_later(0.1, other.execute, "COMMIT")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), db.write() as tx:
            await memory.remember(tx, "a", "1")
    other.execute("BEGIN IMMEDIATE")  # at once: nobody else has it
    other.execute("COMMIT")
    other.close()
    async with db.write() as tx:
        assert await memory.recall(tx, "a") is None


async def test_small_statements_are_asked_here_and_only_the_commit_is_an_errand(db, errands):
    async with db.write() as tx:
        await memory.remember(tx, "a", "0")
    errands.clear()
    async with db.write() as tx:
        with near(tx):
            await memory.remember(tx, "a", "1")
            assert await memory.recall(tx, "a") == "1"
        assert not errands
    assert len(errands) == 1


async def test_where_another_process_writes_nobody_here_waits_for_it(db, tmp_path):
    other = sqlite3.connect(tmp_path / "lotsen.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def act() -> None:
        async with db.write() as tx:
            with near(tx):
                await memory.remember(tx, "a", "1")

    began, acting = time.monotonic(), asyncio.ensure_future(act())
    for _ in range(100):
        await asyncio.sleep(0)
    assert time.monotonic() - began < BUSY_SECONDS / 2  # the loop would have stood still
    other.execute("COMMIT")
    await acting
    async with db.write() as tx:
        assert await memory.recall(tx, "a") == "1"
        patience = (await tx.execute(text("PRAGMA busy_timeout"))).scalar()
    assert patience == BUSY_SECONDS * 1000  # for the next one who has to wait
    other.close()
