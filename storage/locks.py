"""One active sender: a lock that a process holds as long as it lives, and a dead one does not.

Beside an SQLite database it is a file, on PostgreSQL an advisory lock on a connection of its own.
"""

import asyncio
import fcntl
import logging
import os
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import server
from storage.database import Unavailable, connected
from storage.turns import OURS, Turn

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # how often a server is asked whether it still holds the lock for us
BUSY = "another process is sending from this database"


class SenderBusy(Exception):
    """Another process is sending from this database."""


class SenderLock(Protocol):
    """Held while this process may send; freed by the system if the process dies."""

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""

    async def keep(self) -> None:
        """Never ends while this process is the sender; raises SenderBusy if another took over."""

    async def give_back(self) -> None:
        """Let another process become the sender."""


def sender_lock(url: str, folder: Path) -> SenderLock:
    """The lock that belongs to the database at that address; a file of ours is in `folder`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return FileLock(folder / "sender.lock")
    return ServerLock(parsed)


class FileLock:
    """For a database on this machine: the system frees the file when its process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            raise SenderBusy(BUSY) from error
        self._file = file

    async def keep(self) -> None:
        """Never ends: no system takes a file's lock away."""
        await asyncio.Event().wait()

    async def give_back(self) -> None:
        """Let another process become the sender."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ServerLock:
    """On a server: freed when its connection ends, so it is taken again after a restart."""

    def __init__(self, url: URL) -> None:
        # A machine that vanished says no goodbye: half a minute later the server notices.
        self._engine = server.alone(
            url,
            "AUTOCOMMIT",
            tcp_keepalives_idle="15",
            tcp_keepalives_interval="5",
            tcp_keepalives_count="3",
        )
        self._held = AsyncExitStack()
        self._line: AsyncConnection | None = None

    async def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""
        async with AsyncExitStack() as stack:
            line = await stack.enter_async_context(connected(self._engine))
            if not await line.scalar(select(func.pg_try_advisory_lock(OURS, Turn.SENDING))):
                raise SenderBusy(BUSY)
            self._line, self._held = line, stack.pop_all()

    async def keep(self) -> None:
        """Never ends while this process is the sender; raises SenderBusy if another took over."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self._line is None:
                    await self.take()
                    log.warning("sending again: the lock is taken anew")
                else:
                    await self._line.scalar(select(1))
            except Unavailable:
                if self._line is not None:
                    log.warning("the database does not answer; the sender's lock is lost")
                await self._let_go()

    async def give_back(self) -> None:
        """Let another process become the sender."""
        await self._let_go()
        await self._engine.dispose()

    async def _let_go(self) -> None:
        self._line = None
        await self._held.aclose()
