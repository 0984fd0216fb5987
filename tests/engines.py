"""Databases for tests, opened on engines that earlier tests have used.

A new engine knows no statement: writing out in SQL what a test asks was a third of its time. Only
that is kept. The connections are new, and engines serve one database at a time.
"""

import asyncio
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import server
from storage.database import Database, open_database

# On a busy machine somebody waits longer for their turn than anybody does at work.
PATIENT = {"WAIT_SECONDS": 60, "STATEMENT_SECONDS": 120}


def open_patiently(url: str, keys: list[str]) -> Database:
    """The database at that address, on engines of its own."""
    with patch.multiple(server, **PATIENT):
        return open_database(url, keys)


class Engines:
    """What one database is opened with; connects to wherever it was told last."""

    def __init__(self, url: str, keys: list[str]) -> None:
        first = open_patiently(url, keys)
        self.writer, self.reader, self.rebuilder = first._writer, first._reader, first._rebuilder
        self.place: URL = make_url(url)
        for engine in {self.writer, self.reader, self.rebuilder}:
            self._follow(engine)

    def _follow(self, engine: AsyncEngine) -> None:
        @event.listens_for(engine.sync_engine, "do_connect")
        def connect(dialect, _record, args, named):
            now_args, now_named = dialect.create_connect_args(self.place)
            args[:] = now_args
            named.update(now_named)


class Kept:
    """Opens databases with these keys; what one has used is used again when it was closed."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys
        self._idle: defaultdict[str, list[Engines]] = defaultdict(list)

    def open(self, url: str) -> Database:
        """The database at that address."""
        place = make_url(url)
        kind = place.get_backend_name()
        idle = self._idle[kind]
        engines = idle.pop() if idle else Engines(url, self._keys)
        engines.place = place
        turn = nullcontext()
        if kind == "sqlite":
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
            turn = asyncio.Lock()
        opened = Database(engines.writer, engines.reader, engines.rebuilder, turn)
        opened.close = self._close_once(opened, engines, idle)
        opened.address = url  # its engines may name another: where they were made for
        return opened

    def _close_once(self, opened: Database, engines: Engines, idle: list[Engines]):
        closed = []

        async def close():
            if not closed:
                await Database.close(opened)
                closed.append(True)
                idle.append(engines)

        return close
