"""What a parent wrote to the team, and the answer; the row goes when the thread is closed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, or_, select, update

from programme.questions import Thread
from storage.database import Tx, note_erasure
from storage.tables import family, item, said, staff
from storage.trust_tables import thread
from storage.written_once import IDS, among


@dataclass(frozen=True)
class Carried:
    """A message on a colleague's phone that carries a parent's words."""

    chat_id: int
    message_id: int
    said_at: datetime
    language: str


async def add(tx: Tx, family_id: int, guardian_id: int, text: str, now: datetime) -> None:
    """A parent writes to the team."""
    row = thread.insert().values(
        family_id=family_id, guardian_id=guardian_id, text=text, asked_at=now
    )
    await tx.execute(row)


_OF_FAMILIES = (
    select(thread).where(thread.c.family_id.in_(IDS)).order_by(thread.c.asked_at, thread.c.id)
)


async def of_families(tx: Tx, ids: Sequence[int]) -> dict[int, list[Thread]]:
    """The open threads of those families, by family, in order of time."""
    rows = await tx.execute(_OF_FAMILIES, among(ids))
    found: defaultdict[int, list[Thread]] = defaultdict(list)
    for row in rows:
        found[row.family_id].append(_thread(row))
    return found


def _thread(row: Row[Any]) -> Thread:
    return Thread(
        id=row.id,
        guardian_id=row.guardian_id,
        asked_at=row.asked_at,
        text=row.text,
        answered_at=row.answered_at,
        answer=row.answer,
    )


async def family_of(tx: Tx, number: int) -> int | None:
    """The family a thread belongs to; None once it is closed."""
    row = await tx.execute(select(thread.c.family_id).where(thread.c.id == number))
    return row.scalar()


async def waiting(tx: Tx, area_ids: Sequence[int]) -> list[tuple[int, int, str | None]]:
    """Threads of those areas that nobody has answered: number, family, staff's word for it."""
    rows = await tx.execute(
        select(thread.c.id, family.c.id.label("family"), family.c.label)
        .join(family, family.c.id == thread.c.family_id)
        .where(family.c.area_id.in_(area_ids), thread.c.answered_at.is_(None))
        .order_by(thread.c.asked_at, thread.c.id)
    )
    return [(row.id, row.family, row.label) for row in rows]


async def answer(tx: Tx, number: int, by: int, text: str, now: datetime) -> bool:
    """The team's answer; False if somebody was faster."""
    done = await tx.execute(
        update(thread)
        .where(thread.c.id == number, thread.c.answered_at.is_(None))
        .values(answer=text, answered_at=now, answered_by=by)
    )
    return done.rowcount == 1


async def old(tx: Tx, asked_before: datetime, answered_before: datetime) -> list[int]:
    """Threads whose time is over."""
    unanswered = and_(thread.c.answered_at.is_(None), thread.c.asked_at <= asked_before)
    rows = await tx.execute(
        select(thread.c.id)
        .where(or_(unanswered, thread.c.answered_at <= answered_before))
        .order_by(thread.c.id)
    )
    return list(rows.scalars())


async def on_phones(tx: Tx, number: int) -> list[Carried]:
    """Where a parent's words stand on the phones of staff."""
    rows = await tx.execute(
        select(said.c.chat_id, said.c.message_id, said.c.said_at, staff.c.language)
        .join(item, item.c.outbox_id == said.c.outbox_id)
        .join(staff, staff.c.id == item.c.staff_id)
        .where(item.c.key.startswith(f"thread:{number}:", autoescape=True))
    )
    return [Carried(row.chat_id, row.message_id, row.said_at, row.language) for row in rows]


async def numbers(tx: Tx, family_id: int, guardian_id: int | None = None) -> list[int]:
    """The threads of a family, or of one of its parents."""
    whose = thread.c.family_id == family_id
    if guardian_id is not None:
        whose &= thread.c.guardian_id == guardian_id
    return list((await tx.execute(select(thread.c.id).where(whose))).scalars())


async def close(tx: Tx, number: int) -> None:
    """Nothing is kept of it."""
    note_erasure(tx)
    await tx.execute(delete(thread).where(thread.c.id == number))
