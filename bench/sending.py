"""Sending what is due: rate, processor time, statements and stalls, over real HTTP on loopback.

Ours claims, re-checks, renders in four languages, sends and commits every outcome; the peers send
the same bodies and keep nothing.
"""

import statistics
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from sqlalchemy import event

from bench.families import RULES, SLOT
from bench.loopback import arrivals, telegram
from bench.measure import Clock, processor, seconds, side_by_side, watched
from bench.peers import aiogram_loop, bare_http, ptb
from bench.phones import WIDE_OPEN, Body, Recording
from bench.population import Populations
from bench.row import Of, Row
from bench.sizes import Sizes
from messaging.i18n import Languages, load_languages
from services import planning
from services.delivery import Sender
from storage.database import Database


@asynccontextmanager
async def planned(
    made: Populations, children: int, due: int, kind: str = "SQLite"
) -> AsyncIterator[Database]:
    """A database in whose outbox so many messages wait."""
    async with made.opened(children, due, kind) as db:
        done = await planning.plan(db, SLOT, RULES)
        assert done.planned == due, done
        yield db


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    languages = load_languages()
    async with telegram() as url:
        bodies = await _bodies(sizes, made, url, languages)
        found = await _rates(sizes, made, url, languages, bodies)
        found += await _processor(sizes, made, url, languages, bodies)
        found.append(await _statements(sizes, made, url, languages))
        for kind in made.kinds:
            found += await _stall(sizes, made, url, languages, kind)
        return found


async def _ours(
    sizes: Sizes,
    made: Populations,
    url: str,
    languages: Languages,
    clock: Clock,
    kind: str,
) -> float:
    async with planned(made, sizes.small, sizes.due, kind) as db, Recording(url) as push:
        sender = Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT)
        took = await clock(sender.drain())
        assert len(push.bodies) == sender.tally.counts["sent"] == sizes.due
    return took / sizes.due


async def _bodies(sizes: Sizes, made: Populations, url: str, languages: Languages) -> list[Body]:
    async with planned(made, sizes.small, sizes.due) as db, Recording(url) as push:
        await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT).drain()
    return push.bodies


async def _rates(
    sizes: Sizes, made: Populations, url: str, languages: Languages, bodies: list[Body]
) -> list[Row]:
    async def bare() -> float:
        async with ptb.bot(url) as bot:
            return await seconds(ptb.send(bot, bodies)) / len(bodies)

    async def ceiling() -> float:
        return await seconds(bare_http.send(url, bodies)) / len(bodies)

    async def loop() -> float:
        return await seconds(aiogram_loop.send(url, bodies)) / len(bodies)

    ours = [
        (lambda kind=kind: _ours(sizes, made, url, languages, seconds, kind)) for kind in made.kinds
    ]
    times = await side_by_side(sizes.runs, *ours, bare, ceiling, loop)
    await arrivals(url)
    rates = [1 / each for each in times]
    peers = rates[len(ours) :]
    what = "messages a second, pace wide open, outcomes committed"
    names = (
        ("bare python-telegram-bot", 0.8),
        ("bare aiohttp client: the ceiling", None),
        ("loop in aiogram, one at a time, keeps nothing", None),
    )
    return [
        Row(
            what=f"{what}, {kind}",
            unit="/s",
            ours=mine,
            beside=name,
            peer=peer,
            limit=limit,
            at_least=True,
        )
        for kind, mine in zip(made.kinds, rates, strict=False)
        for (name, limit), peer in zip(names, peers, strict=True)
        if limit or kind == "SQLite"
    ]


async def _processor(
    sizes: Sizes, made: Populations, url: str, languages: Languages, bodies: list[Body]
) -> list[Row]:
    async def bare() -> float:
        async with ptb.bot(url) as bot:
            return await processor(ptb.send(bot, bodies)) / len(bodies)

    async def both(act: Awaitable[object]) -> float:
        return await processor(act, made.served)

    ours = [
        (lambda kind=kind: _ours(sizes, made, url, languages, both, kind)) for kind in made.kinds
    ]
    *mine, peer = await side_by_side(min(2, sizes.runs), *ours, bare, warm=False)
    return [
        Row(
            what=f"processor time per message, all in, {kind}",
            unit="ms",
            ours=each * 1000,
            beside="bare python-telegram-bot",
            peer=peer * 1000,
            limit=2,
            of=Of.OURS,
            note="with the database's own processor time" if kind == "PostgreSQL" else "",
        )
        for kind, each in zip(made.kinds, mine, strict=True)
    ]


async def _statements(sizes: Sizes, made: Populations, url: str, languages: Languages) -> Row:
    said = 0

    def count(*_of: object) -> None:
        nonlocal said
        said += 1

    async with planned(made, sizes.small, sizes.due) as db, Recording(url) as push:
        for engine in (db._writer, db._reader):
            event.listen(engine.sync_engine, "before_cursor_execute", count)
        await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT).drain()
    return Row(
        what="SQL statements per message",
        ours=said / sizes.due,
        note="claim, check against the facts of now, last look, outcome; BEGIN and COMMIT apart",
    )


async def _stall(
    sizes: Sizes, made: Populations, url: str, languages: Languages, kind: str
) -> list[Row]:
    plans, goes = [], []
    for _ in range(min(2, sizes.runs)):
        async with made.opened(sizes.small, sizes.due, kind) as db, Recording(url) as push:
            async with watched() as stall:
                await planning.plan(db, SLOT, RULES)
            plans.append(stall.longest)
            async with watched() as stall:
                await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT).drain()
            goes.append(stall.longest)
    return [
        _longest(f"longest stall of the event loop while {sizes.due:,} go out, {kind}", goes, 50),
        _longest(f"longest stall while {sizes.due:,} are planned, {kind}", plans, None),
    ]


def _longest(what: str, found: list[float], limit: float | None) -> Row:
    return Row(
        what=what,
        unit="ms",
        ours=statistics.median(found) * 1000,
        limit=limit,
        of=Of.OURS,
        note=f"the worst of {len(found)}: {max(found) * 1000:.0f} ms",
    )
