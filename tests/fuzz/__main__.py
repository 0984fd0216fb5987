"""`python -m tests.fuzz --seed 1 --updates 20000`: prints what was tried and what was found."""

import argparse
import asyncio
import gc
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cryptography.fernet import Fernet

from messaging.i18n import load_languages
from storage.migrate import migrate
from tests import memory
from tests.databases import KINDS
from tests.engines import Kept
from tests.fuzz.at_once import at_once
from tests.fuzz.grounds import grounds
from tests.fuzz.running import Episode, settled

EPISODE = 1000  # updates for one town


def memory_now() -> str:
    """What this process has in memory now, and how many objects somebody still holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    megabytes = pages * resource.getpagesize() // 2**20
    return f"{megabytes} MB, {len(gc.get_objects()) // 1000} thousand objects"


async def main(seed: str, updates: int, first: int, kind: str) -> int:
    """Episode after episode; how many faults were found."""
    memory.work_in_memory()
    languages, kept = load_languages(), Kept([Fernet.generate_key().decode()])
    faults, counts, began = 0, Counter(), time.monotonic()
    with tempfile.TemporaryDirectory() as made, at_once(), grounds(kind, Path(made)) as ground:
        db = kept.open(ground.first())
        await migrate(db)
        town = await settled(db)
        await db.close()
        for number in range(first, first + -(-updates // EPISODE)):
            size, named = min(EPISODE, updates), f"{seed}.{number}"
            with ground.another() as address:
                db = kept.open(address)
                found = await Episode(db, languages, Path(made), town, named).run(size)
                await db.close()
            counts += found.counts
            counts["updates"] += found.updates
            faults += len(found.faults)
            for fault in found.faults:
                print(f"--- {fault}")
            speed = counts["updates"] / (time.monotonic() - began)
            print(f"{named}: {dict(counts)}; {speed:.0f}/s, {memory_now()}", flush=True)
    print(f"seed {seed}, {kind}: {counts['updates']} updates, {faults} faults")
    return faults


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", default="1")
    asked.add_argument("--updates", type=int, default=1000)
    asked.add_argument("--first", type=int, default=0, help="the first episode")
    asked.add_argument("--database", choices=KINDS, default=KINDS[0])
    told = asked.parse_args()
    sys.exit(bool(asyncio.run(main(told.seed, told.updates, told.first, told.database))))
