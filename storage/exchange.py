"""A new database beside the one that is used, and then in its place: a file, or on a server.

At every moment there is a whole database under the name that everybody uses, and the one that was
replaced stays under another. So what must outlive it can be read until the last moment.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import backup, half_made, server
from storage.database import Damaged, connected
from storage.silence import SENDS, SERVES

_KEEPER = "postgres"  # a database that is renamed must be told so from another one
_LONGEST = 40  # bytes of the name: an ending follows, and PostgreSQL cuts at 63
_REFUSED, _IN_USE = ("42501", "3D000"), "55006"


class NotAllowed(Exception):
    """This account of the server's may not make databases, or rename this one."""


class Exchange(Protocol):
    """How one database takes the place of another."""

    @property
    def dropped(self) -> Sequence[str]:
        """Databases that a restore before this one has left half made, and that are gone now."""

    async def old(self) -> str | None:
        """The address of what is replaced, None if there is nothing; raises InUse."""

    def beside(self, now: datetime) -> AbstractAsyncContextManager[str]:
        """The address of an empty one, which is gone afterwards unless it was put in place."""

    async def fill(self, new: str, source: Path, keys: Sequence[str]) -> None:
        """Write a backup into it, proven sound; raises what `storage.backup` raises."""

    async def put_in_place(
        self, new: str, now: datetime, let_go: Callable[[], Awaitable[None]]
    ) -> str | None:
        """The new one is the one that is used; what the old one is called now. Raises InUse.

        `let_go`: our own lock on the old one.
        """


class FileExchange:
    """An SQLite file."""

    dropped = ()

    def __init__(self, url: str) -> None:
        self._url, self._file = url, backup.database_file(url)

    async def old(self) -> str | None:
        """Its address, if there is such a file; raises InUse."""
        return self._url if await asyncio.to_thread(backup.only_ours, self._file) else None

    @asynccontextmanager
    async def beside(self, now: datetime) -> AsyncIterator[str]:
        """In a folder on the same disk that is gone in the end."""
        with backup.workroom(self._file.parent) as room:
            yield f"sqlite:///{room / self._file.name}"

    async def fill(self, new: str, source: Path, keys: Sequence[str]) -> None:
        """Write a backup into it."""
        await asyncio.to_thread(backup.unpack, source, keys, backup.database_file(new))

    async def put_in_place(
        self, new: str, now: datetime, let_go: Callable[[], Awaitable[None]]
    ) -> str | None:
        """Under the file's name; our lock is a file of its own, and is kept."""
        there = self._file.exists()
        stamp = f"{now.astimezone(UTC):{backup.STAMP}}"
        beside = self._file.with_name(f"{self._file.name}{backup.ASIDE}{stamp}")
        made = backup.database_file(new)
        await asyncio.to_thread(backup.put_in_place, made, self._file, beside)
        return str(beside) if there else None


class EmptyFilled:
    """An empty database that somebody made on a server: it is filled where it is."""

    dropped = ()

    def __init__(self, url: str, instead_of: str | None) -> None:
        self._url = url
        self._old = _address(make_url(url).set(database=instead_of)) if instead_of else None

    async def old(self) -> str | None:
        """The database that it is there instead of, if one was named; raises InUse."""
        if self._old:
            await nobody_else(self._old)
        return self._old

    @asynccontextmanager
    async def beside(self, now: datetime) -> AsyncIterator[str]:
        """It lies beside nothing: nobody starts on it until the end, and a fault empties it."""
        await self._mark(half_made.begin)
        try:
            yield self._url
        except BaseException:
            with suppress(Damaged, OSError):  # the mark stays, and says so
                await self._mark(half_made.undo)
            raise

    async def _mark(self, how: Callable[[AsyncConnection], Awaitable[None]]) -> None:
        async with _line(make_url(self._url), "READ COMMITTED") as line, line.begin():
            await line.execute(text("SET LOCAL lock_timeout = '10s'"))
            await how(line)

    async def fill(self, new: str, source: Path, keys: Sequence[str]) -> None:
        """Write a backup into it."""
        work = asyncio.ensure_future(asyncio.to_thread(backup.load, new, source, keys))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:  # a thread goes on: it must not fill what was emptied
            with suppress(Exception):
                await work
            raise

    async def put_in_place(
        self, new: str, now: datetime, let_go: Callable[[], Awaitable[None]]
    ) -> str | None:
        """It is there already, and whole now; what it stands instead of keeps its name."""
        await self._mark(half_made.end)
        return self._old and make_url(self._old).database


class ServerExchange:
    """A database on a server, by an account that may make others."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._name = self._url.database or ""
        self._keeper = self._url.set(database=_KEEPER)
        self.dropped: list[str] = []

    async def old(self) -> str | None:
        """Its address; raises InUse."""
        await nobody_else(address := _address(self._url))
        return address

    @asynccontextmanager
    async def beside(self, now: datetime) -> AsyncIterator[str]:
        """Another one on the same server; raises NotAllowed, or InUse before there is any."""
        await self.old()
        name = self._called("new", now)
        with _explained():
            async with _line(self._keeper) as line:
                await self._make(line, name)
        try:
            yield _address(self._url.set(database=name))
        finally:
            async with _line(self._keeper) as line:
                await line.execute(text(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)"))

    async def _make(self, line: AsyncConnection, name: str) -> None:
        """Empty, for the same letters; what a killed restore has left goes before."""
        ours = re.compile(rf"{re.escape(_short(self._name))}_new_[0-9]{{8}}_[0-9]{{6}}")
        for stale in (await line.scalars(text("SELECT datname FROM pg_database"))).all():
            if ours.fullmatch(stale):  # and `lotsen_new_trial` is somebody else's
                with suppress(Damaged):
                    await line.execute(text(f"DROP DATABASE {_quoted(stale)}"))
                    self.dropped.append(stale)
        how = (await line.execute(_LETTERS, {"name": self._name})).one()
        letters = [f"{word} {_literal(value)}" for word, value in how._asdict().items()]
        made = f"CREATE DATABASE {_quoted(name)} TEMPLATE template0 {' '.join(letters)}"
        await line.execute(text(made))

    async def fill(self, new: str, source: Path, keys: Sequence[str]) -> None:
        """Write a backup into it."""
        await asyncio.to_thread(backup.load, new, source, keys)

    async def put_in_place(
        self, new: str, now: datetime, let_go: Callable[[], Awaitable[None]]
    ) -> str | None:
        """Both get other names at once, or none does: nobody may be connected."""
        kept = self._called("before", now)
        names = (self._name, kept), (make_url(new).database or "", self._name)
        await let_go()
        with _explained():
            async with _line(self._keeper, "READ COMMITTED") as line, line.begin():
                for was, becomes in names:
                    rename = f"ALTER DATABASE {_quoted(was)} RENAME TO {_quoted(becomes)}"
                    await line.execute(text(rename))
        return kept

    def _called(self, what: str, now: datetime) -> str:
        return f"{_short(self._name)}_{what}_{now:%Y%m%d_%H%M%S}"


async def nobody_else(url: str) -> None:
    """Raises InUse while anybody but this process is connected to a server's database."""
    async with _line(make_url(url)) as line:
        ours = server.this_process()
        names = {"ours": ours, "sends": f"{ours}{SENDS}", "serves": f"{ours}{SERVES}"}
        if await line.scalar(_OTHERS, names):
            raise backup.InUse


_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND usename IS NOT NULL AND application_name NOT IN (:ours, :sends, :serves)"
)
_LETTERS = text(
    "SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS lc_collate, "
    "datctype AS lc_ctype FROM pg_database WHERE datname = :name"
)


@asynccontextmanager
async def _line(url: URL, isolation: str = "AUTOCOMMIT") -> AsyncIterator[AsyncConnection]:
    engine = server.alone(url, isolation)
    try:
        async with connected(engine) as line:
            yield line
    finally:
        await engine.dispose()


@contextmanager
def _explained() -> Iterator[None]:
    """Raises NotAllowed or InUse for what the server says in its own way."""
    try:
        yield
    except Damaged as error:
        code = getattr(error.orig, "sqlstate", None)
        if code in _REFUSED:
            raise NotAllowed from error
        if code == _IN_USE:
            raise backup.InUse from error
        raise


def _short(name: str) -> str:
    """Another for every name: two that begin alike must never take each other's databases."""
    whole = name.encode()
    if len(whole) <= _LONGEST:
        return name
    mark = hashlib.sha256(whole).hexdigest()[:8]
    return f"{whole[: _LONGEST - len(mark) - 1].decode(errors='ignore')}_{mark}"


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
