"""Points of a process's work at which it kills itself, each written down as it is reached.

A kill from outside meets what takes long. Here a process counts its own steps and ends by its own
hand (kill -9) at the one that was drawn: around a statement, on either side of a call, before a
file changes its name. What it was is written down first, so that a test knows what it has met.
"""

import functools
import inspect
import itertools
import os
import pkgutil
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STATEMENTS = ("before_cursor_execute", "after_cursor_execute", "commit")
FILES = ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "sqlite3.connect")
PROGRAMS = ("subprocess.Popen",)
Passes = Callable[..., None]


@dataclass(frozen=True)
class DiesAt:
    """Which point of which kind; `after`: so many seconds later, on the way to the next ones.

    `where` is "statement", "file" or, before or after a call, "before a.dotted.name" and
    "after a.dotted.name"; several are joined by commas. Number 0: it lives, and `told` says how
    many points it has passed.
    """

    where: str
    number: int
    told: Path
    after: float = 0.0

    def __call__(self) -> None:
        """In that process: from now on it passes points."""
        points = itertools.count(1)

        def passes(what: str, *_: object) -> None:
            number = next(points)
            if number == self.number or not self.number:
                self.told.write_text(f"{number} {what}", "ascii")
            if number != self.number:
                return
            if self.after:
                threading.Timer(self.after, os.kill, (os.getpid(), signal.SIGKILL)).start()
            else:
                os.kill(os.getpid(), signal.SIGKILL)

        for kind in self.where.split(", "):
            _watch(kind, passes)


def reached(told: Path) -> int:
    """The number of the last point that was written down; 0: none was reached."""
    return int(told.read_text("ascii").split()[0]) if told.exists() else 0


def _watch(kind: str, passes: Passes) -> None:
    if kind == "statement":
        from sqlalchemy import Engine, event

        for what in STATEMENTS:
            event.listen(Engine, what, lambda *_, what=what: passes(what))
    elif kind == "file":
        sys.addaudithook(functools.partial(_file, passes))
    else:
        _call(*kind.split(), passes)


def _file(passes: Passes, what: str, facts: tuple[object, ...]) -> None:
    """Before a file is made, opened for writing, renamed or removed, or a program is begun."""
    if what not in FILES + PROGRAMS or _says_itself(facts):
        return
    if what != "open" or (isinstance(facts[2], int) and facts[2] & (os.O_WRONLY | os.O_RDWR)):
        passes(what)


def _says_itself(facts: tuple[object, ...]) -> bool:
    return str(facts[0]).endswith(".told") or str(facts[0]).startswith("/proc")


def _call(when: str, name: str, passes: Passes) -> None:
    """Count the calls of a function, as a wrapper in its place does."""
    owner, attribute = name.rsplit(".", 1)
    place = pkgutil.resolve_name(owner)
    does = getattr(place, attribute)

    @functools.wraps(does)
    async def later(*args, **named):
        if when == "before":
            passes(attribute)
        came = await does(*args, **named)
        if when == "after":
            passes(attribute)
        return came

    @functools.wraps(does)
    def at_once(*args, **named):
        if when == "before":
            passes(attribute)
        came = does(*args, **named)
        if when == "after":
            passes(attribute)
        return came

    setattr(place, attribute, later if inspect.iscoroutinefunction(does) else at_once)
