"""Parents who ask all the while, and two processes that answer them, ended in turn."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from simulator.users import Person
from tests.end_to_end.processes import Command
from tests.end_to_end.town import Telegram

ASKS = ("/plan", "/help")  # two at once: the answers must come in that order
AT_WORK = '"at work"'
STOPS_WITHIN = 120  # each call takes three seconds, and the machine is busy
ANSWERED_WITHIN = 300  # on a busy machine; how long it took is measured


@dataclass
class Talks:
    """What was asked, and by whom it was answered, as seen from outside."""

    telegram: Telegram
    start: Callable[[], Command]
    parents: list[Person]
    every: float  # seconds between two questions of one parent
    restarts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    asked: Counter[int] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    paused_seconds: float = 10.0
    replicas: list[Command] = field(default_factory=list)

    def kinds(self, parent: Person) -> list[bool]:
        """For each answer, whether it is the one to the second question."""
        texts = self.telegram.texts(parent)
        second = texts[1] if len(texts) > 1 else None  # asked in peace, before anybody is ended
        return [text == second for text in texts]

    def in_order(self, parent: Person) -> bool:
        """Each question answered in its turn; the same answer may come again at once."""
        once = [kind for kind, _ in groupby(self.kinds(parent))]
        return once == [False, True] * self.asked[parent.id]

    @property
    def twice(self) -> int:
        """Answers that came again: what was being said when somebody was ended."""
        came = sum(len(self.kinds(each)) for each in self.parents)
        return came - len(ASKS) * self.asked.total()

    async def ask(self, parent: Person) -> None:
        """Both questions; back when both are answered."""
        began = time.monotonic()
        self.asked[parent.id] += 1
        for words in ASKS:
            self.telegram.world.write(parent, words)
        try:
            await self.telegram.world.until(lambda: self.in_order(parent), ANSWERED_WITHIN)
        except TimeoutError as error:
            came = "".join("pq"[kind] for kind in self.kinds(parent))
            raise AssertionError(f"asked {self.asked[parent.id]} times, answered {came}") from error
        self.waited.append(time.monotonic() - began)

    async def begin(self) -> None:
        """Two replicas, and everybody has asked once in peace."""
        self.replicas = [self.start(), self.start()]
        async with asyncio.TaskGroup() as tasks:
            for parent in self.parents:
                tasks.create_task(self.ask(parent))
        self.waited.clear()

    async def ask_on_and_on(self, until: float) -> None:
        """All of them, side by side."""
        async with asyncio.TaskGroup() as tasks:
            for parent in self.parents:
                tasks.create_task(self._ask_again(parent, until))

    async def _ask_again(self, parent: Person, until: float) -> None:
        while time.monotonic() < until:
            await asyncio.sleep(self.every)
            await self.ask(parent)

    async def restart_in_turn(self, until: float, every: float, ways: tuple[str, ...]) -> None:
        """One after the other is ended in each way, and started again."""
        for which, way in zip(
            itertools.cycle((0, 1)), itertools.cycle(w for w in ways for _ in "ab")
        ):
            await asyncio.sleep(every)
            await self._until_both_work(until)
            if time.monotonic() > until:
                return
            await self._restart(which, way)

    async def _until_both_work(self, until: float) -> None:
        """On a busy machine a start takes longer than the time between two restarts."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                while not all(AT_WORK in each.logged for each in self.replicas):
                    self._start_the_ended()
                    await asyncio.sleep(0.2)
        except TimeoutError as error:
            last = [(each.alive, each.logged[-2000:]) for each in self.replicas]
            raise AssertionError(f"a replica does not come to work: {last}") from error
        answered = len(self.waited)
        await self.telegram.world.until(
            lambda: len(self.waited) > answered or time.monotonic() > until, ANSWERED_WITHIN
        )

    def _start_the_ended(self) -> None:
        """As a service manager does: one that found no database at its start has ended."""
        for n, each in enumerate(self.replicas):
            if not each.alive:
                self.faults += [each.logged] if "Traceback" in each.logged else []
                self.restarts["ended"] += 1
                self.replicas[n] = self.start()

    async def _restart(self, which: int, way: str) -> None:
        old = self.replicas[which]
        if way == "pause":
            old.pause()
            await asyncio.sleep(self.paused_seconds)
            old.go_on()
            await asyncio.sleep(2)
        if way == "kill":
            await old.kill()
        else:
            await self._stop(old)
        self.restarts[way] += 1
        self.replicas[which] = self.start()

    async def _stop(self, replica: Command) -> None:
        ended = await replica.stop(STOPS_WITHIN)
        if ended.code or "Traceback" in ended.err:
            self.faults.append(ended.err)

    async def end(self) -> None:
        """Both are told to stop."""
        for each in self.replicas:
            await self._stop(each)
