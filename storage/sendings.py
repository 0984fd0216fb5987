"""Notices that leave: which, how far they are, and what of them is held or taken back.

One row of the outbox for each reader, written when it leaves (`notice_rows`): it is the ledger.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update

from programme.notices import Action, NoticeState
from storage.database import Tx, note_recall
from storage.items import ItemState
from storage.notice_rows import Piece, of_notice
from storage.notice_tables import notice, notice_area
from storage.outbox import State
from storage.tables import family, guardian, item, outbox

_UNDER_WAY = (State.WAITING, State.SENDING)
_USUAL = (*_UNDER_WAY, State.SENT)
_OTHERWISE = [each for each in State if each not in _USUAL]


async def due(tx: Tx, now: datetime) -> list[int]:
    """The notices whose time has come, the earliest first."""
    rows = await tx.execute(
        select(notice.c.id)
        .where(notice.c.state == NoticeState.SCHEDULED, notice.c.send_at <= now)
        .order_by(notice.c.send_at, notice.c.id)
    )
    return list(rows.scalars())


async def has_readers(tx: Tx, areas: Sequence[int], languages: Sequence[str]) -> bool:
    """Whether anybody in those areas reads one of those languages here."""
    found = (
        select(guardian.c.id)
        .join(family, family.c.id == guardian.c.family_id)
        .where(
            family.c.area_id.in_(areas),
            guardian.c.language.in_(languages),
            guardian.c.active_since.is_not(None),
        )
    )
    return (await tx.execute(found.limit(1))).first() is not None


async def lately(tx: Tx, but: int, since: datetime) -> list[int]:
    """Other notices that have begun to leave since then, or are about to."""
    begun = and_(notice.c.frozen_at.is_not(None), notice.c.frozen_at >= since)
    rows = await tx.execute(
        select(notice.c.id).where(
            notice.c.id != but, or_(begun, notice.c.state == NoticeState.SCHEDULED)
        )
    )
    return list(rows.scalars())


async def take_back(
    tx: Tx, number: int, reason: str, now: datetime, actions: Sequence[Action], some: Piece
) -> int:
    """End what of that piece waits of those actions; how many."""
    waiting = and_(
        outbox.c.id.between(some.first, some.last),
        of_notice(number, [State.WAITING], actions),
    )
    carried = select(outbox.c.id).where(waiting)
    await tx.execute(
        update(item)
        .where(item.c.outbox_id.in_(carried), item.c.state == ItemState.PLANNED)
        .values(state=ItemState.DROPPED, reason=reason)
    )
    ended = await tx.execute(
        update(outbox).where(waiting).values(state=State.DROPPED, reason=reason, ended_at=now)
    )
    return ended.rowcount


async def look_again(tx: Tx, number: int, reason: str, actions: Sequence[Action]) -> int:
    """What a sender has in its hands is looked at again before it leaves; how many."""
    done = await tx.execute(
        update(outbox)
        .where(
            outbox.c.notice_id == number,
            outbox.c.action.in_(actions),
            outbox.c.state == State.SENDING,
        )
        .values(recalled=reason)
    )
    if done.rowcount:
        note_recall(tx)
    return done.rowcount


async def finished(tx: Tx) -> list[int]:
    """Notices that are leaving and of which every reader has an outcome."""
    open_rows = exists().where(
        outbox.c.notice_id == notice.c.id,
        outbox.c.state.in_(_UNDER_WAY),
        outbox.c.action == Action.SAY,
    )
    rows = await tx.execute(
        select(notice.c.id).where(notice.c.state == NoticeState.SENDING, ~open_rows)
    )
    return list(rows.scalars())


async def counts(
    tx: Tx, number: int, actions: Sequence[Action] = (Action.SAY,)
) -> Counter[tuple[Action, State, str | None]]:
    """How many readers have a row in which state, and why: a phone with two messages is one.

    Nobody asks why of the many that have arrived, or wait.
    """
    mine = (outbox.c.notice_id == number, outbox.c.action.in_(actions))
    usual = outbox.c.state.in_(_USUAL)
    one_each = tuple(actions) == (Action.SAY,)
    many = func.count(outbox.c.guardian_id if one_each else outbox.c.guardian_id.distinct())
    of = (outbox.c.action, outbox.c.state)
    found = [
        (*row, None)
        for row in await tx.execute(select(*of, many).where(*mine, usual).group_by(*of))
    ]
    why = func.coalesce(item.c.reason, outbox.c.reason)
    rows = (
        select(*of, many, why)
        .outerjoin(item, item.c.outbox_id == outbox.c.id)
        .where(*mine, outbox.c.state.in_(_OTHERWISE))
        .group_by(*of, why)
    )
    found += [tuple(row) for row in await tx.execute(rows)]
    return Counter({(Action(a), State(s), reason): n for a, s, n, reason in found})


async def failed_since(tx: Tx, areas: Sequence[int], since: datetime) -> int:
    """How many notices to those areas did not reach somebody, for a fault of ours, since then."""
    rows = select(func.count(outbox.c.notice_id.distinct())).join(
        notice_area, notice_area.c.notice_id == outbox.c.notice_id
    )
    faulty = (outbox.c.state == State.FAILED, outbox.c.ended_at >= since)
    return await tx.scalar(rows.where(*faulty, notice_area.c.area_id.in_(areas))) or 0
