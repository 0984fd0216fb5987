"""Words that somebody has yet to write or to look through: whose they are, and where."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, union, update

from programme.activities import ActivityState, Words
from programme.desks import OpenWording
from programme.notices import NoticeState, WordingState
from storage import wordings
from storage.activity_tables import activity, activity_area, wording
from storage.database import Tx
from storage.notice_tables import notice, notice_area
from storage.wordings import Of

_OPEN = (WordingState.WANTED, WordingState.TAKEN, WordingState.GIVEN)
_OVER = (NoticeState.STOPPED, NoticeState.DONE, NoticeState.RECALLED)
_LEAVES = (NoticeState.SCHEDULED, NoticeState.SENDING, NoticeState.PAUSED)
FIRST_READ = "sv"  # what everybody of the staff reads, and most write first


async def listed(tx: Tx) -> list[OpenWording]:
    """Every one whose notice or activity still needs it, the longest waiting first."""
    rows = (await tx.execute(_needed())).all()
    areas = await _areas(tx, [row.id for row in rows])
    return [await _open(tx, row, areas[row.id]) for row in rows]


def _needed() -> Select[Any]:
    return (
        select(wording, notice.c.made_by.label("wrote"), activity.c.made_by.label("planned"))
        .outerjoin(notice, notice.c.id == wording.c.notice_id)
        .outerjoin(activity, activity.c.id == wording.c.activity_id)
        .where(
            wording.c.state.in_(_OPEN),
            or_(
                and_(notice.c.id.is_not(None), notice.c.state.not_in(_OVER)),
                and_(activity.c.id.is_not(None), activity.c.state != ActivityState.CANCELLED),
            ),
        )
        .order_by(wording.c.asked_at, wording.c.id)
    )


async def _open(tx: Tx, row: Row[Any], areas: Sequence[int]) -> OpenWording:
    of = Of(notice_id=row.notice_id, activity_id=row.activity_id)
    source = await source_of(tx, of, row.language)
    return OpenWording(
        id=row.id,
        language=row.language,
        title=source[1].title if source else "",
        state=WordingState(row.state),
        asked_at=row.asked_at,
        taken_by=row.taken_by,
        given_at=row.given_at,
        areas=tuple(areas),
        made_by=row.wrote or row.planned,
    )


async def source_of(tx: Tx, of: Of, language: str) -> tuple[str, Words] | None:
    """The words that are translated into that language, and theirs; None if there are none yet."""
    known = [
        each
        for each in await wordings.listed(tx, of)
        if each.state is WordingState.APPROVED and each.language != language
    ]
    known.sort(key=lambda each: (each.language != FIRST_READ, each.id))
    return (known[0].language, known[0].words) if known else None


async def home(tx: Tx, wording_id: int) -> tuple[list[int], int | None]:
    """The areas those words are for, and who wrote the notice or planned the activity."""
    row = (await tx.execute(select(wording).where(wording.c.id == wording_id))).first()
    if row is None:
        return [], None
    made_by = await tx.scalar(
        select(notice.c.made_by).where(notice.c.id == row.notice_id)
        if row.notice_id is not None
        else select(activity.c.made_by).where(activity.c.id == row.activity_id)
    )
    return (await _areas(tx, [wording_id]))[wording_id], made_by


async def _areas(tx: Tx, ids: Sequence[int]) -> dict[int, list[int]]:
    of_notices = select(wording.c.id, notice_area.c.area_id).join(
        notice_area, notice_area.c.notice_id == wording.c.notice_id
    )
    of_activities = select(wording.c.id, activity_area.c.area_id).join(
        activity_area, activity_area.c.activity_id == wording.c.activity_id
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in await tx.execute(
        union(of_notices.where(wording.c.id.in_(ids)), of_activities.where(wording.c.id.in_(ids)))
    ):
        found[row.id].append(row.area_id)
    return found


async def one(tx: Tx, wording_id: int) -> OpenWording | None:
    """One of those, or None: it is written, or nobody needs it any more."""
    row = (await tx.execute(_needed().where(wording.c.id == wording_id))).first()
    if row is None:
        return None
    return await _open(tx, row, (await _areas(tx, [row.id]))[row.id])


async def take(tx: Tx, seen: OpenWording, staff_id: int, now: datetime) -> bool:
    """It is theirs from now on; False if somebody was faster."""
    return await _change(
        tx,
        wording.c.id == seen.id,
        wording.c.state == seen.state,
        wording.c.asked_at == seen.asked_at,
        wording.c.taken_by.is_not_distinct_from(seen.taken_by),
        state=WordingState.TAKEN,
        taken_by=staff_id,
        asked_at=now,
        given_at=None,
    )


async def draft(tx: Tx, wording_id: int, staff_id: int, words: Words) -> bool:
    """Keep what its translator has written so far; False if it is not theirs any more."""
    return await _change(
        tx,
        *_held_by(wording_id, staff_id),
        title=words.title,
        body=words.body,
        revision=wording.c.revision + 1,
    )


async def give(tx: Tx, wording_id: int, staff_id: int, now: datetime) -> bool:
    """What is written waits for a yes; False if it is not theirs any more, or nothing is there."""
    held = (*_held_by(wording_id, staff_id), wording.c.title != "")
    return await _change(tx, *held, state=WordingState.GIVEN, given_at=now)


async def free(tx: Tx, wording_id: int, staff_id: int, now: datetime) -> bool:
    """Somebody else may take it; what is written stays. False if it is not theirs any more."""
    held = _held_by(wording_id, staff_id)
    facts = {"taken_by": None, "asked_at": now, "given_at": None}
    return await _change(tx, *held, state=WordingState.WANTED, **facts)


async def held_by(tx: Tx, staff_id: int) -> list[int]:
    """The words that somebody has taken and not given."""
    held = (wording.c.taken_by == staff_id, wording.c.state == WordingState.TAKEN)
    return list((await tx.execute(select(wording.c.id).where(*held))).scalars())


async def decide(
    tx: Tx, wording_id: int, revision: int, state: WordingState, **facts: object
) -> bool:
    """A yes, or other words please, to exactly these; False if they are others by now."""
    return await _change(
        tx,
        wording.c.id == wording_id,
        wording.c.state == WordingState.GIVEN,
        wording.c.revision == revision,
        state=state,
        **facts,
    )


async def is_leaving(tx: Tx, of: Of) -> bool:
    """Whether a notice that says these words is on its way: they must not be taken away now."""
    says = notice.c.id == of.notice_id
    if of.activity_id is not None:
        says = notice.c.activity_id == of.activity_id
    row = await tx.execute(select(notice.c.id).where(says, notice.c.state.in_(_LEAVES)))
    return row.first() is not None


def _held_by(wording_id: int, staff_id: int) -> tuple[ColumnElement[bool], ...]:
    mine = wording.c.taken_by == staff_id
    return wording.c.id == wording_id, mine, wording.c.state == WordingState.TAKEN


async def _change(tx: Tx, *where: ColumnElement[bool], **facts: object) -> bool:
    return (await tx.execute(update(wording).where(*where).values(**facts))).rowcount == 1
