"""A family's children, as far as its own parents ask."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.ages import months_old
from programme.errors import NotYours
from programme.localtime import on_the_clock
from services.access import Reader, family_of
from storage.database import Tx


async def months_old_now(
    tx: Tx, reader: Reader, child_id: int, now: datetime, zone: ZoneInfo
) -> int:
    """The age in months of a child of the reader's own; raises NotYours."""
    family = await family_of(tx, reader)
    child = next((each for each in family.children if each.id == child_id), None)
    if child is None or child.tips_from is None:
        raise NotYours
    return months_old(child.tips_from, on_the_clock(now, zone).date())
