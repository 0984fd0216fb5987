"""What is flushed to the disk for a message, and the event loop where the disk is slow."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from bench.disk import flushes, slow
from bench.families import RULES, SLOT
from bench.loopback import telegram
from bench.measure import alone, watched
from bench.phones import WIDE_OPEN, Recording
from bench.population import KEY, Populations
from bench.row import Of, Row, missing
from bench.sizes import Sizes
from bot.app import keep_what_is_loaded
from messaging.i18n import Languages, load_languages
from services import planning
from services.delivery import Sender
from storage.database import open_database

SLOW_MS = 2


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """With the disk as it is, and with two milliseconds more for each flush."""
    if made.disk is None:
        return [missing("flushes to the disk", "no C compiler here")]
    addresses = [
        await made.address(sizes.small, sizes.flushed, kind)
        for kind in made.kinds
        for _ in range(3)
    ]
    env = os.environ | made.disk.env
    async with telegram() as url:
        words = (url, sizes.flushed, KEY, made.disk.shared, *addresses)
        found = await alone("bench.flushing", *words, env=env)
    for each in addresses:
        made.drop(each)
    return [
        row
        for n, kind in enumerate(made.kinds)
        for row in _rows(kind, *found["sent"][3 * n + 1 : 3 * n + 3])  # the first warms up
    ]


def _rows(kind: str, fast: dict[str, float], slowed: dict[str, float]) -> list[Row]:
    return [
        Row(
            what=f"flushes to the disk per message, {kind}",
            ours=fast["flushes"],
            limit=1.2,
            of=Of.OURS,
            note=f"with {SLOW_MS} ms added to each {slowed['flushes']:.2f}",
        ),
        Row(
            what=f"longest stall, with {SLOW_MS} ms added to each flush, {kind}",
            unit="ms",
            ours=slowed["stall"] * 1000,
            limit=50,
            of=Of.OURS,
            beside="with the disk as it is",
            peer=fast["stall"] * 1000,
        ),
        Row(
            what=f"messages a second, with {SLOW_MS} ms added to each flush, {kind}",
            unit="/s",
            ours=slowed["rate"],
            beside="with the disk as it is",
            peer=fast["rate"],
        ),
    ]


async def _all(url: str, due: int, key: str, shared: Path, addresses: list[str]) -> None:
    """Of each kind three databases: to warm up, as it is, slowed."""
    found = []
    languages = load_languages()
    keep_what_is_loaded()
    for n, address in enumerate(addresses):
        slow(shared, SLOW_MS * (n % 3 == 2))
        found.append(await _send(address, url, due, key, shared, languages))
    slow(shared, 0)
    print(json.dumps({"sent": found}))


async def _send(
    address: str, url: str, due: int, key: str, shared: Path, languages: Languages
) -> dict[str, float]:
    db = open_database(address, [key])
    await planning.plan(db, SLOT, RULES)
    async with Recording(url) as push, watched() as stall:
        before, begun = flushes(shared), time.perf_counter()
        await Sender(db, push, languages, RULES, WIDE_OPEN, lambda: SLOT).drain()
        took, flushed = time.perf_counter() - begun, flushes(shared) - before
    await db.close()
    assert len(push.bodies) == due
    return {"flushes": flushed / due, "stall": stall.longest, "rate": due / took}


if __name__ == "__main__":
    url, due, key, shared, *addresses = sys.argv[1:]
    asyncio.run(_all(url, int(due), key, Path(shared), addresses))
