"""One open database: `write()` for acts, `read()` for looking. The same on SQLite and PostgreSQL.

SQLAlchemy's default on SQLite loses updates (100 commits, counter 2) and a plain BEGIN fails at
once under load; here a writer waits its turn: one lock in the process, then BEGIN IMMEDIATE.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Dialect, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import give_keys

Tx = AsyncConnection  # an open transaction, as the layers above know it
Unavailable = OperationalError  # the database is locked, full, gone: the act may be tried again
Damaged = DatabaseError  # all of the above, and what is no database at all

BUSY_SECONDS = 10  # how long to wait for another process before giving up
READERS = 4


class Database:
    """Engines and the writers' lock of one database; made by `open_database`."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()

    @property
    def dialect(self) -> Dialect:
        """Which database this is."""
        return self._writer.dialect

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that may write; committed at the end, rolled back on any exception."""
        if self._writer is not self._reader:  # SQLite: one writer at a time
            async with self._turn, self._writer.begin() as tx:
                yield tx
        else:
            async with self._writer.begin() as tx:
                yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self._reader.connect() as tx:
            yield tx

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()


def open_database(url: str, keys: Iterable[str]) -> Database:
    """The database at `url`, sealing with `keys`; nothing is connected yet."""
    parsed = make_url(url)
    keys = list(keys)
    if parsed.get_backend_name() != "sqlite":
        engine = create_async_engine(parsed.set(drivername="postgresql+asyncpg"), pool_size=16)
        give_keys(engine.dialect, keys)
        return Database(engine, engine)
    parsed = parsed.set(drivername="sqlite+aiosqlite")
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    writer = _sqlite(parsed, "BEGIN IMMEDIATE", pool_size=1)
    reader = _sqlite(parsed, "BEGIN", pool_size=READERS)
    for engine in (writer, reader):
        give_keys(engine.dialect, keys)
    return Database(writer, reader)


def _sqlite(url: URL, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0)

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

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def insert(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that knows `on_conflict_do_nothing` and `..._update` on both databases."""
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)
