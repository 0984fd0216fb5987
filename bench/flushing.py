"""What is flushed to the disk for a message, and the event loop where the disk is slow.

A few lines of C stand before the process and count; they need a compiler, else nothing is measured.
"""

import asyncio
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.families import RULES, SLOT
from bench.loopback import telegram
from bench.measure import alone, watched
from bench.phones import WIDE_OPEN, Recording
from bench.population import KEY, Populations
from bench.row import Of, Row, missing
from bench.sizes import Sizes
from messaging.i18n import load_languages
from services import planning
from services.delivery import Sender
from storage.database import open_database

SOURCE = Path(__file__).with_name("slow_fsync.c")
SLOW_MS = 2


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """With the disk as it is, and with two milliseconds more for each flush."""
    compiler = shutil.which("cc")
    if compiler is None:
        return [missing("flushes to the disk", "no C compiler here")]
    with tempfile.TemporaryDirectory() as folder:
        shim = Path(folder) / "slow_fsync.so"
        argv = [compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(SOURCE), "-ldl"]
        subprocess.run(argv, check=True)  # noqa: ASYNC221 - nothing else runs meanwhile
        found = await _slow(sizes, made, shim)
    return [
        Row(
            what="flushes to the disk per message",
            ours=found["fsyncs"],
            limit=1.2,
            of=Of.OURS,
        ),
        Row(
            what=f"longest stall, the same with {SLOW_MS} ms added to each flush",
            unit="ms",
            ours=found["stall"] * 1000,
            limit=50,
            of=Of.OURS,
        ),
    ]


async def _slow(sizes: Sizes, made: Populations, shim: Path) -> dict[str, float]:
    env = os.environ | {"LD_PRELOAD": str(shim), "FSYNC_MICROSECONDS": str(SLOW_MS * 1000)}
    addresses = [await made.address(sizes.small, sizes.due) for _ in range(2)]
    async with telegram() as url:
        found = await alone("bench.flushing", url, sizes.due, KEY, shim, *addresses, env=env)
    for each in addresses:
        made.drop(each)
    return found


async def _both(url: str, due: int, key: str, shim: str, addresses: list[str]) -> None:
    """The first warms up."""
    found = [await _send(address, url, due, key, shim) for address in addresses]
    print(json.dumps(found[-1]))


async def _send(address: str, url: str, due: int, key: str, shim: str) -> dict[str, float]:
    count = ctypes.CDLL(shim).fsyncs
    count.restype = ctypes.c_long
    db = open_database(address, [key])
    await planning.plan(db, SLOT, RULES)
    async with Recording(url) as push, watched() as stall:
        before = count()
        await Sender(db, push, load_languages(), RULES, WIDE_OPEN, lambda: SLOT).drain()
        flushed = count() - before
    await db.close()
    assert len(push.bodies) == due
    return {"fsyncs": flushed / due, "stall": stall.longest}


if __name__ == "__main__":
    url, due, key, shim, *addresses = sys.argv[1:]
    asyncio.run(_both(url, int(due), key, shim, addresses))
