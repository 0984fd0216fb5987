"""The rows of one notice in the outbox, written a piece at a time, each with its promise.

No statement here is about more rows than a piece: meanwhile presses wait (SQLite), and a server
breaks off what takes half a minute.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, select

from programme.kinds import Kind, Lane
from programme.notices import Action
from storage.database import Tx
from storage.items import ItemState
from storage.outbox import State
from storage.tables import guardian, item, outbox
from storage.turns import hold

CHUNK = 400  # values in one IN list
AT_ONCE = 1000  # rows of the outbox in one piece


@dataclass(frozen=True)
class Piece:
    """Some rows of a notice that lie one behind the other."""

    first: int
    last: int
    is_last: bool = False  # there are none behind it


async def piece(
    tx: Tx, number: int, states: Collection[State], actions: Collection[Action], after: int
) -> Piece | None:
    """The next AT_ONCE rows in one of those states, behind that one; None if there are none."""
    ids = (
        select(outbox.c.id)
        .where(of_notice(number, states, actions), outbox.c.id > after)
        .order_by(outbox.c.id)
        .limit(AT_ONCE)
    )
    found = list((await tx.execute(ids)).scalars())
    return Piece(found[0], found[-1], len(found) < AT_ONCE) if found else None


async def many_behind(
    tx: Tx, number: int, states: Collection[State], actions: Collection[Action], after: int
) -> int:
    """How many such rows lie behind that one."""
    rows = select(func.count()).where(of_notice(number, states, actions), outbox.c.id > after)
    return await tx.scalar(rows) or 0


def of_notice(
    number: int, states: Collection[State], actions: Collection[Action]
) -> ColumnElement[bool]:
    """Which rows of the outbox those are."""
    return and_(
        outbox.c.notice_id == number,
        outbox.c.state.in_(states),
        outbox.c.action.in_(actions),
    )


async def address(
    tx: Tx, number: int, readers: Sequence[tuple[int, int]], kind: Kind, lane: Lane, at: datetime
) -> int:
    """One row and one promise for each reader (family, guardian) who is still there; how many.

    Who has one already gets no second one.
    """
    by_family, written = sorted(set(readers)), 0
    for start in range(0, len(by_family), CHUNK):
        some = by_family[start : start + CHUNK]
        await hold(tx, sorted({family_id for family_id, _ in some}))
        who = guardian.c.id.in_([guardian_id for _, guardian_id in some])
        rows = new(guardian.c.family_id, guardian.c.id, lane, at, at, number, Action.SAY)
        fresh = ~promised(_to(number, guardian.c.id))
        key = _to(number, outbox.c.guardian_id)
        written += await write(tx, rows.where(who, fresh), kind, key)
    return written


def _to(number: int, guardian_id: ColumnElement[int]) -> ColumnElement[str]:
    return literal(f"notice:{number}:") + cast(guardian_id, String)


def promised(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether that promise was made before: its key is taken once and for ever."""
    return exists().where(item.c.key == key)


_COLUMNS = (
    "family_id",
    "guardian_id",
    "lane",
    "due_at",
    "next_at",
    "any_hour_from",
    "state",
    "notice_id",
    "action",
    "message_id",
)
_CARRIED = ("key", "kind", "family_id", "guardian_id", "due_at", "state", "outbox_id")


def new(
    family_id: ColumnElement[int],
    guardian_id: ColumnElement[int],
    lane: Lane,
    due_at: datetime,
    next_at: datetime,
    number: int,
    action: Action,
    message_id: ColumnElement[int] | None = None,
) -> Select[tuple[int, ...]]:
    """The values of rows for those readers; from where, and under which conditions, is to add."""
    at = outbox.c.due_at.type
    mends = action in {Action.EDIT, Action.DELETE}
    return select(
        family_id,
        guardian_id,
        literal(int(lane)),
        literal(due_at, at),
        literal(next_at, at),
        # An edit makes no sound: it may leave at night.
        literal(due_at if mends else None, at),
        literal(str(State.WAITING)),
        literal(number),
        literal(str(action)),
        message_id if message_id is not None else literal(None, outbox.c.message_id.type),
    )


async def write(tx: Tx, rows: Select[tuple[int, ...]], kind: Kind, key: ColumnElement[str]) -> int:
    """Those new rows, and a promise for each; how many. `key`: the promise's, from the outbox."""
    made = outbox.insert().from_select(_COLUMNS, rows).returning(outbox.c.id)
    ids = list((await tx.execute(made)).scalars())
    carried = select(
        key,
        literal(str(kind)),
        outbox.c.family_id,
        outbox.c.guardian_id,
        outbox.c.due_at,
        literal(str(ItemState.PLANNED)),
        outbox.c.id,
    )
    for start in range(0, len(ids), CHUNK):
        some = outbox.c.id.in_(ids[start : start + CHUNK])
        await tx.execute(item.insert().from_select(_CARRIED, carried.where(some)))
    return len(ids)
