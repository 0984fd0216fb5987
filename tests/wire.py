"""A line between Lotsen and PostgreSQL that is cut around a commit.

Cut before the server hears of it, the act is not done. Cut before its answer is back, it is done
and nobody knows: a restart of the server, or a kill, hardly ever meets that.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage.database import Tx
from tests.memory import in_memory

SOCKET = ".s.PGSQL.5432"
WHO = b"K\x00\x00\x00\x0c"  # what the server says before it says which of its processes answers
PIECE = 1 << 16


class Cut(Enum):
    """On which side of a commit."""

    BEFORE = "before the commit"
    AFTER = "after the commit, before its answer"


class Wire:
    """Passes on what both sides say, until a commit at which every connection is cut."""

    def __init__(self, url: str, folder: str) -> None:
        self._server = make_url(url).query["host"]
        self._folder = folder
        self._ends: set[asyncio.StreamWriter] = set()
        self._meant: tuple[int, Cut] | None = None
        self.cuts = 0

    def url(self, url: str) -> str:
        """The same database, by this wire."""
        by_us = make_url(url).update_query_dict({"host": self._folder})
        return by_us.render_as_string(hide_password=False)

    async def cut_at_commit(self, tx: Tx, when: Cut) -> None:
        """Of that transaction."""
        number = await tx.scalar(text("SELECT pg_backend_pid()"))
        self._meant = number, when

    def commits(self, number: int | None) -> Cut | None:
        """What is to come of a commit that this process of the server's is asked for."""
        return self._meant[1] if self._meant and self._meant[0] == number else None

    def end(self) -> None:
        """End every connection."""
        for end in self._ends:
            end.transport.abort()

    def cut(self) -> None:
        """The same; new ones are passed on."""
        self.cuts += 1
        self._meant = None
        self.end()

    async def pass_on(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One connection, until it is ended on either side."""
        there, on = await asyncio.open_unix_connection(f"{self._server}/{SOCKET}")
        ends, line = {back, on}, _Line(self)
        self._ends |= ends
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(line.ask(here, on))
                ways.create_task(line.answer(there, back))
        finally:
            self._ends -= ends
            for end in ends:
                end.transport.abort()


@dataclass
class _Line:
    """One connection."""

    wire: Wire
    number: int | None = None  # of the server's process at its end
    begins: bytes = b""
    committing: bool = False

    async def ask(self, here: asyncio.StreamReader, on: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await here.read(PIECE):
                cut = self.wire.commits(self.number) if said[5:11] == b"COMMIT" else None
                if cut is Cut.BEFORE:
                    self.wire.cut()
                    return
                self.committing = cut is Cut.AFTER
                on.write(said)
        on.transport.abort()

    async def answer(self, there: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await there.read(PIECE):
                if self.committing:
                    self.wire.cut()
                    return
                self._listen(said)
                back.write(said)
        back.transport.abort()

    def _listen(self, said: bytes) -> None:
        if self.number is None:
            self.begins += said
            if WHO in self.begins:
                at = self.begins.index(WHO) + len(WHO)
                self.number = int.from_bytes(self.begins[at : at + 4])


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """A wire to the server of that database, as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="wire-", dir=in_memory()) as folder:
        wire = Wire(url, folder)
        async with await asyncio.start_unix_server(wire.pass_on, f"{folder}/{SOCKET}"):
            yield wire
            wire.end()


def cutting(wire: Wire, writes: Callable[..., Awaitable[Any]], when: Cut) -> Callable[..., Any]:
    """The same, but the first transaction that does it is the last that the wire hears of."""
    first = [True]

    async def cuts(tx: Tx, *what: Any) -> Any:
        came = await writes(tx, *what)
        if first:
            first.clear()
            await wire.cut_at_commit(tx, when)
        return came

    return cuts
