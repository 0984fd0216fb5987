"""When staff work, and when something else takes their time. Times only, never what it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage import staff as people
from storage.database import Tx
from storage.tables import staff
from storage.time_tables import busy, hours

Span = tuple[int, int]  # from and until, in minutes since midnight on Stockholm's clocks
SET_HERE = ("own", "ill")  # sources of busy times; the rest comes from their calendar
Week = dict[int, tuple[Span, ...]]  # by weekday, Monday is 0


@dataclass(frozen=True)
class Busy:
    """A time that something else takes; `source` is a word of ours: own, ill, file, feed."""

    id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    source: str


@dataclass(frozen=True)
class Margins:
    """Minutes kept free around a visit: for the way there, and to talk it over (mission D2)."""

    travel: int
    debrief: int


async def hours_of(tx: Tx, staff_ids: Sequence[int]) -> dict[int, Week]:
    """The weekly hours of each of them; who has set none has an empty week."""
    rows = await tx.execute(
        select(hours)
        .where(hours.c.staff_id.in_(staff_ids))
        .order_by(hours.c.staff_id, hours.c.weekday, hours.c.starts)
    )
    weeks: dict[int, Week] = {each: {} for each in staff_ids}
    for row in rows:
        week = weeks[row.staff_id]
        week[row.weekday] = (*week.get(row.weekday, ()), (row.starts, row.ends))
    return weeks


async def set_hours(tx: Tx, staff_id: int, weekday: int, spans: Sequence[Span]) -> None:
    """The hours of that weekday, in place of those before; none: a day off."""
    await tx.execute(delete(hours).where(hours.c.staff_id == staff_id, hours.c.weekday == weekday))
    rows = [
        {"staff_id": staff_id, "weekday": weekday, "starts": starts, "ends": ends}
        for starts, ends in dict.fromkeys(spans)
        if starts < ends
    ]
    if rows:
        await tx.execute(hours.insert(), rows)


async def busy_of(
    tx: Tx, staff_ids: Sequence[int], since: datetime, until: datetime
) -> dict[int, list[Busy]]:
    """What takes time of theirs between those moments, by person, in order of time."""
    rows = await tx.execute(
        select(busy)
        .where(busy.c.staff_id.in_(staff_ids), busy.c.starts_at < until, busy.c.ends_at > since)
        .order_by(busy.c.starts_at, busy.c.id)
    )
    found: defaultdict[int, list[Busy]] = defaultdict(list)
    for row in rows:
        each = Busy(row.id, row.staff_id, row.starts_at, row.ends_at, row.source)
        found[row.staff_id].append(each)
    return {each: found[each] for each in staff_ids}


async def said_off(
    tx: Tx, staff_ids: Sequence[int]
) -> defaultdict[int, list[tuple[datetime, datetime]]]:
    """What was set here, by person: days off, illness. What a calendar says may be a course."""
    rows = await tx.execute(
        select(busy).where(busy.c.staff_id.in_(staff_ids), busy.c.source.in_(SET_HERE))
    )
    found: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in rows:
        found[row.staff_id].append((row.starts_at, row.ends_at))
    return found


async def add_busy(
    tx: Tx, staff_id: int, starts_at: datetime, ends_at: datetime, source: str = "own"
) -> int:
    """The id of a new time that something else takes."""
    row = await tx.execute(
        busy.insert()
        .values(staff_id=staff_id, starts_at=starts_at, ends_at=ends_at, source=source)
        .returning(busy.c.id)
    )
    return int(row.scalar_one())


async def remove_busy(tx: Tx, staff_id: int, busy_id: int) -> bool:
    """That time is free again; False if this person had no such time."""
    done = await tx.execute(delete(busy).where(busy.c.id == busy_id, busy.c.staff_id == staff_id))
    return done.rowcount == 1


async def replace_busy(
    tx: Tx, staff_id: int, source: str, spans: Iterable[tuple[datetime, datetime]]
) -> int:
    """What that source says now, in place of what it said before; how many times."""
    await tx.execute(delete(busy).where(busy.c.staff_id == staff_id, busy.c.source == source))
    rows = [
        {"staff_id": staff_id, "starts_at": starts_at, "ends_at": ends_at, "source": source}
        for starts_at, ends_at in spans
    ]
    if rows:
        await tx.execute(busy.insert(), rows)
    return len(rows)


async def margins_of(tx: Tx, staff_ids: Sequence[int]) -> dict[int, Margins]:
    """The way and the talk of each of them."""
    rows = await tx.execute(
        select(staff.c.id, staff.c.travel, staff.c.debrief).where(staff.c.id.in_(staff_ids))
    )
    return {row.id: Margins(row.travel, row.debrief) for row in rows}


async def set_margins(tx: Tx, staff_id: int, travel: int, debrief: int) -> None:
    """So many minutes before and after each visit from now on; what is booked stays."""
    await people.change(tx, staff_id, travel=travel, debrief=debrief)
