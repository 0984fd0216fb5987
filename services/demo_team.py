"""What the demo's staff do besides chatting: their hours are set, the next free time is booked."""

from collections.abc import Sequence
from datetime import date, datetime

from programme.kinds import Rules
from services.booking import book_slot
from services.slots import free_slots
from storage import availability, families, staff
from storage.availability import Span
from storage.database import Tx
from storage.turns import lock_family

WORKING_DAYS = range(5)


async def set_week(tx: Tx, area_id: int, name: str, hours: Sequence[Span]) -> None:
    """Somebody of that area works these hours on every weekday."""
    found = await staff.find(tx, area_id, name)
    if found is not None:
        for weekday in WORKING_DAYS:
            await availability.set_hours(tx, found.member.id, weekday, hours)


async def book_next(
    tx: Tx, family_id: int, visit: int, first: date, now: datetime, rules: Rules
) -> None:
    """The first time from that day on at which both are free; nothing if there is none."""
    await lock_family(tx, family_id)
    [family] = await families.load(tx, [family_id])
    for slot in await free_slots(tx, family, visit, now, rules, first=first, limit=1):
        await book_slot(tx, None, family_id, visit, slot, now, rules)
