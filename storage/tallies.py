"""Figures without identity: erasing a family must not change last year's report."""

from datetime import date

from sqlalchemy import ColumnElement, delete, select

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
    month = tally.c.month == f"{day:%Y-%m}"
    await _take_one(
        tx,
        tally.c.area_id == area_id,
        month,
        tally.c.what == what,
        tally.c.visit.is_not_distinct_from(visit),
        tally.c.detail.is_not_distinct_from(detail),
    )


async def take_back_any(tx: Tx, area_id: int, what: Figure) -> None:
    """The same, from the latest month in which anything of it was counted."""
    await _take_one(tx, tally.c.area_id == area_id, tally.c.what == what)


async def _take_one(tx: Tx, *which: ColumnElement[bool]) -> None:
    latest = select(tally.c.id).where(*which).order_by(tally.c.month.desc(), tally.c.id.desc())
    number = await tx.scalar(latest.limit(1))
    if number is not None:
        await tx.execute(delete(tally).where(tally.c.id == number))
