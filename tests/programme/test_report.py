"""What a report tells, with the numbers of the sums it is given (mission I1, I4)."""

import random
from collections import Counter
from datetime import date

import pytest

from programme.measures import NUMBERS, Line, Place, Sum, measure
from programme.periods import Period, month, settled
from programme.report import Report
from programme.report_summary import summary
from programme.suppression import LEAST, Unit, may_show
from services import demo_figures
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


@pytest.fixture(scope="module")
def interim_report():
    return Report(demo_figures.sums(), demo_figures.places(), demo_figures.CLOSED)


def test_the_table_of_interim_report_4_comes_out_exactly(interim_report):
    months = Period(demo_figures.SINCE, demo_figures.CLOSED)
    found = summary(interim_report, months, None, demo_figures.places())
    assert (found.visits.count, found.families.count, found.all_six.count) == (2227, 564, 180)
    assert (found.other_parent.count, found.other_parent.of) == (350, 564)
    assert round(100 * found.other_parent.share) == 62
    assert round(100 * found.said_yes.share) == 83
    assert [round(100 * share) for share in found.range] == [65, 98]


def test_each_half_year_is_told_for_all_areas_and_a_hidden_cell_says_where_more_is_shown(
    interim_report,
):
    year = Period(demo_figures.SINCE + 12, demo_figures.SINCE + 23)
    line = interim_report.told(Line(1, None, year, "answered", part="said_yes"))
    assert line.count is None  # two said no in that year
    assert line.wider.area == 1 and line.wider.months.holds(year)
    assert line.wider.count == 280 and line.wider.of == 287
    half = Period(demo_figures.SINCE, demo_figures.SINCE + 5)
    assert interim_report.told(Line(None, None, half, "answered", part="said_yes")).share


def test_a_month_of_a_health_centre_is_told_where_its_half_year_is():
    sums = [Sum(1, 0, SINCE + s, "visit_done", n, None, 2) for s in range(6) for n in NUMBERS]
    report = Report(sums, PLACES, SINCE + 5)
    months = Period(SINCE + 2, SINCE + 2)
    assert report.told(Line(1, 5, months, "visits")).count == 12
    by_number = report.told(Line(1, None, months, "visits", visit=3))
    assert by_number.count is None
    assert (by_number.wider.count, by_number.wider.months) == (12, Period(SINCE, SINCE + 5))


def test_a_half_year_that_is_not_over_is_told_only_so_far():
    sums = [Sum(1, 0, SINCE + s, "visit_done", 1, None, 9) for s in range(8)]
    months = Period(SINCE, SINCE + 7)
    assert Report(sums, PLACES, SINCE + 7).told(Line(1, None, months, "visits", 1)).count is None
    so_far = Report(sums, PLACES, SINCE + 7, so_far=True)
    assert so_far.told(Line(1, None, months, "visits", 1)).count == 72


def test_a_share_is_hidden_where_the_others_are_few_and_the_whole_is_told():
    sums = [
        Sum(1, 0, SINCE, "visit_done", 1, None, 20),
        Sum(1, 0, SINCE, "visit_both_staff", 1, None, 18),
    ]
    report = Report(sums, PLACES, SINCE + 5)
    months = Period(SINCE, SINCE + 5)
    both = report.told(Line(1, None, months, "visits", part="both_staff"))
    assert (both.count, both.of, both.wider) == (None, 20, None)


def test_what_is_not_over_is_not_asked_for():
    report = Report([], PLACES, month(2026, 10))
    assert report.tells_until(month(2026, 1)) == month(2026, 6)
    assert report.tells_until(month(2026, 7)) == month(2026, 9)
    assert settled(date(2027, 1, 14)) == month(2026, 11)
    assert settled(date(2027, 1, 15)) == month(2026, 12)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_told_is_true(seed):
    dice = random.Random(seed)
    whats = [
        *((what, None) for what in ("registered", "family_yes", "family_no", "all_six")),
        *((what, n) for what in ("visit_done", "visit_both_staff") for n in NUMBERS),
    ]
    sums = [
        Sum(place.id, 0, step, what, number, None, count)
        for place in PLACES
        for step in range(SINCE, CLOSED + 1)
        for what, number in whats
        if (count := dice.randint(0, 3 if what == "visit_both_staff" else 5))
    ]
    capped = {(s.area, s.month, s.visit): s.count for s in sums if s.what == "visit_done"}
    sums = [
        each
        for each in sums
        if each.what != "visit_both_staff"
        or each.count <= capped.get((each.area, each.month, each.visit), 0)
    ]
    report, told = Report(sums, PLACES, CLOSED), 0
    for line in report.pages(PLACES, Period(SINCE, CLOSED), together=True):
        if (
            line.count is None
            or line.centre
            or line.measure not in {"visits", "offered", "all_six"}
        ):
            continue
        what = {"visits": "visit_done", "offered": "registered"}.get(line.measure, line.measure)
        what = "visit_both_staff" if line.part == "both_staff" else what
        if line.part not in {None, "both_staff"}:
            continue
        true = sum(
            each.count
            for each in sums
            if each.what == what
            and line.area in {None, each.area}
            and line.visit in {None, each.visit}
            and line.months.first <= each.month <= line.months.last
        )
        assert line.count == true
        told += true > 0
    assert told > 20


def test_where_nothing_has_been_nothing_is_hidden():
    report = Report([], PLACES, CLOSED)
    found = [*report.pages(PLACES, Period(SINCE, SINCE + 5), together=True)]
    assert {line.count for line in found} == {0}


def test_what_was_counted_at_a_health_centre_that_is_closed_since_stays_the_area_s():
    sums = [
        Sum(2, centre, SINCE, what, None, None, count)
        for what in ("registered", "all_six")
        for centre, count in ((7, 10), (9, 12))
    ]
    report, months = Report(sums, PLACES, CLOSED), Period(SINCE, SINCE + 5)
    for code in ("offered", "all_six"):
        assert report.count(measure(code), report.units(2), months) == 22
    assert report.count(measure("offered"), report.units(2, 7), months) == 10
