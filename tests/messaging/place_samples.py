"""Samples of what parents read about places: known and unknown, open and closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from messaging import place_texts
from programme.localtime import STOCKHOLM
from programme.places import (
    Change,
    Hours,
    InHouse,
    Point,
    Status,
    Venue,
    VenueKind,
    day_at,
    status,
    week_at,
)
from tests.cast import RULES, local

DAY = date(2027, 3, 5)  # a Friday
NOW = local("2027-03-05T10:30")
LONG = (Hours(9 * 60, 12 * 60), Hours(13 * 60, 16 * 60 + 30))
CENTRE = Venue(
    id=7,
    name="Familjecentral <Opaltorget>",
    kind=VenueKind.FAMILY_CENTRE,
    in_house=tuple(InHouse),
    drop_in=True,
    week=(*(LONG,) * 5, (), ()),
    point=Point(57.65, 11.91),
    way={
        "sv": "Bredvid <apoteket> & torget.",
        "ar": "بجانب الصيدلية (Apotek)",
        "so": "x",
        "en": "y",
    },
    checked_on=date(2027, 2, 1),
)
BARE = Venue(id=8, name="مكتبة 5", kind=VenueKind.LIBRARY)
LATER = replace(CENTRE, id=9, later=True, drop_in=False, checked_on=None)
CLOSED = replace(CENTRE, changes=(Change(DAY, DAY + timedelta(days=90)),))
TODAY_OFF = replace(CENTRE, changes=(Change(DAY, DAY),))
VENUES = (
    CENTRE,
    BARE,
    LATER,
    replace(LATER, opens_on=date(2027, 4, 1)),
    CLOSED,
    TODAY_OFF,
    *(replace(BARE, kind=kind) for kind in VenueKind),
)
RED = replace(RULES, is_red=lambda _day: True)
MOMENTS = (NOW, local("2027-03-05T08:00"), local("2027-03-06T10:00"))


def states(venue: Venue) -> list[tuple[Venue, Status]]:
    found = [(venue, status(venue, moment, RULES)) for moment in MOMENTS]
    return [*found, (venue, status(venue, NOW, RED))]


_ALL = [each for venue in VENUES for each in states(venue)]
_NEAR = [(7, 420), (8, 2999), (9, 12_400)]

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    place_texts.menu: [()],
    place_texts.ask_a_person: [()],
    place_texts.no_places: [()],
    place_texts.today: [
        ([], DAY, 0, False, STOCKHOLM),
        *((_ALL[n : n + 2], DAY, 0, n % 4 == 0, STOCKHOLM) for n in range(0, len(_ALL), 2)),
    ],
    place_texts.card: [
        *((venue, how, STOCKHOLM) for venue, how in _ALL),
        (*_ALL[0], STOCKHOLM, 420, "Pm:1:1"),
    ],
    place_texts.checked: [(None,), (DAY,)],
    place_texts.drop_in: [(True,), (False,)],
    place_texts.in_house: [((each,),) for each in InHouse],
    place_texts.distance: [(n,) for n in (0, 60, 100, 149, 2999, 3000, 11_000, 100_000, 101_000)],
    place_texts.week: [
        *((venue, week_at(venue, DAY, RULES)) for venue in VENUES),
        (CENTRE, week_at(CENTRE, DAY, RED), "Pw:1"),
    ],
    place_texts.week_line: [
        (day_at(venue, DAY, rules),) for venue in VENUES for rules in (RULES, RED)
    ],
    place_texts.way: [(CENTRE,), (BARE,)],
    place_texts.ask_position: [()],
    place_texts.not_now: [()],
    place_texts.all_right: [()],
    place_texts.used_once: [()],
    place_texts.none_near: [()],
    place_texts.nearby: [(*_ALL[0], STOCKHOLM, _NEAR, n) for n in (0, 2)],
    place_texts.position_not_used: [()],
}
