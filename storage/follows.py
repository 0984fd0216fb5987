"""Which kinds of activities a parent wants to hear of: their own choice, and only theirs."""

from datetime import datetime

from sqlalchemy import delete, select

from programme.activities import ActivityKind
from storage.activity_tables import follow
from storage.database import Tx, insert


async def of(tx: Tx, guardian_id: int) -> frozenset[ActivityKind]:
    """What this parent follows."""
    rows = await tx.execute(select(follow.c.kind).where(follow.c.guardian_id == guardian_id))
    return frozenset(map(ActivityKind, rows.scalars()))


async def begin(tx: Tx, guardian_id: int, kind: ActivityKind, now: datetime) -> None:
    """From now on; twice is once."""
    row = insert(tx, follow).values(guardian_id=guardian_id, kind=kind, since=now)
    await tx.execute(row.on_conflict_do_nothing(index_elements=["guardian_id", "kind"]))


async def end(tx: Tx, guardian_id: int, kind: ActivityKind) -> None:
    """No longer."""
    await tx.execute(
        delete(follow).where(follow.c.guardian_id == guardian_id, follow.c.kind == kind)
    )
