"""A data set of the size of interim report 4 (May 2022), as sums of what the services count.

2,227 visits in 564 families, 180 children with all six, the other parent in 62 % of the families,
83 % said yes, from 65 to 98 % between areas (docs/domain.md F1-F5). How it is spread over areas and
half-years is made up.
"""

from collections import Counter
from itertools import accumulate

from programme.measures import Place, Sum
from programme.periods import HALF_YEAR, month

AREAS = (
    "Opaltorget/Tynnered",
    "Hjällbo",
    "Hammarkullen",
    "Gårdsten",
    "Lövgärdet",
    "Angered Centrum",
)
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


def places():
    """The six areas."""
    return tuple(Place(number, name) for number, name in enumerate(AREAS, start=1))


def spread(total, weights):
    """So many, shared out by weight; exactly the total."""
    whole, steps = sum(weights), list(accumulate(weights))
    ends = [total * step // whole for step in steps]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def _over_months(found, area, half_year, count, what, visit=None, detail=None):
    first = SINCE + half_year * HALF_YEAR
    for step, some in enumerate(spread(count, [1] * HALF_YEAR)):
        if some and first + step < CLOSED:  # to May: June has none
            found[area, first + step, what, visit, detail] += some
        elif some:
            found[area, first + step - 1, what, visit, detail] += some


def _over_areas(found, total, what, since=0, visit=None, detail=None):
    """By area as many as said yes there, and evenly over the half-years from `since` on."""
    for half_year, some in enumerate(spread(total, [1] * (HALF_YEARS - since)), start=since):
        for area, count in enumerate(spread(some, YES), start=1):
            _over_months(found, area, half_year, count, what, visit, detail)


def sums():
    """The data set, as the database adds up what the services have counted."""
    found = Counter()
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
