"""Rows of the database, looked up by table name: for tests only."""

from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.tables import metadata


async def rows(db: Database, table: str, **where: object) -> list[Any]:
    """The rows of that table with those values, in the order of their first column."""
    found = metadata.tables[table]
    query = select(found).order_by(*found.primary_key.columns)
    for name, value in where.items():
        query = query.where(found.c[name] == value)
    async with db.read() as tx:
        return list(await tx.execute(query))


async def resting(db: Database) -> dict[str, Any]:
    """Since when what rests has not ended yet, by its reason: of anybody."""
    return {row.why: row.since for row in await rows(db, "rest", until=None)}
