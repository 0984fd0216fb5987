"""In which house a visit is: rather none than the wrong door."""

from datetime import date

from programme.houses import house_of
from programme.people import Place
from programme.places import InHouse, Point, Venue, VenueKind


def house(where, *venues):
    return house_of(where, venues, 7, date(2027, 3, 5))


def a_house(number, kind, **facts):
    usual = {"areas": (7,), "point": Point(57.7, 12.0)}
    return Venue(**{"name": f"{number}", "kind": kind, "id": number, **usual, **facts})


def test_a_visit_is_in_the_one_house_of_its_kind_in_the_area():
    bvc = a_house(1, VenueKind.HEALTH_CENTRE)
    centre = a_house(2, VenueKind.FAMILY_CENTRE, in_house=(InHouse.OPEN_PRESCHOOL,))
    far = a_house(3, VenueKind.HEALTH_CENTRE, areas=(8,))
    assert house(Place.BVC, bvc, centre, far) == 1
    assert house(Place.FAMILY_CENTRE, bvc, centre) == 2
    assert house(Place.OPEN_PRESCHOOL, bvc, centre) == 2  # it is in that house
    assert house(Place.HOME, bvc, centre) is None
    assert house(Place.PHONE, bvc, centre) is None


def test_where_there_are_two_or_the_map_does_not_know_it_no_house_is_named():
    bvc = a_house(1, VenueKind.HEALTH_CENTRE)
    assert house(Place.BVC, bvc, a_house(2, VenueKind.HEALTH_CENTRE, point=None)) is None
    assert (
        house(Place.BVC, bvc, a_house(2, VenueKind.FAMILY_CENTRE, in_house=(InHouse.BVC,))) is None
    )
    assert house(Place.BVC, a_house(1, VenueKind.HEALTH_CENTRE, point=None)) is None
    assert house(Place.BVC) is None


def test_a_house_that_opens_later_is_none_before():
    later = a_house(1, VenueKind.HEALTH_CENTRE, later=True, opens_on=date(2027, 3, 6))
    assert house(Place.BVC, later) is None
    assert house(Place.BVC, later, a_house(2, VenueKind.HEALTH_CENTRE)) == 2
