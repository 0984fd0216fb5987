"""Figures without identity: erasing a family must not change last year's report."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, select

from programme import periods
from programme.figures import Figure
from programme.measures import Sum
from storage.database import Tx
from storage.tables import tally


async def count(
    tx: Tx,
    area_id: int,
    day: date,
    what: Figure,
    visit: int | None = None,
    detail: str | None = None,
    centre_id: int | None = None,
) -> None:
    """Add one to a figure of the month of `day`; `centre_id`: of which health centre, if known."""
    facts = {"what": what, "visit": visit, "detail": detail, "centre_id": centre_id}
    await tx.execute(tally.insert().values(area_id=area_id, month=f"{day:%Y-%m}", **facts))


async def write(tx: Tx, sums: Iterable[Sum]) -> None:
    """Many at once, as they were counted elsewhere: so many rows of each."""
    rows = [
        {
            "area_id": each.area,
            "centre_id": each.centre or None,
            "month": periods.written(each.month),
            "what": each.what,
            "visit": each.visit,
            "detail": each.detail,
        }
        for each in sums
        for _ in range(each.count)
    ]
    await tx.execute(tally.insert(), rows)


async def take_back(
    tx: Tx,
    area_id: int,
    day: date,
    what: Figure,
    visit: int | None = None,
    detail: str | None = None,
    centre_id: int | None = None,
) -> None:
    """Take one from a figure of the month of `day`: it was counted by mistake.

    Of that health centre if there is one: a family's may have been corrected since.
    """
    same = (
        tally.c.area_id == area_id,
        tally.c.month == f"{day:%Y-%m}",
        tally.c.what == what,
        tally.c.visit.is_not_distinct_from(visit),
        tally.c.detail.is_not_distinct_from(detail),
    )
    other_centre = tally.c.centre_id.is_distinct_from(centre_id)
    nearest = select(tally.c.id).where(*same).order_by(other_centre, tally.c.id.desc()).limit(1)
    # Two that take back alike figures at once must not both choose the same row.
    nearest = nearest.with_for_update(skip_locked=True)
    await tx.execute(delete(tally).where(tally.c.id == nearest.scalar_subquery()))


async def sums(tx: Tx) -> list[Sum]:
    """All that was ever counted, added up by the database: the report reads nothing else."""
    by = (tally.c.area_id, tally.c.centre_id, tally.c.month, tally.c.what, tally.c.visit)
    rows = await tx.execute(select(*by, tally.c.detail, func.count()).group_by(*by, tally.c.detail))
    return [
        Sum(area, centre or 0, periods.read(month), what, visit, detail, count)
        for area, centre, month, what, visit, detail, count in rows
    ]


async def begun(tx: Tx) -> int | None:
    """The first month in which anything was counted, or None."""
    first = await tx.scalar(select(func.min(tally.c.month)))
    return periods.read(first) if first else None
