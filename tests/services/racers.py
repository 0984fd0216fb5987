"""Families that press in a process of their own, all at the moment the race is opened."""

import asyncio
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from services.access import reader_of
from services.choosing import pick
from storage.database import Database
from tests.cast import RULES, local
from tests.engines import open_patiently

NOW = local("2026-11-02 09:00")
AT_ONCE = 10  # connections of one program


async def press(db: Database, n: int, slot_id: int):
    async with db.write() as tx:
        reader = await reader_of(tx, 5000 + n)
        return await pick(tx, reader, slot_id, NOW, RULES)


def run(url: str, key: str, presses: Sequence[tuple[int, int]], go: Event, out: Connection) -> None:
    """One program: what came of each press, in words."""
    out.send(asyncio.run(_run(url, key, presses, go, out)))


async def _run(url, key, presses, go, out) -> list[str]:
    db, free = open_patiently(url, [key]), asyncio.Semaphore(AT_ONCE)
    async with db.read():
        pass  # a connection is there
    out.send("ready")
    go.wait(30)

    async def one(n: int, slot_id: int) -> str:
        async with free:
            return (await press(db, n, slot_id)).outcome.value

    met = await asyncio.gather(*(one(n, slot_id) for n, slot_id in presses))
    await db.close()
    return met
