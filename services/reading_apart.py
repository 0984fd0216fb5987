"""Read a calendar file in a process of its own, which ends after ten seconds of work.

A file comes from outside and may ask for endless work or memory: the limits are that process's. No
title, place or name leaves it. It starts quickly because nothing here imports the chat.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from messaging.busy_times import read
from programme.busy import CalendarFault, Span, Unreadable

MOST_BYTES = 5_000_000  # years of a full work calendar are below one million
SECONDS = 10  # of work; a real calendar takes less than one
MEMORY = 1_000_000_000  # bytes

_HERE = (str(Path(__file__).resolve().parents[1]), *filter(None, sys.path))
_NOT_A_CALENDAR, _TOO_MUCH = 3, 4  # how the process ends


async def read_apart(
    content: bytes, since: datetime, until: datetime, zone: ZoneInfo
) -> list[Span]:
    """The busy times between those moments, in order, not touching; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(CalendarFault.TOO_LARGE)
    asked = json.dumps([since.isoformat(), until.isoformat(), zone.key]).encode()
    ended, said = await _in_a_process(asked + b"\n" + content)
    if ended == _NOT_A_CALENDAR:
        raise Unreadable(CalendarFault.NO_CALENDAR)
    if ended != 0:  # too many times, or killed: too much work, too much memory
        raise Unreadable(CalendarFault.TOO_MUCH)
    return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in json.loads(said)]


async def _in_a_process(given: bytes) -> tuple[int, bytes]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "services.reading_apart"),
        env={"PYTHONPATH": os.pathsep.join(_HERE)},  # and none of our settings: they hold keys
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback could hold a title
    )
    try:
        async with asyncio.timeout(SECONDS * 3):
            said, _ = await process.communicate(given)
    except TimeoutError:
        said = b""
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode or 0, said


def _limit_myself() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _main() -> int:
    _limit_myself()
    asked, _, content = sys.stdin.buffer.read().partition(b"\n")
    since, until, zone = json.loads(asked)
    try:
        found = read(
            content, datetime.fromisoformat(since), datetime.fromisoformat(until), ZoneInfo(zone)
        )
    except Unreadable as error:
        return _NOT_A_CALENDAR if error.fault is CalendarFault.NO_CALENDAR else _TOO_MUCH
    except (MemoryError, RecursionError):
        return _TOO_MUCH
    sys.stdout.write(json.dumps([[a.isoformat(), b.isoformat()] for a, b in found]))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
