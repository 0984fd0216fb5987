"""A bare aiohttp client that posts the same bodies: the ceiling of sending from Python."""

import asyncio
import json
from collections.abc import Sequence

import aiohttp

from bench.loopback import TOKEN
from bench.phones import Body
from messaging.push import IN_FLIGHT


async def send(url: str, bodies: Sequence[Body]) -> None:
    """All of them, as many at a time as ours has in flight."""
    flights = asyncio.Semaphore(IN_FLIGHT)

    async def one(body: Body) -> None:
        chat, text, keyboard, silent = body
        form = {"chat_id": str(chat), "text": text, "parse_mode": "HTML"}
        if keyboard:
            form["reply_markup"] = json.dumps(keyboard)
        if silent:
            form["disable_notification"] = "true"
        async with flights, session.post(f"{url}/bot{TOKEN}/sendMessage", data=form) as answer:
            assert (await answer.json())["ok"]

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        for body in bodies:
            tasks.create_task(one(body))
