"""No line of any log names anybody: every line of the whole run of the tests is looked at.

What is looked for: the names and words of the cast, and whatever a person in a test has typed. A
test in which such a line is written fails, also if it looks at no log itself.
"""

import logging
import re

from bot.logs import QUIET, JsonLines

NAMES = re.compile(
    r"\b(Amina|Yusuf|Anna|Hodan|Dan|Bo)\b|[Pp]lanted|[Rr]ed door|[Bb]lue door|Zq\d{4}"
    r"|73115229665\d\d"  # numbers of chats that are planted
)
SOURCE = re.compile(r"(?<=\n)    .*")  # lines of a program in a traceback: not what anybody wrote
SHORTEST = 8  # what is shorter stands everywhere by chance

_lines = JsonLines()
_typed: set[str] = set()
_found: list[str] = []
_handle = logging.Logger.handle


def listen() -> None:
    """From now on; whatever a test does to handlers and levels, no record is missed."""
    logging.Logger.handle = _overhear
    logging.getLogger().setLevel(logging.INFO)  # as at work
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _overhear(logger: logging.Logger, record: logging.LogRecord) -> None:
    least = logging.WARNING if record.name.startswith(QUIET) else logging.INFO
    if record.levelno >= least:  # what is written at work, too
        hear(record.name, _lines.format(record))
    _handle(logger, record)


def typed(text: object) -> None:
    """Somebody in a test has written that: it belongs in no log."""
    if isinstance(text, str) and len(text) >= SHORTEST and not text.startswith("/"):
        _typed.add(text)


def hear(where: str, lines: str) -> None:
    """Look at what a log says, or the log of another process."""
    written = SOURCE.sub("", lines.replace("\\n", "\n"))
    for line in written.splitlines():
        if NAMES.search(line) or any(text in line for text in _typed):
            _found.append(f"{where}: {line}")


def taken() -> list[str]:
    """What was found since the last time; what was typed is forgotten."""
    found = list(_found)
    _found.clear()
    _typed.clear()
    return found
