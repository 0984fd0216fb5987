"""Items: one promise to one person, under a key that is taken once and for ever.

An item is planned, then sent, dropped, folded or skipped. `outbox.py` carries them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, exists, or_, select, update

from programme.kinds import Kind
from programme.letters import Letter
from storage.database import Tx, insert, insert_into, note_recall
from storage.tables import item, outbox
from storage.written_once import IDS, among

# Reasons that a changed fact gives, and a fact that changes back takes away: the rules then say
# whether the letter is due again.
NO_LONGER_DUE, LOSS = "no longer due", "rests"
TOO_LATE = "too late"
GIVEN_UP = (
    NO_LONGER_DUE,
    LOSS,
    "stopped",
    "paused",
    "away",
    "unreachable",
    "blocked",
    "gone",
)


class ItemState(StrEnum):
    """What has become of one promise."""

    PLANNED = "planned"
    SKIPPED = "skipped"
    SENT = "sent"
    DROPPED = "dropped"
    FOLDED = "folded"


@dataclass(frozen=True)
class Promise:
    """One item of a message."""

    id: int
    key: str
    kind: Kind
    due_at: datetime


async def promise(tx: Tx, letters: Sequence[Letter], now: datetime) -> set[str]:
    """Write down promises that were not made before; their keys."""
    rows = [
        {
            "key": letter.key,
            "kind": letter.kind,
            "family_id": letter.family_id,
            "guardian_id": letter.guardian_id,
            "staff_id": letter.staff_id,
            "due_at": letter.due_at,
            "state": ItemState.DROPPED if now > letter.not_after else ItemState.PLANNED,
            "reason": TOO_LATE if now > letter.not_after else None,
        }
        for letter in letters
    ]
    if not rows:
        return set()
    return set((await tx.execute(_promise(tx.dialect.name), rows)).scalars())


@cache
def _promise(dialect: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own type is private
    made = insert_into(dialect, item)
    again = {name: made.excluded[name] for name in ("due_at", "state", "reason")}
    # What was given up because a fact had changed may be promised again; nothing else may.
    return made.on_conflict_do_update(
        index_elements=["key"],
        set_=again,
        # No IN: a statement for many rows may have no list in it.
        where=and_(
            item.c.state == ItemState.DROPPED, or_(*(item.c.reason == why for why in GIVEN_UP))
        ),
    ).returning(item.c.key)


_PROMISES: Select[Any] = (
    select(item.c.outbox_id, item.c.id, item.c.key, item.c.kind, item.c.due_at)
    .where(item.c.outbox_id.in_(IDS), item.c.state == ItemState.PLANNED)
    .order_by(item.c.due_at, item.c.id)
)


async def promises(tx: Tx, outbox_id: int) -> list[Promise]:
    """The items of a message that are still planned, in order of time."""
    return (await promises_of(tx, [outbox_id])).get(outbox_id, [])


async def promises_of(tx: Tx, messages: Collection[int]) -> dict[int, list[Promise]]:
    """The same of several messages, by message; raises ValueError if one cannot be read."""
    found: dict[int, list[Promise]] = {}
    for row in await tx.execute(_PROMISES, among(messages)):
        found.setdefault(row.outbox_id, []).append(_promise_of(row))
    return found


def _promise_of(row: Row[Any]) -> Promise:
    return Promise(row.id, row.key, Kind(row.kind), row.due_at)


async def given_up(tx: Tx, family_id: int) -> list[Promise]:
    """The promises to a family, and about it, that a changed fact took away."""
    rows = await tx.execute(
        select(item)
        .where(
            item.c.family_id == family_id,
            item.c.state == ItemState.DROPPED,
            item.c.reason.in_(GIVEN_UP),
        )
        .order_by(item.c.due_at, item.c.id)
    )
    return [_promise_of(row) for row in rows]


async def may_have_left(tx: Tx, keys: Collection[str]) -> bool:
    """Whether any of those promises was sent, or is in a sender's hands."""
    row = await tx.execute(
        select(item.c.id)
        .outerjoin(outbox, outbox.c.id == item.c.outbox_id)
        .where(
            item.c.key.in_(keys),
            or_(item.c.state == ItemState.SENT, outbox.c.state == "sending"),
        )
    )
    return row.first() is not None


async def never_left(tx: Tx, key: str) -> bool:
    """Whether nobody can have read that letter: no sender got so far, or it was given up before."""
    row = (
        await tx.execute(
            select(item.c.state, item.c.reason, outbox.c.state.label("box"))
            .outerjoin(outbox, outbox.c.id == item.c.outbox_id)
            .where(item.c.key == key)
        )
    ).first()
    if row is None:
        return True
    if row.state == ItemState.DROPPED:
        return row.reason in {*GIVEN_UP, TOO_LATE}
    return bool(row.state == ItemState.PLANNED and row.box == "waiting")


async def arrived_at(tx: Tx, key: str) -> datetime | None:
    """When the message with that promise arrived; None if it has not."""
    row = await tx.execute(
        select(outbox.c.ended_at)
        .join(item, item.c.outbox_id == outbox.c.id)
        .where(item.c.key == key, item.c.state == ItemState.SENT)
    )
    return row.scalar()


async def end_item(tx: Tx, item_id: int, state: ItemState, reason: str | None) -> None:
    """Write what has become of one promise."""
    await tx.execute(update(item).where(item.c.id == item_id).values(state=state, reason=reason))


@dataclass(frozen=True)
class Underway:
    """A promise in a message that waits, or that a sender has taken but perhaps not sent."""

    promise: Promise
    outbox_id: int
    taken: bool


_UNDERWAY = (
    select(item, outbox.c.state.label("box"))
    .join(outbox, outbox.c.id == item.c.outbox_id)
    .where(
        item.c.family_id == bindparam("family"),
        item.c.state == ItemState.PLANNED,
        outbox.c.state.in_(("waiting", "sending")),
    )
)


async def underway(tx: Tx, family_id: int) -> list[Underway]:
    """The promises of a family that may still leave."""
    rows = await tx.execute(_UNDERWAY, {"family": family_id})
    return [Underway(_promise_of(row), row.outbox_id, row.box == "sending") for row in rows]


async def underway_to(tx: Tx, staff_id: int) -> list[Underway]:
    """The promises to a colleague about no family that may still leave.

    Their messages are held: a sender takes one before this is read, or after the act is seen.
    """
    mine = (outbox.c.staff_id == staff_id, outbox.c.family_id.is_(None))
    held = select(outbox.c.id).where(*mine, outbox.c.state.in_(("waiting", "sending")))
    ids = list((await tx.execute(held.order_by(outbox.c.id).with_for_update())).scalars())
    rows = await tx.execute(
        select(item, outbox.c.state.label("box"))
        .join(outbox, outbox.c.id == item.c.outbox_id)
        .where(outbox.c.id.in_(ids), item.c.state == ItemState.PLANNED)
        .order_by(item.c.id)
    )
    return [Underway(_promise_of(row), row.outbox_id, row.box == "sending") for row in rows]


async def give_up(tx: Tx, void: Collection[int]) -> None:
    """Promises that a changed fact has made void; a message left empty ends by itself."""
    if not void:
        return
    await tx.execute(
        update(item)
        .where(item.c.id.in_(void))
        .values(state=ItemState.DROPPED, reason=NO_LONGER_DUE)
    )


async def skip(tx: Tx, letter: Letter) -> None:
    """A parent does not want this letter: its key is taken ahead (mission C6)."""
    row = insert(tx, item).values(
        key=letter.key,
        kind=letter.kind,
        family_id=letter.family_id,
        guardian_id=letter.guardian_id,
        due_at=letter.due_at,
        state=ItemState.SKIPPED,
    )
    planned = item.c.state.in_((ItemState.PLANNED, ItemState.DROPPED))
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["key"], set_={"state": ItemState.SKIPPED, "reason": None}, where=planned
        )
    )
    carrier = select(item.c.outbox_id).where(item.c.key == letter.key).scalar_subquery()
    taken = await tx.execute(
        update(outbox)
        .where(outbox.c.id == carrier, outbox.c.state == "sending")
        .values(recalled=ItemState.SKIPPED)
    )
    if taken.rowcount:  # a sender has it in its hands: it must look again
        note_recall(tx)


async def unskip(tx: Tx, key: str, guardian_id: int) -> None:
    """The parent wants it after all."""
    which = (
        item.c.key == key,
        item.c.guardian_id == guardian_id,
        item.c.state == ItemState.SKIPPED,
    )
    # Who gets a notice is decided once: its promise is never made again, so it stands again.
    waits = exists().where(
        outbox.c.id == item.c.outbox_id,
        outbox.c.notice_id.is_not(None),
        outbox.c.state == "waiting",
    )
    await tx.execute(update(item).where(*which, waits).values(state=ItemState.PLANNED))
    await tx.execute(delete(item).where(*which))


async def vote(tx: Tx, key: str, guardian_id: int) -> bool:
    """Mark that this parent has said whether it was useful; False if they had, or never got it."""
    done = await tx.execute(
        update(item)
        .where(
            item.c.key == key,
            item.c.guardian_id == guardian_id,
            item.c.voted.is_(False),
            item.c.state.in_((ItemState.SENT, ItemState.FOLDED)),
        )
        .values(voted=True)
    )
    return done.rowcount == 1
