"""A database with families in it, a backup of it, and where it is restored."""

from contextlib import asynccontextmanager
from datetime import date

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url

from programme.kinds import Rules
from services import backups
from services.booking import book
from storage import areas, families, memory
from storage.database import open_database
from tests.cast import AREA, local

KEY, OTHER_KEY = (Fernet.generate_key().decode() for _ in range(2))
RULES = Rules()
JOINED = local("2026-11-02T09:00")
NIGHT, NOW = local("2026-12-31T03:00"), local("2026-12-31T18:00")
VISIT = local("2027-01-01T10:00")  # its reminder was sent at 17:00, the tip at 10:00


@asynccontextmanager
async def opened(url):
    db = open_database(url, [KEY])
    try:
        yield db
    finally:
        await db.close()


async def family(db, chat: int, visit: bool = False) -> int:
    async with db.write() as tx:
        number = await families.register(tx, await areas.find(tx, AREA), "A label", JOINED)
        await families.add_child(tx, number, date(2026, 10, 31), None)
        await families.add_guardian(tx, number, chat, "sv", JOINED)
        if visit:
            await book(tx, number, 2, VISIT, ["Anna", "Bo"], JOINED, RULES)
        await memory.remember_instant(tx, memory.WATERMARK, NIGHT)
    return number


async def restored(url, file, **more):
    how = {"sent_until": None, "now": NOW, "rules": RULES, **more}
    return await backups.restore(url, [KEY], file, **how)


def called(url: str, name: str) -> str:
    """The address of the database that is called so now."""
    if url.startswith("sqlite"):
        return f"sqlite:///{name}"
    return make_url(url).set(database=name).render_as_string()


@pytest.fixture
def elsewhere(database_kind, request, tmp_path):
    """Where nothing is yet: a backup is restored into it."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep' / 'other.sqlite3'}"
    else:
        with request.getfixturevalue("server").databases() as make:
            yield make("template0")


async def memory_of(db, name):
    async with db.read() as tx:
        return await memory.recall(tx, name)
