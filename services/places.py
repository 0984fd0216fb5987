"""Places as parents ask for them: what is open, one place, what is near (mission F3, E9).

A position is an argument and nothing else: it is not written anywhere (mission F8).
"""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import NotYours
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.places import (
    Day,
    Near,
    Point,
    Status,
    Venue,
    VenueKind,
    nearest,
    status,
    week_at,
)
from services.access import Reader
from storage import families, places
from storage.database import Tx

__all__ = ["Near", "Page", "Point"]

_ORDER = list(VenueKind)


@dataclass(frozen=True)
class Page:
    """Some of the places, how it stands there now, and whether there are more."""

    shown: list[tuple[Venue, Status]]
    more: bool


async def page(tx: Tx, reader: Reader, now: datetime, rules: Rules, number: int, size: int) -> Page:
    """A page of places, those of the family's own area first."""
    found = await _known(tx, reader)
    begin = max(number, 0) * size
    shown = [(venue, status(venue, now, rules)) for venue in found[begin : begin + size]]
    return Page(shown, len(found) > begin + size)


async def _known(tx: Tx, reader: Reader) -> list[Venue]:
    """Places that are there or open on a known day: one's own area's first, by kind and name."""
    own = (await families.home(tx, reader.family_id)).area_id
    found = [each for each in await places.listed(tx) if not each.later or each.opens_on]
    return sorted(found, key=lambda v: (own not in v.areas, _ORDER.index(v.kind), v.name))


async def one(tx: Tx, place_id: int) -> Venue:
    """A place that stands; raises NotYours for any other number."""
    found = await places.find(tx, place_id)
    if found is None:
        raise NotYours
    return found


async def with_status(tx: Tx, place_id: int, now: datetime, rules: Rules) -> tuple[Venue, Status]:
    """One place and how it stands there now; raises NotYours."""
    venue = await one(tx, place_id)
    return venue, status(venue, now, rules)


def days(venue: Venue, now: datetime, rules: Rules) -> list[Day]:
    """The next seven days at a place."""
    return week_at(venue, on_the_clock(now, rules.zone).date(), rules)


async def near(tx: Tx, here: Point, now: datetime, rules: Rules) -> list[Near]:
    """The nearest place of each kind."""
    today = on_the_clock(now, rules.zone).date()
    return nearest(await places.listed(tx), here, today)
