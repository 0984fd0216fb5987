"""What was promised to a family and about it, and what became of each: to be read, never to act on.

The demo shows it, so that one understands why a message came, or did not.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from programme.kinds import Kind
from storage.database import Tx
from storage.tables import family, guardian, item, outbox, staff


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One promise: for whose chat, when it fell due, how it ended or where it stands."""

    key: str
    kind: Kind
    chat_id: int | None
    to_staff: bool
    due_at: datetime
    state: str  # of the message; of the promise, where it is in no message
    reason: str | None
    next_at: datetime | None  # not before that
    ended_at: datetime | None


async def of_family(tx: Tx, family_id: int, most: int) -> list[Entry]:
    """The latest of them, the newest first."""
    chat = func.coalesce(guardian.c.chat_id, staff.c.chat_id)
    rows = await tx.execute(
        select(
            item,
            chat.label("chat_id"),
            outbox.c.state.label("stands"),
            outbox.c.reason.label("why"),
            outbox.c.next_at,
            outbox.c.ended_at,
        )
        .outerjoin(outbox, outbox.c.id == item.c.outbox_id)
        .outerjoin(guardian, guardian.c.id == item.c.guardian_id)
        .outerjoin(staff, staff.c.id == item.c.staff_id)
        .where(item.c.family_id == family_id)
        .order_by(item.c.due_at.desc(), item.c.id.desc())
        .limit(most)
    )
    return [
        Entry(
            key=row.key,
            kind=Kind(row.kind),
            chat_id=row.chat_id,
            to_staff=row.staff_id is not None,
            due_at=row.due_at,
            # A promise can end before its message does: what is folded or skipped says so itself.
            state=row.stands if row.stands and row.state in {"planned", "sent"} else row.state,
            reason=row.reason or row.why,
            next_at=row.next_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


async def families(tx: Tx, most: int) -> list[tuple[int, list[int]]]:
    """The first families by number, each with the chats of its parents."""
    rows = await tx.execute(
        select(family.c.id, guardian.c.chat_id)
        .outerjoin(guardian, guardian.c.family_id == family.c.id)
        .where(family.c.id.in_(select(family.c.id).order_by(family.c.id).limit(most)))
        .order_by(family.c.id, guardian.c.id)
    )
    found: dict[int, list[int]] = {}
    for number, chat in rows:
        found.setdefault(number, []).extend([chat] if chat is not None else [])
    return list(found.items())
