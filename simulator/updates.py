"""What a bot has not fetched yet: a queue with Telegram's rules for fetching and forgetting."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.errors import ApiError

DAY = timedelta(hours=24)
PRESS_LIFE = timedelta(seconds=150)
SHORT_LIVED = ("callback_query", "shipping_query", "pre_checkout_query")
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
LONGEST_POLL = 50
SLOW_POLL = 3  # seconds for one who asks the same again
AT_ONCE = 0.5
TAKEN_OVER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_SET = "Conflict: terminated by setWebhook request"


@dataclass
class Update:
    """One thing a bot is told, until it is fetched or too old."""

    id: int
    kind: str
    body: dict[str, Any]
    queue: str  # updates of one queue go to a webhook one after the other
    until: datetime

    def for_bot(self) -> dict[str, Any]:
        """The Update object of the Bot API; an injected body is left as it is."""
        return {"update_id": self.id, **self.body}


@dataclass(eq=False)
class Poll:
    """One getUpdates call that is under way."""

    woken: asyncio.Event
    ended: bool = False
    reason: str = ""


class Updates:
    """The queue of one bot."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.waiting: list[Update] = []
        self.allowed: list[str] = []
        self.next_id = random.randint(100_000_000, 900_000_000)
        self.poll: Poll | None = None
        self.polled: tuple[int, float] | None = None
        self.conflict_at = 0.0
        self.stirred: asyncio.Event | None = None  # set for the courier, if one runs

    def add(self, kind: str, body: dict[str, Any], queue: str) -> Update | None:
        """Queue an update; None if the bot did not ask for this kind."""
        return self.put(kind, body, queue) if self.wants(kind) else None

    def put(self, kind: str, body: dict[str, Any], queue: str) -> Update:
        """Queue an update whether the bot asked for it or not."""
        life = PRESS_LIFE if kind in SHORT_LIVED else DAY
        number = body.get("update_id")
        id = number if isinstance(number, int) else self.next_id
        update = Update(id, kind, body, queue, self.now() + life)
        self.next_id = max(self.next_id, id) + 1
        self.waiting.append(update)
        if self.stirred:
            self.stirred.set()
        if self.poll:
            self.poll.woken.set()
        return update

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of this kind."""
        if self.allowed:
            return kind in self.allowed
        return kind not in NOT_BY_DEFAULT

    def current(self) -> list[Update]:
        """What waits and has not died of age."""
        now = self.now()
        if any(update.until <= now for update in self.waiting):
            self.waiting = [update for update in self.waiting if update.until > now]
        return self.waiting

    def forget(self, update: Update) -> None:
        """Drop one that was delivered to a webhook."""
        if update in self.waiting:
            self.waiting.remove(update)

    def take(self, offset: int, limit: int) -> list[Update]:
        """Acknowledge everything before `offset` and give up to `limit` that follow."""
        waiting = self.current()
        if offset < 0:
            self.waiting = waiting[offset:]
        elif offset > 0:
            self.waiting = [update for update in waiting if update.id >= offset]
        return self.waiting[:limit]

    def end_poll(self, reason: str = "") -> None:
        """End the poll that is under way: with this 409, or quietly and empty."""
        if self.poll:
            self.poll.ended, self.poll.reason = True, reason
            self.poll.woken.set()
            self.poll = None

    async def fetch(self, offset: int, limit: int, seconds: int, *, slow: bool) -> list[Update]:
        """What getUpdates answers; raises the 409 if another poll takes over."""
        self.end_poll(TAKEN_OVER)
        if slow:
            limit, seconds = self._slowed(offset, limit, seconds)
        poll = self.poll = Poll(asyncio.Event())
        end = time.monotonic() + min(max(seconds, 0), LONGEST_POLL)
        try:
            while not (found := self.take(offset, limit)) and time.monotonic() < end:
                await self._wait(poll, end - time.monotonic())
                if poll.ended:
                    await self._conflict(poll.reason, slow=slow)
                    return []
            return found
        finally:
            if self.poll is poll:
                self.poll = None

    async def _wait(self, poll: Poll, seconds: float) -> None:
        poll.woken.clear()
        try:
            # A moved clock can end an update's life, never begin one: waiting for news is enough.
            async with asyncio.timeout(max(seconds, 0)):
                await poll.woken.wait()
        except TimeoutError:
            return

    def _slowed(self, offset: int, limit: int, seconds: int) -> tuple[int, int]:
        now, before = time.monotonic(), self.polled
        self.polled = (offset, now)
        if before is None or before[0] != offset:
            return limit, seconds
        since = now - before[1]
        stretched = max(seconds, SLOW_POLL) if since < SLOW_POLL else seconds
        return (1 if since < AT_ONCE else limit), stretched

    async def _conflict(self, reason: str, *, slow: bool) -> None:
        if not reason:
            return
        now = time.monotonic()
        if slow and now < self.conflict_at:
            await asyncio.sleep(SLOW_POLL)
        else:
            self.conflict_at = now + SLOW_POLL
        raise ApiError(409, reason)
