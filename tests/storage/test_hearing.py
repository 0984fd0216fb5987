"""Whoever plans hears of an act at its commit; on a server of every process's acts."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from storage import hearing, memory
from storage.database import note_due
from storage.hearing import hear
from tests.databases import ON_POSTGRESQL


class Ear:
    """Hears as long as the block lasts; how often, and the next time."""

    def __init__(self) -> None:
        self.heard, self._next = 0, asyncio.Event()

    def __call__(self) -> None:
        self.heard += 1
        self._next.set()

    async def again(self, before: int) -> None:
        async with asyncio.timeout(60):
            while self.heard <= before:
                self._next.clear()
                await self._next.wait()


@asynccontextmanager
async def listening(db):
    ear = Ear()
    task = asyncio.ensure_future(hear(db, db.address, ear))
    if db.dialect.name == "postgresql":
        await ear.again(0)  # it looks once when it has begun to listen
    else:
        await asyncio.sleep(0)
    yield ear
    assert not task.done()
    task.cancel()


async def act(db, due: bool = True) -> None:
    async with db.write() as tx:
        await memory.remember(tx, "a", "b")
        if due:
            note_due(tx)


async def test_an_act_is_heard_once_it_is_committed_and_not_before(db):
    async with listening(db) as ear:
        before = ear.heard
        async with db.write() as tx:
            note_due(tx)
            await memory.remember(tx, "a", "b")
            assert ear.heard == before
        await ear.again(before)


async def test_what_makes_nothing_due_or_is_rolled_back_is_not_heard(db):
    async with listening(db) as ear:
        before = ear.heard
        await act(db, due=False)
        with pytest.raises(ZeroDivisionError):
            async with db.write() as tx:
                note_due(tx)
                await memory.remember(tx, "c", str(1 // 0))
        await act(db, due=False)  # on the same connection: it has forgotten
        await act(db)
        await ear.again(before)
        assert ear.heard == before + 1


@ON_POSTGRESQL
async def test_another_process_is_heard_too_and_again_after_the_server_was_away(
    db, open_at, server, monkeypatch
):
    monkeypatch.setattr(hearing, "ASKED_EVERY", 0.02)
    monkeypatch.setattr(hearing, "AGAIN_SECONDS", 0.02)
    other = open_at(db.address)
    async with listening(db) as ear:
        before = ear.heard
        await act(other)
        await ear.again(before)
        before = ear.heard
        with server.away():
            pass
        await ear.again(before)  # listening again, it looks for what it may have missed
        before = ear.heard
        await act(other)
        await ear.again(before)
    await other.close()
