"""What every *Undo* needs: what was given up is promised again, and staff hear only what holds."""

from datetime import datetime

from programme.kinds import Rules
from programme.news import News
from programme.parcels import parcels
from programme.people import Family
from programme.plan import still_due
from storage import events, families, items, packing
from storage.database import Tx


async def promise_again(tx: Tx, family_id: int, now: datetime, rules: Rules) -> None:
    """What was given up and holds again, also if it had fallen due before the act undone."""
    [family] = await families.load(tx, [family_id])
    letters = [
        letter
        for each in await items.given_up(tx, family_id)
        if (letter := still_due(family, each.key, each.due_at, rules))
    ]
    await packing.plan(tx, parcels(letters, rules, now), now)


async def staff_may_know(tx: Tx, family: Family, what: News, since: datetime) -> bool:
    """Whether any of the staff has been told that already."""
    noted = [each.id for each in family.events if each.what is what and each.at >= since]
    keys = [f"staff:news:{event}:{member.id}" for event in noted for member in family.staff]
    return await items.may_have_left(tx, keys)


async def unsay(tx: Tx, family: Family, what: News, since: datetime) -> bool:
    """Take back what staff should have heard; whether one of them may know it already."""
    known = await staff_may_know(tx, family, what, since)
    await events.take_back(tx, family.id, what, since)
    return known
