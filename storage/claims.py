"""What the sender asks of the outbox: what leaves next, whether it may, and that it has left.

All of it for several messages at once: where the pace is wide open, that is what a message costs.
"""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Integer, RowMapping, and_, bindparam, or_, select, update

from programme.kinds import Kind
from programme.notices import Action, NoticeState
from storage.database import Tx
from storage.items import ItemState
from storage.notice_tables import notice
from storage.outbox import CHAT, IN_CHATS, WITH_CHAT, Reader, State, Waiting, waiting_of
from storage.tables import item, outbox
from storage.written_once import IDS, among

_PAUSED = select(notice.c.id).where(notice.c.state == NoticeState.PAUSED)
_BUSY = {"parents": outbox.c.guardian_id, "colleagues": outbox.c.staff_id}
_NEXT = (
    WITH_CHAT.where(
        outbox.c.state == State.WAITING,
        outbox.c.next_at <= bindparam("now"),
        or_(
            outbox.c.lane.in_(bindparam("lanes", expanding=True)),
            outbox.c.any_hour_from <= bindparam("now"),
        ),
        # A paused notice says nothing; what mends it on the phones goes on.
        or_(
            outbox.c.notice_id.is_(None),
            outbox.c.action != Action.SAY,
            outbox.c.notice_id.not_in(_PAUSED),
        ),
        *(
            or_(reader.is_(None), reader.not_in(bindparam(name, expanding=True)))
            for name, reader in _BUSY.items()
        ),
    )
    .order_by(outbox.c.lane, outbox.c.next_at, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
)


async def next_waiting(
    tx: Tx, now: datetime, open_lanes: Collection[int], busy: Collection[Reader], most: int = 1
) -> list[Waiting]:
    """The messages that should leave next, one to a reader; `busy`: who is being written to."""
    asked = {
        "now": now,
        "lanes": list(open_lanes),
        "parents": [parent for parent, _ in busy if parent is not None],
        "colleagues": [colleague for _, colleague in busy if colleague is not None],
        "most": most,
    }
    first: dict[Reader, Waiting] = {}
    for row in await tx.execute(_NEXT, asked):
        message = waiting_of(row)
        first.setdefault(message.reader, message)
    return list(first.values())


_LOOK = (
    select(outbox.c.id, outbox.c.state, outbox.c.recalled, CHAT)
    .select_from(IN_CHATS)
    .where(outbox.c.id.in_(IDS))
)


async def last_look(tx: Tx, messages: Collection[Waiting]) -> dict[int, str]:
    """Just before the wire: which claimed messages must not leave after all, and why."""
    rows = await tx.execute(_LOOK, among([message.id for message in messages]))
    found = {row["id"]: row for row in rows.mappings()}
    looked = {message.id: _forbids(message, found.get(message.id)) for message in messages}
    return {number: why for number, why in looked.items() if why is not None}


def _forbids(message: Waiting, row: RowMapping | None) -> str | None:
    if row is None:
        return "forgotten"
    if row["state"] != State.SENDING:
        return "ended by another"
    if row["chat_id"] != message.chat_id:
        return "chat changed"
    return cast("str | None", row["recalled"])


_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(IDS), outbox.c.state == State.WAITING)
    .values(state=State.SENDING, claimed_at=bindparam("at"), tries=outbox.c.tries + 1)
    .returning(outbox.c.id)
)


async def claim(tx: Tx, ids: Collection[int], now: datetime) -> set[int]:
    """Take waiting messages for sending; which were ours: another sender may have been faster."""
    return set((await tx.execute(_CLAIM, {**among(ids), "at": now})).scalars())


async def not_taken(tx: Tx, ids: Collection[int]) -> None:
    """Messages that were taken, and have not left after all, wait as before."""
    if ids:
        taken = and_(outbox.c.id.in_(ids), outbox.c.state == State.SENDING)
        await tx.execute(update(outbox).where(taken).values(state=State.WAITING, recalled=None))


_SENT = (
    update(outbox)
    .where(outbox.c.id.in_(IDS))
    .values(state=State.SENT, reason=None, ended_at=bindparam("at"))
)
_SENT_ITEMS = (
    update(item)
    .where(item.c.outbox_id.in_(IDS), item.c.state == ItemState.PLANNED)
    .values(state=ItemState.SENT, reason=None)
)


async def sent(tx: Tx, ids: Collection[int], now: datetime) -> int:
    """End messages that arrived as they were, all at once; how many promises they carried."""
    await tx.execute(_SENT, {**among(ids), "at": now})
    return (await tx.execute(_SENT_ITEMS, among(ids))).rowcount


async def left_sending(tx: Tx) -> list[Waiting]:
    """Messages that a sender took and never ended: with the sender's lock held, it is gone."""
    rows = await tx.execute(WITH_CHAT.where(outbox.c.state == State.SENDING))
    return [waiting_of(row) for row in rows]


_SAID_SINCE = (
    select(outbox.c.guardian_id, outbox.c.ended_at)
    .distinct()
    .join(item, item.c.outbox_id == outbox.c.id)
    .where(
        outbox.c.guardian_id.in_(IDS),
        outbox.c.state == State.SENT,
        outbox.c.ended_at >= bindparam("since"),
        item.c.kind.in_(bindparam("kinds", expanding=True)),
        item.c.state.in_((ItemState.SENT, ItemState.FOLDED)),
    )
)


async def said_since(
    tx: Tx, guardians: Collection[int], kinds: Collection[Kind], since: datetime
) -> dict[int, list[datetime]]:
    """When each of these parents was sent something of those kinds since then."""
    found: dict[int, list[datetime]] = {each: [] for each in guardians}
    if found:
        asked = {**among(found), "since": since, "kinds": list(kinds)}
        for row in await tx.execute(_SAID_SINCE, asked):
            if row.ended_at is not None:
                found[row.guardian_id].append(row.ended_at)
    return found
