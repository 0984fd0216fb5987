"""What was counted, without identity: sums of `tally` for the report's rules, all areas at once."""

from sqlalchemy import func, select

from programme.periods import read
from programme.report import Place, Sum
from storage.database import Tx
from storage.tables import area, tally


async def sums(tx: Tx) -> list[Sum]:
    """Every figure by area and month: what may be shown of one depends on the others."""
    columns = (tally.c.area_id, tally.c.month, tally.c.what, tally.c.visit, tally.c.detail)
    rows = await tx.execute(select(*columns, func.count()).group_by(*columns))
    return [
        Sum(number, 0, read(month), what, visit, detail, count)
        for number, month, what, visit, detail, count in rows
    ]


async def places(tx: Tx) -> list[Place]:
    """The areas the figures are of."""
    rows = await tx.execute(select(area.c.id, area.c.name).order_by(area.c.name))
    return [Place(*row) for row in rows]
