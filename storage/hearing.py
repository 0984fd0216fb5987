"""Whoever plans hears at once of an act after which something may be due (`database.note_due`).

In a file's database only of what this process does. A server tells it at the commit, of every
process, to a connection that listens. Nothing is lost where nobody hears: the planner looks by
itself every few seconds.
"""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import server
from storage.database import Damaged, Database, Unavailable, connected

log = logging.getLogger(__name__)

ASKED_EVERY = 5.0  # seconds: whether the connection is alive, for a dead one says nothing
AGAIN_SECONDS = 1.0  # then listening is begun anew


async def hear(db: Database, url: str, look: Callable[[], None]) -> None:
    """Never ends: `look` is called when an act is committed after which something may be due.

    `db` is the database at `url`.
    """
    if db.dialect.name == "postgresql":
        await _hear_all(url, look)
    before, db.told = db.told, look
    try:
        await asyncio.Event().wait()
    finally:
        db.told = before


async def _hear_all(url: str, look: Callable[[], None]) -> None:
    limits = server.NOTICED_WHEN_GONE
    engine = server.alone(make_url(url), "AUTOCOMMIT", server.SOON, **limits)
    try:
        while True:
            try:
                await _hear_one(engine, look)
            except Damaged:
                log.warning("what acts make due is not heard at once; listening again")
            await asyncio.sleep(AGAIN_SECONDS)
    finally:
        await engine.dispose()


async def _hear_one(engine: AsyncEngine, look: Callable[[], None]) -> None:
    """As long as one connection holds; raises Unavailable."""
    async with connected(engine) as line:
        await _listen(line, look)
        look()  # at what was told while nobody listened
        while True:
            await asyncio.sleep(ASKED_EVERY)
            await line.execute(select(1))


async def _listen(line: AsyncConnection, look: Callable[[], None]) -> None:
    driver = (await line.get_raw_connection()).driver_connection
    assert driver is not None
    try:
        await driver.add_listener(server.DUE, lambda *_: look())
    except Exception as error:  # the driver's own many, and the network's
        raise Unavailable("LISTEN", None, error) from error
