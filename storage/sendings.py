"""The rows of the outbox that belong to one notice: written, counted and ended many at once.

One row for each reader, written in the transaction that freezes the audience: it is the ledger.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from programme.activities import STANDING
from programme.kinds import Kind, Lane
from programme.notices import Action, NoticeState
from storage.activity_tables import seats, signup
from storage.database import Tx, note_recall
from storage.items import ItemState
from storage.notice_tables import notice, notice_area
from storage.outbox import State
from storage.tables import family, guardian, item, outbox, said
from storage.turns import hold

CHUNK = 400  # values in one IN list
PROMISED_AT_ONCE = 1000  # rows of the outbox
_UNDER_WAY = (State.WAITING, State.SENDING)
_ON_PHONES = (Action.SAY, Action.TELL)


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


async def address(
    tx: Tx, number: int, readers: Sequence[tuple[int, int]], kind: Kind, lane: Lane, now: datetime
) -> int:
    """One row and one promise for each reader (family, guardian) who is still there; how many."""
    by_family = sorted(set(readers))
    before, written = await _newest(tx), 0
    for start in range(0, len(by_family), CHUNK):
        some = by_family[start : start + CHUNK]
        await hold(tx, sorted({family_id for family_id, _ in some}))
        who = guardian.c.id.in_([guardian_id for _, guardian_id in some])
        rows = _rows(guardian.c.family_id, guardian.c.id, lane, now, now, number, Action.SAY)
        written += await _insert(tx, rows.where(who).order_by(guardian.c.id))
    key = literal(f"notice:{number}:") + cast(outbox.c.guardian_id, String)
    await _promise(tx, number, Action.SAY, kind, key, before)
    return written


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


def _rows(
    family_id: ColumnElement[int],
    guardian_id: ColumnElement[int],
    lane: Lane,
    due_at: datetime,
    next_at: datetime,
    number: int,
    action: Action,
    message_id: ColumnElement[int] | None = None,
) -> Select[tuple[int, ...]]:
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


async def _insert(tx: Tx, rows: Select[tuple[int, ...]]) -> int:
    return (await tx.execute(outbox.insert().from_select(_COLUMNS, rows))).rowcount


async def _newest(tx: Tx) -> int:
    return await tx.scalar(select(func.max(outbox.c.id))) or 0


async def _promise(
    tx: Tx, number: int, action: Action, kind: Kind, key: ColumnElement[str], before: int
) -> None:
    """A promise for every waiting row of that action, written since `before`, that has none yet.

    A piece at a time: a server gives a statement half a minute, and a million readers need more.
    """
    columns = ("key", "kind", "family_id", "guardian_id", "due_at", "state", "outbox_id")
    rows = select(
        key,
        literal(str(kind)),
        outbox.c.family_id,
        outbox.c.guardian_id,
        outbox.c.due_at,
        literal(str(ItemState.PLANNED)),
        outbox.c.id,
    ).where(
        outbox.c.notice_id == number,
        outbox.c.action == action,
        outbox.c.state == State.WAITING,
        ~exists().where(item.c.outbox_id == outbox.c.id),
    )
    for start in range(before, await _newest(tx), PROMISED_AT_ONCE):
        some = outbox.c.id.between(start + 1, start + PROMISED_AT_ONCE)
        await tx.execute(item.insert().from_select(columns, rows.where(some)))


async def mend(
    tx: Tx,
    number: int,
    action: Action,
    revision: int,
    lane: Lane,
    now: datetime,
    only: Collection[int] | None = None,
) -> int:
    """A row for every message of the notice that stands on a phone: edit it, or delete it.

    Not where one waits already: asked twice, nothing more is done. `only`: of these rows.
    """
    box, begun = outbox.alias("box"), select(notice.c.frozen_at).where(notice.c.id == number)
    # Before what still waits to be said for the first time: that is right by itself.
    first = (await tx.scalar(begun) or now) - timedelta(seconds=1)
    which = [
        box.c.notice_id == number,
        box.c.action.in_(_ON_PHONES),
        box.c.state == State.SENT,
        tuple_(box.c.guardian_id, said.c.message_id).not_in(_mended(number, action)),
    ]
    if only is not None:
        which.append(box.c.id.in_(only))
    # Under a picture that went ahead of too long a text, the text is what is edited.
    message = said.c.message_id if action is Action.DELETE else func.max(said.c.message_id)
    rows = (
        _rows(box.c.family_id, box.c.guardian_id, lane, now, first, number, action, message)
        .select_from(
            box.join(guardian, guardian.c.id == box.c.guardian_id).join(
                said, and_(said.c.outbox_id == box.c.id, said.c.chat_id == guardian.c.chat_id)
            )
        )
        .where(*which)
    )
    if action is not Action.DELETE:
        rows = rows.group_by(box.c.id, box.c.family_id, box.c.guardian_id)
    before = await _newest(tx)
    made = await _insert(tx, rows)
    about = cast(outbox.c.guardian_id, String) + ":" + cast(outbox.c.message_id, String)
    key = literal(f"notice:{number}:{action}:{revision}:") + about
    kind = Kind.NOTICE_RECALL if action is Action.DELETE else Kind.NOTICE_EDIT
    await _promise(tx, number, action, kind, key, before)
    return made


def _mended(number: int, action: Action) -> Select[tuple[int, int]]:
    rows = select(outbox.c.guardian_id, outbox.c.message_id).where(
        outbox.c.notice_id == number, outbox.c.action == action
    )
    # What is deleted is deleted; an edit that is done is no help to the next one.
    return rows if action is Action.DELETE else rows.where(outbox.c.state == State.WAITING)


async def tell(
    tx: Tx,
    number: int,
    revision: int,
    lane: Lane,
    now: datetime,
    every: Sequence[int],
    changed: datetime,
) -> int:
    """A row for everybody who has, or may have, what is not so any more: it has changed.

    Once for each reader, whichever of these notices they have had. `every`: the notices about the
    same; `changed`: when it was changed last.
    """
    box = outbox.alias("box")
    rows = (
        _rows(box.c.family_id, box.c.guardian_id, lane, now, now, number, Action.TELL)
        .select_from(box)
        .where(*_untold(box, number, every, changed))
    )
    before = await _newest(tx)
    made = await _insert(tx, rows)
    key = literal(f"notice:{number}:tell:{revision}:") + cast(outbox.c.guardian_id, String)
    await _promise(tx, number, Action.TELL, Kind.NOTICE_URGENT, key, before)
    return made


async def untold(tx: Tx, number: int, every: Sequence[int], changed: datetime) -> set[int]:
    """Who they would be, by the parent's number."""
    box = outbox.alias("box")
    rows = await tx.execute(select(box.c.guardian_id).where(*_untold(box, number, every, changed)))
    return set(rows.scalars())


def _untold(
    box: FromClause, number: int, every: Sequence[int], changed: datetime
) -> list[ColumnElement[bool]]:
    """Readers of it from before the change, who have read it nowhere else and were not told.

    But for who has signed up: they hear of it anyway, as theirs.
    """
    theirs = outbox.c.notice_id.in_(every)
    told = and_(
        outbox.c.action == Action.TELL,
        or_(outbox.c.state == State.WAITING, outbox.c.due_at >= changed),
    )
    read = and_(
        outbox.c.action == Action.SAY,
        outbox.c.state == State.SENT,
        outbox.c.ended_at >= changed,
    )
    know = select(outbox.c.guardian_id).where(theirs, or_(told, read))
    return [
        box.c.notice_id == number,
        box.c.action == Action.SAY,
        box.c.state.in_((State.SENT, State.IN_DOUBT)),
        box.c.guardian_id.is_not(None),
        box.c.guardian_id.not_in(know.where(outbox.c.guardian_id.is_not(None))),
        box.c.guardian_id.not_in(_signed_up(number)),
    ]


def _signed_up(number: int) -> Select[tuple[int]]:
    """Who has a place, or a turn, at what the notice announces."""
    return (
        select(signup.c.guardian_id)
        .join(seats, seats.c.id == signup.c.seats_id)
        .join(notice, notice.c.activity_id == seats.c.activity_id)
        .where(notice.c.id == number, signup.c.state.in_(list(STANDING)))
    )


async def take_back(
    tx: Tx, number: int, reason: str, now: datetime, actions: Sequence[Action]
) -> int:
    """End what waits of those actions, and let the sender look again at what it has in hand."""
    await look_again(tx, number, reason, actions)
    waiting = and_(
        outbox.c.notice_id == number,
        outbox.c.action.in_(actions),
        outbox.c.state == State.WAITING,
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
    """How many readers have a row in which state, and why: a phone with two messages is one."""
    why = func.coalesce(item.c.reason, outbox.c.reason)
    rows = await tx.execute(
        select(outbox.c.action, outbox.c.state, why, func.count(outbox.c.guardian_id.distinct()))
        .outerjoin(item, item.c.outbox_id == outbox.c.id)
        .where(outbox.c.notice_id == number, outbox.c.action.in_(actions))
        .group_by(outbox.c.action, outbox.c.state, why)
    )
    return Counter({(Action(a), State(s), reason): n for a, s, reason, n in rows})


async def failed_since(tx: Tx, areas: Sequence[int], since: datetime) -> int:
    """How many notices to those areas did not reach somebody, for a fault of ours, since then."""
    rows = select(func.count(outbox.c.notice_id.distinct())).join(
        notice_area, notice_area.c.notice_id == outbox.c.notice_id
    )
    faulty = (outbox.c.state == State.FAILED, outbox.c.ended_at >= since)
    return await tx.scalar(rows.where(*faulty, notice_area.c.area_id.in_(areas))) or 0
