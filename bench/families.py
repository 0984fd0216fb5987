"""Databases full of families, for measuring."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from programme.kinds import Rules
from storage import memory, migrate
from storage.database import Database, open_database
from storage.tables import area, child, family, guardian

RULES = Rules()
SLOT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)  # ten in the morning in Stockholm
DUE_BORN = date(2027, 1, 1)  # two months old that day
DUE = 200  # families with a tip due at SLOT, whatever the size


@asynccontextmanager
async def fresh(size: int) -> AsyncIterator[Database]:
    """A database with so many children, DUE of whom have a tip at SLOT."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"sqlite:///{Path(folder) / 'b.db'}", [Fernet.generate_key().decode()])
        await migrate.migrate(db)
        await fill(db, size)
        yield db
        await db.close()


async def fill(db: Database, size: int) -> None:
    """So many families into an empty one."""
    long_ago = SLOT - timedelta(days=400)
    ids = range(1, size + 1)
    births = [DUE_BORN if n <= DUE else date(2020, 1, 1) - timedelta(days=n % 3000) for n in ids]
    async with db.write() as tx:
        home = (await tx.execute(area.select())).scalars().first()
        await tx.execute(
            family.insert(), [{"id": n, "area_id": home, "registered_at": long_ago} for n in ids]
        )
        await tx.execute(
            child.insert(),
            [
                {"family_id": n, "born": born, "tips_from": born, "corrected": False}
                for n, born in zip(ids, births, strict=True)
            ],
        )
        await tx.execute(
            guardian.insert(),
            [
                {
                    "family_id": n,
                    "chat_id": n,
                    "language": "sv",
                    "active_since": long_ago,
                    "fewer": False,
                }
                for n in ids
            ],
        )
        await memory.remember_instant(tx, memory.WATERMARK, SLOT - timedelta(seconds=5))
