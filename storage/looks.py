"""Looks of staff at families, kept once an hour; and at lists, kept once a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select

from programme.kinds import Kind
from programme.looks import Look, LookWhy, Seen
from programme.people import Role
from programme.unusual import Unusual
from storage.database import Tx, insert
from storage.look_tables import list_look, look, unusual_look
from storage.tables import item, staff
from storage.time_tables import request


@dataclass(frozen=True)
class Who:
    """A colleague as a parent may know them, also one who has ended."""

    name: str
    role: Role


@dataclass(frozen=True)
class Written:
    """A look and the reason that the colleague wrote."""

    look: Look
    words: str | None


_ONE = ("family_id", "staff_id", "hour", "seen", "why")


async def note(tx: Tx, each: Look, given: bool = False, words: str | None = None) -> None:
    """Keep it; the second one of an hour for the same reason changes nothing.

    `given`: it is on their own list, or they have just said why: it holds for some time.
    """
    row = insert(tx, look).values(
        given=given,
        family_id=each.family_id,
        staff_id=each.staff_id,
        at=each.at,
        hour=int(each.at.timestamp() // 3600),
        seen=each.seen,
        why=each.why,
        words=words,
        guardian_id=each.guardian_id,
        home=each.home,
    )
    again = {"given": True, "at": each.at, "words": words}
    keep = row.on_conflict_do_update(index_elements=_ONE, set_=again) if given else None
    await tx.execute(row.on_conflict_do_nothing() if keep is None else keep)


async def note_list(tx: Tx, area_ids: Collection[int], staff_id: int, day: date) -> None:
    """A colleague has opened a list of those areas."""
    for area_id in area_ids:
        row = insert(tx, list_look).values(area_id=area_id, staff_id=staff_id, day=day)
        await tx.execute(row.on_conflict_do_nothing())


async def given(tx: Tx, family_id: int, staff_id: int) -> tuple[LookWhy, datetime] | None:
    """Why a family was last rightly open to a colleague, and when; or None."""
    row = (
        await tx.execute(
            select(look.c.why, look.c.at)
            .where(look.c.family_id == family_id, look.c.staff_id == staff_id)
            .where(look.c.given)
            .order_by(look.c.at.desc(), look.c.id.desc())
            .limit(1)
        )
    ).first()
    return (LookWhy(row.why), row.at) if row else None


async def asked_alone(tx: Tx, family_id: int, since: datetime) -> int | None:
    """Which parent waits for staff, or was called or answered since then; the first, or None.

    What was written goes soon after the answer: that there was one still stands by its letter.
    """
    lately = or_(request.c.done_at.is_(None), request.c.done_at >= since)
    asked = select(request.c.guardian_id).where(request.c.family_id == family_id, lately)
    answered = select(item.c.guardian_id).where(
        item.c.family_id == family_id, item.c.kind == Kind.TEAM_ANSWER, item.c.due_at >= since
    )
    first = asked.order_by(request.c.id).limit(1).scalar_subquery()
    other = answered.order_by(item.c.id).limit(1).scalar_subquery()
    found: int | None = await tx.scalar(select(func.coalesce(first, other)))
    return found


async def of_family(tx: Tx, family_id: int) -> list[Look]:
    """Every look at that family, the newest first."""
    theirs = select(look).where(look.c.family_id == family_id)
    rows = await tx.execute(theirs.order_by(look.c.at.desc(), look.c.id.desc()))
    return [_look(row) for row in rows]


async def of_member(tx: Tx, staff_id: int, since: datetime) -> list[Look]:
    """Every look of that colleague since then."""
    theirs = (look.c.staff_id == staff_id, look.c.at >= since)
    return [_look(row) for row in await tx.execute(select(look).where(*theirs))]


async def written(tx: Tx, since: datetime, staff_id: int | None = None) -> list[Written]:
    """Every look since then, of one colleague or of all, with its reason; in order of time."""
    query = select(look).where(look.c.at >= since)
    if staff_id is not None:
        query = query.where(look.c.staff_id == staff_id)
    return [Written(_look(row), row.words) for row in await tx.execute(query.order_by(look.c.at))]


def _look(row: Row[Any]) -> Look:
    return Look(
        staff_id=row.staff_id,
        at=row.at,
        why=LookWhy(row.why),
        seen=Seen(row.seen),
        family_id=row.family_id,
        guardian_id=row.guardian_id,
        home=row.home,
    )


async def names(tx: Tx, ids: Collection[int]) -> Mapping[int, Who]:
    """Those colleagues, by number."""
    rows = await tx.execute(select(staff).where(staff.c.id.in_(sorted(ids))))
    return {row.id: Who(row.name, Role(row.role)) for row in rows}


async def mark_unusual(tx: Tx, found: Unusual) -> bool:
    """Keep that day of that colleague; False if it is kept already."""
    row = insert(tx, unusual_look).values(
        staff_id=found.staff_id,
        day=found.day,
        at=found.at,
        families=found.families,
        others=found.others,
    )
    return (await tx.execute(row.on_conflict_do_nothing())).rowcount == 1


async def is_marked(tx: Tx, staff_id: int, day: date) -> bool:
    """Whether that day of that colleague is known to be unusual."""
    key = (unusual_look.c.staff_id == staff_id, unusual_look.c.day == day)
    return (await tx.execute(select(unusual_look.c.day).where(*key))).first() is not None


async def marked(
    tx: Tx, since: datetime | None = None, until: datetime | None = None
) -> list[Unusual]:
    """The unusual days that became so in [since, until), in order."""
    query = select(unusual_look).order_by(unusual_look.c.at, unusual_look.c.staff_id)
    if since is not None:
        query = query.where(unusual_look.c.at >= since)
    if until is not None:
        query = query.where(unusual_look.c.at < until)
    return [
        Unusual(row.staff_id, row.day, row.at, row.families, row.others)
        for row in await tx.execute(query)
    ]


async def merge_areas(tx: Tx, gone: int, into: int) -> None:
    """Lists of an area that goes were lists of the other one."""
    rows = (await tx.execute(select(list_look).where(list_look.c.area_id == gone))).all()
    for row in rows:
        moved = insert(tx, list_look).values(area_id=into, staff_id=row.staff_id, day=row.day)
        await tx.execute(moved.on_conflict_do_nothing())
    await tx.execute(delete(list_look).where(list_look.c.area_id == gone))


async def purge(tx: Tx, lists_before: date, unusual_before: datetime) -> None:
    """What no family's data holds any more: old lists, and old news about looking."""
    await tx.execute(delete(list_look).where(list_look.c.day < lists_before))
    await tx.execute(delete(unusual_look).where(unusual_look.c.at < unusual_before))


async def in_lists(tx: Tx, area_id: int, since: date) -> Sequence[int]:
    """Who has opened lists of that area since then, the latest first."""
    latest = func.max(list_look.c.day)
    rows = await tx.execute(
        select(list_look.c.staff_id)
        .where(list_look.c.area_id == area_id, list_look.c.day >= since)
        .group_by(list_look.c.staff_id)
        .order_by(latest.desc(), list_look.c.staff_id)
    )
    return list(rows.scalars())
