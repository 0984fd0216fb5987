"""A PostgreSQL of the tests' own: started in a folder of its own, heard of by nobody else.

It listens on a socket in that folder only, keeps what is committed through its own crash but not
through the machine's (fsync off), and ends with pytest, however pytest ends. Each test gets a copy
of one migrated database.
"""

import asyncio
import ctypes
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.memory import in_memory

PREFIX, OF = "lotsen-postgres-", "pytest.pid"
OWNER = "lotsen"
TEMPLATE = "newest"
HASTY = ("fsync=off", "full_page_writes=off", "autovacuum=off", "jit=off")
START_SECONDS, STOP_SECONDS = 60, 90
HAS_STRATEGIES = 15
PR_SET_PDEATHSIG = 1


def binaries() -> Path | None:
    """Where `initdb` and `postgres` are; Debian leaves them off the PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


class Server:
    """One server for this process of pytest."""

    def __init__(
        self,
        programs: Path,
        place: str | None = None,
        settings: Sequence[str] = HASTY,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._programs, self._settings, self._env = programs, settings, env or {}
        self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place or in_memory()))
        (self._folder / OF).write_text(str(os.getpid()))
        _sweep(self._folder.parent)
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        account = _account()
        if account:
            shutil.chown(self._folder, account)

    @property
    def process(self) -> int:
        """The number of its first process, while it runs."""
        assert self._process
        return self._process.pid

    @property
    def version(self) -> int:
        """15, 16, …"""
        return int((self._data / "PG_VERSION").read_text())

    def files(self) -> bytes:
        """Every byte of every database, of the log of what was written, and of what it reports."""
        self.say("CHECKPOINT")
        found = [file for file in self._folder.rglob("*") if file.is_file()]
        return b"".join(file.read_bytes() for file in sorted(found))

    def url(self, name: str) -> str:
        """The address of a database, as in LOTSEN_DATABASE_URL."""
        return f"postgresql://{OWNER}@/{name}?host={self._folder}"

    def build(self) -> None:
        """The server's files, made once; then it is started."""
        self._run(
            "initdb",
            *("-D", str(self._data), "-U", OWNER, "-A", "trust"),
            *("--no-locale", "--encoding=UTF8", "--no-sync"),
        ).wait()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers. Not in a thread: it ends with whoever began it."""
        speed = [each for name in self._settings for each in ("-c", name)]
        self._process = self._run(
            "postgres", "-D", str(self._data), "-k", str(self._folder), "-h", "", *speed
        )
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start:\n{self._log.read_text()}")
            time.sleep(0.02)

    def stop(self, sign: int = signal.SIGINT) -> None:
        """Stop it at once; who is connected loses the connection."""
        if self._process:
            self._process.send_signal(sign)
            end = time.monotonic() + STOP_SECONDS
            while self._process.poll() is None:
                if time.monotonic() > end:
                    raise RuntimeError(f"PostgreSQL does not stop:\n{self._log.read_text()}")
                time.sleep(0.02)
                self._end_whoever_greets()
            self._process = None

    def _end_whoever_greets(self) -> None:
        """Who connects while it stops is told so when they have said who they are: a process of the
        server's waits for that up to a minute, and the server for it. That may be us, who wait.

        Whoever else is still there has been told the same, or does not listen to it.
        """
        for number in _children(self.process):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)

    @contextmanager
    def away(self) -> Iterator[None]:
        """It is down for as long as the block takes."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder)

    @contextmanager
    def databases(self) -> Iterator["Maker"]:
        """Makes databases that are gone at the end of the block."""
        maker = Maker(self)
        try:
            yield maker
        finally:
            self.say(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in maker.names))

    def next_name(self) -> str:
        return f"test{next(self._numbers)}"

    def say(self, *statements: str, to: str = "postgres") -> None:
        """Say that to the server; also from within a running loop."""

        _at_once(self.url(to), lambda line: [line.execute(each) for each in statements])

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _answers(self) -> bool:
        try:
            self.say("SELECT 1")
        except Exception:  # whatever keeps it from answering yet
            return False
        return True

    def _run(self, program: str, *argv: str) -> subprocess.Popen[bytes]:
        account = _account()
        other: dict[str, Any] = {"user": account, "extra_groups": []} if account else {}
        with self._log.open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [str(self._programs / program), *argv],
                cwd=self._folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **self._env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - one call that waits for nobody
                **other,
            )
        return process


class Maker:
    """Makes databases; knows which."""

    def __init__(self, server: Server) -> None:
        self._server = server
        # The newer way writes the whole copy to the log as well: four times as slow.
        self._how = "STRATEGY FILE_COPY" if server.version >= HAS_STRATEGIES else ""
        self.names: list[str] = []

    def __call__(self, template: str = TEMPLATE) -> str:
        """The address of a new one, in its newest form unless another template is named."""
        self.names.append(self._server.next_name())
        self._server.say(f'CREATE DATABASE "{self.names[-1]}" TEMPLATE {template} {self._how}')
        return self._server.url(self.names[-1])


def look(url: str, query: str, *values: object) -> Sequence[Mapping[str, Any]]:
    """Rows of the database at that address; each `?` in the query is one value."""
    numbers = itertools.count(1)
    numbered = re.sub(r"\?", lambda _: f"${next(numbers)}", query)
    found: list[Sequence[Mapping[str, Any]]]
    found = _at_once(url, lambda line: [line.fetch(numbered, *values)])
    return found[0]


def _at_once(url: str, ask: Callable[[Any], list[Awaitable[Any]]]) -> list[Any]:
    """What is answered, one after the other; also from within a running loop."""

    async def act() -> list[Any]:
        import asyncpg

        line = await asyncpg.connect(url)
        try:
            return [await each for each in ask(line)]
        finally:
            await line.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, act()).result()


def _sweep(place: Path) -> None:
    """Take away what was left by a pytest that was killed; its server ended with it."""
    for note in place.glob(f"{PREFIX}*/{OF}"):
        try:
            os.kill(int(note.read_text() or 0), 0)
        except ProcessLookupError:
            shutil.rmtree(note.parent, ignore_errors=True)
        except (OSError, ValueError):
            continue  # somebody else's, or just being made


def _children(number: int) -> list[int]:
    """The processes that one has begun; where the system does not say, none."""
    try:
        return [int(n) for n in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except OSError:
        return []


def _account() -> str | None:
    """Who it runs as, if not as ourselves: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    import pwd

    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def die_with_parent() -> Any:
    """Linux ends a process begun so with pytest, even with one that was killed."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
