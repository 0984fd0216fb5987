"""Who came to what: one tick for each sign-up and occasion (mission E8)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.activity_tables import attendance
from storage.database import Tx, insert


async def mark(tx: Tx, signup_id: int, occasion_id: int, came: bool, now: datetime) -> bool:
    """Write whether they came; False if it says so already."""
    row = insert(tx, attendance).values(
        signup_id=signup_id, occasion_id=occasion_id, came=came, marked_at=now
    )
    changed = row.on_conflict_do_update(
        index_elements=["signup_id", "occasion_id"],
        set_={"came": came, "marked_at": now},
        where=attendance.c.came.is_(not came),
    ).returning(attendance.c.signup_id)
    return (await tx.execute(changed)).first() is not None


async def of(tx: Tx, signup_ids: Sequence[int]) -> dict[tuple[int, int], bool]:
    """Whether they came, by sign-up and occasion; where nobody has said, nothing."""
    rows = await tx.execute(select(attendance).where(attendance.c.signup_id.in_(signup_ids)))
    return {(row.signup_id, row.occasion_id): row.came for row in rows}
