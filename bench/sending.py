"""Sending what is due: rate, processor time, statements and stalls, over real HTTP on loopback.

Ours claims, re-checks, renders in four languages, sends and commits every outcome; the peers send
the same bodies and keep nothing.
"""

import statistics
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy import event

from bench.families import RULES, SLOT
from bench.loopback import arrivals, telegram
from bench.measure import both, pairs_side_by_side, watched
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
        bodies, statements = await _warm_up(sizes, made, url, languages)
        stalls = [await _stall(sizes, made, url, languages, kind) for kind in made.kinds]
        rates = await _rates(sizes, made, url, languages, bodies)
        return [*rates, statements, *(row for rows in stalls for row in rows)]


async def _ours(
    sizes: Sizes,
    made: Populations,
    url: str,
    languages: Languages,
    kind: str,
    together: bool = True,
) -> tuple[float, float]:
    """Seconds and processor seconds per message; one by one is how they leave at 25 a second."""
    async with planned(made, sizes.small, sizes.due, kind) as db, Recording(url) as push:
        sender = Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT)
        if not together:
            sender._pace.at_once = 1
        took, used = await both(sender.drain(), made.served)
        assert len(push.bodies) == sender.tally.counts["sent"] == sizes.due
    return took / sizes.due, used / sizes.due


async def _warm_up(
    sizes: Sizes, made: Populations, url: str, languages: Languages
) -> tuple[list[Body], Row]:
    """What is sent, for the peers, and how many statements it took."""
    said = 0

    def count(*_of: object) -> None:
        nonlocal said
        said += 1

    async with planned(made, sizes.small, sizes.due) as db, Recording(url) as push:
        for engine in (db._writer, db._reader):
            event.listen(engine.sync_engine, "before_cursor_execute", count)
        await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT).drain()
    return push.bodies, Row(
        what="SQL statements per message",
        ours=said / sizes.due,
        note="claim, check against the facts of now, last look, outcome; BEGIN and COMMIT apart. "
        "One by one it is 14",
    )


async def _rates(
    sizes: Sizes, made: Populations, url: str, languages: Languages, bodies: list[Body]
) -> list[Row]:
    """Rates and processor time of the same runs; all was warmed up before."""

    async def peer(act: Awaitable[object]) -> tuple[float, float]:
        took, used = await both(act)
        return took / len(bodies), used / len(bodies)

    async def bare() -> tuple[float, float]:
        async with ptb.bot(url) as bot:
            return await peer(ptb.send(bot, bodies))

    ours = [
        (lambda kind=kind, both=both: _ours(sizes, made, url, languages, kind, both))
        for both in (True, False)
        for kind in made.kinds
    ]
    figures = await pairs_side_by_side(
        sizes.runs,
        *(*ours, bare),
        lambda: peer(bare_http.send(url, bodies)),
        lambda: peer(aiogram_loop.send(url, bodies)),
        warm=False,
    )
    await arrivals(url)
    mine, peers = figures[: len(ours)], figures[len(ours) :]
    fast, single = mine[: len(made.kinds)], mine[len(made.kinds) :]
    return [
        *_speeds(made.kinds, fast, peers),
        *_costs(made.kinds, fast, peers[0]),
        *_singly(made.kinds, single, peers[0]),
    ]


Figures = Sequence[tuple[float, ...]]


def _speeds(kinds: Sequence[str], mine: Figures, peers: Figures) -> list[Row]:
    names = (
        ("bare python-telegram-bot", 0.8),
        ("bare aiohttp client: the ceiling", None),
        ("loop in aiogram, one at a time, keeps nothing", None),
    )
    return [
        Row(
            what=f"messages a second, pace wide open, outcomes committed, {kind}",
            unit="/s",
            ours=1 / took,
            beside=name,
            peer=1 / theirs,
            limit=limit,
            at_least=True,
        )
        for kind, (took, _) in zip(kinds, mine, strict=True)
        for (name, limit), (theirs, _) in zip(names, peers, strict=True)
        if limit or kind == "SQLite"
    ]


def _costs(kinds: Sequence[str], mine: Figures, peer: tuple[float, ...]) -> list[Row]:
    return [
        Row(
            what=f"processor time per message, all in, {kind}",
            unit="ms",
            ours=used * 1000,
            beside="bare python-telegram-bot",
            peer=peer[1] * 1000,
            limit=2,
            of=Of.OURS,
            note="with the database's own processor time" if kind == "PostgreSQL" else "",
        )
        for kind, (_, used) in zip(kinds, mine, strict=True)
    ]


def _singly(kinds: Sequence[str], mine: Figures, peer: tuple[float, ...]) -> list[Row]:
    return [
        replace(row, what=row.what.replace("all in", "all in, taken one by one"), limit=None)
        for row in _costs(kinds, mine, peer)
    ]


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
