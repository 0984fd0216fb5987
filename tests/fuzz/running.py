"""One episode: a new town, so many updates, and what was found. The same seed does the same."""

import asyncio
import json
import logging
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod

from bot.app import House, make_intake
from bot.clock import StoppedClock
from bot.intake import Intake
from bot.settings import Settings
from messaging.i18n import Languages
from scheduler.runner import Clockwork
from services import delivery, installation
from storage.database import Database
from tests.cast import RULES
from tests.fakes import Said
from tests.fuzz.grammar import Grammar
from tests.fuzz.town import NOW, Town, settle
from tests.fuzz.watching import Watch, plant_triggers
from tests.handlers.phone import BOT_NAME, TOKEN, Line, Shown, the_whole_chat
from tests.services.post import Post

BATCH = 10
CLOCKWORK_EVERY = 20  # batches
HANGS = 90.0  # seconds for one batch
# What the webhook answers with 400; nothing of it is kept.
NO_UPDATE = (ValueError, TypeError, KeyError, OverflowError, RecursionError)


class StrictLine(Line):
    """Remembers what Telegram would have refused."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> Any:
        self.requests.clear()
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramBadRequest as error:
            if "not found" not in error.message:
                self.refused.append(f"{type(method).__name__}: {error.message}")
            raise


@dataclass
class Found:
    """What came of an episode."""

    updates: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Alarms(logging.Handler):
    """Everything that is logged as an error, but for what is designed."""

    designed = ("an update cannot be read; set aside",)

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if words in self.designed:
            return
        error = record.exc_info[1] if record.exc_info else None
        self.heard.append(f"{words}\n{_ours(error)}" if error else words)


def _ours(error: BaseException) -> str:
    """Where it was in our own code, and what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"  {f.filename}:{f.lineno} {f.line}" for f in frames if ".venv" not in f.filename]
    inner = [_ours(each) for each in getattr(error, "exceptions", ())]
    return "\n".join((*ours[-8:], f"  {type(error).__name__}: {str(error)[:300]}", *inner))


@contextmanager
def _listening() -> Iterator[Alarms]:
    alarms = Alarms()
    logging.getLogger().addHandler(alarms)
    try:
        yield alarms
    finally:
        logging.getLogger().removeHandler(alarms)


class Episode:
    """A town at work: updates go in, letters go out, and everything is looked at."""

    def __init__(
        self, db: Database, languages: Languages, folder: Path, town: Town, seed: str
    ) -> None:
        self._db, self._languages, self._seed = db, languages, seed
        self._town, self._draw = town, Random(seed)
        self._clock = StoppedClock(NOW)
        self._line = StrictLine()
        self._post = Post(db, languages, NOW)
        settings = Settings(_env_file=None, data_dir=folder)
        house = House(settings, self._clock, db, languages)
        self._found = Found()
        delivery.IDLE_SECONDS = 0.001
        self._intake: Intake = make_intake(
            house, Bot(TOKEN, session=self._line), make=the_whole_chat
        )
        self._intake._count = self._count
        self._clockwork = Clockwork(db, self._post.sender, RULES, self._clock.now)

    def _count(self, how: str) -> None:
        self._found.counts[how] += 1

    async def run(self, updates: int) -> Found:
        """So many updates; everything that was wrong."""
        watch = Watch(self._db, self._town)
        grammar = Grammar(self._draw, self._town, self._line)
        with _listening() as alarms:
            for number in range(0, updates, BATCH):
                batch = [grammar.next() for _ in range(min(BATCH, updates - number))]
                await self._one_batch(watch, alarms, batch)
                if number // BATCH % CLOCKWORK_EVERY == CLOCKWORK_EVERY - 1:
                    await self._time_goes_on(watch, alarms)
                if len(self._found.faults) > 20:
                    break
            await watch.close()
            self._gather(watch, alarms, [])
        self._nothing_is_kept()
        return self._found

    async def _one_batch(self, watch: Watch, alarms: Alarms, batch: list[bytes]) -> None:
        await watch.begin()
        before = len(self._line.said)
        writing: set[int] = set()
        for each in batch:
            self._found.updates += 1
            try:
                update = json.loads(each)
                await self._intake.keep([update])
                writing |= _named(update)
            except NO_UPDATE:
                self._count("no update")
        try:
            async with asyncio.timeout(HANGS):
                await self._intake.drain()
        except Exception as error:
            alarms.heard.append(f"the intake broke:\n{_ours(error)}")
        said = [(chat, _words(shown)) for chat, shown in self._line.said[before:]]
        del self._line.said[:]
        self._line.answered.clear()
        await watch.end(writing or {0}, said)
        self._gather(watch, alarms, batch)

    async def _time_goes_on(self, watch: Watch, alarms: Alarms) -> None:
        """Minutes or days later: what is due is planned, sent, cleared and purged."""
        later = self._draw.choice((1, 30, 60 * 12, 60 * 24, 60 * 24 * 3))
        self._clock.set(self._clock.now() + timedelta(minutes=later))
        self._post.clock.set(self._clock.now())
        await watch.begin()
        await self._clockwork.start_notices()
        await self._clockwork.plan()
        self._post.open_gate()
        async with asyncio.timeout(HANGS):
            await self._post.sender.drain()
            await self._clockwork.clear()
            await self._clockwork.record()
            await self._clockwork.purge()
        push = self._post.push
        for said in push.arrived:
            self._hang_up(said)
        said = [(each.chat_id, each.text) for each in push.arrived]
        said += [(chat, words) for chat, _, words in (*push.edited, *push.rewritten)]
        for kept in (push.arrived, push.attempts, push.edited, push.rewritten, push.deleted):
            kept.clear()
        self._found.counts["letters"] += len(said)
        await watch.end(set(), said)
        self._gather(watch, alarms, [])

    def _hang_up(self, said: Said) -> None:
        """A letter stands on the phone, with its buttons."""
        rows = said.keyboard["inline_keyboard"] if said.keyboard else []
        buttons = tuple((b["text"], b.get("callback_data")) for row in rows for b in row)
        screen = self._line.chats[said.chat_id]
        screen[max(screen, default=0) + 1] = Shown(said.text, buttons)
        while len(screen) > 30:
            del screen[min(screen)]

    def _nothing_is_kept(self) -> None:
        """Of chats that are answered the intake holds nothing, or its memory would only grow."""
        intake = self._intake
        if kept := {*intake._queues, *intake._served, *intake._flooding}:
            self._found.faults.append(f"seed {self._seed}: the intake keeps {len(kept)} chats")

    def _gather(self, watch: Watch, alarms: Alarms, batch: list[bytes]) -> None:
        heard = [*watch.faults, *alarms.heard, *(f"refused: {r}" for r in self._line.refused)]
        for fault in heard:
            where = f"seed {self._seed}, update {self._found.updates}"
            came = "\n".join(each.decode()[:600] for each in batch)
            self._found.faults.append(f"{where}: {fault}\n{came}")
        watch.faults.clear()
        alarms.heard.clear()
        self._line.refused.clear()
        for screen in self._line.chats.values():
            while len(screen) > 30:
                del screen[min(screen)]


def _words(shown: Shown) -> str:
    """Everything that can be read of it, also in a file."""
    file = shown.file.decode("utf-8", "ignore") if shown.file else ""
    return "\n".join((shown.text, *(label for label, _ in shown.buttons), file))


def _named(update: Any) -> set[int]:
    """Every chat that the update says it comes from."""
    found: set[int] = set()
    for body in update.values() if isinstance(update, dict) else ():
        message = body.get("message") if isinstance(body, dict) else None
        for holder in (body, message, {"chat": body.get("from")} if isinstance(body, dict) else 0):
            chat = holder.get("chat") if isinstance(holder, dict) else None
            number = chat.get("id") if isinstance(chat, dict) else None
            if type(number) is int:
                found.add(number)
    return found


async def settled(db: Database) -> Town:
    """A new town in that database, and whatever watches it; to be copied for every episode."""
    await installation.remember_bot(db, BOT_NAME)
    town = await settle(db)
    await plant_triggers(db)
    return town
