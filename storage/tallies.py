"""Figures without identity: erasing a family must not change last year's report."""

from datetime import date

from sqlalchemy import delete, select

from storage.database import Tx
from storage.tables import tally


async def count(
    tx: Tx,
    area_id: int,
    day: date,
    what: str,
    visit: int | None = None,
    detail: str | None = None,
) -> None:
    """Add one to a figure of the month of `day`."""
    month = f"{day:%Y-%m}"
    await tx.execute(
        tally.insert().values(area_id=area_id, month=month, what=what, visit=visit, detail=detail)
    )


async def take_back(tx: Tx, area_id: int, day: date, what: str, detail: str) -> None:
    """One less of a figure of that month, if there is one: what was counted was not so."""
    one = (
        select(tally.c.id)
        .where(
            tally.c.area_id == area_id,
            tally.c.month == f"{day:%Y-%m}",
            tally.c.what == what,
            tally.c.detail == detail,
        )
        .order_by(tally.c.id.desc())
        .limit(1)
    )
    await tx.execute(delete(tally).where(tally.c.id == one.scalar_subquery()))
