"""Clocks, medians, and a watch on the event loop. Nothing here knows Lotsen."""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

Measure = Callable[[], Awaitable[float]]


async def median(runs: int, measure: Measure) -> float:
    """Of so many runs, after one that warms up; once is once."""
    if runs > 1:
        await measure()
    return statistics.median([await measure() for _ in range(runs)])


async def side_by_side(runs: int, *measures: Measure, warm: bool = True) -> list[float]:
    """The medians of several things that take turns, so that a slow minute hits all of them.

    Once is once: nothing is warmed up for it.
    """

    async def alone(measure: Measure) -> tuple[float]:
        return (await measure(),)

    each = [(lambda one=one: alone(one)) for one in measures]
    return [middle for (middle,) in await pairs_side_by_side(runs, *each, warm=warm)]


async def pairs_side_by_side(
    runs: int, *measures: Callable[[], Awaitable[tuple[float, ...]]], warm: bool = True
) -> list[tuple[float, ...]]:
    """The same where one act gives several figures."""
    for each in measures if warm and runs > 1 else ():
        await each()
    found = [[await each() for each in measures] for _ in range(runs)]
    return [
        tuple(statistics.median(figure) for figure in zip(*one, strict=True))
        for one in zip(*found, strict=True)
    ]


Clock = Callable[[Awaitable[object]], Awaitable[float]]


async def seconds(act: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await act
    return time.perf_counter() - begun


def _nothing() -> float:
    return 0.0


async def processor(act: Awaitable[object], served: Callable[[], float] = _nothing) -> float:
    """Seconds of processor time of all threads of this process, and of the server if it has one."""
    before, begun = served(), time.process_time()
    await act
    return time.process_time() - begun + served() - before


async def both(
    act: Awaitable[object], served: Callable[[], float] = _nothing
) -> tuple[float, float]:
    """Seconds, and seconds of processor time as `processor` counts them."""
    begun = time.perf_counter()
    used = await processor(act, served)
    return time.perf_counter() - begun, used


def used_by(pid: int) -> float:
    """Seconds of processor time of that process and all that it began, also those that ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            of, facts = stat.parent.name, stat.read_text("ascii", "replace").rsplit(") ", 1)[1]
        except (OSError, IndexError):  # it has just ended
            continue
        parent, *_, user, system, user_ended, system_ended = facts.split()[1:15]
        if int(of) == pid:
            ticks += int(user) + int(system) + int(user_ended) + int(system_ended)
        elif int(parent) == pid:
            ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


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
    try:
        said, _ = await child.communicate()
    except asyncio.CancelledError:  # it took too long
        child.kill()
        raise
    if child.returncode:
        raise RuntimeError(f"{module} ended with {child.returncode}")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found
