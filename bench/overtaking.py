"""A notice leaves to many readers: a visit message overtakes it, a press is answered beside it."""

import asyncio
import time
from collections import defaultdict
from datetime import timedelta

from bench import notices
from bench.families import DUE, RULES, SLOT, fresh
from bench.phones import Nowhere
from bench.population import Populations
from bench.row import Of, Row
from bench.sizes import Sizes
from messaging.i18n import load_languages
from scheduler.runner import PLAN_EVERY
from services import planning, sending
from services.access import reader_of
from services.booking import book
from services.delivery import Sender
from services.planning import catch_up
from storage import memory
from storage.database import Database

PER_SECOND = 25
TEAM = ("Anna", "Bo")
_NOW = SLOT + timedelta(seconds=1)
_BOOKED = SLOT + timedelta(seconds=2)
_SENT = SLOT + timedelta(minutes=1)  # what the sender's clock shows: everything above has come


class _Telegram(Nowhere):
    """A round trip of 60 ms; remembers when each chat got something else than the notice."""

    def __init__(self) -> None:
        super().__init__(notices.ROUND_TRIP)
        self._reached: defaultdict[int, asyncio.Future[float]] = defaultdict(asyncio.Future)

    async def moment(self, chat_id: int) -> float:
        """When that was, as soon as it is."""
        async with asyncio.timeout(60):
            return await self._reached[chat_id]

    def came(self, chat_id: int, text: str) -> None:
        if notices.HEADLINE not in text:
            self._reached[chat_id].set_result(time.perf_counter())


async def rows(sizes: Sizes, _made: Populations) -> list[Row]:
    """In one database and one process, as in an installation."""
    async with fresh(sizes.readers) as db:
        alone = await _presses(db, sizes.presses)
        async with db.write() as tx:  # nothing else is due
            await memory.remember_instant(tx, memory.WATERMARK, _NOW)
        await notices.scheduled(db)
        frozen = await sending.start_due(db, SLOT, RULES)
        telegram = _Telegram()
        sender = Sender(db, telegram, load_languages(), RULES, PER_SECOND, lambda: _SENT)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(sender.run())
            await asyncio.sleep(1)
            begun, taken = time.perf_counter(), telegram.taken
            busy = await _presses(db, sizes.presses)
            speed = (telegram.taken - taken) / (time.perf_counter() - begun)
            waits = [await _overtakes(db, sender, telegram, n) for n in range(sizes.runs)]
            sender.stop()
    readers = f"while a notice leaves to {frozen:,}"
    return [
        Row(
            what=f"from the planner's look to a visit's message on the wire, {readers}",
            unit="s",
            ours=max(waits),
            limit=1,
            of=Of.OURS,
            note=f"the longest of {len(waits)}, from the act's commit on; the planner, which looks "
            f"every {PLAN_EVERY.seconds} seconds, was made to look at once. "
            f"{PER_SECOND} a second were set, {speed:.1f} left",
        ),
        *(
            Row(
                what=f"a press, {readers}, {name}",
                unit="ms",
                ours=_centile(busy, share) * 1000,
                beside="at rest",
                peer=_centile(alone, share) * 1000,
                limit=limit,
                note=f"of {sizes.presses}; without the line to Telegram",
            )
            for name, share, limit in (("median", 0.5, None), ("99th percentile", 0.99, 1.5))
        ),
    ]


async def _presses(db: Database, count: int) -> list[float]:
    """Seconds from each press to the commit of what it changed; each by another parent."""
    found = []
    for n in range(count):
        begun = time.perf_counter()
        async with db.write() as tx:
            reader = await reader_of(tx, DUE + 1 + n)
            assert reader is not None
            await catch_up(tx, reader.family_id, SLOT, RULES)
        found.append(time.perf_counter() - begun)
        await asyncio.sleep(0.1)
    return found


async def _overtakes(db: Database, sender: Sender, telegram: _Telegram, number: int) -> float:
    """Seconds from the commit of a booking until its message is handed over."""
    family = DUE - number  # its chat has the same number
    async with db.write() as tx:
        await book(tx, family, 2, SLOT + timedelta(days=4, hours=number), TEAM, _BOOKED, RULES)
        await catch_up(tx, family, _BOOKED, RULES)
    begun = time.perf_counter()
    await planning.plan(db, _BOOKED + timedelta(seconds=number), RULES)
    sender.wake()
    return await telegram.moment(family) - begun


def _centile(found: list[float], share: float) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * share))]
