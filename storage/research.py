"""Whose data researchers may have: each parent's own yes, and what was written (mission I6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from programme.people import Why
from storage.database import Tx
from storage.follow_up_tables import research_export
from storage.tables import area, family, guardian, rest


@dataclass(frozen=True)
class Made:
    """One file of rows that was written."""

    made_at: datetime
    made_by: str
    approval: str
    families: int
    left_out: int


async def since(tx: Tx, guardian_id: int) -> datetime | None:
    """Since when that parent says yes, or None."""
    found = await tx.scalar(select(guardian.c.research_since).where(guardian.c.id == guardian_id))
    return found if isinstance(found, datetime) else None


async def say(tx: Tx, guardian_id: int, at: datetime | None) -> None:
    """That parent says yes since then; None: no."""
    await tx.execute(update(guardian).where(guardian.c.id == guardian_id).values(research_since=at))


async def agreed(tx: Tx) -> dict[int, str]:
    """Families of which every parent in the chat has said yes, and the name of their area.

    Never after a loss, nor of two homes: one of them would learn that the other said yes. Never of
    a family with protected identity: it has no chat in which to take the yes back.
    """
    reads = (guardian.c.family_id == family.c.id, guardian.c.active_since.is_not(None))
    rests = (rest.c.family_id == family.c.id, rest.c.why == Why.LOSS, rest.c.until.is_(None))
    rows = await tx.execute(
        select(family.c.id, area.c.name)
        .join(area, area.c.id == family.c.area_id)
        .where(
            exists().where(*reads),
            ~exists().where(*reads, guardian.c.research_since.is_(None)),
            ~exists().where(*rests),
            family.c.split_at.is_(None),
            ~family.c.protected,
            family.c.waits_since.is_(None),
            family.c.forgotten_at.is_(None),
        )
        .order_by(family.c.id)
    )
    return {row.id: row.name for row in rows}


async def note(tx: Tx, by: str, approval: str, families: int, left_out: int, now: datetime) -> None:
    """So many rows were written."""
    await tx.execute(
        research_export.insert().values(
            made_at=now, made_by=by, approval=approval, families=families, left_out=left_out
        )
    )


async def made(tx: Tx) -> list[Made]:
    """Every file of rows there has been, the first one first."""
    rows = await tx.execute(select(research_export).order_by(research_export.c.id))
    return [
        Made(row.made_at, row.made_by, row.approval, row.families, row.left_out) for row in rows
    ]
