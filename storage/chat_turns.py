"""Several processes answer chats of one database: each chat is served by one of them at a time.

On PostgreSQL a lock for each chat, on one connection of the process, and one for who polls, on
another: freed when the process ends, however it ends, and by the others when it is silent, because
it was paused, is stuck or cut off (`storage.silence`): what it has not said by then, they say, and
it asks before each word whether it still may. Beside an SQLite database one process serves
all chats, and a second stands by.
"""

import asyncio
import math
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, BigInteger, cast, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import server, silence
from storage.database import Unavailable, connected
from storage.locks import lock_file
from storage.silence import HEARD_EVERY

SILENT_SECONDS = 8.0  # so long others wait for who is paused, before they serve its chats
SURE_SECONDS = 3.0  # heard so lately, nobody has taken anything away
LISTENER = 1 - 2**63  # no chat's number: who asks Telegram for updates


class ChatTurns(Protocol):
    """Whose turn it is in a chat."""

    shared: bool  # whether other processes may have served it meanwhile

    async def may_serve(self) -> bool:
        """Whether this process serves chats at all, or stands by. Raises Unavailable."""

    async def may_poll(self) -> bool:
        """Whether it is the one that asks Telegram for updates. Raises Unavailable."""

    async def take(self, chat: int) -> bool:
        """Serve this chat; False if another process does. Raises Unavailable."""

    async def holds(self, chat: int) -> bool:
        """Whether it is still served by this process, which may have slept since. Never raises."""

    async def give_back(self, chat: int) -> None:
        """Let another process serve it."""

    async def keep(self) -> None:
        """Never ends: others hear that this process is awake, and it looks whether they are."""

    async def close(self) -> None:
        """Give all back."""


def chat_turns(url: str) -> ChatTurns:
    """What belongs to the database at that address."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return OnServer(parsed)
    return OnFile(Path(parsed.database).parent / "chats.lock") if parsed.database else Alone()


class Alone:
    """There is no other process."""

    shared = False

    async def may_serve(self) -> bool:
        """Always."""
        return True

    async def may_poll(self) -> bool:
        """Whoever serves."""
        return await self.may_serve()

    async def take(self, _chat: int) -> bool:
        """Always."""
        return True

    async def holds(self, _chat: int) -> bool:
        """Always."""
        return True

    async def give_back(self, _chat: int) -> None:
        """Nothing to give."""

    async def keep(self) -> None:
        """Nobody listens."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to give."""


class OnFile(Alone):
    """All chats at once: the system frees the file when its process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    async def may_serve(self) -> bool:
        """True from now on; False as long as another process serves. Raises Unavailable."""
        if self._file is None:
            try:
                self._file = lock_file(self._path)
            except BlockingIOError:
                return False
            except OSError as error:  # no room on the disk, for one
                raise Unavailable("lock", None, error) from error
        return True

    async def close(self) -> None:
        """Let another process serve."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class OnServer:
    """A lock for each chat; its number is the chat's, in a room of its own on the server."""

    shared = True

    def __init__(self, url: URL) -> None:
        self._engine = server.alone(url, "AUTOCOMMIT", server.SOON, **server.NOTICED_WHEN_GONE)
        self._chats = _Line(self._engine)
        # Who polls is cancelled in the middle of asking: no chat may lose its lock by that.
        self._polls = _Line(self._engine)

    async def may_serve(self) -> bool:
        """Always: side by side."""
        return True

    async def may_poll(self) -> bool:
        """Two that ask end each other's question, so one does, as long as its connection lives."""
        return await self._polls.take(LISTENER)

    async def take(self, chat: int) -> bool:
        """Serve this chat; False if another process does. Raises Unavailable."""
        return await self._chats.take(chat)

    async def holds(self, chat: int) -> bool:
        """Whether it is still served by this process, which may have slept since. Never raises."""
        return await self._chats.holds(chat)

    async def keep(self) -> None:
        """Never ends: others hear that this process is awake, and it looks whether they are."""
        while True:
            with suppress(Unavailable):
                await self._chats.be_heard()
            await asyncio.sleep(HEARD_EVERY)

    async def give_back(self, chat: int) -> None:
        """Let another process serve it; where the connection is gone, so is the lock."""
        await self._chats.give_back(chat)

    async def close(self) -> None:
        """Give all back."""
        for line in (self._chats, self._polls):
            await line.let_go()
        await self._engine.dispose()


def _clock() -> float:
    """Seconds, also those that the machine slept."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class _Line:
    """One connection and the locks taken on it, which end with it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._one = asyncio.Lock()  # a connection says one thing at a time
        self._held = AsyncExitStack()
        self._open: AsyncConnection | None = None
        self._ours: set[int] = set()
        self._heard = -math.inf  # when the server was last asked anything that it answered

    async def take(self, number: int) -> bool:
        """Whether the lock is ours now; raises Unavailable."""
        async with self._one, self._dropped_if_broken_off():
            line = await self._line()
            ours = select(func.pg_try_advisory_lock(cast(number, BigInteger)))
            taken = bool(await line.scalar(ours))
            if taken:
                self._ours.add(number)
            return taken

    async def holds(self, number: int) -> bool:
        """Whether the lock is ours still."""
        if number in self._ours and _clock() - self._heard > SURE_SECONDS:
            with suppress(Unavailable):
                await self.be_heard()
        return number in self._ours

    async def be_heard(self) -> None:
        """Say that we are awake, and end who is not; raises Unavailable, and nothing is ours."""
        async with self._one, self._dropped_if_broken_off():
            line, asked = await self._line(), _clock()
            await silence.be_heard(line, silence.SERVES)
            self._heard = asked
            await silence.end_silent_servers(line, SILENT_SECONDS)

    async def _line(self) -> AsyncConnection:
        if self._open is None:
            self._open = await self._held.enter_async_context(connected(self._engine))
        return self._open

    async def give_back(self, number: int) -> None:
        """Give it back; where the connection is gone, so is the lock."""
        with suppress(Unavailable):
            async with self._one, self._dropped_if_broken_off():
                if self._open is not None and number in self._ours:
                    self._ours.discard(number)
                    given = select(func.pg_advisory_unlock(cast(number, BigInteger)))
                    await self._open.scalar(given)

    async def let_go(self) -> None:
        """Give all back."""
        self._open, held = None, self._held.pop_all()
        self._ours.clear()
        with suppress(Unavailable):
            await asyncio.shield(held.aclose())

    @asynccontextmanager
    async def _dropped_if_broken_off(self) -> AsyncIterator[None]:
        """A statement that was broken off, also by a cancel, leaves a connection that says nothing
        any more: the next one gets a new one."""
        try:
            yield
        except BaseException:
            await self.let_go()
            raise
