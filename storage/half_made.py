"""A database on a server that a restore is filling, or has left half made.

The mark is a table of its own, there before anything else is: a backup may be whole, and yet who
has had a loss since is not carried over into it. It holds the names of the tables that were there
before, so that only what the restore has brought is taken away again.
"""

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

MARK = "lotsen_restoring"
_THERE = "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
_LEFT_ALONE = "schemaname NOT IN ('pg_catalog', 'information_schema')"


async def is_half_made(db: Database) -> bool:
    """Whether a restore has begun to fill it and has not come to its end."""
    async with db.read() as tx:
        return await tx.run_sync(lambda line: inspect(line).has_table(MARK))


async def begin(tx: AsyncConnection) -> None:
    """From now on nobody may start on it; what a restore before has brought is gone."""
    if await tx.run_sync(lambda line: inspect(line).has_table(MARK)):
        await _take_away(tx)
    else:
        await tx.execute(text(f"CREATE TABLE {MARK} AS {_THERE} WHERE {_LEFT_ALONE}"))


async def undo(tx: AsyncConnection) -> None:
    """As empty as it was."""
    await _take_away(tx)
    await end(tx)


async def end(tx: AsyncConnection) -> None:
    """It is whole: whoever likes may start."""
    await tx.execute(text(f"DROP TABLE {MARK}"))


async def _take_away(tx: AsyncConnection) -> None:
    ours = f"{_LEFT_ALONE} AND tablename != :mark"
    brought = text(f"{_THERE} WHERE {ours} EXCEPT SELECT name FROM {MARK}")  # noqa: S608 - all ours
    for name in (await tx.scalars(brought, {"mark": MARK})).all():
        await tx.execute(text(f"DROP TABLE IF EXISTS {name} CASCADE"))
