"""Files that a command writes for somebody: for the owner's eyes, and never through a link."""

import os
from pathlib import Path

from bot.app import CannotRun

_MODE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)  # not on Windows


def put(file: Path, content: bytes) -> None:
    """The content in that file, in place of what was in it; CannotRun if it is a link or no file.

    In a folder that others may write to, a link could have us write over anything that is ours.
    """
    try:
        number = os.open(file, _MODE, 0o600)
    except OSError as error:
        why = "it is a link" if file.is_symlink() else error.strerror
        raise CannotRun(f"{file} cannot be written: {why}.") from error
    with os.fdopen(number, "wb") as opened:
        opened.write(content)
