"""Who wants to know that something changed: the page's stream, and tests that wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from simulator.shapes import Json

Event = dict[str, Any]
_BACKLOG = 10_000


class Feed:
    """Tells every listener what changed; a listener that sleeps too long misses the oldest."""

    def __init__(self) -> None:
        self.listeners: set[asyncio.Queue[Event]] = set()

    def tell(self, **event: Json) -> None:
        """Pass `event` to everybody who listens now."""
        for queue in self.listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    def join(self) -> asyncio.Queue[Event]:
        """A queue that gets everything from now on; give it back to `leave`."""
        queue: asyncio.Queue[Event] = asyncio.Queue(_BACKLOG)
        self.listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Event]) -> None:
        """Stop listening."""
        self.listeners.discard(queue)

    async def events(self) -> AsyncIterator[Event]:
        """Everything from now on."""
        queue = self.join()
        try:
            while True:
                yield await queue.get()
        finally:
            self.leave(queue)
