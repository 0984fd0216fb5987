"""Items (one promise to one person) and the outbox (one Telegram message that carries them).

An item is planned, then sent, dropped, folded or skipped. A message waits, is sending, and ends.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select, update

from programme.kinds import KINDS, Kind
from programme.letters import Letter
from programme.parcels import Parcel
from storage.database import Tx, insert
from storage.tables import guardian, item, outbox

PROMISES = 100  # rows in one INSERT: seven values each, under every database's limit


class ItemState(StrEnum):
    """What has become of one promise."""

    PLANNED = "planned"
    SKIPPED = "skipped"
    SENT = "sent"
    DROPPED = "dropped"
    FOLDED = "folded"


class State(StrEnum):
    """What has become of one message."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True)
class Waiting:
    """A message that may leave: where it goes, and what it has been through."""

    id: int
    family_id: int
    guardian_id: int
    chat_id: int | None
    tries: int
    doubts: int


@dataclass(frozen=True)
class Promise:
    """One item of a message."""

    id: int
    key: str
    kind: Kind
    due_at: datetime


async def plan(tx: Tx, found: Sequence[Parcel], now: datetime) -> tuple[int, int]:
    """Keep the letters that are new; how many are planned, and how many dropped as too late."""
    fresh = await _promise(tx, [letter for parcel in found for letter in parcel.letters], now)
    planned = 0
    for parcel in found:
        timely = [each for each in parcel.letters if each.key in fresh and now <= each.not_after]
        if timely:
            box = await _join(tx, timely) or await _put(tx, timely)
            keys = [letter.key for letter in timely]
            await tx.execute(update(item).where(item.c.key.in_(keys)).values(outbox_id=box))
            planned += len(timely)
    return planned, len(fresh) - planned


async def _promise(tx: Tx, letters: Sequence[Letter], now: datetime) -> set[str]:
    """Write down promises that were not made before; their keys."""
    rows = [
        {
            "key": letter.key,
            "kind": letter.kind,
            "family_id": letter.family_id,
            "guardian_id": letter.guardian_id,
            "due_at": letter.at,
            "state": ItemState.DROPPED if now > letter.not_after else ItemState.PLANNED,
            "reason": "too late" if now > letter.not_after else None,
        }
        for letter in letters
    ]
    fresh: set[str] = set()
    for start in range(0, len(rows), PROMISES):
        made = await tx.execute(
            insert(tx, item)
            .values(rows[start : start + PROMISES])
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(item.c.key)
        )
        fresh |= set(made.scalars())
    return fresh


async def _join(tx: Tx, letters: Sequence[Letter]) -> int | None:
    """A message to the same parent that waits and was due in the same hour, or None."""
    first = letters[0]
    hour = first.at.replace(minute=0, second=0, microsecond=0)
    row = await tx.execute(
        select(outbox.c.id, outbox.c.any_hour_from).where(
            outbox.c.guardian_id == first.guardian_id,
            outbox.c.state == State.WAITING,
            outbox.c.doubts == 0,  # one in doubt has used up its first try, a new letter has not
            outbox.c.lane == KINDS[first.kind].lane,
            outbox.c.due_at >= hour,
            outbox.c.due_at <= first.at,
        )
    )
    found = row.first()
    if found is None:
        return None
    near = [each for each in (found.any_hour_from, _any_hour_from(letters)) if each]
    await tx.execute(
        update(outbox).where(outbox.c.id == found.id).values(any_hour_from=min(near, default=None))
    )
    return int(found.id)


def _any_hour_from(letters: Sequence[Letter]) -> datetime | None:
    """When the first of their visits is so near that its news may leave at night."""
    near = [
        letter.begins - rule.urgent_within
        for letter in letters
        if letter.begins and (rule := KINDS[letter.kind]).urgent_within
    ]
    return min(near, default=None)


async def _put(tx: Tx, letters: Sequence[Letter]) -> int:
    first = letters[0]
    at = min(letter.at for letter in letters)
    row = await tx.execute(
        outbox.insert()
        .values(
            family_id=first.family_id,
            guardian_id=first.guardian_id,
            lane=KINDS[first.kind].lane,
            due_at=at,
            next_at=at,
            any_hour_from=_any_hour_from(letters),
            state=State.WAITING,
        )
        .returning(outbox.c.id)
    )
    return int(row.scalar_one())


async def next_waiting(
    tx: Tx, now: datetime, open_lanes: Collection[int], busy: Collection[int]
) -> Waiting | None:
    """The message that should leave next, or None; `busy`: guardians being written to."""
    may_leave = or_(outbox.c.lane.in_(list(open_lanes)), outbox.c.any_hour_from <= now)
    row = await tx.execute(
        _with_chat()
        .where(
            outbox.c.state == State.WAITING,
            outbox.c.next_at <= now,
            may_leave,
            outbox.c.guardian_id.not_in(list(busy)),
        )
        .order_by(outbox.c.lane, outbox.c.next_at, outbox.c.id)
        .limit(1)
    )
    found = row.first()
    return _waiting(found) if found else None


def _with_chat() -> Select[Any]:
    together = outbox.c.guardian_id == guardian.c.id
    return select(outbox, guardian.c.chat_id).join(guardian, together)


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, row.family_id, row.guardian_id, row.chat_id, row.tries, row.doubts)


async def claim(tx: Tx, outbox_id: int, now: datetime) -> bool:
    """Take a waiting message for sending; False if another sender was faster."""
    done = await tx.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state == State.WAITING)
        .values(state=State.SENDING, claimed_at=now, tries=outbox.c.tries + 1)
    )
    return done.rowcount == 1


async def promises(tx: Tx, outbox_id: int) -> list[Promise]:
    """The items of a message that are still planned, in order of time."""
    rows = await tx.execute(
        select(item)
        .where(item.c.outbox_id == outbox_id, item.c.state == ItemState.PLANNED)
        .order_by(item.c.due_at, item.c.id)
    )
    return [Promise(row.id, row.key, Kind(row.kind), row.due_at) for row in rows]


async def end_item(tx: Tx, item_id: int, state: ItemState, reason: str | None) -> None:
    """Write what has become of one promise."""
    await tx.execute(update(item).where(item.c.id == item_id).values(state=state, reason=reason))


async def end(tx: Tx, outbox_id: int, state: State, reason: str | None, now: datetime) -> int:
    """End a message and the promises it still carries; how many those were."""
    await tx.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id)
        .values(state=state, reason=reason, ended_at=now)
    )
    outcome = ItemState.SENT if state is State.SENT else ItemState.DROPPED
    done = await tx.execute(
        update(item)
        .where(item.c.outbox_id == outbox_id, item.c.state == ItemState.PLANNED)
        .values(state=outcome, reason=reason)
    )
    return done.rowcount


async def again(
    tx: Tx, outbox_id: int, next_at: datetime, reason: str, doubts: int | None = None
) -> None:
    """Let a message wait until `next_at`; `doubts` is written if given."""
    facts: dict[str, object] = {"state": State.WAITING, "next_at": next_at, "reason": reason}
    if doubts is not None:
        facts["doubts"] = doubts
    await tx.execute(update(outbox).where(outbox.c.id == outbox_id).values(**facts))


async def left_sending(tx: Tx) -> list[Waiting]:
    """Messages that a sender took and never ended: with the sender's lock held, it is gone."""
    rows = await tx.execute(_with_chat().where(outbox.c.state == State.SENDING))
    return [_waiting(row) for row in rows]


async def next_moment(tx: Tx) -> datetime | None:
    """When the next waiting message may leave at the earliest, or None."""
    moment: datetime | None = await tx.scalar(
        select(func.min(outbox.c.next_at)).where(outbox.c.state == State.WAITING)
    )
    return moment


async def drop_waiting(tx: Tx, guardian_id: int, reason: str, now: datetime) -> int:
    """End every message that still waits for a guardian; how many promises those carried."""
    dropped = 0
    waiting = and_(outbox.c.guardian_id == guardian_id, outbox.c.state == State.WAITING)
    for number in (await tx.execute(select(outbox.c.id).where(waiting))).scalars().all():
        dropped += await end(tx, number, State.DROPPED, reason, now)
    return dropped


async def count_sent(tx: Tx) -> int:
    """How many messages have been sent so far."""
    query = select(func.count()).select_from(outbox).where(outbox.c.state == State.SENT)
    return int(await tx.scalar(query) or 0)


async def said_in_lane(tx: Tx, guardian_id: int, lane: int, since: datetime) -> bool:
    """Whether this guardian has been sent something of that lane since then."""
    row = await tx.execute(
        select(outbox.c.id)
        .where(
            outbox.c.guardian_id == guardian_id,
            outbox.c.lane == lane,
            outbox.c.state == State.SENT,
            outbox.c.ended_at >= since,
        )
        .limit(1)
    )
    return row.first() is not None
