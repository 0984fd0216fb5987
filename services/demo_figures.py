"""Figures of the size of interim report 4 (May 2022), for the demo and for tests of the report.

2,227 visits in 564 families, 180 children with all six, the other parent in 62 % of the families,
83 % said yes, from 65 to 98 % between areas (docs/domain.md F1-F5). How it is spread over areas and
half-years is made up, and so is what cooperation gave.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from programme.activities import ActivityKind
from programme.figures import Figure
from programme.follow_up import Offer
from programme.measures import Place, Sum
from programme.periods import HALF_YEAR, month
from storage import areas, tallies
from storage.database import Tx

AREAS = (
    "Opaltorget/Tynnered",
    "Hjällbo",
    "Hammarkullen",
    "Gårdsten",
    "Lövgärdet",
    "Angered Centrum",
)
# Two names of one area: the report's, and the one that Lotsen begins with.
_OURS = {"Opaltorget/Tynnered": "Tynnered"}
OTHER_AREAS = tuple(_OURS.get(name, name) for name in AREAS if name != "Hjällbo")  # than the demo's
SINCE, CLOSED = month(2019, 1), month(2022, 6)
HALF_YEARS = 7
YES = (280, 55, 55, 55, 54, 65)
# How many said no in each half-year, by area: 7, 18, 18, 19, 19 and 35.
NO = (
    (0, 0, 1, 1, 1, 2, 2),
    (5, 0, 5, 0, 0, 0, 8),
    (5, 0, 5, 0, 0, 0, 8),
    (0, 6, 0, 5, 0, 0, 8),
    (0, 6, 0, 5, 0, 0, 8),
    (5, 5, 5, 5, 5, 5, 5),
)
VISITS = (540, 470, 400, 340, 277, 200)
ALL_SIX, OTHER_PARENT = 180, 350


# What cooperation gave in the last year of the set, by area: made up. All are many, none is hidden.
_KINDS = {ActivityKind.OPEN_PRESCHOOL: 96, ActivityKind.FATHERS: 32, ActivityKind.LANGUAGE: 24}
_OFFERS = {Offer.OPEN_PRESCHOOL: 48, Offer.LIBRARY: 36, Offer.PARENT_GROUP: 24}
_LANGUAGES = {"so": 20, "ar": 16, "sv": 12, "en": 8}
Counts = Counter[tuple[int, int, str, int | None, str | None]]


async def write(tx: Tx, last_year: int) -> None:
    """The set as rows, its last half-year being the second one of that year; areas are opened."""
    numbers = {}
    for place in places():
        name = _OURS.get(place.name, place.name)
        numbers[place.id] = await areas.find(tx, name) or await areas.add(tx, name)
    later = month(last_year, HALF_YEAR + 1) - (CLOSED + 1 - HALF_YEAR)
    moved = (replace(each, month=each.month + later) for each in sums())
    await tallies.write(
        tx,
        (
            replace(each, area=numbers[each.area])
            for each in (*moved, *_cooperation(month(last_year, 1)))
        ),
    )


def _cooperation(january: int) -> Iterator[Sum]:
    """A year of each, in every area and month alike."""
    shown = (
        *((Figure.ATTENDED, kind, count) for kind, count in _KINDS.items()),
        *((Figure.GUIDED_ON, offer, count) for offer, count in _OFFERS.items()),
        *((Figure.JOINED, code, count) for code, count in _LANGUAGES.items()),
        (Figure.SERIES_DONE, ActivityKind.FATHERS, 12),
    )
    for area in places():
        for what, detail, count in shown:
            for step, some in enumerate(spread(count, [1] * 12)):
                if some:
                    yield Sum(area.id, 0, january + step, what, None, detail, some)


def places() -> tuple[Place, ...]:
    """The six areas."""
    return tuple(Place(number, name) for number, name in enumerate(AREAS, start=1))


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """So many, shared out by weight; exactly the total."""
    whole, steps = sum(weights), list(accumulate(weights))
    ends = [total * step // whole for step in steps]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _over_months(
    found: Counts,
    area: int,
    half_year: int,
    count: int,
    what: str,
    visit: int | None = None,
    detail: str | None = None,
) -> None:
    first = SINCE + half_year * HALF_YEAR
    for step, some in enumerate(spread(count, [1] * HALF_YEAR)):
        if some and first + step < CLOSED:  # to May: June has none
            found[area, first + step, what, visit, detail] += some
        elif some:
            found[area, first + step - 1, what, visit, detail] += some


def _over_areas(
    found: Counts,
    total: int,
    what: str,
    since: int = 0,
    visit: int | None = None,
    detail: str | None = None,
) -> None:
    """By area as many as said yes there, and evenly over the half-years from `since` on."""
    for half_year, some in enumerate(spread(total, [1] * (HALF_YEARS - since)), start=since):
        for area, count in enumerate(spread(some, YES), start=1):
            _over_months(found, area, half_year, count, what, visit, detail)


def sums() -> list[Sum]:
    """The data set, as the database adds up what the services have counted."""
    found: Counts = Counter()
    for area, (yes, noes) in enumerate(zip(YES, NO, strict=True), start=1):
        for half_year, (some, no) in enumerate(zip(spread(yes, [1] * 7), noes, strict=True)):
            _over_months(found, area, half_year, some, "family_yes")
            _over_months(found, area, half_year, no, "family_no")
            _over_months(found, area, half_year, some + no, "registered")
    for number, total in enumerate(VISITS, start=1):
        _over_areas(found, total, "visit_done", since=number // 3, visit=number)
    _over_areas(found, 200, "family_visited", detail="phone")
    _over_areas(found, 364, "family_visited", detail="chat")
    _over_areas(found, OTHER_PARENT, "other_parent_family")
    _over_areas(found, 430, "first_in_time", visit=1)
    _over_areas(found, 110, "first_late", visit=1)
    _over_areas(found, ALL_SIX, "all_six", since=2)
    _over_areas(found, ALL_SIX, "last_window", since=2, detail="six")
    _over_areas(found, 130, "last_window", since=2, detail="some")
    for number, total in enumerate(VISITS, start=1):
        since = number // 3
        _over_areas(found, total * 9 // 10, "visit_both_staff", since=since, visit=number)
        _over_areas(found, total * 2 // 3, "visit_chat", since=since, visit=number)
        for who, share in (("birthing", 95), ("other_parent", 48), ("other_adult", 12)):
            _over_areas(found, total * share // 100, "took_part", since, number, who)
    return [
        Sum(area, 0, step, what, visit, detail, count)
        for (area, step, what, visit, detail), count in found.items()
    ]
