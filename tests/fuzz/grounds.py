"""Where the towns stand: one is settled, and every episode gets a copy of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

FIRST = "settled"


class Files:
    """In files of SQLite; `newest` is one in its newest form, if there is one already."""

    def __init__(self, folder: Path, newest: Path | None = None) -> None:
        self._first, self._again = folder / "settled.sqlite3", folder / "town.sqlite3"
        if newest:
            shutil.copy(newest, self._first)

    def first(self) -> str:
        """The address of the one that is settled."""
        return f"sqlite:///{self._first}"

    @contextmanager
    def another(self) -> Iterator[str]:
        """The address of a copy, gone at the end of the block."""
        shutil.copy(self._first, self._again)
        try:
            yield f"sqlite:///{self._again}"
        finally:
            for each in self._again.parent.glob(f"{self._again.name}*"):
                each.unlink()


class Served:
    """On a PostgreSQL server; `newest` is the name of a database to begin with."""

    def __init__(self, server: postgres.Server, newest: str = "template0") -> None:
        self._server = server
        server.say(f"CREATE DATABASE {FIRST} TEMPLATE {newest}")

    def first(self) -> str:
        """The address of the one that is settled."""
        return self._server.url(FIRST)

    @contextmanager
    def another(self) -> Iterator[str]:
        """The address of a copy, gone at the end of the block."""
        with self._server.databases() as make:
            yield make(FIRST)


Grounds = Files | Served


@contextmanager
def grounds(kind: str, folder: Path) -> Iterator[Grounds]:
    """Of that kind, in that folder or on a server of their own, which ends with the block."""
    if kind == "sqlite":
        yield Files(folder)
        return
    programs = postgres.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed here.")
    server = postgres.Server(programs)
    try:
        server.build()
        yield Served(server)
    finally:
        server.remove()
