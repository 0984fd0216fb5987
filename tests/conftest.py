"""What many tests need: a database in its newest form, and the languages.

The libraries behind them are loaded by whoever uses them, so that the rules alone are tested fast.
"""

import asyncio
import shutil

import pytest


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """An SQLite file in its newest form: copied for each test, because migrating is slow."""
    from cryptography.fernet import Fernet

    from storage.database import open_database
    from storage.migrate import migrate

    file = tmp_path_factory.mktemp("newest") / "lotsen.sqlite3"

    async def make():
        made = open_database(f"sqlite:///{file}", [Fernet.generate_key().decode()])
        await migrate(made)
        await made.close()

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def open_copy(empty_database):
    """Opens the database in that file; one that is not there yet is new and migrated."""
    from cryptography.fernet import Fernet

    from storage.database import open_database

    key = Fernet.generate_key().decode()

    def open_one(file):
        if not file.exists():
            shutil.copy(empty_database, file)
        return open_database(f"sqlite:///{file}", [key])

    return open_one


@pytest.fixture
async def db(open_copy, tmp_path):
    """A migrated database; its file is `tmp_path / "lotsen.sqlite3"`."""
    opened = open_copy(tmp_path / "lotsen.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def languages():
    """Every language there is, read once."""
    from messaging.i18n import load_languages

    return load_languages()
