"""`python -m bench notices`: what a parent's press costs while a notice leaves to 20,000 readers.

Both acts go through the same database in one process, as in an installation: the sender claims,
re-checks, renders and hands over at Telegram's pace; a press locks a family, reads it, writes.
Telegram itself takes 60 ms and refuses nobody.
"""

import asyncio
import statistics
import time
from datetime import timedelta

from bench.families import RULES, SLOT, fresh
from bench.phones import Nowhere
from messaging.i18n import load_languages
from programme.activities import Words
from programme.notices import NoticeState, WordingState
from services import sending
from services.access import reader_of
from services.delivery import Sender
from services.planning import catch_up
from storage import notices, wordings
from storage.database import Database
from storage.tables import area
from storage.wordings import Of

READERS = 20_000
PER_SECOND = 25  # what Lotsen sends by default: under Telegram's 30
PRESSES = 200
ROUND_TRIP = 0.06
HEADLINE = "Träff på torsdag"


async def press(db: Database, chat_id: int) -> float:
    """Seconds from a press to the commit of what it changed."""
    begun = time.perf_counter()
    async with db.write() as tx:
        reader = await reader_of(tx, chat_id)
        assert reader is not None
        await catch_up(tx, reader.family_id, SLOT, RULES)
    return time.perf_counter() - begun


async def _presses(db: Database) -> list[float]:
    """Ten a second, each by another parent."""
    found = []
    for n in range(PRESSES):
        found.append(await press(db, READERS - n))
        await asyncio.sleep(0.1)
    return found


async def scheduled(db: Database) -> int:
    """The number of a notice to everybody, whose time has come."""
    async with db.write() as tx:
        home = (await tx.execute(area.select())).first()
        assert home is not None
        facts = {"state": NoticeState.SCHEDULED, "made_at": SLOT, "send_at": SLOT}
        number = await notices.add(tx, [home.id], languages="sv", **facts)
        words = Words(HEADLINE, "Vi ses på öppna förskolan.")
        of = Of(notice_id=number)
        await wordings.write(tx, of, "sv", words, state=WordingState.APPROVED)
    return number


def _centile(found: list[float], share: float) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * share))]


async def _frozen(db: Database) -> tuple[int, float, float]:
    """How many readers were written, in how many seconds, and how long a press waited then."""
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(sending.start_due(db, SLOT, RULES))
        pressing = tasks.create_task(press(db, 1))
        watching = tasks.create_task(_longest_stall())
        written = await writing
        seconds = time.perf_counter() - begun
        waited = await pressing
        watching.cancel()
    return written, seconds, waited


async def _beside(db: Database) -> tuple[list[float], float]:
    """Presses while it leaves, and how many messages left in a second."""
    telegram, now = Nowhere(ROUND_TRIP), SLOT + timedelta(seconds=1)
    sender = Sender(db, telegram, load_languages(), RULES, PER_SECOND, lambda: now)
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sender.run())
        busy = await _presses(db)
        speed = telegram.taken / (time.perf_counter() - begun)
        sender.stop()
    return busy, speed


async def report() -> None:
    """Print the ratios."""
    async with fresh(READERS) as db:
        alone = await _presses(db)
        number = await scheduled(db)
        written, freezing, waited = await _frozen(db)
        busy, speed = await _beside(db)
        async with db.read() as tx:
            stood = await sending.standing(tx, number)
    print(f"readers frozen into the outbox: {written:,} in {freezing:.2f} s")
    print(
        f"  a press made at that moment waited {waited:.2f} s; "
        f"the event loop stood still for {_STALL[0] * 1000:.0f} ms at most"
    )
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        ours, other = _centile(busy, share), _centile(alone, share)
        print(
            f"press {name}: {ours * 1000:.1f} ms while it leaves, {other * 1000:.1f} ms alone: "
            f"ratio {ours / other:.2f}"
        )
    print(f"mean ratio {statistics.mean(busy) / statistics.mean(alone):.2f}")
    print(f"speed: {speed:.1f} a second of {PER_SECOND} planned: ratio {speed / PER_SECOND:.2f}")
    print(f"ledger: {stood.sent:,} sent, {stood.waiting:,} to go, {stood.readers:,} in all")


_STALL = [0.0]


async def _longest_stall() -> None:
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        _STALL[0] = max(_STALL[0], time.perf_counter() - begun - 0.001)
