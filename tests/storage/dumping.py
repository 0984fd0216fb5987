"""Everything a database holds, as one text, with what is sealed opened: for tests only."""

from sqlalchemy import select

from storage.database import Database
from storage.tables import metadata


async def everything_stored(db: Database) -> str:
    """Every value of every table."""
    async with db.read() as tx:
        found = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in await tx.execute(select(table))
        ]
    return "\n".join(found)
