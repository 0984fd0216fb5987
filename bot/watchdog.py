"""Is the one loop still turning, in which everything here happens?

A short block is told and counted; one that does not end is ended, for a supervisor to start anew:
whoever does not answer a minute long loses more than a restart does.
"""

import asyncio
import faulthandler
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

BEAT_SECONDS = 0.5
SLOW_SECONDS = 2.0  # told
BLOCKED_SECONDS = 60.0  # ended
CHECK_SECONDS = 5.0


class Watchdog:
    """The loop beats; a thread of its own looks whether it does."""

    def __init__(
        self,
        lag: Callable[[float], None],
        end: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lag, self._end, self._monotonic = lag, end, monotonic
        self._beat = self._checked = monotonic()

    async def beat(self) -> None:
        """Beat until cancelled; how late each beat is, is what a press waits."""
        while True:
            self._beat = self._monotonic()
            await asyncio.sleep(BEAT_SECONDS)
            late = max(0.0, self._monotonic() - self._beat - BEAT_SECONDS)
            self._lag(late)
            if late > SLOW_SECONDS:
                log.warning("the loop was blocked", extra={"seconds": round(late, 1)})

    def check(self) -> None:
        """End the process if the loop has not beaten for too long."""
        now = self._monotonic()
        # A process that was paused as a whole has missed both, and is well.
        awake = now - self._checked < 2 * CHECK_SECONDS
        self._checked = now
        if awake and now - self._beat > BLOCKED_SECONDS:
            self._end()


def end_process() -> None:
    """Say where it stands (places alone, no values), and end."""
    log.critical("the loop is blocked for good; ending")
    faulthandler.dump_traceback(sys.__stderr__ or 2)
    os._exit(1)


@asynccontextmanager
async def watched(lag: Callable[[float], None]) -> AsyncIterator[None]:
    """The loop is watched as long as the block lasts."""
    dog, done = Watchdog(lag, end_process), threading.Event()

    def look() -> None:
        while not done.wait(CHECK_SECONDS):
            dog.check()

    threading.Thread(target=look, name="watchdog", daemon=True).start()
    beating = asyncio.ensure_future(dog.beat())
    try:
        yield
    finally:
        done.set()
        beating.cancel()
