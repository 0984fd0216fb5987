"""The demo's stage: one empty Lotsen at work, and what is played on it.

Each play begins on a stage of its own, with an empty database and a Telegram in which nobody has
said anything. So a story is told the same way each time, and a clock may begin anew.
"""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import app
from bot.app import House
from bot.clock import Clock
from bot.hands import Hands
from bot.settings import Settings
from bot.stories import Story
from bot.winding import Winder
from messaging.i18n import Tongue, load_languages
from programme.localtime import STOCKHOLM, on_the_clock
from services import installation
from simulator import World

log = logging.getLogger(__name__)


class NotReady(Exception):
    """Nothing can be done on the stage now; str() says why."""


class Stage:
    """A house at work, the hands on its phones, its clock and its staff's plans."""

    def __init__(self, house: House, world: World) -> None:
        self.house = house
        self.hands = Hands(world)
        self.story = Story(house, self.hands)
        self.winder = Winder(house, self.story)
        self.size = 0  # of a crowd; 0: as the play has it
        self.props: dict[str, Any] = {}  # what a play remembers from one act to the next
        self._off = asyncio.Event()
        self._shift: asyncio.Task[None] | None = None

    @property
    def now(self) -> datetime:
        """What time it is on the stage."""
        return self.house.clock.now()

    @property
    def day(self) -> date:
        """Which day it is there."""
        return on_the_clock(self.now, STOCKHOLM).date()

    @property
    def tongue(self) -> Tongue:
        """What is told about the phones is told in Swedish."""
        return self.house.languages.get("sv")

    def when(self, at: datetime) -> str:
        """Such as "torsdag 14 januari 12:00"."""
        return self.tongue.moment(at, STOCKHOLM)

    def start(self, tasks: asyncio.TaskGroup) -> None:
        """Lotsen goes to work."""
        self._tasks, self._off = tasks, asyncio.Event()
        self._shift = tasks.create_task(
            app.work(
                *(self.house, self._off),
                chat=True,
                clockwork=True,
                webhook=False,
                meet=self.winder.meet,
            )
        )

    async def stop(self) -> None:
        """Lotsen stops, in order."""
        self._off.set()
        if self._shift:
            await self._shift

    async def outage(self, span: timedelta) -> None:
        """The machine is off for so long; nobody winds, nothing is planned, nothing leaves."""
        await self.stop()
        self.house.clock.set(self.now + span)
        self.start(self._tasks)
        await self.hands.world.until(lambda: self.hands.world.bot.updates.poll, within=30)
        await self.winder.settle()


@dataclass(frozen=True)
class Play:
    """What is played: how it opens, when it begins, whose phones lie on the table."""

    key: str
    open: Callable[[Stage], Awaitable[None]]
    begins: Callable[[datetime], datetime] = lambda now: now
    phones: tuple[str, ...] = ()  # by first name, in this order; none: everybody's
    size: int = 0  # of a crowd, where there is one


async def _everyday(stage: Stage) -> None:
    await stage.story.begin()


FREE = Play("free", _everyday)
UNOPENED = Play("unopened", _everyday)  # what lies there after a play that could not open


@dataclass
class Wanted:
    """A play that is to open, and who waits for it."""

    play: Play
    opened: asyncio.Future[Stage] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Theatre:
    """Keeps one stage at a time; another play ends the one before."""

    def __init__(self, clock: Clock, world: World) -> None:
        self.clock, self.world = clock, world
        self.play = FREE
        self._languages = load_languages()
        self._stage: Stage | None = None
        self._next: Wanted | None = None
        self._change = asyncio.Event()
        self._one = asyncio.Lock()

    @property
    def stage(self) -> Stage:
        """The stage as it stands; raises NotReady while it is being set."""
        if self._stage is None:
            raise NotReady("Scenen ställs fortfarande i ordning.")
        return self._stage

    @property
    def ready(self) -> bool:
        """Whether there is a stage to act on."""
        return self._stage is not None

    def numbers(self, names: Iterable[str]) -> list[int]:
        """The phones of those people, in this order, as far as there are any yet."""
        people = {each.first_name: each.id for each in self.world.people.values()}
        return [people[name] for name in names if name in people]

    async def show(self, play: Play) -> Stage:
        """Clear the stage for that play; its stage, once it has opened."""
        async with self._one:
            self._next = Wanted(play)
            wanted, self._stage = self._next, None
            self._change.set()
            return await wanted.opened

    async def run(self, settings: Settings, stop: asyncio.Event, begun: Callable[[], None]) -> None:
        """One play after the other, until stopped."""
        self._next = Wanted(FREE)
        self._next.opened.add_done_callback(lambda _: begun())
        real, ready = settings.now is None, settings.data_dir / "ready"
        await _make(settings.model_copy(update={"data_dir": ready}), ready)
        while not stop.is_set():
            wanted, self._next = self._next, None
            if wanted is None:
                return
            self._change.clear()
            begins = Clock().now() if real else settings.now
            assert begins is not None
            self.clock.set(wanted.play.begins(begins))
            with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
                await asyncio.to_thread(shutil.copytree, ready, folder, dirs_exist_ok=True)
                own = settings.model_copy(update={"data_dir": Path(folder)})
                await self._act(own, wanted, stop)

    async def _act(self, settings: Settings, wanted: Wanted, stop: asyncio.Event) -> None:
        self.world.begin_anew()
        async with app.open_house(settings, self.clock, self._languages) as house:
            stage = Stage(house, self.world)
            stage.size = wanted.play.size
            async with asyncio.TaskGroup() as tasks:
                stage.start(tasks)
                await self._open(stage, wanted)
                plans = tasks.create_task(stage.story.go_on(stop))
                await _first(stop.wait(), self._change.wait())
                self._stage = None
                plans.cancel()
                await stage.stop()

    async def _open(self, stage: Stage, wanted: Wanted) -> None:
        """The play begins; if it cannot, who asked hears why, and the stage stands as it is."""
        self.play = wanted.play
        try:
            await wanted.play.open(stage)
        except Exception as error:  # whatever it is, another play can still be opened
            log.exception("a play could not open", extra={"play": wanted.play.key})
            self.play = UNOPENED
            wanted.opened.set_exception(error)
        else:
            wanted.opened.set_result(stage)
        self._stage = stage


async def _make(settings: Settings, folder: Path) -> None:
    """An empty database in its newest form, made once: each stage begins with a copy."""
    await asyncio.to_thread(folder.mkdir)
    db = installation.open_at(settings.database, settings.keys())
    try:
        await installation.make_ready(db, settings.embedded)
    finally:
        await db.close()


async def _first(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(each) for each in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
