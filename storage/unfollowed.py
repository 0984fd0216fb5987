"""Children whose last visit's time may be over, and who have not been counted for it."""

from datetime import date, datetime

from sqlalchemy import select, update

from storage.database import Tx
from storage.tables import child


async def families(tx: Tx, born_by: date) -> list[int]:
    """The families with such a child, born on that day or before."""
    rows = await tx.execute(
        select(child.c.family_id)
        .where(child.c.born <= born_by, child.c.followed_at.is_(None))
        .distinct()
        .order_by(child.c.family_id)
    )
    return list(rows.scalars())


async def mark(tx: Tx, child_id: int, now: datetime) -> bool:
    """The child is counted, or never will be; False if it was marked before."""
    found = await tx.execute(
        update(child)
        .where(child.c.id == child_id, child.c.followed_at.is_(None))
        .values(followed_at=now)
        .returning(child.c.id)
    )
    return found.first() is not None
