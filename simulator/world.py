"""The small Telegram as a whole: what tests and stories hold in their hands. Rules live below."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from simulator import profile, views
from simulator.chats import Message
from simulator.files import Files
from simulator.groups import Groups
from simulator.journal import Journal
from simulator.limits import Pace
from simulator.state import Press, Where, Who
from simulator.updates import Update


class World(Groups):
    """People, bots and everything between them, in memory. For one event loop only."""

    def view(self, who: Who) -> dict[str, Any]:
        """A phone as JSON: chats with their messages, toasts, commands."""
        return views.phone(self, self.who(who))

    def messages(self, who: Who, chat: Where = None) -> list[Message]:
        """What stands in a person's chat now, oldest first."""
        return self.where(self.who(who), chat).visible()

    def from_bot(self, who: Who, chat: Where = None) -> list[Message]:
        """What bots said there, oldest first."""
        person = self.who(who)
        return [message for message in self.messages(person, chat) if message.sender in self.bots]

    def last(self, who: Who, chat: Where = None) -> Message:
        """The newest message a bot wrote to the person."""
        return self.from_bot(who, chat)[-1]

    def inject(self, body: dict[str, Any], bot: str | None = None) -> Update:
        """Queue an update exactly as given, with its own update_id if it has one."""
        receiver = self.bot_named(bot)
        kind = next((key for key in body if key != "update_id"), "message")
        chat = re.search(r"'chat': \{'id': (-?\d+)", str(body))
        queue = f"chat:{chat[1]}" if chat else "injected"
        return receiver.updates.put(kind, body, queue)

    def commands(self, who: Who, bot: str | None = None) -> list[dict[str, str]]:
        """The command menu as this phone shows it, in its language."""
        person = self.who(who)
        return profile.commands_for(self.bot_named(bot), person.id, person.language_code)

    async def until(self, true: Callable[[], object], within: float = 30.0) -> None:
        """Wait until `true()` holds, `within` seconds at most; else TimeoutError."""
        queue = self.feed.join()
        try:
            async with asyncio.timeout(within):
                while not true():
                    await self._news(queue)
        finally:
            self.feed.leave(queue)

    async def _news(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        try:
            # Not every condition is about something the feed tells, so look now and then anyway.
            async with asyncio.timeout(0.05):
                await queue.get()
        except TimeoutError:
            return

    async def answer(self, press: Press, within: float = 30.0) -> dict[str, Any]:
        """What the bot answered to a press (text, show_alert, url), waiting for it."""
        await self.until(lambda: press.answered, within)
        return press.answer or {}

    def begin_anew(self) -> None:
        """Nobody is here, nothing was ever said; bots stay, and no number is given twice."""
        for kept in (self.people, self.groups, self.private, self.presses):
            kept.clear()
        self.files, self.journal = Files(), Journal()
        self.faults.clear()
        self.faults.delay_ms = 0.0
        for bot in self.bots:
            bot.updates.waiting.clear()
            bot.commands.clear()
            bot.menus.clear()
            bot.pace = Pace()
        self.feed.tell(kind="anew")

    def close(self) -> None:
        """Let open polls and streams end, for the server's stop."""
        for bot in self.bots:
            bot.updates.end_poll()
        self.feed.tell(kind="closing")
