"""Which health centre a family goes to, where its area has several (mission A4, I1)."""

from programme.errors import Broken, NoSuchFamily
from programme.places import VenueKind
from storage import families, places
from storage.database import Tx
from storage.turns import lock_family


class UnknownCentre(Broken):
    """The area has no such health centre."""

    def __init__(self, name: str, known: list[str]) -> None:
        there = ", ".join(known) or "none"
        super().__init__(f"There is no health centre {name!r} there. In this area: {there}.")


async def choose(tx: Tx, family_id: int, name: str) -> None:
    """What is counted of the family from now on is that centre's, too.

    Raises NoSuchFamily, UnknownCentre.
    """
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    area = (await families.home(tx, family_id)).area_id
    own = {
        venue.name: venue.id
        for venue in await places.listed(tx)
        if venue.kind is VenueKind.HEALTH_CENTRE and area in venue.areas
    }
    if name not in own:
        raise UnknownCentre(name, sorted(own))
    await families.set_family(tx, family_id, centre_id=own[name])
