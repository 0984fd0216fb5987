"""`python -m bench week`: one whole week of a country of 100,000 births a year, delivered.

All children of whom anything is kept, one in so many, with two parents each who read in four
languages; the visits of the week and of the days around it are booked. The real planner looks once
an hour, the real sender hands everything to a Telegram in memory. Nobody joins, books or answers in
that week, so the words about that are not among its messages.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any

from sqlalchemy import func, select, text

from bench.country import BIRTHS, PARENTS, PER_SECOND, visits
from bench.families import RULES, SLOT
from bench.phones import WIDE_OPEN, Nowhere
from bench.population import Populations, fill, populations
from messaging.i18n import load_languages
from programme.errors import Broken
from programme.localtime import instant, on_the_clock
from services import planning
from services.booking import book
from services.delivery import Sender
from storage import areas, memory
from storage.database import Database
from storage.tables import item

KEPT = 31 * 365 // 12  # days: eighteen months of the programme, and thirteen after it
_DAY = timedelta(days=1)
MONDAY = on_the_clock(SLOT, RULES.zone).date()
_BOOKED = instant(MONDAY - 14 * _DAY, hour(9), RULES.zone)
_BEFORE = 12  # hours of the Sunday before: the reminders of Monday's visits leave then
_AHEAD = 9  # days: letters about a visit leave at most so long before it


def births(days: int = KEPT) -> list[date]:
    """Every day of birth of whom anything is kept, the youngest first."""
    return [MONDAY - (n + 8) * _DAY for n in range(days)]


def around(born: date) -> Iterator[tuple[int, date]]:
    """That child's visits in the week and in the days around it."""
    for number, day in visits(born):
        if MONDAY - 2 * _DAY <= day <= MONDAY + (6 + _AHEAD) * _DAY:
            yield number, day


async def _spread(db: Database) -> int:
    """The families of one area live in all of them; how many areas there are."""
    async with db.write() as tx:
        ids = [each.id for each in await areas.listed(tx)]
        for n, number in enumerate(ids):
            mine = f"UPDATE family SET area_id = {number} WHERE id % {len(ids)} = {n}"
            await tx.execute(text(mine))
    return len(ids)


async def _book(db: Database, children: int) -> Counter[str]:
    """How many visits were booked, and how many could not be: red days.

    A pair of an area has one visit at a time, so an area has as many pairs as visits at its
    fullest hour.
    """
    found, pairs, many = Counter[str](), Counter[tuple[int, datetime]](), await _spread(db)
    days = births()
    for child in range(1, children + 1):
        for number, day in around(days[child % len(days)]):
            at = instant(day, hour(9 + 2 * (child % 3)), RULES.zone)
            here = child % many, at
            pairs[here] += 1
            team = (f"Anna{pairs[here]}", f"Bo{pairs[here]}")
            try:
                async with db.write() as tx:
                    await book(tx, child, number, at, team, _BOOKED, RULES)
                found["booked"] += 1
            except Broken as error:
                found[type(error).__name__] += 1
    print(json.dumps(found), "fullest hour of an area:", max(pairs.values()), file=sys.stderr)
    return found


async def live(made: Populations, children: int, kind: str, days: int) -> dict[str, Any]:
    """Seven days, hour by hour."""
    async with made.empty(kind) as db:
        await fill(db, children, 0, births())
        begin = instant(MONDAY, hour(), RULES.zone)
        await _planned_until(db, _BOOKED)  # so that booking plans nothing of the weeks between
        booked = await _book(db, children)
        await _planned_until(db, begin - timedelta(hours=_BEFORE))
        now, told = begin, list[dict[str, int]]()
        sender = Sender(db, Nowhere(), load_languages(), RULES, WIDE_OPEN, lambda: now)
        hours = Counter[datetime]()
        plan_seconds, send_seconds = 0.0, 0.0
        for step in range(-_BEFORE, 24 * days + 1):
            now = begin + timedelta(hours=step)
            if not step:  # what was booked is told, and Monday's visits: the week begins
                sender.tally.counts.clear()
                hours.clear()
                plan_seconds = send_seconds = 0.0
            begun = time.process_time()
            await planning.plan(db, now, RULES)
            planned = time.process_time()
            await sender.drain()
            plan_seconds += planned - begun
            send_seconds += time.process_time() - planned
            hours[now] += sender.tally.counts["sent"] - hours.total()
            if step > 0 and step % 24 == 0:
                told.append(await _day(db, step // 24, hours.total()))
                print(json.dumps(told[-1]), file=sys.stderr, flush=True)
        counts = {name: count for name, count in sender.tally.counts.items() if count}
        promised = await _promised(db, begin)
    return {
        "visits": dict(booked),
        "outcomes": counts,
        "of what kind": promised,
        "days": told,
        "by hour": {
            f"{on_the_clock(at, RULES.zone):%a %H}": count for at, count in hours.items() if count
        },
        "fullest hour": hours.most_common(1)[0][1],
        "s of processor time, planner": plan_seconds,
        "s of processor time, sender": send_seconds,
        "ms of processor time to send a message": send_seconds / max(1, hours.total()) * 1000,
    }


async def _planned_until(db: Database, at: datetime) -> None:
    async with db.write() as tx:
        await memory.remember_instant(tx, memory.WATERMARK, at)


async def _promised(db: Database, since: datetime) -> dict[str, int]:
    """What was due in that time, by its kind, and what has become of it."""
    asked = (
        select(item.c.kind, item.c.state, item.c.reason, func.count())
        .where(item.c.due_at >= since)
        .group_by(item.c.kind, item.c.state, item.c.reason)
        .order_by(item.c.kind, item.c.state, item.c.reason)
    )
    async with db.read() as tx:
        rows = (await tx.execute(asked)).all()
    return {", ".join(filter(None, words)): many for *words, many in rows}


async def _day(db: Database, number: int, sent: int) -> dict[str, int]:
    async with db.read() as tx:
        rows = (await tx.execute(text("SELECT count(*) FROM outbox"))).scalar_one()
        if tx.dialect.name == "postgresql":
            asked = "SELECT pg_database_size(current_database())"
        else:
            asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        size = (await tx.execute(text(asked))).scalar_one()
    return {"day": number, "sent so far": sent, "outbox rows": rows, "bytes": size}


def main(words: list[str]) -> None:
    """Print it as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench week")
    parser.add_argument("--one-in", type=int, default=1, help="so many children stand for one")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--kind", default="SQLite", choices=("SQLite", "PostgreSQL"))
    asked = parser.parse_args(words)
    children = BIRTHS * KEPT // 365 // asked.one_in
    with populations() as made:
        found = asyncio.run(live(made, children, asked.kind, asked.days))
    peak = found["fullest hour"] * asked.one_in
    told = {"children": children, "parents": children * PARENTS, "one in": asked.one_in} | found
    told["minutes to send the country's fullest hour"] = peak / PER_SECOND / 60
    print(json.dumps(told, indent=1))
