"""The places the documents name, to begin a database with: names, and nothing nobody knows.

No hours, no positions, not checked: staff add those (docs/domain.md part 1.3). What was only
planned when the list was made (2017) opens later, nobody knows when.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from programme.places import InHouse, Venue, VenueKind

NAMED_AT = datetime(2017, 8, 30, tzinfo=UTC)  # the day of the list with P7, P8 and P12

# domain.md P13: what every family centre holds at least.
_CENTRE = (InHouse.MIDWIFE, InHouse.BVC, InHouse.OPEN_PRESCHOOL, InHouse.SOCIAL_WORKER)


@dataclass(frozen=True)
class First:
    """A place, and the area whose families find it first, if that area is in the programme."""

    venue: Venue
    area: str | None = None


def _centre(name: str, area: str | None = None, dental: bool = False, later: bool = False) -> First:
    # P16: its meeting point is the open preschool, without booking. P12: where teeth are seen to.
    in_house = (*_CENTRE, InHouse.DENTAL) if dental else _CENTRE
    venue = Venue(
        name=f"Familjecentral {name}",
        kind=VenueKind.FAMILY_CENTRE,
        in_house=in_house,
        drop_in=True,
        later=later,
    )
    return First(venue, area)


def _of(kind: VenueKind, name: str, area: str | None = None) -> First:
    return First(Venue(name=name, kind=kind), area)


FIRST_PLACES = (
    # P7, P10 and P12
    _centre("Opaltorget", "Tynnered"),
    _centre("Hjällbo", "Hjällbo", dental=True),
    _centre("Angered Centrum", "Angered Centrum", dental=True),
    _centre("Bergsjön", dental=True),
    _centre("Södra Biskopsgården", dental=True),
    _centre("Frölunda–Trädet"),
    _centre("Tuve"),
    _centre("Munkebäck"),
    _centre("Sanna"),
    _centre("Krokslätt"),
    # P8: planned in 2017; N Biskopsgården is the second of P12's two in Biskopsgården
    _centre("Lövgärdet", "Lövgärdet", later=True),
    _centre("Norra Biskopsgården", dental=True, later=True),
    _centre("Gamlestaden", later=True),
    _centre("Backa", later=True),
    _centre("Lundby", later=True),
    # P1, P2, P5
    _of(VenueKind.HEALTH_CENTRE, "BVC Närhälsan Opaltorget", "Tynnered"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Närhälsan Hjällbo", "Hjällbo"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Närhälsan Lövgärdet", "Lövgärdet"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Gårdstens vårdcentral", "Gårdsten"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Närhälsan Angered", "Angered Centrum"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Capio Läkarhus Angered", "Angered Centrum"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Närhälsan Biskopsgården"),
    _of(VenueKind.HEALTH_CENTRE, "BVC Nötkärnan Friskväderstorget"),
    # P19
    _of(VenueKind.LIBRARY, "Stadsbiblioteket"),
    _of(VenueKind.LIBRARY, "Kulturhuset Kåken"),
)
