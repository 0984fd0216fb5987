"""How many messages there are, for whoever watches: the health page, the figures, the demo."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.database import Tx
from storage.outbox import State
from storage.tables import outbox


@dataclass(frozen=True)
class Backlog:
    """How many messages have not ended, and since when the oldest that may leave waits."""

    waiting: int
    due: int
    sending: int
    oldest: datetime | None


async def count(tx: Tx, now: datetime) -> Backlog:
    """What has not ended; asked of the indexes of the few, never of the many that have."""
    waits = outbox.c.state == State.WAITING
    all_of, due, oldest = (
        await tx.execute(
            select(
                func.count(),
                func.count().filter(outbox.c.next_at <= now),
                func.min(outbox.c.due_at).filter(outbox.c.next_at <= now),
            ).where(waits)
        )
    ).one()
    sending = select(func.count()).select_from(outbox).where(outbox.c.state == State.SENDING)
    return Backlog(all_of, due, int(await tx.scalar(sending) or 0), oldest)


async def sent(tx: Tx) -> int:
    """How many messages have been sent so far."""
    query = select(func.count()).select_from(outbox).where(outbox.c.state == State.SENT)
    return int(await tx.scalar(query) or 0)
