"""A small Telegram over HTTP, an installation of Lotsen beside it, and families with phones."""

import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from programme.kinds import Rules
from services.booking import book
from simulator import World
from simulator.users import Person
from storage import areas, families, memory
from storage.database import Database, open_database
from tests import postgres
from tests.cast import AREA, local
from tests.end_to_end.processes import Command, Finished, WallClock

TOKEN = "4242424242:a-token-for-these-tests-only"
BOT = "LotsenDemoBot"
RULES = Rules()


@dataclass
class Telegram:
    """The small Telegram: where it is, and its clock."""

    world: World
    url: str
    set_clock: Callable[[datetime], None]

    def phone(self, name: str = "Amina", language: str = "en", started: bool = True) -> Person:
        """Somebody with a phone, who pressed Start so long ago that no update tells of it."""
        person = self.world.person(name, language)
        self.world.where(person, None).started = started
        return person

    def texts(self, person: Person) -> list[str]:
        """What Lotsen has written to a phone, oldest first."""
        return [message.text for message in self.world.from_bot(person)]

    @property
    def sends(self) -> int:
        """How many messages a bot has tried to send."""
        return len(self.world.journal.calls("sendMessage"))

    @property
    def arrived(self) -> int:
        """How many messages Telegram has accepted."""
        return sum(call.obeyed for call in self.world.journal.calls("sendMessage"))


@dataclass
class Household:
    """A family as it was moved in: its number, its parents' phones."""

    family_id: int
    parents: tuple[Person, ...]

    @property
    def phone(self) -> Person:
        return self.parents[0]


@dataclass
class Installation:
    """A data folder of Lotsen's, and the settings it is started with."""

    folder: Path
    telegram: Telegram
    key: str
    url: str  # of its database
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes: nothing from this machine's own."""
        return {
            "PATH": "/usr/bin:/bin",
            "LOTSEN_DATA_DIR": str(self.folder),
            "LOTSEN_BOT_TOKEN": TOKEN,
            "LOTSEN_API_URL": self.telegram.url,
            "LOTSEN_HTTP_PORT": "0",
            "LOTSEN_PUSH_PER_SECOND": "500",
            **{f"LOTSEN_{name.upper()}": value for name, value in self.server.items()},
            **self.settings,
        }

    @property
    def server(self) -> dict[str, str]:
        """What is set where the database is no file of its own."""
        return {} if self.embedded else {"database_url": self.url, "secret_key": self.key}

    @property
    def embedded(self) -> bool:
        return self.url.startswith("sqlite")

    def start(
        self,
        *argv: str,
        now: datetime | None = None,
        quicker: Mapping[str, object] | None = None,
        clock: WallClock | None = None,
        first: Callable[[], None] | None = None,
    ) -> Command:
        """A process of `lotsen …`, at that time, or with that clock on its wall."""
        env = self.env | ({"LOTSEN_NOW": now.isoformat()} if now else {})
        wound = {"bot.clock.Clock.now": clock} if clock else {}
        return Command(list(argv), env, self.folder, {**(quicker or {}), **wound}, first)

    async def command(self, *argv: str, now: datetime | None = None) -> Finished:
        """`lotsen …` from start to end."""
        return await self.start(*argv, now=now).end()

    async def tick(self, at: datetime, **quicker: float) -> dict[str, int]:
        """What `lotsen tick` counted; it must end well."""
        ended = await self.tick_ending(at, **quicker)
        assert ended.code == 0, ended.err
        return json.loads(ended.out.splitlines()[-1])

    async def tick_ending(
        self, at: datetime, push_seconds: float = 20.0, longest_rest: float = 0.1
    ) -> Finished:
        """`lotsen tick` at that time, however it ends; after a failure it rests less than usual."""
        quicker = {
            "messaging.push.SECONDS": push_seconds,
            "services.pacing.Gate.LONGEST_REST": longest_rest,
        }
        return await self.start("tick", "--at", at.isoformat(), quicker=quicker).end()

    def look(self, query: str, *values: object) -> Sequence[Mapping[str, Any]]:
        """Rows of the database, read by nobody's code but this line."""
        if not self.embedded:
            return postgres.look(self.url, query, *values)
        with closing(sqlite3.connect(self.folder / "lotsen.sqlite3", timeout=20)) as file:
            file.row_factory = sqlite3.Row
            return file.execute(query, values).fetchall()

    def states(self) -> list[tuple[str, str | None]]:
        """Every message's state and reason, in the order in which they were planned."""
        return [(r["state"], r["reason"]) for r in self.look("SELECT * FROM outbox ORDER BY id")]

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Its database, opened in this process."""
        db = open_database(self.url, [self.key])
        try:
            yield db
        finally:
            await db.close()

    async def move_in(
        self,
        homes: Sequence[Sequence[Person | int]],
        born: date,
        joined: datetime,
        visit: datetime | None = None,
    ) -> list[Household]:
        """Families with these phones (or chat numbers), each with a child and maybe a visit."""
        async with self.database() as db, db.write() as tx:
            area = await areas.find(tx, AREA)
            assert area is not None
            found: list[Household] = []
            for n, parents in enumerate(homes):
                family_id = await families.register(tx, area, None, joined)
                await families.add_child(tx, family_id, born, None)
                for parent in parents:
                    chat, language = _chat(parent)
                    await families.add_guardian(tx, family_id, chat, language, joined)
                if visit:
                    # Nobody comes to two families at once.
                    who = [f"Anna{n}", f"Bo{n}"] if n else ["Anna", "Bo"]
                    await book(tx, family_id, 2, visit, who, joined, RULES)
                people = tuple(parent for parent in parents if isinstance(parent, Person))
                found.append(Household(family_id, people))
        return found

    async def planned_until(self, at: datetime) -> None:
        """Let the planner believe that everything before `at` is planned."""
        async with self.database() as db, db.write() as tx:
            await memory.remember_instant(tx, memory.WATERMARK, at)


def _chat(parent: Person | int) -> tuple[int, str]:
    return (parent, "en") if isinstance(parent, int) else (parent.id, parent.language_code or "en")


DAY = local("2026-12-31T00:00")  # the neighbours' children are two months old on that day
TIP_HOUR, EVE_HOUR = local("2026-12-31T10:00"), local("2026-12-31T17:00")
BORN = date(2026, 10, 31)
JOINED = local("2026-11-02T09:00")


async def neighbours(lotsen: Installation, count: int, visit: bool = False) -> list[Household]:
    """Families with one phone each and a tip due at TIP_HOUR; with `visit`, a reminder at EVE_HOUR.

    What was due before that day is taken as planned, so that nothing else is.
    """
    phones = [lotsen.telegram.phone(f"Parent {n}") for n in range(count)]
    starts = local("2027-01-01T10:30") if visit else None
    homes = await lotsen.move_in([[phone] for phone in phones], BORN, JOINED, starts)
    await lotsen.planned_until(EVE_HOUR - timedelta(hours=1) if visit else DAY)
    return homes
