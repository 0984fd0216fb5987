"""Who came by a parent's own link and waits for that parent's yes (mission B7).

Such a person has a row, and no guardian's rights.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, or_, select, update

from storage.database import Tx
from storage.tables import guardian


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits."""

    id: int
    family_id: int
    language: str
    spoken: str | None
    asked_by: int
    asked_at: datetime


def _waits() -> ColumnElement[bool]:
    return and_(guardian.c.active_since.is_(None), guardian.c.asked_by.is_not(None))


async def in_chat(tx: Tx, chat_id: int) -> Waiting | None:
    """Who waits in that chat, or None."""
    row = (
        await tx.execute(select(guardian).where(guardian.c.chat_id == chat_id, _waits()))
    ).first()
    return _waiting(row) if row else None


async def find(tx: Tx, number: int) -> Waiting | None:
    """Who waits under that number, or None."""
    row = (await tx.execute(select(guardian).where(guardian.c.id == number, _waits()))).first()
    return _waiting(row) if row else None


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, row.family_id, row.language, row.spoken, row.asked_by, row.asked_at)


async def admit(tx: Tx, number: int, now: datetime) -> bool:
    """From now on they are a guardian, and their name is forgotten; False if no longer waiting."""
    done = await tx.execute(
        update(guardian)
        .where(guardian.c.id == number, _waits())
        .values(active_since=now, asked_name=None)
    )
    return done.rowcount == 1


async def was_admitted(tx: Tx, number: int, by: int) -> bool:
    """Whether that parent has let in who has that number."""
    row = await tx.execute(
        select(guardian.c.id).where(
            guardian.c.id == number, guardian.c.asked_by == by, guardian.c.active_since.is_not(None)
        )
    )
    return row.first() is not None


async def forget(tx: Tx, number: int) -> bool:
    """Nothing is kept of them; False if no longer waiting."""
    done = await tx.execute(delete(guardian).where(guardian.c.id == number, _waits()))
    return done.rowcount == 1


async def forget_all(tx: Tx, family_id: int) -> None:
    """Nobody of that family waits any more."""
    await tx.execute(delete(guardian).where(guardian.c.family_id == family_id, _waits()))


async def live_with(tx: Tx, asker: int, home: int) -> None:
    """Who waits for that parent's yes belongs to that parent's home."""
    await tx.execute(
        update(guardian).where(guardian.c.asked_by == asker, _waits()).values(home=home)
    )


async def forget_undecided(tx: Tx, before: datetime) -> int:
    """Who has waited since before that, or for a parent who is gone, is forgotten; how many."""
    parent = guardian.alias()
    there = select(parent.c.id).where(parent.c.id == guardian.c.asked_by).exists()
    done = await tx.execute(
        delete(guardian).where(_waits(), or_(guardian.c.asked_at <= before, ~there))
    )
    return done.rowcount
