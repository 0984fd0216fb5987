"""Bringing updates to a bot's webhook: one at a time per queue, until taken or too old."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import aiohttp

from simulator.users import Bot, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 60.0
REDIRECT = 300
PATIENCE = aiohttp.ClientTimeout(total=60)
Reply = Callable[["Bot", dict[str, Any]], Awaitable[None]]


class Courier:
    """Carries the updates of all bots that have a webhook, for as long as `run` runs."""

    def __init__(
        self,
        bots: Callable[[], list[Bot]],
        now: Callable[[], datetime],
        reply: Reply,
        trusted: Callable[[], ssl.SSLContext | None] = lambda: None,
    ) -> None:
        self.bots = bots
        self.now = now
        self.reply = reply
        self.trusted = trusted
        self.stirred = asyncio.Event()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as http, asyncio.TaskGroup() as group:
            while True:
                for bot in self.bots():
                    bot.updates.stirred = self.stirred
                    self._start(bot, http, group)
                await self._news()

    async def _news(self) -> None:
        self.stirred.clear()
        try:
            async with asyncio.timeout(0.5):
                await self.stirred.wait()
        except TimeoutError:
            return

    def _start(self, bot: Bot, http: aiohttp.ClientSession, group: asyncio.TaskGroup) -> None:
        hook = bot.webhook
        if hook is None:
            return
        for update in bot.updates.current():
            if update.queue in hook.busy or len(hook.busy) >= hook.max_connections:
                continue
            hook.busy.add(update.queue)
            group.create_task(self._queue(bot, hook, update.queue, http))

    async def _queue(
        self, bot: Bot, hook: Webhook, queue: str, http: aiohttp.ClientSession
    ) -> None:
        pause = 0.0
        try:
            while bot.webhook is hook:
                update = next((u for u in bot.updates.current() if u.queue == queue), None)
                if update is None:
                    return
                if await self._deliver(bot, hook, update.for_bot(), http):
                    bot.updates.forget(update)
                    pause = 0.0
                else:
                    await asyncio.sleep(pause)
                    pause = min(max(2.0, pause * 2), LONGEST_PAUSE)
        finally:
            hook.busy.discard(queue)

    async def _deliver(
        self, bot: Bot, hook: Webhook, body: dict[str, Any], http: aiohttp.ClientSession
    ) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        hook.tries += 1
        try:
            async with http.post(
                hook.url,
                json=body,
                headers=headers,
                allow_redirects=False,
                ssl=self.trusted() or True,
            ) as got:
                answer = await got.read()
                if got.ok and got.status < REDIRECT:
                    await self._obey(bot, answer)
                    return True
                hook.error = f"Wrong response from the webhook: {got.status} {got.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            hook.error = f"Connection failed: {type(error).__name__}"
        hook.error_at = self.now()
        return False

    async def _obey(self, bot: Bot, answer: bytes) -> None:
        """A webhook may answer with one call; nobody ever sees how it went."""
        try:
            call = json.loads(answer)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self.reply(bot, call)
