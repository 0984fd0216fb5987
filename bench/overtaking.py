"""A notice leaves to many readers: a visit message overtakes it, a press is answered beside it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench import notices
from bench.families import DUE, RULES, SLOT, fill
from bench.phones import Nowhere
from bench.population import Populations
from bench.row import Of, Row
from bench.sizes import Sizes
from messaging.i18n import load_languages
from scheduler.runner import APART_SECONDS, Clockwork
from services import installation, sending
from services.access import reader_of
from services.booking import book
from services.delivery import Sender
from services.planning import catch_up
from storage import memory
from storage.database import Database

PER_SECOND = 25
BETWEEN_PRESSES = 0.05  # seconds
TEAM = ("Anna", "Bo")
_NOW = SLOT + timedelta(seconds=1)
_BOOKED = SLOT + timedelta(seconds=2)


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
            reached = self._reached[chat_id]
            if not reached.done():
                reached.set_result(time.perf_counter())


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """In one database and one process, as in an installation; on each kind of database."""
    return [row for kind in made.kinds for row in await _rows(sizes, made, kind)]


@dataclass(frozen=True)
class _Seen:
    """What was measured of one database, in seconds; `speed`: messages a second meanwhile."""

    readers: int
    at_rest: list[float]
    busy: list[float]
    speed: float
    nudged: list[float]
    waits: list[float]


async def _rows(sizes: Sizes, made: Populations, kind: str) -> list[Row]:
    async with made.empty(kind) as db:
        await fill(db, sizes.readers)
        seen = await _seen(db, sizes)
    return [*_wires(seen, kind), *_pressed(seen, kind, sizes.presses)]


async def _seen(db: Database, sizes: Sizes) -> _Seen:
    async with db.write() as tx:  # nothing else is due
        await memory.remember_instant(tx, memory.WATERMARK, _NOW)
    await notices.scheduled(db)
    frozen = await sending.start_due(db, SLOT, RULES)
    last = sizes.readers  # to whom it comes last: for all who press it still waits
    at_rest = await _presses(db, range(last, last - sizes.presses, -1))
    telegram, begun = _Telegram(), time.perf_counter()

    def now() -> datetime:
        return _BOOKED + timedelta(seconds=time.perf_counter() - begun)

    sender = Sender(db, telegram, load_languages(), RULES, PER_SECOND, now)
    works, stop = Clockwork(db, sender, RULES, now), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(works.run(stop))
        # The planner hears of acts, of presses too, as at work.
        address = db._writer.url.render_as_string(hide_password=False)
        hearing = tasks.create_task(installation.hear(db, address, works.look))
        await asyncio.sleep(1)
        before, taken = time.perf_counter(), telegram.taken
        last -= sizes.presses
        busy = await _presses(db, range(last, last - sizes.presses, -1))
        speed = (telegram.taken - taken) / (time.perf_counter() - before)
        nudged = [await _overtakes(db, telegram, n, now, works) for n in range(sizes.runs)]
        later = range(sizes.runs, 2 * sizes.runs)
        waits = [await _overtakes(db, telegram, n, now) for n in later]
        hearing.cancel()
        stop.set()
    return _Seen(frozen, at_rest, busy, speed, nudged, waits)


def _wires(seen: _Seen, kind: str) -> list[Row]:
    readers = _readers(seen, kind)
    pace = f"{PER_SECOND} a second were set, {seen.speed:.1f} left"
    return [
        _wire(
            f"from the planner's look to a visit's message on the wire, {readers}",
            seen.nudged,
            f"the longest of {len(seen.nudged)}; it was made to look at the commit. {pace}",
        ),
        _wire(
            f"from the act's commit to a visit's message on the wire, {readers}",
            seen.waits,
            f"the longest of {len(seen.waits)}, one act straight after the other; the planner "
            f"hears of the commit, and rests {APART_SECONDS} s between two looks",
        ),
    ]


def _pressed(seen: _Seen, kind: str, presses: int) -> list[Row]:
    return [
        Row(
            what=f"a press, {_readers(seen, kind)}, {name}",
            unit="ms",
            ours=_centile(seen.busy, share) * 1000,
            beside="at rest",
            peer=_centile(seen.at_rest, share) * 1000,
            limit=limit,
            note=f"of {presses}, by parents for whom it waits; without the line to Telegram",
        )
        for name, share, limit in (("median", 0.5, None), ("99th percentile", 0.99, 1.5))
    ]


def _readers(seen: _Seen, kind: str) -> str:
    return f"while a notice leaves to {seen.readers:,}, {kind}"


def _wire(what: str, waits: list[float], note: str) -> Row:
    return Row(what=what, unit="s", ours=max(waits), limit=1, of=Of.OURS, note=note)


async def _presses(db: Database, chats: Iterable[int]) -> list[float]:
    """Seconds from each press to the commit of what it changed; each by another parent."""
    found = []
    for chat in chats:
        begun = time.perf_counter()
        async with db.write() as tx:
            reader = await reader_of(tx, chat)
            assert reader is not None
            await catch_up(tx, reader.family_id, SLOT, RULES)
        found.append(time.perf_counter() - begun)
        await asyncio.sleep(BETWEEN_PRESSES)
    return found


async def _overtakes(
    db: Database,
    telegram: _Telegram,
    number: int,
    now: Callable[[], datetime],
    works: Clockwork | None = None,
) -> float:
    """Seconds from the commit of a booking until its message is handed over; `works` is nudged."""
    family, at = DUE - number, now()  # its chat has the same number
    async with db.write() as tx:
        starts = SLOT + timedelta(days=3 + number // 3, hours=2 * (number % 3))
        await book(tx, family, 2, starts, TEAM, at, RULES)
        await catch_up(tx, family, at, RULES)
    begun = time.perf_counter()
    if works:
        await works.plan()
    return await telegram.moment(family) - begun


def _centile(found: list[float], share: float) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * share))]
