"""The prepared town: built once, copied for each test."""

import asyncio
import shutil

import pytest

from tests.door.press import before
from tests.door.world import build


@pytest.fixture(scope="session")
def town(empty_database, open_at, tmp_path_factory):
    """A file with the whole town in it, and who is who."""
    file = tmp_path_factory.mktemp("town") / "town.sqlite3"
    shutil.copy(empty_database, file)

    async def fill():
        db = open_at(f"sqlite:///{file}")
        world = await build(db)
        await db.close()
        return world

    return file, asyncio.run(fill())


@pytest.fixture
async def town_db(town, open_at, tmp_path):
    """A copy of it, opened."""
    file, _ = town
    shutil.copy(file, tmp_path / "lotsen.sqlite3")
    db = open_at(f"sqlite:///{tmp_path / 'lotsen.sqlite3'}?check_same_thread=false")
    yield db
    await db.close()


@pytest.fixture
async def door(town, town_db, languages):
    """The whole chat before that town; whatever is pressed leaves nothing behind."""
    async with before(town_db, town[1], languages) as opened:
        yield opened
