"""The ids of everything said: safe exit, correcting and recalling need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, and_, bindparam, delete, or_, select

from storage.database import Tx, insert_into, near
from storage.tables import guardian, item, outbox, said, staff

HEARD = "heard"  # the purpose of a person's own message: only deleting concerns it, for 48 hours


@dataclass(frozen=True)
class Said:
    """One message that reached a chat, or came from it."""

    chat_id: int
    message_id: int
    purpose: str
    outbox_id: int | None
    said_at: datetime


async def note(
    tx: Tx, chat_id: int, message_id: int, purpose: str, outbox_id: int | None, now: datetime
) -> None:
    """Keep the id of one message that reached a chat, or came from it."""
    await note_all(tx, [Said(chat_id, message_id, purpose, outbox_id, now)])


async def note_all(tx: Tx, rows: Sequence[Said]) -> None:
    """The same for several at once."""
    if rows:
        with near(tx):
            await tx.execute(_kept(tx.dialect.name), [vars(row) for row in rows])


@cache
def _kept(dialect: str) -> Insert:
    """Written once for each database."""
    # The outbox's row may have been erased while it was on the wire.
    there = select(outbox.c.id).where(outbox.c.id == bindparam("outbox_id")).scalar_subquery()
    row = insert_into(dialect, said).values(outbox_id=there)
    return row.on_conflict_do_nothing(index_elements=["chat_id", "message_id"])


async def purge(tx: Tx, before: datetime) -> int:
    """Forget what was said before that; how many.

    What was said to a parent is kept as long as the parent is: a safe exit must find it. To a
    colleague, as long as the chat is theirs: when they leave, it is cleared.
    """
    parents = select(guardian.c.chat_id).where(guardian.c.chat_id.is_not(None))
    colleagues = select(staff.c.chat_id).where(staff.c.chat_id.is_not(None))
    old = said.c.said_at < before
    to_no_parent = or_(
        said.c.purpose == HEARD,
        and_(said.c.chat_id.not_in(parents), said.c.chat_id.not_in(colleagues)),
    )
    # A parent's words on the phones of staff: found again when the thread is closed.
    asks = select(item.c.outbox_id).where(item.c.kind == "team_ask", item.c.outbox_id.is_not(None))
    no_words = or_(said.c.outbox_id.is_(None), said.c.outbox_id.not_in(asks))
    return (await tx.execute(delete(said).where(old, to_no_parent, no_words))).rowcount
