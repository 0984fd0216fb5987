"""Is all well: what the health page and the container ask."""

from storage import migrate
from storage.database import Damaged, Database


async def ready(db: Database) -> bool:
    """Whether the database answers and is in its newest form."""
    try:
        return await migrate.current(db) == migrate.newest()
    except Damaged:
        return False
