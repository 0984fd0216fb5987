"""Does the key fit this database? Known at start, not when the first sealed row is read."""

from storage import memory
from storage.columns import keys_of
from storage.database import Database, Tx

_NAME, _WORD = "seal", "Lotsen"


async def check(db: Database) -> None:
    """Raises SealBroken if the key is not the one this database was begun with."""
    async with db.read() as tx:
        kept = await memory.recall(tx, _NAME)
    if kept is not None:
        keys_of(db.dialect).open(kept)
        return
    async with db.write() as tx:
        await memory.remember(tx, _NAME, keys_of(tx.dialect).seal(_WORD))


async def begun(tx: Tx) -> bool:
    """Whether there is something to try a key on."""
    return await memory.recall(tx, _NAME) is not None


async def renew(tx: Tx) -> None:
    """From now on the newest key is the one that fits; raises SealBroken."""
    kept, keys = await memory.recall(tx, _NAME), keys_of(tx.dialect)
    await memory.remember(tx, _NAME, keys.seal(_WORD) if kept is None else keys.renew(kept))


async def opener(tx: Tx) -> str | None:
    """The mark of the key that fits; None if there is none, or nothing to try."""
    kept = await memory.recall(tx, _NAME)
    return keys_of(tx.dialect).opener(kept) if kept is not None else None
