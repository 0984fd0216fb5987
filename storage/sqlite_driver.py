"""SQLite's driver, with one change of threads for a statement and not four.

SQLite works in a thread of its own, and going there and back costs more than most statements do.
SQLAlchemy goes for a cursor, for the statement, for its rows and for the cursor's end, and once
more for the BEGIN before it; here all of that is one errand.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncIODBAPIConnection
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

_FAMILY = 0xFF  # of an error's code: the rest says more

Done = tuple[sqlite3.Cursor, deque[Any]]
Values = Sequence[Any] | Mapping[str, Any] | None
Asks = Callable[[sqlite3.Connection, str, Values], Done]


def _asked(line: sqlite3.Connection, statement: str, values: Values) -> Done:
    cursor = line.execute(statement, () if values is None else values)
    rows = deque(cursor.fetchall() if cursor.description else ())
    cursor.close()
    return cursor, rows


def _asked_often(line: sqlite3.Connection, statement: str, values: Values) -> Done:
    cursor = line.executemany(statement, values or ())
    cursor.close()
    return cursor, deque()


def _at_once(line: sqlite3.Connection, act: Callable[[], Done]) -> Done | None:
    """What came of it; None where it would have to wait for another process: the thread does."""
    patience = line.execute("PRAGMA busy_timeout").fetchone()[0]
    line.execute("PRAGMA busy_timeout=0")
    try:
        return act()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & _FAMILY != sqlite3.SQLITE_BUSY:
            raise
        return None
    finally:
        line.execute(f"PRAGMA busy_timeout={patience}")


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Has all its rows when a statement returns, and nothing that stays open."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, line: "Line") -> None:
        self._adapt_connection, self._connection = line, line._connection
        self._soft_closed_memoized = EMPTY_DICT
        self._rows: deque[Any] = deque()
        self._cursor: Any = None

    async def _execute_async(self, operation: str, parameters: Values) -> None:
        await self._go(_asked, operation, parameters)

    async def _executemany_async(self, operation: str, parameters: Values) -> None:
        await self._go(_asked_often, operation, parameters)

    async def _go(self, asks: Asks, statement: str, values: Values) -> None:
        line = cast("Line", self._adapt_connection)
        async with line._execute_mutex:
            self._cursor, self._rows = await line.errand(asks, statement, values)

    def close(self) -> None:
        """Forget the rows; the cursor behind them is closed already."""
        self._rows.clear()


class Line(AsyncAdapt_aiosqlite_connection):
    """A connection on which whatever is said outside a transaction begins one.

    The BEGIN goes together with the first statement: nobody waits before there is anything to say.
    """

    __slots__ = ("begin", "near")
    _cursor_cls = _Cursor  # type: ignore[assignment]  # SQLAlchemy does not let it be another

    def __init__(self, driver: "Driver", behind: AsyncIODBAPIConnection) -> None:
        super().__init__(driver, behind)
        self.begin: str | None = None  # how one begins; None: each statement stands alone
        self.near = False  # whether small statements are asked here and not in SQLite's thread

    async def errand(self, asks: Asks, statement: str, values: Values) -> Done:
        """The statement and its rows, after the BEGIN if there is none yet."""
        behind = self._connection._conn
        if self.near and behind.in_transaction:
            # The turn is ours, so nothing here waits for another process or for the disk.
            return asks(behind, statement, values)

        def there() -> Done:
            if self.begin and not behind.in_transaction:
                behind.execute(self.begin)
            return asks(behind, statement, values)

        if self.near and (done := _at_once(behind, there)):
            return done
        return cast("Done", await self._connection._execute(there))

    def commit(self) -> None:
        """Commit what was said, if anything was."""
        if self._is_open():
            super().commit()

    def rollback(self) -> None:
        """Nothing to go there for where nothing is open, as after every commit."""
        if self._is_open():
            super().rollback()

    def _is_open(self) -> bool:
        behind = self._connection._connection
        return behind is not None and behind.in_transaction

    @contextmanager
    def manner(self, **other: bool | None) -> Iterator[None]:
        """For a while in another manner: `begin=None`, `near=True`."""
        before = {name: getattr(self, name) for name in other}
        for name, value in other.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """What `create_async_engine(module=...)` takes for the driver."""

    def connect(self, *where: Any, **how: Any) -> Line:  # noqa: ANN401 - the driver's own
        """A connection, whose thread does not keep the process alive."""
        opened = aiosqlite.connect(*where, **how)
        opened._thread.daemon = True
        return Line(self, cast(AsyncIODBAPIConnection, await_(opened)))


driver = Driver(aiosqlite, sqlite3)
