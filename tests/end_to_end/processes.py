"""Real processes of the command line, forked from one that has read the code already.

Reading the code takes seconds; thirty kills in a row cannot wait for that thirty times. What is
forked has its own memory, files and signals: a kill -9 is a kill -9. `Untouched` is the command
as people start it.
"""

import asyncio
import importlib
import io
import itertools
import multiprocessing
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot.clock import real_now
from tests import overheard

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bot.__main__", __name__, "tests.end_to_end.read_already"])
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Finished:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class WallClock:
    """The clock on the wall of several processes: it runs, and can be set while they do."""

    def __init__(self, file: Path, at: datetime) -> None:
        self._file = file
        self.set(at)

    def __call__(self) -> datetime:
        return real_now() + timedelta(seconds=float(self._file.read_text("ascii")))

    def set(self, at: datetime) -> None:
        """From now on it is `at`, for everybody at once."""
        new = self._file.with_suffix(".new")
        new.write_text(str((at - real_now()).total_seconds()), "ascii")
        new.replace(self._file)


class Command:
    """One process of `lotsen …`; `quicker` overrides numbers such as "messaging.push.SECONDS"."""

    def __init__(
        self,
        argv: list[str],
        env: Mapping[str, str],
        folder: Path,
        quicker: Mapping[str, object] | None = None,
        first: Callable[[], None] | None = None,
    ) -> None:
        number = next(_numbers)
        self._out, self._err = folder / f"{number}.out", folder / f"{number}.err"
        self.process = FORKS.Process(
            target=_be_lotsen,
            args=(argv, dict(env), folder, (self._out, self._err), dict(quicker or {}), first),
            daemon=True,
        )
        self.process.start()

    @property
    def alive(self) -> bool:
        return self.process.is_alive()

    @property
    def said(self) -> str:
        """What it has written to standard output so far."""
        return self._out.read_text("utf-8") if self._out.exists() else ""

    @property
    def logged(self) -> str:
        """What it has written to standard error so far."""
        return self._err.read_text("utf-8") if self._err.exists() else ""

    async def end(self, within: float = 60) -> Finished:
        """Wait for its end."""
        async with asyncio.timeout(within):
            while self.process.is_alive():  # noqa: ASYNC110 - a process tells nobody's event
                await asyncio.sleep(0.005)
        self.process.join()
        overheard.hear("a process", self.logged)
        return Finished(self.process.exitcode, self.said, self.logged)

    def pause(self) -> None:
        """It stands still, as on a machine that sleeps; `go_on` wakes it."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    async def kill(self) -> Finished:
        """kill -9: it gets no chance to say or write anything more."""
        self.process.kill()
        return await self.end()

    async def stop(self, within: float = 25) -> Finished:
        """Ask it to stop, as a service manager does."""
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(self.process.pid, signal.SIGTERM)
        return await self.end(within)


def _be_lotsen(
    argv: list[str],
    env: dict[str, str],
    folder: Path,
    streams: tuple[Path, Path],
    quicker: dict[str, object],
    first: Callable[[], None] | None,
) -> None:
    """In the forked process: become `lotsen` with these arguments."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    for number, path in enumerate(streams, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.stdout, sys.stderr = (
        os.fdopen(number, "w", encoding="utf-8", buffering=1) for number in (1, 2)
    )
    for name, value in quicker.items():
        owner, constant = name.rsplit(".", 1)
        setattr(pkgutil.resolve_name(owner), constant, value)
    if first:
        first()
    sys.argv = ["lotsen", *argv]
    importlib.import_module("bot.__main__").main()


class Hands:
    """One process that does one command after the other: for stories of very many of them."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self._ours, theirs = FORKS.Pipe()
        self.process = FORKS.Process(target=_obey, args=(theirs, dict(env), folder), daemon=True)
        self.process.start()

    async def do(self, *argv: str) -> Finished:
        """`lotsen …` from start to end."""
        self._ours.send(argv)
        async with asyncio.timeout(60):
            while not self._ours.poll():  # noqa: ASYNC110 - a pipe tells nobody's event
                await asyncio.sleep(0.002)
        return self._ours.recv()

    def rest(self) -> None:
        self.process.kill()
        self.process.join()


def _obey(orders: Connection, env: dict[str, str], folder: Path) -> None:
    """In the forked process: do as told, until killed."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    main = importlib.import_module("bot.__main__").main
    while True:
        sys.argv = ["lotsen", *orders.recv()]
        code = 0
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        orders.send(Finished(code, out.getvalue(), err.getvalue()))


async def untouched(
    argv: list[str], env: Mapping[str, str], folder: Path
) -> asyncio.subprocess.Process:
    """`python -m bot …` in a process of its own, as people start it."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *argv,
        cwd=folder,
        env=dict(env),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
