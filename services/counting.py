"""One more of a figure, in the transaction of what is counted (docs/architecture.md)."""

from datetime import datetime

from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from storage import families, tallies
from storage.database import Tx


async def count(
    tx: Tx,
    family_id: int,
    visit: int | None,
    what: Figure,
    now: datetime,
    rules: Rules,
    detail: str | None = None,
) -> None:
    """Count it in the family's area; nothing of the family goes with it."""
    home, day = await families.home(tx, family_id), on_the_clock(now, rules.zone).date()
    await tallies.count(tx, home.area_id, day, what, visit, detail, home.centre_id)


async def take_back(
    tx: Tx,
    family_id: int,
    visit: int | None,
    what: Figure,
    counted_at: datetime,
    rules: Rules,
    detail: str | None = None,
) -> None:
    """What was counted at that time is undone."""
    home, day = await families.home(tx, family_id), on_the_clock(counted_at, rules.zone).date()
    await tallies.take_back(tx, home.area_id, day, what, visit, detail, home.centre_id)
