"""Figures without identity: erasing a family must not change last year's report."""

from datetime import date

from sqlalchemy import delete, func, select

from programme.figures import Figure
from storage.database import Tx
from storage.tables import tally


async def count(
    tx: Tx,
    area_id: int,
    day: date,
    what: Figure,
    visit: int | None = None,
    detail: str | None = None,
) -> None:
    """Add one to a figure of the month of `day`."""
    month = f"{day:%Y-%m}"
    await tx.execute(
        tally.insert().values(area_id=area_id, month=month, what=what, visit=visit, detail=detail)
    )


async def take_back(
    tx: Tx,
    area_id: int,
    day: date,
    what: Figure,
    visit: int | None = None,
    detail: str | None = None,
) -> None:
    """Take one from a figure of the month of `day`: it was counted by mistake."""
    same = (
        tally.c.area_id == area_id,
        tally.c.month == f"{day:%Y-%m}",
        tally.c.what == what,
        tally.c.visit.is_not_distinct_from(visit),
        tally.c.detail.is_not_distinct_from(detail),
    )
    one = select(func.max(tally.c.id)).where(*same).scalar_subquery()
    await tx.execute(delete(tally).where(tally.c.id == one))
