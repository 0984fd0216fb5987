"""Updates as they came and the answers they got, sealed, and empty as soon as they are said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from storage.database import Tx, insert, near
from storage.tables import inbox
from storage.turns import one_after_the_other
from storage.written_once import IDS, among


class State(StrEnum):
    """How far an update has come."""

    NEW = "new"
    DONE = "done"  # its effect is committed; the answer is still to be said
    SAID = "said"
    SET_ASIDE = "set_aside"  # could not be read


@dataclass(frozen=True)
class Arrived:
    """An update as it came."""

    update_id: int
    chat_id: int | None
    raw: str


@dataclass(frozen=True)
class Open:
    """An update that is not finished: still new, or done with an answer to say."""

    id: int
    update_id: int
    chat_id: int | None
    state: State
    raw: str | None
    answer: str | None
    tries: int
    received_at: datetime
    done_at: datetime | None


async def keep(tx: Tx, bot_id: int, updates: Sequence[Arrived], now: datetime) -> None:
    """Store a batch; an update that is known already changes nothing."""
    if not updates:
        return
    rows = [
        {
            "bot_id": bot_id,
            "update_id": each.update_id,
            "chat_id": each.chat_id,
            "raw": each.raw,
            "state": State.NEW,
            "received_at": now,
        }
        for each in updates
    ]
    await one_after_the_other(tx)  # a lower number seen later would be passed over by who reads on
    await tx.execute(
        insert(tx, inbox).on_conflict_do_nothing(index_elements=["bot_id", "update_id"]), rows
    )


_OPEN = (State.NEW, State.DONE)
_UNFINISHED = (
    select(inbox)
    .where(
        inbox.c.bot_id == bindparam("bot"),
        inbox.c.state.in_(_OPEN),
        inbox.c.id > bindparam("after"),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)


async def unfinished(tx: Tx, bot_id: int, after: int = 0, limit: int = 500) -> list[Open]:
    """Updates that are new or have an answer to say, in the order they came, from `after` on."""
    rows = await tx.execute(_UNFINISHED, {"bot": bot_id, "after": after, "most": limit})
    return [_open(row) for row in rows]


_AGAIN = select(inbox).where(inbox.c.id == bindparam("row"), inbox.c.state.in_(_OPEN))


async def look_again(tx: Tx, row_id: int) -> Open | None:
    """That update as it is now; None if it is finished."""
    row = (await tx.execute(_AGAIN, {"row": row_id})).first()
    return _open(row) if row else None


def _open(row: Row[Any]) -> Open:
    return Open(
        row.id,
        row.update_id,
        row.chat_id,
        State(row.state),
        row.raw,
        row.answer,
        row.tries,
        row.received_at,
        row.done_at,
    )


async def backlog(tx: Tx) -> tuple[int, datetime | None]:
    """How many updates are not finished, and when the oldest of them came."""
    unfinished = inbox.c.state.in_(_OPEN)
    row = await tx.execute(select(func.count(), func.min(inbox.c.received_at)).where(unfinished))
    many, oldest = row.one()
    return many, oldest


_TAKEN_EFFECT = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == State.NEW)
    .values(
        state=bindparam("now_is"),
        raw=None,
        answer=bindparam("to_say"),
        done_at=bindparam("at"),
        tries=inbox.c.tries + 1,
    )
)


async def done(tx: Tx, row_id: int, answer: str | None, now: datetime) -> bool:
    """Write that an update has taken effect, with what is to be said; False if it had already."""
    state = State.DONE if answer else State.SAID
    facts = {"row": row_id, "now_is": state, "to_say": answer, "at": now}
    with near(tx):
        return (await tx.execute(_TAKEN_EFFECT, facts)).rowcount == 1


_SAID = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(state=State.SAID, raw=None, answer=None)
)


async def said(tx: Tx, row_ids: Sequence[int]) -> None:
    """Write that these answers have been said, and empty them."""
    await tx.execute(_SAID, [{"row": each} for each in row_ids])


_TO_SAY = select(inbox.c.id).where(inbox.c.id.in_(IDS), inbox.c.state == State.DONE)


async def still_to_say(tx: Tx, row_ids: Sequence[int]) -> set[int]:
    """Those of these updates whose answer has neither been said nor been taken back."""
    with near(tx):
        return set((await tx.execute(_TO_SAY, among(row_ids))).scalars())


async def take_back(tx: Tx, chats: Sequence[int]) -> None:
    """Answers that are decided and not yet said in those chats must not be said after all."""
    await tx.execute(
        update(inbox)
        .where(inbox.c.chat_id.in_(chats), inbox.c.state == State.DONE)
        .values(state=State.SAID, answer=None)
    )


async def set_aside(tx: Tx, row_id: int) -> None:
    """Put away an update that cannot be read; it stays sealed for whoever looks into it."""
    await tx.execute(update(inbox).where(inbox.c.id == row_id).values(state=State.SET_ASIDE))


async def purge(tx: Tx, before: datetime) -> int:
    """Forget updates that came before that; how many.

    The newest row stays, empty: SQLite counts on from it. With no row left it would begin at one
    again, and who reads on from the last row they saw would never see the next ones.
    """
    newest = select(func.max(inbox.c.id)).scalar_subquery()
    old = (inbox.c.received_at < before, inbox.c.state != State.NEW)
    empty = {"chat_id": None, "raw": None, "answer": None}
    await tx.execute(update(inbox).where(*old, inbox.c.id == newest).values(empty))
    gone = await tx.execute(delete(inbox).where(*old, inbox.c.id < newest))
    return gone.rowcount
