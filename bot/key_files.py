"""Keys in a file: the old ones are there, whole, until the new ones are."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from bot.settings import BadSettings


def make() -> str:
    """A new key."""
    return Fernet.generate_key().decode()


def write(file: Path, keys: Sequence[str]) -> None:
    """Let the file hold these keys, for its owner alone; or raises BadSettings."""
    try:
        before = file.stat()
        number, part = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)  # mode 600
        try:
            with open(number, "w", encoding="ascii") as new:
                new.write(",".join(keys))
                new.flush()
                os.fsync(new.fileno())
            with suppress(PermissionError):  # typed by root, read by the service
                os.chown(part, before.st_uid, before.st_gid)
            Path(part).replace(file)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise BadSettings(f"The keys in {file} cannot be changed: {error.strerror}.") from error
