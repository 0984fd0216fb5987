"""Who came to what: one tick for each sign-up and occasion (mission E8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.activity_tables import attendance
from storage.database import Tx, insert


@dataclass(frozen=True)
class Mark:
    """What was said of one sign-up at one occasion."""

    came: bool
    area_id: int | None = None  # in whose figures it is counted


async def mark(tx: Tx, signup_id: int, occasion_id: int, mark: Mark, now: datetime) -> bool:
    """Write whether they came; False if it says so already."""
    facts = {"came": mark.came, "area_id": mark.area_id, "marked_at": now}
    row = insert(tx, attendance).values(signup_id=signup_id, occasion_id=occasion_id, **facts)
    changed = row.on_conflict_do_update(
        index_elements=["signup_id", "occasion_id"],
        set_=facts,
        where=attendance.c.came.is_(not mark.came),
    ).returning(attendance.c.signup_id)
    return (await tx.execute(changed)).first() is not None


async def of(tx: Tx, signup_ids: Sequence[int]) -> dict[tuple[int, int], Mark]:
    """Whether they came, by sign-up and occasion; where nobody has said, nothing."""
    rows = await tx.execute(select(attendance).where(attendance.c.signup_id.in_(signup_ids)))
    return {(row.signup_id, row.occasion_id): Mark(row.came, row.area_id) for row in rows}


async def uncount(tx: Tx, signup_id: int, occasion_id: int) -> None:
    """It is in no figure any more."""
    one = (attendance.c.signup_id == signup_id, attendance.c.occasion_id == occasion_id)
    await tx.execute(update(attendance).where(*one).values(area_id=None))


async def forget(tx: Tx, occasion_id: int) -> None:
    """Nobody has said anything of that occasion."""
    await tx.execute(delete(attendance).where(attendance.c.occasion_id == occasion_id))
