"""Bare python-telegram-bot: sends the same bodies, keeps nothing, waits for nobody."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram.constants import ParseMode
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bench.loopback import TOKEN
from bench.phones import Body
from messaging.push import IN_FLIGHT


@asynccontextmanager
async def bot(url: str, per_second: float | None = None) -> AsyncIterator["ExtBot[None]"]:
    """With as many connections as ours has; `per_second`: with the library's own limiter."""
    limiter: Any = AIORateLimiter(overall_max_rate=per_second) if per_second else None
    made: ExtBot[None] = ExtBot(
        token=TOKEN,
        base_url=f"{url}/bot",
        request=HTTPXRequest(connection_pool_size=IN_FLIGHT),
        rate_limiter=limiter,
    )
    await made.request.initialize()
    if made.rate_limiter:
        await made.rate_limiter.initialize()
    yield made
    if made.rate_limiter:
        await made.rate_limiter.shutdown()
    await made.request.shutdown()


async def send(bot: "ExtBot[None]", bodies: Sequence[Body]) -> None:
    """All of them, as many at a time as there are connections."""
    flights = asyncio.Semaphore(IN_FLIGHT)

    async def one(body: Body) -> None:
        chat, text, keyboard, silent = body
        async with flights:
            await bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                disable_notification=silent,
                api_kwargs={"reply_markup": dict(keyboard)} if keyboard else None,
            )

    async with asyncio.TaskGroup() as tasks:
        for body in bodies:
            tasks.create_task(one(body))
