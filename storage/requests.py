"""What parents ask staff for: to be called, a talk, a walk together. Never why (mission D14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from programme.people import GuardianRole, Why
from programme.reasons import Asked
from storage.database import Tx
from storage.overviews import Name
from storage.tables import family, guardian, rest
from storage.time_tables import request


@dataclass(frozen=True)
class Request:
    """One thing that one parent asks for, as staff see it."""

    id: int
    name: Name
    what: Asked
    visit: int | None
    made_at: datetime
    role: GuardianRole | None
    language: str


async def add(
    tx: Tx, family_id: int, guardian_id: int, what: Asked, visit: int | None, now: datetime
) -> bool:
    """Keep what a parent asks for; False if they have asked already and nobody has done it."""
    waiting = select(request.c.id).where(
        request.c.guardian_id == guardian_id, request.c.what == what, request.c.done_at.is_(None)
    )
    if (await tx.execute(waiting)).first() is not None:
        return False
    await tx.execute(
        request.insert().values(
            family_id=family_id, guardian_id=guardian_id, what=what, visit=visit, made_at=now
        )
    )
    return True


async def waiting(tx: Tx, area_ids: Sequence[int]) -> list[Request]:
    """What the families of those areas wait for, the oldest first; none of one that rests."""
    resting = exists().where(
        rest.c.family_id == family.c.id, rest.c.why == Why.LOSS, rest.c.until.is_(None)
    )
    rows = await tx.execute(
        select(request, family.c.label, guardian.c.role, guardian.c.language)
        .join(family, family.c.id == request.c.family_id)
        .join(guardian, guardian.c.id == request.c.guardian_id)
        .where(family.c.area_id.in_(area_ids), request.c.done_at.is_(None), ~resting)
        .order_by(request.c.made_at, request.c.id)
    )
    return [
        Request(
            id=row.id,
            name=Name(row.family_id, row.label),
            what=Asked(row.what),
            visit=row.visit,
            made_at=row.made_at,
            role=GuardianRole(row.role) if row.role else None,
            language=row.language,
        )
        for row in rows
    ]


async def family_of(tx: Tx, request_id: int) -> int | None:
    """Whose request that is, or None."""
    row = await tx.execute(select(request.c.family_id).where(request.c.id == request_id))
    return row.scalar()


async def done(tx: Tx, request_id: int, now: datetime, by: int) -> bool:
    """Somebody has taken care of it; False if it was done before."""
    ended = await tx.execute(
        update(request)
        .where(request.c.id == request_id, request.c.done_at.is_(None))
        .values(done_at=now, done_by=by)
    )
    return ended.rowcount == 1
