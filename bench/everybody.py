"""`python -m bench everybody`: a notice to all parents of a country is written, corrected, stopped
and taken back, while other parents press.

What the sender does with it meanwhile is in `python -m bench notices`; here nothing is sent, and
the half that has arrived is written by hand. A press locks a family, reads it, and writes.
"""

import argparse
import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import text

from bench import notices
from bench.families import RULES, SLOT
from bench.population import LANGUAGES, fill, populations
from bench.week import births
from bot.app import keep_what_is_loaded
from programme.activities import Words
from programme.notices import NoticeState, WordingState
from programme.people import Role
from services import correcting, counting_first, sending
from services.access import Colleague, colleague_of
from services.counting_first import CountFirst
from storage import notices as stored
from storage import staff, wordings
from storage.database import Database, Tx
from storage.tables import area
from storage.wordings import Of

COORDINATOR = 10_000_000  # her chat
# Something that each has had, as in a country that has a past: a server goes by what is there.
_PAST = (
    "INSERT INTO outbox (family_id, guardian_id, lane, due_at, next_at, state, ended_at) "
    "SELECT family_id, id, 2, active_since, active_since, 'sent', active_since FROM guardian",
    "INSERT INTO item (key, kind, family_id, guardian_id, due_at, state, outbox_id) "
    "SELECT 'past:' || id, 'tip', family_id, guardian_id, due_at, 'sent', id FROM outbox",
    "ANALYZE",
)
_HALF = (
    "UPDATE outbox SET state = 'sent', ended_at = due_at WHERE guardian_id % 2 = 0 "
    "AND state = 'waiting'",
    "UPDATE item SET state = 'sent' WHERE guardian_id % 2 = 0",
    "INSERT INTO said (chat_id, message_id, purpose, outbox_id, said_at) "
    "SELECT guardian_id, id, 'push', id, due_at FROM outbox WHERE state = 'sent' "
    "AND notice_id IS NOT NULL",
    "ANALYZE",
)


@dataclass
class _Beside:
    """What others saw while something was done."""

    presses: list[float] = field(default_factory=list)
    stall: float = 0.0

    async def press(self, db: Database, parents: int) -> None:
        """Every 20 ms, each by another parent."""
        n = 0
        while True:
            n += 7919
            self.presses.append(await notices.press(db, 1 + n % parents))
            await asyncio.sleep(0.02)

    async def watch(self) -> None:
        """How long the event loop stood still at most."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            self.stall = max(self.stall, time.perf_counter() - begun - 0.001)


async def _timed(name: str, db: Database, parents: int, work: Callable[[], Awaitable[str]]) -> None:
    beside = _Beside()
    async with asyncio.TaskGroup() as tasks:
        pressing = tasks.create_task(beside.press(db, parents))
        await asyncio.sleep(1)  # what is done for the first time takes longer
        beside.presses.clear()
        watching = tasks.create_task(beside.watch())
        begun, used = time.perf_counter(), time.process_time()
        said = await work()
        took, used = time.perf_counter() - begun, time.process_time() - used
        pressing.cancel()
        watching.cancel()
    waits = sorted(beside.presses)
    print(
        f"{name}: {took:.1f} s ({used:.1f} s of this process's processor time){said}\n"
        f"  {len(waits)} presses: median {waits[len(waits) // 2] * 1000:.0f} ms, 99th percentile "
        f"{waits[int(len(waits) * 0.99)] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms; "
        f"the event loop stood still for {beside.stall * 1000:.0f} ms at most",
        flush=True,
    )


async def _scheduled(db: Database) -> tuple[int, Colleague]:
    """A notice to everybody, whose time has come, and the coordinator whose it is."""
    async with db.write() as tx:
        home = (await tx.execute(area.select())).first()
        assert home is not None
        eva = await staff.add(tx, home.id, "Eva", Role.COORDINATOR)
        await staff.change(tx, eva, chat_id=COORDINATOR, language="en")
        facts = {"state": NoticeState.SCHEDULED, "made_at": SLOT, "send_at": SLOT}
        number = await stored.add(tx, [home.id], languages=",".join(LANGUAGES), **facts)
        for code in LANGUAGES:
            words, of = Words(notices.HEADLINE, "Vi ses."), Of(notice_id=number)
            await wordings.write(tx, of, code, words, state=WordingState.APPROVED)
        colleague = await colleague_of(tx, COORDINATOR)
    assert colleague is not None
    return number, colleague


async def _leaves(db: Database) -> str:
    begun, first, more, written = time.perf_counter(), 0.0, True, 0
    while more:
        done = await sending.start_some(db, SLOT, RULES)
        first = first or time.perf_counter() - begun
        written, more = written + done.written, done.more
    return f": {written:,} readers; the first could leave after {first * 1000:.0f} ms"


async def _act(db: Database, act: Callable[[Tx], Awaitable[object]]) -> str:
    """An act of hers, as the intake does it, and all that the clockwork then has to write."""
    with counting_first.acts_again():
        took = await _done(db, act)
    await sending.start_due(db, SLOT, RULES)
    return f": the act itself {took * 1000:.0f} ms"


async def _done(db: Database, act: Callable[[Tx], Awaitable[object]]) -> float:
    while True:
        try:
            async with db.write() as tx:
                begun = time.perf_counter()
                await act(tx)
                return time.perf_counter() - begun
        except CountFirst as asked:
            await counting_first.count(db, asked)


async def report(readers: int, kind: str) -> None:
    """Print all of it."""
    with populations() as made:
        async with made.empty(kind) as db:
            await fill(db, readers // 2, 0, births())
            await _say(db, _PAST)
            number, eva = await _scheduled(db)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            await _timed("it begins to leave", db, readers, lambda: _leaves(db))
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            print(f"memory: {grown:.0f} MiB more at most")
            await _say(db, _HALF)
            for name, act in _acts(number, eva).items():
                await _timed(name, db, readers, partial(_act, db, act))


async def _say(db: Database, statements: tuple[str, ...]) -> None:
    for words in statements:
        async with db.write() as tx:
            await tx.execute(text(words))


def _acts(number: int, eva: Colleague) -> dict[str, Callable[[Tx], Awaitable[object]]]:
    return {
        "corrected": lambda tx: correcting.correct(tx, eva, number, SLOT),
        "stopped": lambda tx: sending.stop(tx, eva, number, SLOT),
        "taken back": lambda tx: correcting.recall(tx, eva, number, SLOT),
    }


def main(words: list[str]) -> None:
    """So many readers, on one kind of database."""
    parser = argparse.ArgumentParser(prog="python -m bench everybody")
    parser.add_argument("--readers", type=int, default=300_000)
    parser.add_argument("--kind", default="SQLite", choices=("SQLite", "PostgreSQL"))
    asked = parser.parse_args(words)
    keep_what_is_loaded()  # as in an installation: what is there for good is not looked through
    asyncio.run(report(asked.readers, asked.kind))
