"""Areas are data: named, renamed, merged, paused without a developer (mission A4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, update

from programme.ages import Span
from programme.people import Area
from storage import activities, looks, notes, notices, places, posters, rests, staff_areas
from storage.activity_tables import attendance, signup
from storage.database import Tx
from storage.outcome_tables import visit_outcome
from storage.tables import area, family, staff, summer, tally
from storage.written_once import IDS, among

RUNNING = "running"
STATES = ("planned", "training", RUNNING, "closed")
_OPEN = ("training", RUNNING)  # families can join; a planned area hides it (domain.md P3, P6)


@dataclass(frozen=True)
class Row:
    """One area as staff see it."""

    id: int
    name: str
    status: str
    employer: str | None
    bokstart: bool = False  # the library comes home with books (domain.md A8)

    @property
    def open(self) -> bool:
        """Whether families can join here."""
        return self.status in _OPEN


async def listed(tx: Tx) -> list[Row]:
    """Every area, in alphabetical order."""
    rows = await tx.execute(
        select(area.c.id, area.c.name, area.c.status, area.c.employer, area.c.bokstart).order_by(
            area.c.name
        )
    )
    return [Row(*row) for row in rows]


async def names(tx: Tx) -> list[str]:
    """The names of all areas, in alphabetical order."""
    return [each.name for each in await listed(tx)]


async def find(tx: Tx, name: str) -> int | None:
    """The id of the area with that name, or None."""
    return (await tx.execute(select(area.c.id).where(area.c.name == name))).scalar()


async def one(tx: Tx, number: int) -> Row | None:
    """The area with that id, or None."""
    return next((each for each in await listed(tx) if each.id == number), None)


async def exists(tx: Tx, number: int) -> bool:
    """Whether there is an area with that id."""
    return (await tx.execute(select(area.c.id).where(area.c.id == number))).first() is not None


async def add(tx: Tx, name: str, employer: str | None = None, status: str = RUNNING) -> int:
    """The id of a new area."""
    row = await tx.execute(
        area.insert().values(name=name, employer=employer, status=status).returning(area.c.id)
    )
    return int(row.scalar_one())


async def change(tx: Tx, number: int, **facts: object) -> None:
    """Write new facts of one area."""
    await tx.execute(update(area).where(area.c.id == number).values(**facts))


async def merge(tx: Tx, gone: int, into: int) -> None:
    """Everything of one area becomes the other's, figures as well; the first is no more."""
    for table in (family, staff, tally, visit_outcome, attendance):
        await tx.execute(update(table).where(table.c.area_id == gone).values(area_id=into))
    series = signup.c.series_area_id
    await tx.execute(update(signup).where(series == gone).values(series_area_id=into))
    await tx.execute(update(family).where(family.c.move_to == gone).values(move_to=into))
    await posters.merge(tx, gone, into)
    await staff_areas.merge(tx, gone, into)
    await _take_summers(tx, gone, into)
    for each in (places, activities, notices, notes, looks):
        await each.merge_areas(tx, gone, into)
    await tx.execute(delete(area).where(area.c.id == gone))


async def _take_summers(tx: Tx, gone: int, into: int) -> None:
    """The summer weeks of an area that goes, in years in which the other one has none."""
    own = await tx.execute(select(summer.c.first).where(summer.c.area_id == into))
    years = {first.year for first in own.scalars()}
    for row in (await tx.execute(select(summer).where(summer.c.area_id == gone))).all():
        if row.first.year not in years:
            await tx.execute(update(summer).where(summer.c.id == row.id).values(area_id=into))


async def no_summer(tx: Tx, number: int, today: date) -> None:
    """Summer weeks that are not over have never been said."""
    await tx.execute(delete(summer).where(summer.c.area_id == number, summer.c.last >= today))


async def counted(tx: Tx, number: int) -> tuple[int, int]:
    """How many families and how many of the staff an area has."""
    counts = [
        select(func.count()).select_from(family).where(family.c.area_id == number),
        select(func.count())
        .select_from(staff)
        .where(staff.c.area_id == number, staff.c.ended_at.is_(None)),
    ]
    homes, people = [int((await tx.execute(each)).scalar_one()) for each in counts]
    return homes, people


async def set_summer(tx: Tx, number: int, weeks: Span) -> None:
    """Those days of that year have no visits, in place of what was said of the year before."""
    first, last = date(weeks.first.year, 1, 1), date(weeks.first.year, 12, 31)
    await tx.execute(
        delete(summer).where(summer.c.area_id == number, summer.c.first.between(first, last))
    )
    await tx.execute(summer.insert().values(area_id=number, first=weeks.first, last=weeks.last))


_AREAS = select(area.c.id, area.c.status, area.c.bokstart).where(area.c.id.in_(IDS))
_SUMMERS = select(summer).where(summer.c.area_id.in_(IDS))


async def load(tx: Tx, ids: Sequence[int]) -> dict[int, Area]:
    """Those areas as the rules want them, by id."""
    rows = (await tx.execute(_AREAS, among(ids))).all()
    resting = await rests.of(tx, "area_id", ids)
    weeks = await summers(tx, ids)
    return {
        row.id: Area(
            id=row.id,
            running=row.status == RUNNING,
            rests=resting.get(row.id, ()),
            summers=weeks.get(row.id, ()),
            bokstart=row.bokstart,
        )
        for row in rows
    }


async def summers(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    """The summer weeks of those areas, by area; one that has none is left out."""
    weeks: defaultdict[int, list[Span]] = defaultdict(list)
    for row in await tx.execute(_SUMMERS, among(ids)):
        weeks[row.area_id].append(Span(row.first, row.last))
    return {key: tuple(spans) for key, spans in weeks.items()}
