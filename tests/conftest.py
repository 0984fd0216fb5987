"""What many tests need: a database in its newest form, and the languages."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from messaging.i18n import Languages, load_languages
from storage.database import Database, open_database
from storage.migrate import migrate


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file in its newest form: copied for each test, because migrating is slow."""
    file = tmp_path_factory.mktemp("newest") / "lotsen.sqlite3"

    async def make() -> None:
        made = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
        await migrate(made)
        await made.close()

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def open_copy(empty_database: Path) -> Callable[[Path], Database]:
    """Opens the database in that file; one that is not there yet is new and migrated."""
    key = Fernet.generate_key().decode()

    def open_one(file: Path) -> Database:
        if not file.exists():
            shutil.copy(empty_database, file)
        return open_database(f"sqlite:///{file}", [key])

    return open_one


@pytest.fixture
async def db(open_copy: Callable[[Path], Database], tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated database; its file is `tmp_path / "lotsen.sqlite3"`."""
    opened = open_copy(tmp_path / "lotsen.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def languages() -> Languages:
    """Every language there is, read once."""
    return load_languages()
