"""What a report tells, with the numbers of the sums it is given (mission I1, I4)."""

import random
from collections import Counter

import pytest

from programme.periods import Period, month
from programme.report import NUMBERS, Place, Report, Sum, measure
from programme.suppression import LEAST, Unit, may_show
from tests.programme.test_suppression import Attacker

PLACES = (Place(1, "Hjällbo", ((5, "BVC Hjällbo"),)), Place(2, "Angered", ((7, "A"), (8, "B"))))
SINCE, CLOSED = month(2025, 1), month(2025, 12)
UNITS = (Unit(1, 5), Unit(2, 7), Unit(2, 8))


def some_visits(seed):
    dice = random.Random(seed)
    busy = {unit: dice.choice([1, 2, 4]) for unit in UNITS}
    return [
        Sum(unit.area, unit.centre, SINCE + step, "visit_done", number, None, count)
        for unit in UNITS
        for step in range(12)
        for number in NUMBERS
        if (count := dice.randint(0, busy[unit]))
    ]


def every_period():
    for first in range(SINCE, CLOSED + 1):
        for last in range(first, CLOSED + 1):
            yield Period(first, last)


@pytest.mark.parametrize("seed", range(2))
def test_visits_by_number_and_visits_by_month_give_each_other_away_no_more_than_each(seed):
    sums = some_visits(seed)
    places = {
        (unit, step, number): place
        for place, (unit, step, number) in enumerate(
            (u, s, n) for u in UNITS for s in range(SINCE, CLOSED + 1) for n in NUMBERS
        )
    }
    true = Counter({(Unit(s.area, s.centre), s.month, s.visit): s.count for s in sums})
    report, attacker, seen = Report(sums, PLACES, CLOSED), Attacker(len(places)), set()
    visits = measure("visits")
    for months in every_period():
        for area, centre in ((None, None), (1, None), (2, None), (2, 7), (2, 8)):
            for number in (None, *NUMBERS):
                units = report.units(area, centre)
                count = report.count(visits, units, months, number)
                chosen = frozenset(
                    place
                    for (unit, step, n), place in places.items()
                    if unit in units and months.first <= step <= months.last and number in {None, n}
                )
                if count is not None:
                    assert count == sum(true[cell] for cell in places if places[cell] in chosen)
                    assert may_show(count)
                    if chosen not in seen:
                        seen.add(chosen)
                        attacker.learn(chosen, count)
    aims = [[place] for cell, place in places.items() if not may_show(true[cell])]
    some = random.Random(seed).sample(aims, 12)
    assert min(most - least for least, most in map(attacker.range_of, some)) >= LEAST - 1e-6
