"""One open database: `write()` for acts, `read()` for looking. The same on SQLite and PostgreSQL.

SQLAlchemy's default on SQLite loses updates (100 commits, counter 2) and a plain BEGIN fails at
once under load; here a writer waits its turn: one lock in the process, then BEGIN IMMEDIATE.
On PostgreSQL writers work side by side; what must not meet says so in `storage.turns`.
"""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    nullcontext,
)
from pathlib import Path

from sqlalchemy import Dialect, Table, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import server
from storage.columns import give_keys
from storage.sqlite_driver import Line, driver

Tx = AsyncConnection  # an open transaction, as the layers above know it
Unavailable = OperationalError  # the database is locked, full, gone: the act may be tried again
Damaged = DBAPIError  # all of the above, and what is no database at all

BUSY_SECONDS = 10  # how long to wait for another process before giving up
READERS = 4

Turn = AbstractAsyncContextManager[None]


_RECALLED, _ERASED, _DUE = "lotsen_recalled", "lotsen_erased", "lotsen_due"
_HELD = "lotsen_held"
# The turn comes with the first statement, and Alembic cannot bear a second migration in its midst.
_WAIT = select(1)

# That somebody was erased since the file was written anew: in SQLite's file itself, because the
# process that erased may be gone by then.
_REMEMBER = "INSERT OR REPLACE INTO memory (name, value) VALUES ('erased', ?)"
_WHETHER = "SELECT value FROM memory WHERE name = 'erased'"
_DONE = "DELETE FROM memory WHERE name = 'erased' AND value = ?"


def note_recall(tx: Tx) -> None:
    """This transaction takes back a message that a sender may have in its hands."""
    if tx.sync_connection:
        tx.sync_connection.info[_RECALLED] = True


def note_erasure(tx: Tx) -> None:
    """This transaction erases somebody: after it no copy may lie in a file beside the database."""
    if tx.sync_connection:
        tx.sync_connection.info[_ERASED] = True


def note_due(tx: Tx) -> None:
    """After this transaction something may be due at once: whoever plans hears of its commit."""
    if tx.sync_connection:
        tx.sync_connection.info[_DUE] = True


def note_held(tx: Tx) -> set[int]:
    """The families that this transaction has locked, to which more may be added."""
    held: set[int] = (
        tx.sync_connection.info.setdefault(_HELD, set()) if tx.sync_connection else set()
    )
    return held


class Database:
    """Engines and the writers' lock of one database; made by `open_database`."""

    def __init__(
        self, writer: AsyncEngine, reader: AsyncEngine, rebuilder: AsyncEngine, turn: Turn
    ) -> None:
        self._writer, self._reader, self._rebuilder = writer, reader, rebuilder
        self._turn = turn
        self.recalls = 0  # committed by this process: whoever looked before one must look again
        self.told: Callable[[], None] = lambda: None  # of what this process made due in a file

    @property
    def dialect(self) -> Dialect:
        """Which database this is."""
        return self._writer.dialect

    @asynccontextmanager
    async def write(self, brief: bool = False) -> AsyncIterator[Tx]:
        """A transaction that may write; committed at the end, rolled back on any exception.

        `brief`: each statement finds a few rows by their numbers, and is asked without going to
        SQLite's thread, which costs more than it does; waiting and committing are done there.
        """
        async with self._turn, connected(self._writer) as tx, AsyncExitStack() as manner:
            if brief:
                manner.enter_context(near(tx))
            info = tx.sync_connection.info if tx.sync_connection else {}
            for each in (_RECALLED, _ERASED, _DUE, _HELD):
                info.pop(each, None)
            recalled = due = False
            try:
                async with tx.begin():
                    yield tx
                    recalled, due = info.pop(_RECALLED, False), info.pop(_DUE, False)
                    if _ERASED in info and self.dialect.name == "sqlite":
                        await tx.exec_driver_sql(_REMEMBER, (secrets.token_hex(8),))
                    if due and self.dialect.name == "postgresql":
                        await tx.execute(server.SOMETHING_DUE)
            finally:  # also if nobody heard whether it was committed
                self.recalls += recalled
                if due:
                    self.told()
            if info.pop(_ERASED, False):
                await _empty_the_log(tx)

    async def scrub(self) -> None:
        """Once more what an erasure does, for whoever was reading then kept an old copy; and after
        one the file is written anew, which takes a second for 100 MB.

        When SQLite moves rows from page to page, a copy may stay where they stood, and nothing
        overwrites that when the row is deleted later.
        """
        if self.dialect.name != "sqlite":
            return
        async with self._turn, connected(self._writer) as tx:
            erased = (await tx.exec_driver_sql(_WHETHER)).scalar()
            await tx.rollback()
            if erased is not None:
                await _say(tx, "VACUUM")
            await _empty_the_log(tx)
            if erased is not None:  # another process may have erased somebody meanwhile
                await tx.exec_driver_sql(_DONE, (erased,))
                await tx.commit()

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator[Tx]:
        """Like `write`, for migrations, which may take their time. SQLite rebuilds tables, and
        dropping an old one must not delete what refers to it."""
        async with self._turn, connected(self._rebuilder) as tx:
            await _check_references(tx, False)
            try:
                async with tx.begin():
                    await tx.execute(_WAIT)
                    yield tx
            finally:
                await _check_references(tx, True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A transaction that sees one state of the database and changes nothing."""
        async with connected(self._reader) as tx:
            yield tx

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Tx]:
        """Like `read`, where on SQLite each statement sees the state of its own moment: for one
        statement no transaction needs to be begun and ended."""
        async with connected(self._reader) as tx:
            with _manner(tx, begin=None):
                yield tx

    async def close(self) -> None:
        """Close every connection."""
        for engine in (self._writer, self._reader, self._rebuilder):
            await engine.dispose()


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection; raises Unavailable where there is none to be had."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (OSError, NoneFree) as error:  # a server that is down raises what the network says
            raise Unavailable("CONNECT", None, error) from error
        yield connection


async def _empty_the_log(tx: Tx) -> None:
    """SQLite's log of changes holds what was erased until it is begun anew. The rows themselves
    are overwritten where they stood (`secure_delete`); PostgreSQL does both by itself, in time."""
    if tx.dialect.name == "sqlite":
        await _say(tx, "PRAGMA wal_checkpoint(TRUNCATE)")


async def _say(tx: Tx, words: str) -> None:
    """To SQLite's driver, outside of any transaction."""
    driver = (await tx.get_raw_connection()).driver_connection
    assert driver is not None
    cursor = await driver.execute(words)
    await cursor.close()  # SQLite's thread holds it until it is asked again: for a COMMIT, maybe


async def _check_references(tx: Tx, on: bool) -> None:
    """SQLite forgets this pragma inside a transaction, so it is said to the driver before."""
    if tx.dialect.name == "sqlite":
        await _say(tx, f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def open_database(url: str, keys: Iterable[str]) -> Database:
    """The database at `url`, sealing with `keys`; nothing is connected yet."""
    keys, parsed = list(keys), make_url(url)
    if parsed.get_backend_name() == "sqlite":
        opened = _open_file(parsed)
    else:
        writer, reader, rebuilder = server.engines(parsed)
        opened = Database(writer, reader, rebuilder, nullcontext())
    for engine in (opened._writer, opened._reader, opened._rebuilder):
        give_keys(engine.dialect, keys)
    return opened


def _open_file(url: URL) -> Database:
    url = url.set(drivername="sqlite+aiosqlite")
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    writer = _sqlite(url, "BEGIN IMMEDIATE", pool_size=1)
    reader = _sqlite(url, "BEGIN", pool_size=READERS)
    return Database(writer, reader, writer, asyncio.Lock())


def _sqlite(url: URL, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url, module=driver, pool_size=pool_size, max_overflow=0, hide_parameters=True
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late; we say it
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        assert isinstance(connection, Line)
        connection.begin = begin

    event.listen(engine.sync_engine, "handle_error", _name)

    return engine


def _name(found: ExceptionContext) -> Exception | None:
    """SQLite calls it operational, too, when there is no such table: trying again changes nothing,
    and whoever waits for an answer would wait for ever."""
    error = found.original_exception
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return ProgrammingError(found.statement, None, error)
    return None


def _manner(tx: Tx, **other: bool | None) -> AbstractContextManager[None]:
    """On SQLite, how statements are asked for a while (`sqlite_driver.Line`)."""
    line = tx.sync_connection and tx.sync_connection.connection.dbapi_connection
    return line.manner(**other) if isinstance(line, Line) else nullcontext()


def near(tx: Tx) -> AbstractContextManager[None]:
    """Statements in it find a few rows by their numbers: on SQLite they are asked without going to
    its thread, which costs more than they do."""
    return _manner(tx, near=True)


def insert(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows `on_conflict_do_nothing` and `..._update` on both databases."""
    return insert_into(tx.dialect.name, table)


def insert_into(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """The same, for a statement that is written once for each database."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
