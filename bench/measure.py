"""Clocks, medians, and a watch on the event loop. Nothing here knows Lotsen."""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Measure = Callable[[], Awaitable[float]]


async def median(runs: int, measure: Measure) -> float:
    """Of so many runs, after one that warms up."""
    await measure()
    return statistics.median([await measure() for _ in range(runs)])


async def side_by_side(runs: int, *measures: Measure) -> list[float]:
    """The medians of several things that take turns, so that a slow minute hits all of them."""
    for each in measures:
        await each()
    found = [[await each() for each in measures] for _ in range(runs)]
    return [statistics.median(one) for one in zip(*found, strict=True)]


Clock = Callable[[Awaitable[object]], Awaitable[float]]


async def seconds(act: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await act
    return time.perf_counter() - begun


async def processor(act: Awaitable[object]) -> float:
    """Seconds of processor time of all threads of this process."""
    begun = time.process_time()
    await act
    return time.process_time() - begun


class Stall:
    """The longest time the event loop did not come round, in seconds."""

    longest = 0.0

    async def watch(self) -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - begun - 0.001)


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    """Watches the loop for as long as the block takes."""
    stall = Stall()
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(stall.watch())
        await asyncio.sleep(0)
        try:
            yield stall
        finally:
            watching.cancel()


async def alone(module: str, *words: object, env: dict[str, str] | None = None) -> dict[str, Any]:
    """What that module prints, run as a process of its own: one JSON object."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *map(str, words)),
        stdout=asyncio.subprocess.PIPE,
        env=env,
    )
    said, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"{module} ended with {child.returncode}")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found
