"""What is flushed to the disk, counted and, when asked, made slower: for SQLite and PostgreSQL.

A few lines of C stand before the processes; they need a compiler.
"""

import os
import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_fsync.c")
_NUMBERS = struct.Struct("ll")  # flushes so far, microseconds more for each
_FOR_ALL = 0o755, 0o666  # PostgreSQL runs as somebody else


class Disk:
    """The numbers that the processes begun with `env` share with us."""

    def __init__(self, folder: Path, compiler: str) -> None:
        self._shim, self.shared = folder / "slow_fsync.so", folder / "flushes"
        words = (compiler, "-shared", "-fPIC", "-O2", "-o", str(self._shim), str(SOURCE), "-ldl")
        subprocess.run(words, check=True)
        self.shared.write_bytes(_NUMBERS.pack(0, 0))
        of_folder, of_file = _FOR_ALL
        folder.chmod(of_folder)
        self.shared.chmod(of_file)

    @property
    def env(self) -> dict[str, str]:
        """What stands in the environment of who is watched."""
        return {"LD_PRELOAD": str(self._shim), "FSYNC_SHARED": str(self.shared)}


def flushes(shared: Path) -> int:
    """So far, of all that share that file."""
    counted, _ = _NUMBERS.unpack(shared.read_bytes())
    return int(counted)


def slow(shared: Path, milliseconds: int) -> None:
    """From now on each of their flushes takes so much longer."""
    file = os.open(shared, os.O_WRONLY)
    try:  # only the second number: the first one is being counted
        os.pwrite(file, struct.pack("l", milliseconds * 1000), struct.calcsize("l"))
    finally:
        os.close(file)


def watched_disk(folder: Path) -> Disk | None:
    """None where there is no C compiler."""
    compiler = shutil.which("cc")
    return Disk(folder, compiler) if compiler else None
