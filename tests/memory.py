"""Files that need not outlive the tests are kept in memory, where there is room for them.

SQLite waits for the disk at every commit, as it must; on a disk that was most of what a test took.
"""

import os
import shutil
import tempfile
from pathlib import Path

ROOM = 1 << 30


def in_memory() -> str | None:
    """A folder in memory, if there is one with room."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy and os.access(memory, os.W_OK) else None


def work_in_memory() -> None:
    """Every folder made from now on for a while only; also those of the processes we start."""
    place = in_memory()
    if place:
        os.environ["TMPDIR"] = place
        tempfile.tempdir = None  # asked for again
