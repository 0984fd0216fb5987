"""One active sender: a lock that a process holds as long as it lives, and a dead one does not.

Beside an SQLite database it is a file, on PostgreSQL an advisory lock on a connection of its own.
There a sender may be paused, lose that connection, and wake beside another: so whoever takes the
lock writes a new number into the database, and who writes as a sender looks at it in the same act.
"""

import asyncio
import fcntl
import logging
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import memory, server
from storage.database import Tx, Unavailable, connected
from storage.silence import SENDS, SERVES, be_heard
from storage.tables import memory as remembered
from storage.turns import OURS, Turn

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # how often a server is asked whether it still holds the lock for us
SILENT_SECONDS = 5.0  # who holds it asks each second: silent for so long, it is paused or stuck
ROW_SECONDS = 1  # how long to wait for what the last sender was writing
BUSY = "another process is sending from this database"


class SenderBusy(Exception):
    """Another process is sending from this database."""


class SenderLock(Protocol):
    """Held while this process may send; freed by the system if the process dies."""

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""

    async def keep(self) -> None:
        """Never ends while this process is the sender; raises SenderBusy if another took over."""

    async def free(self) -> None:
        """Take it from a sender that has not been heard of for long."""

    async def is_ours(self, tx: Tx) -> bool:
        """Whether this process is the sender; until `tx` ends no other can become it."""

    async def give_back(self) -> None:
        """Let another process become the sender."""


def sender_lock(url: str, folder: Path) -> SenderLock:
    """The lock that belongs to the database at that address; a file lies beside it.

    Not in `folder`, the data folder, unless the database is there: two installations may name one
    database, each with a data folder of its own, and only one of them may send.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        beside = Path(parsed.database).parent if parsed.database else folder
        return FileLock(beside / "sender.lock")
    return ServerLock(parsed)


def lock_file(path: Path) -> int:
    """The file, locked until it is closed or its process ends; raises OSError."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    return file


class FileLock:
    """For a database on this machine: the system frees the file when its process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._file = lock_file(self._path)
        except BlockingIOError as error:
            raise SenderBusy(BUSY) from error

    async def keep(self) -> None:
        """Never ends: no system takes a file's lock away."""
        await asyncio.Event().wait()

    async def free(self) -> None:
        """Nothing: whoever has it is on this machine, and can be ended here."""

    async def is_ours(self, _tx: Tx) -> bool:
        """Always: no system takes a file's lock away."""
        return True

    async def give_back(self) -> None:
        """Let another process become the sender."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerLock:
    """On a server: freed when its connection ends, so it is taken again after a restart."""

    def __init__(self, url: URL) -> None:
        limits = {"lock_timeout": f"{ROW_SECONDS}s", **server.NOTICED_WHEN_GONE}
        self._engine = server.alone(url, "AUTOCOMMIT", server.SOON, **limits)
        self._held = AsyncExitStack()
        self._open: AsyncConnection | None = None  # kept by who stands by, and asks again
        self._ours = False
        self._number: str | None = None

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""
        async with self._dropped_if_broken_off():
            line = await self._line()
            if not await line.scalar(select(func.pg_try_advisory_lock(OURS, Turn.SENDING))):
                raise SenderBusy(BUSY)
            await self._write_number(line)
            await be_heard(line, SENDS)
            self._ours = True

    async def _line(self) -> AsyncConnection:
        if self._open is None:
            self._open = await self._held.enter_async_context(connected(self._engine))
        return self._open

    async def _write_number(self, line: AsyncConnection) -> None:
        """Whoever was the sender is so no more; waits for what they are writing just now."""
        if await line.scalar(select(func.to_regclass(remembered.name))):  # else it is empty yet
            self._number = secrets.token_hex(8)
            await memory.remember(line, memory.SENDER, self._number)

    async def free(self) -> None:
        """Take it from a sender that has not been heard of for long.

        The server keeps the connections of a process that is paused, or cut off, for a while, and
        what it was writing holds others up: so all of them are ended.
        """
        async with self._dropped_if_broken_off():
            facts = {
                "sends": SENDS,
                "serves": SERVES,
                "ours": OURS,
                "turn": int(Turn.SENDING),
                "silent": SILENT_SECONDS,
            }
            if (await (await self._line()).execute(_END_SILENT, facts)).first():
                log.warning("a sender was silent for too long; its connections are ended")

    async def is_ours(self, tx: Tx) -> bool:
        """Whether this process is the sender; until `tx` ends no other can become it."""
        mine = select(remembered.c.value).where(remembered.c.name == memory.SENDER)
        if not tx.sync_connection or not tx.sync_connection.get_execution_options().get(
            "postgresql_readonly"
        ):
            mine = mine.with_for_update(read=True)
        return self._ours and await tx.scalar(mine) == self._number

    async def keep(self) -> None:
        """Never ends while this process is the sender; raises SenderBusy if another took over."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            held = self._ours
            try:
                if held:
                    await be_heard(await self._line(), SENDS)
                else:
                    await self.take()
                    log.warning("sending again: the lock is taken anew")
            except Unavailable:
                if held:
                    log.warning("the database does not answer; the sender's lock is lost")
                    await self._let_go()

    async def give_back(self) -> None:
        """Let another process become the sender."""
        await self._let_go()
        await self._engine.dispose()

    @asynccontextmanager
    async def _dropped_if_broken_off(self) -> AsyncIterator[None]:
        """After anything but a plain no, nobody knows what the server holds for this line."""
        try:
            yield
        except SenderBusy:
            raise
        except BaseException:
            await self._let_go()
            raise

    async def _let_go(self) -> None:
        self._open, self._ours, held = None, False, self._held.pop_all()
        with suppress(Unavailable):
            await asyncio.shield(held.aclose())


# Both: who holds the lock, and says nothing; and who has lost it, and has begun to write as the
# sender (`is_ours`), which the next one would wait for. Who is heard may take time for an act.
_END_SILENT = text(
    """
    WITH holder AS (
      SELECT a.application_name AS name,
        a.state = 'idle' AND a.state_change < now() - make_interval(secs => :silent) AS is_silent
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.classid = :ours AND l.objid = :turn AND a.datname = current_database()
        AND a.application_name LIKE '%' || :sends
    ), stuck AS (
      SELECT a.pid
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'relation' AND l.relation = to_regclass('memory')
        AND l.mode = 'RowShareLock' AND a.datname = current_database()
        AND a.state LIKE 'idle in transaction%'
        AND a.state_change < now() - make_interval(secs => :silent)
        AND NOT EXISTS (
          SELECT 1 FROM holder h WHERE NOT h.is_silent AND h.name = a.application_name || :sends
        )
    )
    SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
    WHERE a.datname = current_database() AND (
      a.pid IN (SELECT pid FROM stuck)
      OR EXISTS (
        SELECT 1 FROM holder s
        WHERE s.is_silent AND (
          s.name IN (a.application_name, a.application_name || :sends)
          OR a.application_name = replace(s.name, :sends, :serves)
        )
      )
    )
    """
)
