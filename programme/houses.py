"""In which house a visit is that is not at home: the one of its kind in the area (mission D16)."""

from collections.abc import Iterable
from datetime import date

from programme.people import Place
from programme.places import Venue, VenueKind, not_open_yet

# The kinds of meeting places that are a house with a door.
HOUSES = {
    Place.FAMILY_CENTRE: VenueKind.FAMILY_CENTRE,
    Place.OPEN_PRESCHOOL: VenueKind.OPEN_PRESCHOOL,
    Place.BVC: VenueKind.HEALTH_CENTRE,
}


def house_of(where: Place, venues: Iterable[Venue], area_id: int, day: date) -> int | None:
    """The house where the area's visits at that kind of place are, if the map knows it.

    Where there are two of them nobody has said which: rather no pin than the wrong door (D16).
    """
    there = [
        each
        for each in venues
        if area_id in each.areas
        and HOUSES.get(where) in each.offers
        and not not_open_yet(each, day)
    ]
    return there[0].id if len(there) == 1 and there[0].point else None
