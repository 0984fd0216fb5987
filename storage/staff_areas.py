"""Where somebody works besides their own area, and who works in some areas (mission H1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from programme.people import StaffMember
from storage.database import Tx, insert
from storage.staff import member
from storage.tables import staff
from storage.time_tables import staff_area


@dataclass(frozen=True)
class Worker:
    """Somebody of the staff, every area they work in, and since when they do not any more."""

    member: StaffMember
    areas: tuple[int, ...]  # their own first
    ended_at: datetime | None
    rests_since: datetime | None = None  # not let in, for now


async def add(tx: Tx, staff_id: int, ids: Sequence[int]) -> None:
    """They work in those areas, too; repeating it changes nothing."""
    for area_id in ids:
        row = insert(tx, staff_area).values(staff_id=staff_id, area_id=area_id)
        await tx.execute(row.on_conflict_do_nothing())


async def others(tx: Tx, staff_id: int) -> list[int]:
    """The areas in which somebody works besides their own."""
    rows = await tx.execute(
        select(staff_area.c.area_id)
        .where(staff_area.c.staff_id == staff_id)
        .order_by(staff_area.c.area_id)
    )
    return list(rows.scalars())


async def working_in(tx: Tx, ids: Sequence[int]) -> list[Worker]:
    """Everybody who has not ended and works in any of those areas, by name."""
    there = select(staff_area.c.staff_id).where(staff_area.c.area_id.in_(ids))
    query = select(staff).where(
        staff.c.ended_at.is_(None), or_(staff.c.area_id.in_(ids), staff.c.id.in_(there))
    )
    rows = (await tx.execute(query.order_by(staff.c.name, staff.c.id))).all()
    more: defaultdict[int, list[int]] = defaultdict(list)
    for row in await tx.execute(
        select(staff_area).where(staff_area.c.staff_id.in_([each.id for each in rows]))
    ):
        more[row.staff_id].append(row.area_id)
    return [
        Worker(member(row), (row.area_id, *sorted(more[row.id])), row.ended_at, row.rests_since)
        for row in rows
    ]


async def worker(tx: Tx, staff_id: int) -> Worker | None:
    """Somebody by number, also if they have ended; or None."""
    row = (await tx.execute(select(staff).where(staff.c.id == staff_id))).first()
    if row is None:
        return None
    areas = (row.area_id, *await others(tx, staff_id))
    return Worker(member(row), areas, row.ended_at, row.rests_since)


async def back_at_work(tx: Tx, staff_id: int) -> bool:
    """They have not ended after all; False if they had not."""
    done = await tx.execute(
        update(staff)
        .where(staff.c.id == staff_id, staff.c.ended_at.is_not(None))
        .values(ended_at=None)
    )
    return done.rowcount == 1


async def merge(tx: Tx, gone: int, into: int) -> None:
    """Who works in an area that goes works in the other one instead, once."""
    rows = await tx.execute(select(staff_area.c.staff_id).where(staff_area.c.area_id == gone))
    for staff_id in list(rows.scalars()):
        await add(tx, staff_id, [into])
    await tx.execute(delete(staff_area).where(staff_area.c.area_id == gone))
    own = select(staff.c.id).where(staff.c.area_id == into)
    await tx.execute(
        delete(staff_area).where(staff_area.c.area_id == into, staff_area.c.staff_id.in_(own))
    )
