"""What was counted in some months and areas, without identity: sums of `tally`."""

from collections.abc import Sequence

from sqlalchemy import func, select

from storage.database import Tx
from storage.tables import tally

Sums = dict[tuple[str, str | None], int]  # by what and detail


async def sums(tx: Tx, areas: Sequence[int], first: str, last: str) -> Sums:
    """How often each was counted there from month `first` to `last`, such as 2026-03."""
    rows = await tx.execute(
        select(tally.c.what, tally.c.detail, func.count())
        .where(tally.c.area_id.in_(areas), tally.c.month.between(first, last))
        .group_by(tally.c.what, tally.c.detail)
    )
    return {(what, detail): count for what, detail, count in rows}
