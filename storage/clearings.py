"""What must vanish from phones: asked for, and forgotten as soon as the phone has obeyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from storage.database import Tx, insert
from storage.said import HEARD
from storage.tables import said
from storage.trust_tables import clearing

CHUNK = 400
OLD = timedelta(hours=47)  # Telegram deletes for 48


@dataclass(frozen=True)
class Stain:
    """One message on a phone that is to go."""

    id: int
    chat_id: int
    message_id: int
    said_at: datetime
    language: str | None  # of the neutral line; None: a person's own, which can only be deleted
    tries: int


async def ask(
    tx: Tx,
    chat_id: int,
    message_id: int,
    said_at: datetime,
    at: datetime,
    language: str | None,
) -> None:
    """From `at` on that message is to go; asked twice, the earlier moment counts."""
    row = insert(tx, clearing).values(
        chat_id=chat_id, message_id=message_id, said_at=said_at, at=at, language=language
    )
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["chat_id", "message_id"],
            set_={"at": at},
            where=clearing.c.at > at,
        )
    )


async def ask_all(
    tx: Tx, chat_id: int, now: datetime, language: str, apart: timedelta = timedelta()
) -> int:
    """Everything that is known to stand in that chat is to go now; how many.

    `apart`: so far from each other those go that are too old to be deleted: a year of a colleague's
    chat must not keep a parent waiting who clears theirs.
    """
    theirs = select(said).where(said.c.chat_id == chat_id)
    rows = (await tx.execute(theirs.order_by(said.c.said_at.desc(), said.c.id.desc()))).all()
    old = 0
    for row in rows:
        own = row.purpose == HEARD
        old += now - row.said_at >= OLD
        at = now + old * apart
        await ask(tx, chat_id, row.message_id, row.said_at, at, None if own else language)
    return len(rows)


async def hurry(tx: Tx, chat_id: int, now: datetime) -> None:
    """What waits in that chat is to go now."""
    waits = (clearing.c.chat_id == chat_id, clearing.c.at > now)
    await tx.execute(update(clearing).where(*waits).values(at=now))


async def due(tx: Tx, now: datetime, limit: int) -> list[Stain]:
    """What is to go by now, chat by chat, the newest first: those can still be deleted."""
    rows = await tx.execute(
        select(clearing)
        .where(clearing.c.at <= now)
        .order_by(clearing.c.chat_id, clearing.c.said_at.desc(), clearing.c.id)
        .limit(limit)
    )
    return [_stain(row) for row in rows]


def _stain(row: Row[Any]) -> Stain:
    return Stain(row.id, row.chat_id, row.message_id, row.said_at, row.language, row.tries)


async def gone(tx: Tx, chat_id: int, message_ids: Collection[int]) -> None:
    """The phone has obeyed, or cannot: nothing is kept of those messages."""
    numbers = sorted(message_ids)
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        for table in (clearing, said):
            await tx.execute(
                delete(table).where(table.c.chat_id == chat_id, table.c.message_id.in_(some))
            )


async def later(tx: Tx, chat_id: int, at: datetime, now: datetime) -> None:
    """What is due in that chat waits until then."""
    whose: tuple[ColumnElement[bool], ...] = (clearing.c.chat_id == chat_id, clearing.c.at <= now)
    await tx.execute(update(clearing).where(*whose).values(at=at, tries=clearing.c.tries + 1))


async def next_moment(tx: Tx) -> datetime | None:
    """When the next message is to go, or None."""
    moment: datetime | None = await tx.scalar(select(func.min(clearing.c.at)))
    return moment
