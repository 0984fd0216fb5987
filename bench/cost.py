"""`python -m bench cost`: what a message costs beside the bare client that sends the same bodies.

Both speak HTTP to a Telegram of four lines in a process of its own, so that only the client's
processor time is counted: all threads of this process, SQLite's too. Statements are counted.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import event

from bench.families import DUE, RULES, SLOT, fresh
from bench.loopback import telegram
from bench.notices import scheduled
from bench.phones import WIDE_OPEN, Body, Recording
from messaging.i18n import Languages, load_languages
from messaging.push import Push
from services import planning, sending
from services.delivery import Sender
from storage import memory
from storage.database import Database

RUNS = 5
Prepares = Callable[[Database], Awaitable[object]]


async def _milliseconds(act: Awaitable[object], times: int) -> float:
    begun = time.process_time()
    await act
    return (time.process_time() - begun) * 1000 / times


async def _bare(push: Push, bodies: list[Body]) -> None:
    flights = asyncio.Semaphore(8)

    async def one(body: Body) -> None:
        async with flights:
            await push.send(*body)

    async with asyncio.TaskGroup() as tasks:
        for body in bodies:
            tasks.create_task(one(body))


async def _once(
    url: str, languages: Languages, prepare: Prepares, now: datetime
) -> tuple[float, float, float, float]:
    """Ours, the bare client and a bare commit in milliseconds of processor time; statements."""
    sent = 0

    def count(*_of: object) -> None:
        nonlocal sent
        sent += 1

    async with fresh(DUE) as db, Recording(url) as push:
        await prepare(db)
        sender = Sender(db, push, languages, RULES, WIDE_OPEN, lambda: now)
        ours = await _milliseconds(sender.drain(), DUE)
        bodies = list(push.bodies)
        assert len(bodies) == DUE
        bare = await _milliseconds(_bare(push, bodies), DUE)
        commit = await _milliseconds(_commits(db), DUE)
    async with fresh(DUE) as db, Recording(url) as push:  # a listener costs time
        await prepare(db)
        for engine in (db._writer, db._reader):
            event.listen(engine.sync_engine, "before_cursor_execute", count)
        await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: now).drain()
    return ours, bare, commit, sent / DUE


async def _commits(db: Database) -> None:
    for n in range(DUE):
        async with db.write() as tx:
            await memory.remember(tx, "bench", str(n))


async def _tips(db: Database) -> None:
    await planning.plan(db, SLOT, RULES)


async def _notice(db: Database) -> None:
    await scheduled(db)
    await sending.start_due(db, SLOT, RULES)


async def report() -> None:
    """Print what a tip and a message of a notice cost."""
    languages = load_languages()
    names = ("ms", "bare client", "ratio", "bare commit", "ratio", "statements")
    print(f"{'processor time per message':28}", *(f"{each:>12}" for each in names))
    async with telegram() as url:
        for name, prepare, now in (
            ("a tip", _tips, SLOT),
            ("a notice", _notice, SLOT + timedelta(seconds=1)),
        ):
            runs = [await _once(url, languages, prepare, now) for _ in range(RUNS + 1)]
            ours, bare, commit, sent = map(statistics.median, zip(*runs[1:], strict=True))
            figures = (ours, bare, ours / bare, commit, ours / commit, sent)
            print(f"{name:28}", *(f"{each:12.2f}" for each in figures))
