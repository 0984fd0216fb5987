"""Databases with a million families: made once for each size, and copied.

Each family has a child and two parents, who read in four languages. Births lie within the time
that data is kept; those to whom anything falls due at SLOT are left out, but for `due` messages,
so that what is due stays the same while the rest grows.
"""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import text

from bench.disk import Disk, watched_disk
from bench.families import DUE_BORN, RULES, SLOT
from bench.measure import used_by
from programme.ages import Span
from programme.candidates import wanted
from programme.localtime import on_the_clock
from services.joining import CONSENT_VERSION
from storage import memory, migrate
from storage.database import Database, Tx, open_database
from tests import postgres

KEY = Fernet.generate_key().decode()
LANGUAGES = ("sv", "ar", "so", "en")
_JOINED = SLOT - timedelta(days=400)
_YOUNGEST, _OLDEST = 20, 900  # days
_BATCH = 100_000

_SOME = """WITH RECURSIVE numbered (n) AS (
    SELECT {first} UNION ALL SELECT n + 1 FROM numbered WHERE n < {last}
)"""
_FAMILIES = """
INSERT INTO family (id, area_id, registered_at)
{some} SELECT n, {area}, {joined} FROM numbered
"""
_CHILDREN = """
INSERT INTO child (id, family_id, born, tips_from, corrected, followed_at)
{some} SELECT n, n, day, day, {no}, {joined}
FROM numbered JOIN birth ON i = n % {days} WHERE n > {due}
"""
_CHILDREN_DUE = """
INSERT INTO child (id, family_id, born, tips_from, corrected)
{some} SELECT n, n, {born}, {born}, {no} FROM numbered WHERE n <= {due}
"""
_PARENTS = """
INSERT INTO guardian (id, family_id, chat_id, language, active_since, fewer)
{some} SELECT n * 2 - {other}, n, n * 2 - {other}, language, {joined}, {no}
FROM numbered JOIN tongue ON i = (n + {other}) % 4
"""
_CONSENTS = """
INSERT INTO consent (guardian_id, version, language, given_at)
{some} SELECT n * 2 - {other}, {version}, language, {joined}
FROM numbered JOIN tongue ON i = (n + {other}) % 4
"""


@cache
def quiet_births() -> tuple[date, ...]:
    """Births of children to whom nothing falls due in the minutes around SLOT."""
    found = wanted(SLOT - timedelta(minutes=5), SLOT + timedelta(minutes=5), RULES)
    today = on_the_clock(SLOT, RULES.zone).date()
    spans: list[Span] = [*found.tips, *found.births]
    days = (today - timedelta(days=n) for n in range(_YOUNGEST, _OLDEST))
    return tuple(day for day in days if not any(s.first <= day <= s.last for s in spans))


async def fill(db: Database, children: int, due: int, births: Sequence[date] | None = None) -> None:
    """So many children; to the parents of some of them `due` messages fall due at SLOT.

    With `births` they were born on those days in turn, and what falls due follows from them.
    """
    days = births or quiet_births()
    async with db.write() as tx:
        await _lists(tx, days)
    for first in range(1, children + 1, _BATCH):
        async with db.write() as tx:
            await _batch(tx, first, min(children, first + _BATCH - 1), due // 2, len(days))
    async with db.write() as tx:
        await tx.exec_driver_sql("DROP TABLE birth")
        await tx.exec_driver_sql("DROP TABLE tongue")
        await memory.remember_instant(tx, memory.WATERMARK, SLOT - timedelta(seconds=5))
        await tx.exec_driver_sql("ANALYZE")


async def _lists(tx: Tx, births: Sequence[date]) -> None:
    date_ = "DATE" if tx.dialect.name == "postgresql" else "TEXT"
    await tx.exec_driver_sql(f"CREATE TABLE birth (i INTEGER PRIMARY KEY, day {date_})")
    days = ", ".join(f"({i}, '{day}')" for i, day in enumerate(births))
    await tx.exec_driver_sql(f"INSERT INTO birth VALUES {days}")
    await tx.exec_driver_sql("CREATE TABLE tongue (i INTEGER PRIMARY KEY, language TEXT)")
    names = ", ".join(f"({i}, '{name}')" for i, name in enumerate(LANGUAGES))
    await tx.exec_driver_sql(f"INSERT INTO tongue VALUES {names}")


async def _batch(tx: Tx, first: int, last: int, due: int, days: int) -> None:
    home = (await tx.execute(text("SELECT id FROM area ORDER BY id LIMIT 1"))).scalar_one()
    server = tx.dialect.name == "postgresql"
    instant = f"{_JOINED:%Y-%m-%d %H:%M:%S.%f}"
    facts = {
        "some": _SOME.format(first=first, last=last),
        "area": home,
        "due": due,
        "no": "false" if server else "0",
        "days": days,
        "version": CONSENT_VERSION,
        "joined": f"TIMESTAMPTZ '{instant}+00'" if server else f"'{instant}'",
        "born": f"DATE '{DUE_BORN}'" if server else f"'{DUE_BORN}'",
    }
    every = [(words, 0) for words in (_FAMILIES, _CHILDREN, _CHILDREN_DUE)]
    every += [(words, other) for words in (_PARENTS, _CONSENTS) for other in (0, 1)]
    for words, other in every:
        await tx.exec_driver_sql(words.format(other=other, **facts))


class Populations:
    """Databases of each size, as often as asked; both kinds where there is a PostgreSQL."""

    def __init__(self, folder: Path, server: postgres.Server | None, disk: Disk | None) -> None:
        self._folder, self._server, self.disk = folder, server, disk
        self._empty: dict[str, str] = {}  # migrated, by kind
        self._made: dict[tuple[str, int, int], str] = {}
        self._numbers = itertools.count(1)

    @property
    def kinds(self) -> list[str]:
        return ["SQLite", *(["PostgreSQL"] if self._server else [])]

    def served(self) -> float:
        """Seconds of processor time the PostgreSQL has taken; 0 where there is none."""
        return used_by(self._server.process) if self._server else 0.0

    def bare(self) -> str:
        """The address of a PostgreSQL database with nothing in it, for a peer."""
        return self._new("PostgreSQL")

    @asynccontextmanager
    async def empty(self, kind: str = "SQLite") -> AsyncIterator[Database]:
        """One in its newest form, without families, open; gone afterwards."""
        template = self._empty.get(kind) or await self._migrated(kind)
        address = await asyncio.to_thread(self._copy, kind, template)
        db = open_database(address, [KEY])
        try:
            yield db
        finally:
            await db.close()
            self.drop(address)

    async def address(self, children: int, due: int, kind: str = "SQLite") -> str:
        """The address of a fresh copy."""
        template = await self._template(kind, children, due)
        return await asyncio.to_thread(self._copy, kind, template)

    @asynccontextmanager
    async def opened(
        self, children: int, due: int, kind: str = "SQLite"
    ) -> AsyncIterator[Database]:
        """A fresh copy, open; gone afterwards."""
        address = await self.address(children, due, kind)
        db = open_database(address, [KEY])
        try:
            yield db
        finally:
            await db.close()
            self.drop(address)

    def drop(self, address: str) -> None:
        """It is not needed any more."""
        if address.startswith("sqlite"):
            for file in self._folder.glob(f"{Path(address).name}*"):
                file.unlink()
        elif self._server:
            name = address.split("@/")[1].split("?", maxsplit=1)[0]
            self._server.say(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _template(self, kind: str, children: int, due: int) -> str:
        key = (kind, children, due)
        if key not in self._made:
            empty = self._empty.get(kind) or await self._migrated(kind)
            address = await asyncio.to_thread(self._copy, kind, empty)
            db = open_database(address, [KEY])
            await fill(db, children, due)
            await db.close()
            self._made[key] = address
        return self._made[key]

    async def _migrated(self, kind: str) -> str:
        address = await asyncio.to_thread(self._new, kind)
        db = open_database(address, [KEY])
        await migrate.migrate(db)
        await db.close()
        self._empty[kind] = address
        return address

    def _new(self, kind: str) -> str:
        name = f"b{next(self._numbers)}"
        if kind == "SQLite":
            return f"sqlite:///{self._folder / name}.db"
        assert self._server
        self._server.say(f'CREATE DATABASE "{name}"')
        return self._server.url(name)

    def _copy(self, kind: str, template: str) -> str:
        name = f"b{next(self._numbers)}"
        if kind == "SQLite":
            source = template.removeprefix("sqlite:///")
            shutil.copy(source, self._folder / f"{name}.db")
            return f"sqlite:///{self._folder / name}.db"
        assert self._server
        of = template.split("@/")[1].split("?", maxsplit=1)[0]
        self._server.say(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY FILE_COPY')
        return self._server.url(name)


@contextmanager
def populations() -> Iterator[Populations]:
    """A folder and, where it is installed, a PostgreSQL of our own, for as long as it takes.

    It is set as it comes, so it keeps every commit; only its tidying does not begin in between.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lotsen-bench-")))
        disk = watched_disk(folder)
        programs = postgres.binaries()
        server = None
        if programs:
            place = tempfile.gettempdir()  # the same disk as SQLite's
            server = postgres.Server(programs, place, ("autovacuum=off",), disk.env if disk else {})
            stack.callback(server.remove)
            server.build()
        yield Populations(folder, server, disk)
