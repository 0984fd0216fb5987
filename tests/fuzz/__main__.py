"""`python -m tests.fuzz --seed 1 --updates 20000`: prints what was tried and what was found."""

import argparse
import asyncio
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cryptography.fernet import Fernet

from messaging.i18n import load_languages
from storage.migrate import migrate
from tests import memory
from tests.engines import Kept
from tests.fuzz.at_once import at_once
from tests.fuzz.running import Episode, settled

EPISODE = 1000  # updates for one town


def resident() -> int:
    """Megabytes this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def _away(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()


async def main(seed: str, updates: int, first: int) -> int:
    """Episode after episode; how many faults were found."""
    memory.work_in_memory()
    languages, kept = load_languages(), Kept([Fernet.generate_key().decode()])
    faults, counts, began = 0, Counter(), time.monotonic()
    with tempfile.TemporaryDirectory() as made, at_once():
        folder = Path(made)
        newest, file = folder / "newest.sqlite3", folder / "town.sqlite3"
        db = kept.open(f"sqlite:///{newest}")
        await migrate(db)
        town = await settled(db)
        await db.close()
        for number in range(first, first + -(-updates // EPISODE)):
            shutil.copy(newest, file)
            db = kept.open(f"sqlite:///{file}")
            size, named = min(EPISODE, updates), f"{seed}.{number}"
            found = await Episode(db, languages, folder, town, named).run(size)
            await db.close()
            _away(file)
            counts += found.counts
            counts["updates"] += found.updates
            faults += len(found.faults)
            for fault in found.faults:
                print(f"--- {fault}")
            speed = counts["updates"] / (time.monotonic() - began)
            print(f"{named}: {dict(counts)}; {speed:.0f}/s, {resident()} MB", flush=True)
    print(f"seed {seed}: {counts['updates']} updates, {faults} faults")
    return faults


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", default="1")
    asked.add_argument("--updates", type=int, default=1000)
    asked.add_argument("--first", type=int, default=0, help="the first episode")
    told = asked.parse_args()
    sys.exit(bool(asyncio.run(main(told.seed, told.updates, told.first))))
