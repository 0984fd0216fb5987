"""The outbox: one Telegram message each, which carries promises (`items.py`).

A message waits (`packing.py` puts it here), is sending, and ends.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from programme.notices import Action
from storage.database import Tx, note_recall
from storage.items import ItemState
from storage.tables import guardian, item, outbox, staff


class State(StrEnum):
    """What has become of one message."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


Reader = tuple[int | None, int | None]  # a guardian's id, or a staff member's


@dataclass(frozen=True)
class Waiting:
    """A message that may leave: where it goes, and what it has been through."""

    id: int
    family_id: int | None  # None: to staff, about no family
    guardian_id: int | None  # for a parent...
    staff_id: int | None  # ...or for staff
    chat_id: int | None
    tries: int
    doubts: int
    recalled: str | None = None  # why it must not leave after all
    notice_id: int | None = None
    action: Action = Action.SAY
    message_id: int | None = None  # which message an edit or a delete is about
    due_at: datetime | None = None

    @property
    def reader(self) -> Reader:
        """Whom it is for."""
        return self.guardian_id, self.staff_id


def _for(reader: Reader) -> ColumnElement[bool]:
    guardian_id, staff_id = reader
    if guardian_id is not None:
        return outbox.c.guardian_id == guardian_id
    return outbox.c.staff_id == staff_id


CHAT = func.coalesce(guardian.c.chat_id, staff.c.chat_id).label("chat_id")
IN_CHATS = outbox.outerjoin(guardian, outbox.c.guardian_id == guardian.c.id).outerjoin(
    staff, outbox.c.staff_id == staff.c.id
)
WITH_CHAT = select(
    CHAT, *(outbox.c[each.name] for each in fields(Waiting) if each.name != "chat_id")
).select_from(IN_CHATS)


def waiting_of(row: Row[Any]) -> Waiting:
    """A row of `WITH_CHAT` as a value; raises ValueError if it cannot be read."""
    facts = row._asdict()
    return Waiting(**{**facts, "action": Action(facts["action"])})


_END = (
    update(outbox)
    .where(outbox.c.id == bindparam("message"))
    .values(state=bindparam("how"), reason=bindparam("why"), ended_at=bindparam("at"))
)
_END_ITEMS = (
    update(item)
    .where(item.c.outbox_id == bindparam("message"), item.c.state == ItemState.PLANNED)
    .values(state=bindparam("how"), reason=bindparam("why"))
)


async def end(
    tx: Tx,
    outbox_id: int,
    state: State,
    reason: str | None,
    now: datetime,
    folded: bool = False,
) -> int:
    """End a message and the promises it still carries; how many those were."""
    ended = {"message": outbox_id, "how": state, "why": reason}
    await tx.execute(_END, {**ended, "at": now})
    outcome = ItemState.SENT if state is State.SENT else ItemState.DROPPED
    if folded and outcome is ItemState.SENT:
        outcome, reason = ItemState.FOLDED, "late: in one digest"
    return (await tx.execute(_END_ITEMS, {**ended, "how": outcome, "why": reason})).rowcount


async def again(
    tx: Tx, outbox_id: int, next_at: datetime, reason: str, doubts: int | None = None
) -> None:
    """Let a message wait until `next_at`; `doubts` is written if given."""
    facts: dict[str, object] = {
        "state": State.WAITING,
        "next_at": next_at,
        "reason": reason,
        "recalled": None,
    }
    if doubts is not None:
        facts["doubts"] = doubts
    open_states = outbox.c.state.in_((State.SENDING, State.WAITING))
    await tx.execute(update(outbox).where(outbox.c.id == outbox_id, open_states).values(**facts))


async def due_by(tx: Tx, at: datetime) -> list[Waiting]:
    """Messages that wait and might have left by then, in the order in which they were due."""
    rows = await tx.execute(
        WITH_CHAT.where(outbox.c.state == State.WAITING, outbox.c.next_at <= at).order_by(
            outbox.c.next_at, outbox.c.id
        )
    )
    return [waiting_of(row) for row in rows]


async def next_moment(tx: Tx) -> datetime | None:
    """When the next waiting message may leave at the earliest, or None."""
    moment: datetime | None = await tx.scalar(
        select(func.min(outbox.c.next_at)).where(outbox.c.state == State.WAITING)
    )
    return moment


async def drop_waiting(tx: Tx, reader: Reader, reason: str, now: datetime) -> int:
    """End every message that still waits for somebody, and recall what a sender has taken.

    How many promises those that waited carried.
    """
    return await _drop(tx, _for(reader), reason, now)


async def drop_family(tx: Tx, family_id: int, reason: str, now: datetime) -> int:
    """The same for everything that waits for any parent of a family."""
    to_parents = and_(outbox.c.family_id == family_id, outbox.c.guardian_id.is_not(None))
    return await _drop(tx, to_parents, reason, now)


async def _drop(tx: Tx, whose: ColumnElement[bool], reason: str, now: datetime) -> int:
    await _recall(tx, whose, reason)
    dropped = 0
    waiting = and_(whose, outbox.c.state == State.WAITING)
    for number in (await tx.execute(select(outbox.c.id).where(waiting))).scalars().all():
        dropped += await end(tx, number, State.DROPPED, reason, now)
    return dropped


async def recall(tx: Tx, ids: Collection[int], reason: str) -> None:
    """Messages that a sender has taken must be looked at again before they leave."""
    if ids:
        await _recall(tx, outbox.c.id.in_(ids), reason)


async def _recall(tx: Tx, whose: ColumnElement[bool], reason: str) -> None:
    done = await tx.execute(
        update(outbox).where(whose, outbox.c.state == State.SENDING).values(recalled=reason)
    )
    if done.rowcount:
        note_recall(tx)


async def forget_about_work(tx: Tx, before: datetime) -> None:
    """Letters to staff about no family that have ended before that: nobody erases them else."""
    ended = select(outbox.c.id).where(outbox.c.family_id.is_(None), outbox.c.ended_at < before)
    never_left = and_(item.c.outbox_id.is_(None), item.c.due_at < before)
    await tx.execute(
        delete(item).where(item.c.family_id.is_(None), or_(item.c.outbox_id.in_(ended), never_left))
    )
    await tx.execute(delete(outbox).where(outbox.c.family_id.is_(None), outbox.c.ended_at < before))
