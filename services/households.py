"""Facts of a family for whoever works for it: command line and demo."""

from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NoChildBorn, NoSuchFamily
from programme.looks import Seen
from programme.people import Family
from services.access import seen_by_operator
from storage import families, sheets
from storage.database import Database, Tx
from storage.sheets import Sheet


@dataclass(frozen=True)
class Household:
    """A family as staff see it: no names, for there are none."""

    family: Family
    sheet: Sheet


async def show(tx: Tx, family_id: int, now: datetime) -> Household:
    """A family by its number, for whoever runs Lotsen; raises NoSuchFamily."""
    if not await families.exists(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    await seen_by_operator(tx, family, now, Seen.COMMAND)
    return Household(family, await sheets.of(tx, family_id))


async def birth_of(db: Database, family_id: int) -> date:
    """The birth date of a family's first child; raises NoChildBorn."""
    async with db.read() as tx:
        [family] = await families.load(tx, [family_id])
    for child in family.children:
        if child.born:
            return child.born
    raise NoChildBorn(family_id)


async def wants_visits(tx: Tx, family_id: int) -> bool:
    """Whether visits may be offered: nobody has said no to all of them."""
    [family] = await families.load(tx, [family_id])
    return family.eligible is not False and family.visits_ended_at is None
