"""How fast messages may leave: a steady beat, and gates that Telegram's flood waits close.

On the monotonic clock: a demo's wound clock must not change how fast a real server is spoken to.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Pace:
    """So many a second: a steady beat, and never more than that in any second, as they arrive.

    When a message arrives is known only to lie between its leaving and Telegram's answer. So it has
    a *place* from before it leaves until a second after the answer, and there are as many places
    as may leave in a second: whatever the line and a busy machine do, no second holds more.
    """

    MADE_UP = 0.5  # seconds: what a busy machine delayed by so little is made up for, a rest never
    FASTER = 1.2  # and not in a burst either
    MOMENT = 0.02  # seconds: what the beat puts into so little leaves together

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1 / per_second
        self.at_once = max(1, int(per_second * self.MOMENT))
        self._places = max(1, int(per_second))
        self._second = max(1.0, self._places / per_second)
        self._clock = clock
        self._next = self._soonest = 0.0  # by the beat; and however late one is
        self._on_the_line = 0
        self._answered: deque[float] = deque()  # within the last second
        self._queue = asyncio.Lock()  # first come, first served
        self._came = asyncio.Event()

    async def turn(self, wanted: int = 1) -> int:
        """Come back when it is time to take the next, and none taken waits for a place; how many
        of those that are wanted may be taken together: one, unless the beat is very fast."""
        wait = max(self._next, self._soonest) - self._clock()
        if wait > 0:
            await asyncio.sleep(wait)
        async with self._queue:
            pass
        now = self._clock()
        count = max(1, min(wanted, self.at_once, self._places - self._taken()))
        begins = self._next if now - self._next < self.MADE_UP else now
        beats = self._gap * count
        self._next, self._soonest = begins + beats, now + beats / self.FASTER
        return count

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """For one message on the line: from before it leaves until it is known what came of it."""
        async with self._queue:
            await self._free()
            self._on_the_line += 1
        try:
            yield
        finally:
            self._on_the_line -= 1
            self._answered.append(self._clock())
            self._came.set()

    async def _free(self) -> None:
        while self._taken() >= self._places:
            self._came.clear()
            if self._answered:
                await asyncio.sleep(self._answered[0] + self._second - self._clock())
            else:
                await self._came.wait()

    def _taken(self) -> int:
        while self._answered and self._answered[0] + self._second <= self._clock():
            self._answered.popleft()
        return self._on_the_line + len(self._answered)


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
