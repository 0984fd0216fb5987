"""A process that runs tells which keys it has, so that nobody changes the key behind its back."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.clock import real_now
from services import keys
from services.types import Damaged, Database

PATIENCE = 2.0  # a stop waits no longer; what is not taken back is forgotten after minutes


@asynccontextmanager
async def saying_keys(db: Database) -> AsyncIterator[None]:
    """It says so as long as the block lasts."""
    who = secrets.token_hex(4)
    saying = asyncio.ensure_future(_keep_saying(db, who))
    try:
        yield
    finally:
        saying.cancel()
        with suppress(asyncio.CancelledError):
            await saying
        with suppress(Damaged, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await keys.say_no_more(db, who)


async def _keep_saying(db: Database, who: str) -> None:
    while True:
        with suppress(Damaged):  # whoever needs the database says that it is away
            await keys.say(db, who, real_now())
        await asyncio.sleep(keys.SAYS_EVERY.total_seconds())
