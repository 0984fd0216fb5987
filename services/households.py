"""Facts of a family for whoever works for it: command line and demo."""

from datetime import date

from programme.errors import NoChildBorn
from storage import families
from storage.database import Database


async def birth_of(db: Database, family_id: int) -> date:
    """The birth date of a family's first child; raises NoChildBorn."""
    async with db.read() as tx:
        [family] = await families.load(tx, [family_id])
    for child in family.children:
        if child.born:
            return child.born
    raise NoChildBorn(family_id)
