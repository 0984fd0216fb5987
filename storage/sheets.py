"""A family as staff see it on one sheet: what the rules need not know, staff may ask for."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Tx
from storage.tables import area, family, guardian


@dataclass(frozen=True)
class Adult:
    """One guardian, or somebody who waits to be one: by number, for there are no names."""

    id: int
    has_chat: bool
    spoken: str | None


@dataclass(frozen=True)
class Sheet:
    """Where a family lives, what an interpreter speaks with it, and its adults by number."""

    area: str
    spoken: str | None
    adults: dict[int, Adult]


async def of(tx: Tx, family_id: int) -> Sheet:
    """The sheet of a family that is there."""
    row = (
        await tx.execute(
            select(area.c.name, family.c.spoken)
            .join(area, area.c.id == family.c.area_id)
            .where(family.c.id == family_id)
        )
    ).one()
    adults = await tx.execute(
        select(guardian.c.id, guardian.c.chat_id, guardian.c.spoken).where(
            guardian.c.family_id == family_id
        )
    )
    return Sheet(
        row.name,
        row.spoken,
        {each.id: Adult(each.id, each.chat_id is not None, each.spoken) for each in adults},
    )
