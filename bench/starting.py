"""From the start to the first message, and what memory it takes: each in a process of its own.

Ours is what `lotsen run --only scheduler` does: open the database, check its form, load the words,
ask about the consent, take the sender's lock, plan and send; imports are not counted. The 1,000
messages that fell due while it was down are not planned yet.
"""

import asyncio
import json
import logging
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.families import SLOT
from bench.loopback import TOKEN
from bench.measure import alone
from bench.phones import WIDE_OPEN, Nowhere
from bench.population import KEY, Populations
from bench.row import Curves, Of, Row
from bench.sizes import Sizes
from bot import app
from bot.clock import StoppedClock
from bot.settings import Settings
from scheduler.runner import Clockwork
from services.delivery import Sender

_MIB = 1024


async def rows(sizes: Sizes, made: Populations) -> list[Row]:
    """Both rows of ours for each size, and the peer's."""
    queues = {
        n: await alone("bench.peers.job_queue", n, min(n, sizes.due))
        for n in (sizes.refilled // 10, sizes.refilled)[-sizes.runs :]
    }
    return [each for kind in made.kinds for each in await _first(sizes, made, kind, queues)]


async def _first(
    sizes: Sizes, made: Populations, kind: str, queues: dict[int, dict[str, float]]
) -> list[Row]:
    measured = {
        n: [await _ours(made, n, sizes.due, kind) for _ in range(_runs(sizes, n))]
        for n in sorted({sizes.small, sizes.children[0], sizes.children[-1]})
    }

    def middle(what: str) -> dict[int, float]:
        return {n: statistics.median(each[what] for each in runs) for n, runs in measured.items()}

    starts = _starts(sizes, kind, middle("first"), middle("opened"), queues)
    return [*starts, *_memories(sizes, kind, middle("memory"), queues)]


def _starts(
    sizes: Sizes,
    kind: str,
    first: dict[int, float],
    opened: dict[int, float],
    queues: dict[int, dict[str, float]],
) -> list[Row]:
    many = sizes.children[-1]
    ours = Row(
        what=f"start to first message, {many:,} children, {kind}",
        unit="s",
        ours=first[many],
        over="children; messages for JobQueue",
        curves=_curves(kind, first, queues, "first"),
        beside=f"with {sizes.small:,}",
        peer=first[sizes.small],
        limit=3,
        note=f"of it until the database is open and the words are read {opened[many]:.1f} s, "
        f"and {opened[sizes.small]:.1f} s",
    )
    peer = f"python-telegram-bot's JobQueue refilled with {sizes.refilled:,} messages"
    theirs = queues[sizes.refilled]["first"]
    beside = replace(ours, over="", curves=(), note="", beside=peer, peer=theirs, limit=1 / 20)
    return [ours, beside]


def _memories(
    sizes: Sizes, kind: str, memory: dict[int, float], queues: dict[int, dict[str, float]]
) -> list[Row]:
    many, few, queue = sizes.children[-1], sizes.children[0], queues[sizes.refilled]
    above = Row(
        what=f"memory above the imports, {many:,} children, {sizes.due:,} planned and sent, {kind}",
        unit="MiB",
        ours=memory[many],
        over="children; messages for JobQueue",
        curves=_curves(kind, memory, queues, "memory"),
        limit=60,
        of=Of.OURS,
        beside=f"with {few:,}",
        peer=memory[few],
        note="beside it JobQueue with its jobs: "
        f"{queue['memory']:.0f} MiB for {sizes.refilled:,} messages",
    )
    flat = Row(
        what=f"memory, the same: flat, {kind}",
        unit="MiB",
        ours=memory[many],
        beside=f"with {few:,}",
        peer=memory[few],
        limit=1.2,
    )
    return [above, flat]


def _curves(
    kind: str, ours: dict[int, float], queues: dict[int, dict[str, float]], what: str
) -> Curves:
    theirs = tuple((n, each[what]) for n, each in queues.items())
    return ((kind, tuple(ours.items())), ("JobQueue", theirs))


def _runs(sizes: Sizes, children: int) -> int:
    """What nothing is compared with by its time is started once."""
    return min(2, sizes.runs) if children in {sizes.small, sizes.children[-1]} else 1


async def _ours(made: Populations, children: int, due: int, kind: str) -> dict[str, float]:
    address = await made.address(children, due, kind)
    found = await alone("bench.starting", address, due, KEY)
    made.drop(address)
    return found


class _First(Nowhere):
    """Remembers when the first message was handed over, and when the last."""

    def __init__(self, due: int, done: asyncio.Event) -> None:
        super().__init__()
        self.first, self._due, self._done = 0.0, due, done

    def came(self, chat_id: int, text: str) -> None:
        self.first = self.first or time.perf_counter()
        if self.taken + 1 == self._due:
            self._done.set()


def memory(what: str) -> float:
    """MiB of this process: VmRSS now, VmHWM at most so far."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / _MIB
    raise LookupError(what)


async def _start(url: str, due: int, key: str) -> None:
    logging.disable()  # a nudge that the stop breaks off is told at length
    with tempfile.TemporaryDirectory() as folder:
        asked = {"database_url": url, "secret_key": key, "bot_token": TOKEN, "data_dir": folder}
        # pydantic's own parameter: no file beside us counts here
        settings = Settings(_env_file=None, **asked)  # type: ignore[call-arg, arg-type]  # it reads words, as from a file
        await _begin(settings, due)


async def _begin(settings: Settings, due: int) -> None:
    before, begun = memory("VmRSS"), time.perf_counter()
    stop = asyncio.Event()
    pusher = _First(due, stop)
    async with app.open_house(settings, StoppedClock(SLOT)) as house:
        app.keep_what_is_loaded()
        async with app.sending_alone(settings) as lock:
            now, opened = house.clock.now, time.perf_counter() - begun
            sender = Sender(house.db, pusher, house.languages, settings.rules, WIDE_OPEN, now)
            sender.may_send = lock.is_ours
            await Clockwork(house.db, sender, settings.rules, now).run(stop)
    first = pusher.first - begun
    print(json.dumps({"first": first, "opened": opened, "memory": memory("VmHWM") - before}))


if __name__ == "__main__":
    asyncio.run(_start(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
