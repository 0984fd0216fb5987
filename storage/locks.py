"""One active sender: a file lock beside an SQLite database, held as long as the process lives."""

import fcntl
import os
from pathlib import Path


class SenderBusy(Exception):
    """Another process is sending from this database."""


class SenderLock:
    """Held while this process may send; freed by the system if the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Become the one sender; raises SenderBusy if another process is."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            raise SenderBusy("another process is sending from this database") from error
        self._file = file

    def give_back(self) -> None:
        """Let another process become the sender."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
