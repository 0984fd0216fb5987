"""Does the key fit this database? Known at start, not when the first sealed row is read."""

from storage import memory
from storage.columns import Sealed
from storage.database import Database

_NAME, _WORD = "seal", "Lotsen"


async def check(db: Database) -> None:
    """Raises SealBroken if the key is not the one this database was begun with."""
    sealed = Sealed()
    async with db.read() as tx:
        kept = await memory.recall(tx, _NAME)
        if kept is not None:
            sealed.process_result_value(kept, tx.dialect)
            return
    async with db.write() as tx:
        await memory.remember(tx, _NAME, str(sealed.process_bind_param(_WORD, tx.dialect)))
