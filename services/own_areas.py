"""Which areas somebody of the staff works in, and which they may run (mission A4, H1)."""

from programme.errors import NotYours
from services.access import Colleague, meets_families, runs_areas, runs_every_area
from storage import areas
from storage.areas import Row
from storage.database import Tx

__all__ = ["Row", "all_of", "is_everywhere", "managed", "managed_one", "with_activities", "worked"]


def is_everywhere(colleague: Colleague) -> bool:
    """Whether every area is theirs to run."""
    return runs_every_area(colleague)


async def all_of(tx: Tx) -> list[Row]:
    """Every area, in alphabetical order."""
    return await areas.listed(tx)


async def worked(tx: Tx, colleague: Colleague) -> list[Row]:
    """The areas whose families they meet; raises NotYours for who meets none."""
    if not meets_families(colleague):
        raise NotYours
    return await _own(tx, colleague)


async def with_activities(tx: Tx, colleague: Colleague) -> list[Row]:
    """The areas whose activities they see: what families can come to is no secret of theirs.

    Raises NotYours for who neither meets families nor runs every area.
    """
    return await (all_of(tx) if is_everywhere(colleague) else worked(tx, colleague))


async def managed(tx: Tx, colleague: Colleague) -> list[Row]:
    """The areas they run; raises NotYours for who runs none."""
    if not runs_areas(colleague):
        raise NotYours
    return await (all_of(tx) if is_everywhere(colleague) else _own(tx, colleague))


async def managed_one(tx: Tx, colleague: Colleague, area_id: int) -> Row:
    """One of the areas they run; raises NotYours for any other number."""
    found = next((each for each in await managed(tx, colleague) if each.id == area_id), None)
    if found is None:
        raise NotYours
    return found


async def _own(tx: Tx, colleague: Colleague) -> list[Row]:
    return [each for each in await areas.listed(tx) if each.id in colleague.areas]
