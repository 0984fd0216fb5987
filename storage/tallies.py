"""Figures without identity: erasing a family must not change last year's report."""

from datetime import date

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
