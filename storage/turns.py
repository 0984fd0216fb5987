"""Who waits for whom. On SQLite nobody has to ask: writers take turns, one act after the other.

PostgreSQL lets acts run side by side (READ COMMITTED), so an act that reads and then writes says
first what it is about. Every lock here ends with its transaction. The order, so that no two acts
wait for each other: a family first, then the staff whose time is taken or freed, by their numbers,
then the planner.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import IntEnum

from sqlalchemy import bindparam, func, select

from storage.database import Tx, near, note_held
from storage.tables import family, guardian, staff
from storage.written_once import IDS, among

OURS = 0x4C6F7473  # "Lots": the half of a lock's number that keeps it apart from other programs'


class Turn(IntEnum):
    """What can be locked that is no row."""

    SENDING = 1
    PLANNING = 2
    ARRIVING = 3
    MIGRATING = 4
    RECORDING = 5


_ONE = select(family.c.id).where(family.c.id == bindparam("family"))
# NO KEY: the planner may go on writing promises that refer to the family.
_HELD = _ONE.with_for_update(key_share=True)


async def lock_family(tx: Tx, family_id: int) -> bool:
    """An act on a family begins with this, then reads: one after the other. Is there such a family?

    What was read before is to be read again: whoever was before us may have changed it.
    """
    others = side_by_side(tx)
    with near(tx):
        found = await tx.execute(_HELD if others else _ONE, {"family": family_id})
    there = found.first() is not None
    if there and others:
        _keep_in_mind(tx, [family_id])
    return there


_ALL_HELD = (
    select(family.c.id)
    .where(family.c.id.in_(IDS))
    .order_by(family.c.id)
    .with_for_update(key_share=True)
)


# Who waits for a yes is no reader, and acts on no family of that chat.
_OF_CHAT = (
    select(guardian.c.family_id)
    .where(guardian.c.chat_id == bindparam("chat"), guardian.c.active_since.is_not(None))
    .scalar_subquery()
)
_FAMILY_OF_CHAT = (
    select(family.c.id)
    .where(family.c.id == _OF_CHAT, ~family.c.protected)
    .with_for_update(key_share=True)
)


async def lock_family_of_chat(tx: Tx, chat_id: int) -> None:
    """The same, before it is known who reads in that chat."""
    if side_by_side(tx):
        found = (await tx.execute(_FAMILY_OF_CHAT, {"chat": chat_id})).scalar()
        _keep_in_mind(tx, [found] if found is not None else [])


async def lock_families(tx: Tx, ids: Collection[int]) -> None:
    """The same for several at once, by their numbers; nobody asks whether they are there.

    Those that this transaction holds already are not asked for again.
    """
    missing = sorted(set(ids) - note_held(tx))
    if missing and side_by_side(tx):
        await tx.execute(_ALL_HELD, among(missing))
        _keep_in_mind(tx, missing)


def _keep_in_mind(tx: Tx, ids: Iterable[int]) -> None:
    """They are held to the end; what is locked in a savepoint goes with it, so it is not noted."""
    if not tx.in_nested_transaction():
        note_held(tx).update(ids)


async def lock_staff(tx: Tx, staff_ids: Iterable[int]) -> None:
    """The time of these people is about to be taken or freed; an act names all of them at once."""
    ids = sorted(set(staff_ids))
    if ids and side_by_side(tx):
        theirs = select(staff.c.id).where(staff.c.id.in_(ids)).order_by(staff.c.id)
        await tx.execute(theirs.with_for_update(key_share=True))


_STAYS = [
    select(column.table.c.id)
    .where(column.in_(IDS))
    .order_by(column.table.c.id)
    .with_for_update(key_share=True, read=True)
    for column in (guardian.c.family_id, family.c.id)
]


async def hold(tx: Tx, families: Sequence[int]) -> None:
    """The planner is about to write promises to them: nobody of them is erased meanwhile.

    Parents first, then families, each by number: in the order in which they are erased.
    """
    if side_by_side(tx):
        for theirs in _STAYS:
            await tx.execute(theirs, among(families))


_BEFORE_THE_PLANNER = select(func.pg_advisory_xact_lock_shared(OURS, Turn.PLANNING))


async def before_the_planner(tx: Tx) -> None:
    """An act is about to ask how far the planner is: its next note waits until the act is seen."""
    if side_by_side(tx):
        await tx.execute(_BEFORE_THE_PLANNER)


async def after_the_acts(tx: Tx) -> None:
    """The planner is about to note how far it goes: acts that asked before are committed now."""
    await _alone(tx, Turn.PLANNING)


async def one_after_the_other(tx: Tx) -> None:
    """What arrives is numbered in the order in which it can be seen."""
    await _alone(tx, Turn.ARRIVING)


async def only_one_migrates(tx: Tx) -> None:
    """Two commands at once must not both make the same table."""
    await _alone(tx, Turn.MIGRATING)


async def only_one_keeps(tx: Tx) -> None:
    """Of two recordings of the same text that are kept at once, the later one stands."""
    await _alone(tx, Turn.RECORDING)


async def _alone(tx: Tx, turn: Turn) -> None:
    if side_by_side(tx):
        await tx.execute(select(func.pg_advisory_xact_lock(OURS, turn)))


def side_by_side(tx: Tx) -> bool:
    """Whether others may be acting now; who only looks has one state of the database anyway."""
    asked = tx.sync_connection.get_execution_options() if tx.sync_connection else {}
    return tx.dialect.name == "postgresql" and not asked.get("postgresql_readonly")
