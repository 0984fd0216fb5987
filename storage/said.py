"""The ids of everything said: safe exit, correcting and recalling need them."""

from datetime import datetime

from sqlalchemy import delete

from storage.database import Tx, insert
from storage.tables import said


async def note(
    tx: Tx, chat_id: int, message_id: int, purpose: str, outbox_id: int | None, now: datetime
) -> None:
    """Keep the id of one message that reached a chat."""
    row = insert(tx, said).values(
        chat_id=chat_id, message_id=message_id, purpose=purpose, outbox_id=outbox_id, said_at=now
    )
    await tx.execute(row.on_conflict_do_nothing(index_elements=["chat_id", "message_id"]))


async def purge(tx: Tx, before: datetime) -> int:
    """Forget what was said before that; how many."""
    return (await tx.execute(delete(said).where(said.c.said_at < before))).rowcount
