"""Is the database itself well: what the doctor asks, and nobody else."""

from dataclasses import dataclass

from sqlalchemy import text

from storage.database import Database

WAL, OK = "wal", "ok"


@dataclass(frozen=True)
class Vitals:
    """What the database says of itself."""

    version: str
    journal: str | None  # of SQLite
    faults: str | None  # what a quick check of the whole file found


async def ask(db: Database) -> Vitals:
    """Ask it; raises Damaged if it does not answer."""
    async with db.read() as tx:
        if tx.dialect.name == "postgresql":
            version = await tx.scalar(text("SHOW server_version"))
            return Vitals(f"PostgreSQL {version}", None, None)
        version = await tx.scalar(text("SELECT sqlite_version()"))
        journal = await tx.scalar(text("PRAGMA journal_mode"))
        found = await tx.scalar(text("PRAGMA quick_check(1)"))
    return Vitals(f"SQLite {version}", journal, None if found == OK else str(found))
