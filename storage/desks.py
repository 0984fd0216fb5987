"""Desks as values of the rules: one colleague, where and when they work, and what waits there."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update

from programme.desks import UNREAD_FOR, Desk
from programme.notices import WordingState
from programme.people import Role, StaffMember
from programme.staff_life import Access, askers
from programme.unusual import Unusual
from storage import (
    availability,
    calendars,
    checks,
    looks,
    memory,
    open_wordings,
    staff_areas,
    staff_life,
)
from storage.activity_tables import wording
from storage.database import Tx
from storage.look_tables import unusual_look
from storage.staff import administrators, member
from storage.tables import memory as remembered
from storage.tables import staff
from storage.time_tables import staff_area

_WORKS_WITH = "translates_into"
_OPENED = "yearly_opened"


async def load(tx: Tx, ids: Sequence[int]) -> list[Desk]:
    """Those desks; who has ended has none."""
    query = select(staff).where(staff.c.id.in_(ids), staff.c.ended_at.is_(None))
    rows = (await tx.execute(query.order_by(staff.c.id))).all()
    if not rows:
        return []
    others: defaultdict[int, list[int]] = defaultdict(list)
    for each in await tx.execute(select(staff_area).where(staff_area.c.staff_id.in_(ids))):
        others[each.staff_id].append(each.area_id)
    waiting, checked = await open_wordings.listed(tx), await checks.listed(tx)
    unread, off = await calendars.failing(tx), await availability.said_off(tx, ids)
    weeks = await availability.hours_of(tx, ids)
    about = await _about(tx, rows)
    return [
        Desk(
            member=member(row),
            areas=(row.area_id, *sorted(others[row.id])),
            languages=await languages(tx, row.id),
            wordings=tuple(waiting),
            checked=tuple(checked),
            unread=unread.get(row.id),
            to_confirm=tuple(each for each in about if row.id in askers(each, about)),
            own=_asked_about(row.id, about),
            unusual=await _unusual(tx) if row.role == Role.ADMINISTRATOR else (),
            yearly_opened=await yearly_opened(tx, row.id),
            hour=_hour(row.morning),
            week=weeks[row.id],
            off=tuple(off[row.id]),
        )
        for row in rows
    ]


async def _about(tx: Tx, rows: Sequence[Row[Any]]) -> list[Access]:
    """Whom these may be asked about, and who may be asked about them."""
    if any(row.role == Role.ADMINISTRATOR for row in rows):
        return await staff_life.everybody(tx)
    return await staff_life.about(tx, sorted({row.area_id for row in rows}))


def _asked_about(staff_id: int, about: Sequence[Access]) -> Access | None:
    own = next((each for each in about if each.member.id == staff_id), None)
    return own if own and any(askers(own, about)) else None


async def _unusual(tx: Tx) -> tuple[tuple[StaffMember, Unusual], ...]:
    """The unusual days that are kept, and whose they were."""
    query = select(unusual_look, staff).join(staff, staff.c.id == unusual_look.c.staff_id)
    rows = await tx.execute(query.order_by(unusual_look.c.at, staff.c.id))
    return tuple(
        (member(row), Unusual(row.staff_id, row.day, row.at, row.families, row.others))
        for row in rows
    )


def _hour(minutes: int | None) -> time | None:
    return None if minutes is None else time(*divmod(minutes, 60))


async def hour_of(tx: Tx, staff_id: int) -> time | None:
    """When somebody wants their morning list; None: they want none."""
    return _hour(await tx.scalar(select(staff.c.morning).where(staff.c.id == staff_id)))


async def set_hour(tx: Tx, staff_id: int, hour: time | None) -> None:
    """They want it at that hour of their working days, or never."""
    minutes = None if hour is None else hour.hour * 60 + hour.minute
    await tx.execute(update(staff).where(staff.c.id == staff_id).values(morning=minutes))


async def find(
    tx: Tx,
    since: datetime,
    until: datetime,
    asked: tuple[datetime, datetime],
    months: bool,
    mornings: Sequence[time],
    confirmed: Sequence[tuple[datetime, datetime]],
) -> set[int]:
    """To whom anything may be due in [since, until): perhaps too many, never too few.

    `asked`: when words may have been taken that are free again in that time; `months`: whether
    a month begins in it; `mornings`: the hours of morning lists that lie in it; `confirmed`: when
    who is to be asked about now was last confirmed.
    """
    changed = or_(
        wording.c.asked_at.between(*asked) & (wording.c.state == WordingState.TAKEN),
        wording.c.asked_at.between(since, until),
        wording.c.given_at.between(since, until),
    )
    found: set[int] = set()
    for number in (await tx.execute(select(wording.c.id).where(changed))).scalars().all():
        found |= await concerned(tx, number)
    unread = (await calendars.failing(tx)).items()
    found |= {number for number, each in unread if since <= each.since + UNREAD_FOR < until}
    found |= await _about_access(tx, confirmed)
    if await looks.marked(tx, since, until):
        found |= set(await administrators(tx))
    if mornings:
        found |= await _readers(tx, mornings)
    return found | (await _coordinators(tx) if months else set())


async def _about_access(tx: Tx, confirmed: Sequence[tuple[datetime, datetime]]) -> set[int]:
    """Who is asked about whom, and about whom."""
    due = await staff_life.confirmed_in(tx, confirmed)
    everybody = await staff_life.everybody(tx) if due else []
    return {n for each in due for n in (each.member.id, *askers(each, everybody))}


async def _readers(tx: Tx, mornings: Sequence[time]) -> set[int]:
    hours = [each.hour * 60 + each.minute for each in mornings]
    theirs = (staff.c.morning.in_(hours), staff.c.chat_id.is_not(None), staff.c.ended_at.is_(None))
    return set((await tx.execute(select(staff.c.id).where(*theirs))).scalars())


async def _coordinators(tx: Tx) -> set[int]:
    here = (staff.c.role == Role.COORDINATOR, staff.c.ended_at.is_(None))
    return set((await tx.execute(select(staff.c.id).where(*here))).scalars())


async def concerned(tx: Tx, wording_id: int) -> set[int]:
    """Who may hear of those words: the areas' translators and coordinators, and their author."""
    areas, made_by = await open_wordings.home(tx, wording_id)
    workers = await staff_areas.working_in(tx, areas)
    theirs = (Role.TRANSLATOR, Role.COORDINATOR)
    found = {each.member.id for each in workers if each.member.role in theirs}
    return found | ({made_by} if made_by else set())


async def first_moment(tx: Tx) -> datetime | None:
    """When words were first asked for; None where nobody ever has."""
    at: datetime | None = await tx.scalar(select(func.min(wording.c.asked_at)))
    return at


async def languages(tx: Tx, staff_id: int) -> tuple[str, ...] | None:
    """The languages a translator has chosen to write in; None before they have."""
    value = await memory.recall(tx, f"{_WORKS_WITH}:{staff_id}")
    return tuple(json.loads(value)) if value else None


async def set_languages(tx: Tx, staff_id: int, codes: Sequence[str]) -> None:
    """A translator writes in those languages."""
    await memory.remember(tx, f"{_WORKS_WITH}:{staff_id}", json.dumps(sorted(codes)))


async def forget_languages(tx: Tx, staff_id: int) -> None:
    """What somebody who has ended wrote in is nobody's business."""
    name = f"{_WORKS_WITH}:{staff_id}"
    await tx.execute(delete(remembered).where(remembered.c.name == name))


async def yearly_opened(tx: Tx, staff_id: int) -> int | None:
    """The last year whose follow-up that colleague has looked at."""
    value = await memory.recall(tx, f"{_OPENED}:{staff_id}")
    return int(value) if value else None


async def open_yearly(tx: Tx, staff_id: int, year: int) -> None:
    """They have looked at that year's: no second reminder."""
    await memory.remember(tx, f"{_OPENED}:{staff_id}", str(year))
