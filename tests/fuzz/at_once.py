"""SQLite without its thread: a hundred waits for another thread were most of an update's time.

And what happens is in one order, the same every time: a seed brings back what it has found.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from aiosqlite import Connection

EMPTY_THE_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


class _Now:
    """In the place of the queue to the thread: what is put in is done."""

    def put_nowait(self, asked: tuple[Any, Any]) -> None:
        future, act = asked
        try:
            result = act()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)


async def _execute(connection: Connection, act: Any, *args: Any, **named: Any) -> Any:
    if connection._connection is None:
        raise ValueError("Connection closed")
    if args[:1] == (EMPTY_THE_LOG,):
        return _without_waiting(connection._connection, act, *args)
    return act(*args, **named)


def _without_waiting(line: Any, act: Any, *args: Any) -> Any:
    """Whoever reads meanwhile is in this same thread: waiting for them ends only with the limit."""
    limit = line.execute("PRAGMA busy_timeout").fetchone()[0]
    line.execute("PRAGMA busy_timeout = 0")
    try:
        return act(*args)
    finally:
        line.execute(f"PRAGMA busy_timeout = {limit}")


async def _connect(connection: Connection) -> Connection:
    if connection._connection is None:
        connection._connection = connection._connector()
        connection._tx = _Now()
    return connection


def _await(connection: Connection) -> Any:
    return _connect(connection).__await__()


def _stop(connection: Connection) -> None:
    if connection._connection is not None:
        connection._connection.close()
        connection._connection = None


@contextmanager
def at_once() -> Iterator[None]:
    """Until the block ends, connections that are opened do at once what they are told."""
    direct = {"_execute": _execute, "_connect": _connect, "__await__": _await, "stop": _stop}
    with patch.multiple(Connection, **direct):
        yield
