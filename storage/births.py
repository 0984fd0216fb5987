"""A child that was expected is here: told once, and taken back as if it had never been."""

from datetime import date

from sqlalchemy import delete, update

from storage.database import Tx
from storage.tables import child


async def begin(tx: Tx, child_id: int, born: date) -> bool:
    """Write the birth date of an expected child; False if somebody was faster."""
    done = await tx.execute(
        update(child)
        .where(child.c.id == child_id, child.c.born.is_(None))
        .values(born=born, tips_from=born, corrected=False)
    )
    return done.rowcount == 1


async def remove(tx: Tx, child_id: int) -> None:
    """A child that was counted by mistake."""
    await tx.execute(delete(child).where(child.c.id == child_id))
