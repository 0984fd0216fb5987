"""Words that somebody has yet to write or to look through: whose they are, and where."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, union

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
