"""On which database a test runs: on both, unless it says otherwise with one of these marks."""

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import tries

KINDS = ("sqlite", "postgresql")
ON_BOTH = pytest.mark.parametrize("database_kind", KINDS)
ON_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"])
ON_ONE = pytest.mark.parametrize("database_kind", tries(["sqlite"], list(KINDS)))  # at night: both
ON_POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"])


def copies(newest: Path, folder: Path) -> Callable[[], str]:
    """Makes SQLite databases in their newest form in that folder; the first is lotsen.sqlite3."""
    numbers = itertools.count(1)

    def make() -> str:
        number = next(numbers)
        file = folder / ("lotsen.sqlite3" if number == 1 else f"lotsen{number}.sqlite3")
        shutil.copy(newest, file)
        return f"sqlite:///{file}"

    return make


def missing(what: str) -> None:
    """That program is not here: it must be seen, and in CI it must not be."""
    says = f"NO {what.upper()}: nothing was tested with it. Install {what} and run this again."
    if os.environ.get("CI"):
        pytest.fail(says)
    pytest.skip(says)
