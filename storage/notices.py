"""Notices as values of the rules, and the rows of one reader that may still do something."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update

from programme.activities import Activity, ActivityKind, Occasion, Words
from programme.notices import Action, Addressed, Audience, Notice, NoticeState
from storage import activities, wordings
from storage.database import Tx
from storage.items import ItemState
from storage.notice_tables import notice, notice_area
from storage.outbox import State
from storage.tables import item, outbox
from storage.turns import side_by_side
from storage.written_once import IDS, among


async def load(tx: Tx, ids: Sequence[int]) -> dict[int, Notice]:
    """Those notices, by id; one that is not there is left out."""
    if not ids:
        return {}
    rows = (await tx.execute(select(notice).where(notice.c.id.in_(ids)))).all()
    words = await wordings.approved(tx, "notice_id", ids)
    areas: defaultdict[int, list[int]] = defaultdict(list)
    theirs = select(notice_area).where(notice_area.c.notice_id.in_(ids))
    for row in await tx.execute(theirs.order_by(notice_area.c.area_id)):
        areas[row.notice_id].append(row.area_id)
    numbers = [row.activity_id for row in rows if row.activity_id is not None]
    known = await activities.load(tx, numbers)
    times = await activities.occasions(tx, numbers) if numbers else {}
    return {
        row.id: _notice(row, words.get(row.id, {}), areas[row.id], known, times) for row in rows
    }


async def of_areas(tx: Tx, areas: Sequence[int], most: int) -> list[int]:
    """The ids of the latest notices to any of those areas, the newest first."""
    rows = await tx.execute(
        select(notice_area.c.notice_id)
        .distinct()
        .where(notice_area.c.area_id.in_(areas))
        .order_by(notice_area.c.notice_id.desc())
        .limit(most)
    )
    return list(rows.scalars())


async def have_told(tx: Tx, activity_id: int) -> list[int]:
    """The ids of the notices that have told of that activity and still stand, the oldest first."""
    told = (NoticeState.SENDING, NoticeState.PAUSED, NoticeState.STOPPED, NoticeState.DONE)
    rows = await tx.execute(
        select(notice.c.id)
        .where(notice.c.activity_id == activity_id, notice.c.state.in_(told))
        .order_by(notice.c.id)
    )
    return list(rows.scalars())


async def add(tx: Tx, areas: Sequence[int], **facts: object) -> int:
    """The id of a new notice; `facts` are columns of its table."""
    row = await tx.execute(notice.insert().values(**facts).returning(notice.c.id))
    number = int(row.scalar_one())
    await set_areas(tx, number, areas)
    return number


async def hold(tx: Tx, number: int) -> NoticeState | None:
    """How far it is; until this transaction ends nobody pauses, corrects or recalls it."""
    one = select(notice.c.state).where(notice.c.id == number)
    if tx.dialect.name == "postgresql":
        one = one.with_for_update(read=True)
    state = (await tx.execute(one)).scalar()
    return NoticeState(state) if state else None


async def hold_all(tx: Tx, numbers: Collection[int]) -> None:
    """The same for several, by their numbers, where others may be acting at the same time."""
    if numbers and side_by_side(tx):
        theirs = select(notice.c.id).where(notice.c.id.in_(numbers)).order_by(notice.c.id)
        await tx.execute(theirs.with_for_update(read=True))


async def change(tx: Tx, number: int, states: Sequence[NoticeState], **facts: object) -> bool:
    """Write new facts of a notice in one of those states; False if it is no longer in any."""
    done = await tx.execute(
        update(notice).where(notice.c.id == number, notice.c.state.in_(states)).values(**facts)
    )
    return done.rowcount == 1


async def rise(tx: Tx, number: int, states: Sequence[NoticeState], **facts: object) -> int | None:
    """The same, with the next revision, which comes back; None if it is no longer in any."""
    row = await tx.execute(
        update(notice)
        .where(notice.c.id == number, notice.c.state.in_(states))
        .values(revision=notice.c.revision + 1, **facts)
        .returning(notice.c.revision)
    )
    revision: int | None = row.scalar()
    return revision


async def announcing(tx: Tx, activity_id: int) -> list[int]:
    """The ids of the notices that tell of that activity."""
    rows = await tx.execute(select(notice.c.id).where(notice.c.activity_id == activity_id))
    return list(rows.scalars())


async def set_areas(tx: Tx, number: int, areas: Sequence[int]) -> None:
    """To which areas it goes."""
    await tx.execute(delete(notice_area).where(notice_area.c.notice_id == number))
    for area_id in dict.fromkeys(areas):
        await tx.execute(notice_area.insert().values(notice_id=number, area_id=area_id))


async def merge_areas(tx: Tx, gone: int, into: int) -> None:
    """Before one area becomes part of another: its notices become the other's."""
    rows = await tx.execute(select(notice_area.c.notice_id).where(notice_area.c.area_id == gone))
    for number in list(rows.scalars()):
        theirs = (await load(tx, [number]))[number].audience.areas
        await set_areas(tx, number, [into if each == gone else each for each in theirs])


async def remove_draft(tx: Tx, number: int) -> None:
    """Throw a draft away, with its words; what was sent once stays."""
    mine = (notice.c.id == number, notice.c.state == NoticeState.DRAFT)
    await tx.execute(delete(notice).where(*mine))


_ADDRESSED = (
    select(outbox, item.c.key, item.c.due_at.label("called"))
    .join(item, item.c.outbox_id == outbox.c.id)
    .where(
        outbox.c.family_id.in_(IDS),
        outbox.c.notice_id.is_not(None),
        outbox.c.state.in_((State.WAITING, State.SENDING)),
        item.c.state.in_((ItemState.PLANNED, ItemState.SKIPPED)),  # may come after all
    )
    .order_by(outbox.c.id)
)


async def addressed(tx: Tx, ids: Sequence[int]) -> dict[int, list[Addressed]]:
    """What notices may still do on the phones of those families, by family."""
    rows = (await tx.execute(_ADDRESSED, among(ids))).all()
    found: defaultdict[int, list[Addressed]] = defaultdict(list)
    if not rows:
        return found
    known = await load(tx, list({row.notice_id for row in rows}))
    for row in rows:
        found[row.family_id].append(
            Addressed(
                notice=known[row.notice_id],
                guardian_id=row.guardian_id,
                action=Action(row.action),
                key=row.key,
                due_at=row.called,
                message_id=row.message_id,
                next_at=row.next_at,
            )
        )
    return found


def _notice(
    row: Row[Any],
    words: Mapping[str, Words],
    areas: Sequence[int],
    known: Mapping[int, Activity],
    times: Mapping[int, tuple[Occasion, ...]],
) -> Notice:
    every = times.get(row.activity_id, ())
    return Notice(
        id=row.id,
        state=NoticeState(row.state),
        audience=_audience(row, areas),
        words=words,
        urgent=row.urgent,
        activity=known.get(row.activity_id),
        occasions=tuple(each for each in every if row.occasion_id in {None, each.id}),
        picture=row.picture,
        send_at=row.send_at,
        frozen_at=row.frozen_at,
        finished_at=row.finished_at,
        revision=row.revision,
        corrected_at=row.corrected_at,
        recalled_at=row.recalled_at,
        made_by=row.made_by,
    )


def _audience(row: Row[Any], areas: Sequence[int]) -> Audience:
    return Audience(
        areas=tuple(areas),
        languages=activities.codes(row.languages),
        months_from=row.months_from,
        months_to=row.months_to,
        expecting=row.expecting,
        fathers=row.fathers,
        first_child=row.first_child,
        follows=ActivityKind(row.follows) if row.follows else None,
        signed_up=row.signed_up,
    )
