"""Public links of areas, and who came by one and waits for the staff's yes (mission B2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update

from storage.database import Tx
from storage.tables import child, family, guardian
from storage.time_tables import poster


@dataclass(frozen=True)
class Asker:
    """A parent who waits, and the family they described."""

    guardian_id: int
    family_id: int
    area_id: int
    language: str
    spoken: str | None
    asked_at: datetime
    born: date | None
    due: date | None
    eligible: bool
    refused: bool


async def add(tx: Tx, area_id: int, code_hash: str, now: datetime) -> None:
    """A new public link of an area; only its hash is kept."""
    await tx.execute(poster.insert().values(area_id=area_id, code_hash=code_hash, made_at=now))


async def find(tx: Tx, code_hash: str) -> tuple[int, bool] | None:
    """The area of that link and whether it opens still; or None for no such link."""
    row = (await tx.execute(select(poster).where(poster.c.code_hash == code_hash))).first()
    return (row.area_id, row.ended_at is None) if row else None


async def made_at(tx: Tx, area_id: int) -> datetime | None:
    """When the newest link of an area that still opens was made, or None."""
    row = await tx.execute(
        select(func.max(poster.c.made_at)).where(
            poster.c.area_id == area_id, poster.c.ended_at.is_(None)
        )
    )
    newest: datetime | None = row.scalar()
    return newest


async def end(tx: Tx, area_id: int, now: datetime) -> None:
    """No link of that area opens any more."""
    await tx.execute(
        update(poster)
        .where(poster.c.area_id == area_id, poster.c.ended_at.is_(None))
        .values(ended_at=now)
    )


async def merge(tx: Tx, gone: int, into: int) -> None:
    """Paper that hangs on walls goes on to open: the other area's from now on."""
    await tx.execute(update(poster).where(poster.c.area_id == gone).values(area_id=into))


def _askers() -> Select[Any]:
    return (
        select(
            guardian.c.id.label("guardian_id"),
            guardian.c.language,
            guardian.c.spoken,
            guardian.c.asked_at,
            family.c.id.label("family_id"),
            family.c.area_id,
            family.c.eligible,
            family.c.left_at,
            child.c.born,
            child.c.due,
        )
        .join(family, family.c.id == guardian.c.family_id)
        .join(child, child.c.family_id == family.c.id)
        .where(family.c.waits_since.is_not(None))
        .order_by(family.c.waits_since, family.c.id)
    )


def _asker(row: Row[Any]) -> Asker:
    return Asker(
        guardian_id=row.guardian_id,
        family_id=row.family_id,
        area_id=row.area_id,
        language=row.language,
        spoken=row.spoken,
        asked_at=row.asked_at,
        born=row.born,
        due=row.due,
        eligible=bool(row.eligible),
        refused=row.left_at is not None,
    )


async def in_chat(tx: Tx, chat_id: int) -> Asker | None:
    """Who waits in that chat, or None."""
    return await _one(tx, guardian.c.chat_id == chat_id)


async def asker(tx: Tx, guardian_id: int) -> Asker | None:
    """Who waits, by number; or None if they do not any more."""
    return await _one(tx, guardian.c.id == guardian_id)


async def _one(tx: Tx, where: ColumnElement[bool]) -> Asker | None:
    row = (await tx.execute(_askers().where(where))).first()
    return _asker(row) if row else None


async def waiting(tx: Tx, ids: Sequence[int]) -> list[Asker]:
    """Everybody who waits in those areas and has no answer, longest first."""
    rows = await tx.execute(_askers().where(family.c.area_id.in_(ids), family.c.left_at.is_(None)))
    return [_asker(row) for row in rows]


async def asked_since(tx: Tx, area_id: int, since: datetime) -> int:
    """How many have asked in that area since then and wait."""
    row = await tx.execute(
        select(func.count())
        .select_from(family)
        .where(family.c.area_id == area_id, family.c.waits_since >= since)
    )
    return int(row.scalar_one())


async def unanswered(tx: Tx, before: datetime) -> list[Asker]:
    """Who has waited since before that, and nobody has answered."""
    rows = await tx.execute(
        _askers().where(family.c.waits_since <= before, family.c.left_at.is_(None))
    )
    return [_asker(row) for row in rows]


async def forget_told(tx: Tx, family_id: int) -> bool:
    """A family that was refused vanishes; False for any other."""
    done = await tx.execute(
        delete(family).where(
            family.c.id == family_id,
            family.c.waits_since.is_not(None),
            family.c.left_at.is_not(None),
        )
    )
    return done.rowcount == 1


async def forget_refused(tx: Tx, before: datetime) -> int:
    """Refused families that could not be told vanish all the same; how many."""
    done = await tx.execute(
        delete(family).where(family.c.waits_since.is_not(None), family.c.left_at <= before)
    )
    return done.rowcount


async def forget(tx: Tx, family_id: int) -> bool:
    """Somebody who waited does not want to any more; False if they do not wait."""
    done = await tx.execute(
        delete(family).where(family.c.id == family_id, family.c.waits_since.is_not(None))
    )
    return done.rowcount == 1
