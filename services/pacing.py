"""How fast messages may leave: a steady beat, and gates that Telegram's flood waits close.

On the monotonic clock: a demo's wound clock must not change how fast a real server is spoken to.
"""

import asyncio
import time
from collections.abc import Callable


class Pace:
    """A steady beat of so many a second: never a burst, not even after a rest."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._next = 0.0

    async def turn(self) -> None:
        """Come back when it is time for the next message."""
        wait = self._next - self._clock()
        if wait > 0:
            await asyncio.sleep(wait)
        self._next = max(self._next, self._clock()) + self._gap


class Gate:
    """Closed for a while after Telegram or the network said wait."""

    FEW_SECONDS = 10.0  # flood waits of two chats this close together mean: everybody wait
    LONGEST_REST = 60.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._opens = 0.0
        self._flood: tuple[object, float] | None = None  # who was told to wait last, and when
        self._failures = 0

    def closed_for(self) -> float:
        """Seconds until the gate opens; 0 if it is open."""
        return max(0.0, self._opens - self._clock())

    def flood(self, chat: object, seconds: float) -> None:
        """One chat was told to wait; two different ones in a short time close the gate for all."""
        now = self._clock()
        last, self._flood = self._flood, (chat, now)
        if last and last[0] != chat and now - last[1] < self.FEW_SECONDS:
            self._opens = max(self._opens, now + seconds)

    def failed(self) -> float:
        """No connection, or a failing server: rest longer each time; the seconds of this rest."""
        if not self.closed_for():  # many in flight fail together: that is one failure
            self._failures += 1
        rest = min(self.LONGEST_REST, 0.5 * 2.0**self._failures)
        self._opens = max(self._opens, self._clock() + rest)
        return rest

    def close(self, seconds: float) -> None:
        """Let nothing through for so long: something is wrong that a person must look at."""
        self._opens = max(self._opens, self._clock() + seconds)

    def worked(self) -> None:
        """A message went through: the next failure rests short again."""
        self._failures = 0
