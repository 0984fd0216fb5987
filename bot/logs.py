"""Logs a person or a program can read. They hold no names and no texts: only what happened."""

import json
import logging
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import TracebackException

# These write addresses, with the token in them, or every update.
QUIET = ("fontTools", "httpx", "httpcore", "aiogram", "aiohttp.access", "apscheduler", "alembic")
_KNOWN = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class TextLines(logging.Formatter):
    """One line for a person, with the facts behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, where, what, and the facts."""
        facts = " ".join(f"{key}={value}" for key, value in _facts(record).items())
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%d %H:%M:%S} {record.levelname.lower()} {record.name}: "
        text = f"{line}{_what(record)} {facts}".rstrip()
        return f"{text}\n{_trace(record)}" if record.exc_info else text


class JsonLines(logging.Formatter):
    """One JSON object a line, for a program."""

    def format(self, record: logging.LogRecord) -> str:
        """The same facts as keys."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": _what(record),
            **_facts(record),
        }
        if record.exc_info:
            entry["trace"] = _trace(record)
        return json.dumps(entry, default=str, ensure_ascii=False)


def _what(record: logging.LogRecord) -> str:
    """What happened. asyncio tells more below its first line: the whole task, with the words of
    its exception, which may be what somebody wrote."""
    said = record.getMessage()
    return said.splitlines()[0] if record.name == "asyncio" and said else said


def _trace(record: logging.LogRecord) -> str:
    """Where it failed, without what the exceptions say: that may be what somebody wrote."""
    error = record.exc_info[1] if record.exc_info else None
    return "\n".join(_told(TracebackException.from_exception(error))) if error else ""


def _told(story: TracebackException) -> Iterator[str]:
    earlier = story.__cause__ or (None if story.__suppress_context__ else story.__context__)
    if earlier:
        yield from _told(earlier)
    yield from (frame.rstrip() for frame in story.stack.format())
    yield story.exc_type.__name__ if story.exc_type else "?"
    for each in story.exceptions or ():
        yield from _told(each)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _KNOWN}


def new_reference() -> str:
    """Five digits that somebody can say on the phone, and an operator find in the log."""
    return str(10_000 + secrets.randbelow(90_000))


def set_up(log_format: str) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if log_format == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A nudge that comes while the last one is at work is not missed: the next one comes at once.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
