"""python-telegram-bot's JobQueue: it forgets with the process, so it is refilled at every start."""

import asyncio
import json
import logging
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.ext import Application

from bench.loopback import TOKEN


def _table(file: Path, messages: int, due: int) -> None:
    """So many messages to come, of which some, spread over them, are due."""
    now = datetime.now(UTC)  # noqa: TID251 - the peer's clock is the system's
    every = messages // due
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, chat INTEGER, at TEXT)")
        db.executemany(
            "INSERT INTO message (chat, at) VALUES (?, ?)",
            (
                (n, (now + timedelta(minutes=n) * (n % every != 0)).isoformat())
                for n in range(messages)
            ),
        )
    db.close()


async def _start(file: Path) -> tuple[float, float]:
    from bench.starting import memory

    first = asyncio.Event()

    async def say(_context: object) -> None:
        first.set()

    before, begun = memory("VmRSS"), time.perf_counter()
    application = Application.builder().token(TOKEN).build()
    queue = application.job_queue
    assert queue
    db = sqlite3.connect(file)
    for number, chat, at in db.execute("SELECT id, chat, at FROM message"):
        when = datetime.fromisoformat(at)
        options = {"misfire_grace_time": None}  # by itself it drops what is a second late
        queue.run_once(say, when, chat_id=chat, name=str(number), job_kwargs=options)
    db.close()
    await queue.start()
    await first.wait()
    found = time.perf_counter() - begun, memory("VmHWM") - before
    await queue.stop(wait=False)
    return found


def main(messages: int, due: int) -> None:
    logging.disable()  # what is broken off at the end is told at length
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "messages.db"
        _table(file, messages, due)
        first, memory = asyncio.run(_start(file))
    print(json.dumps({"first": first, "memory": memory}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
