"""Nobody who has every report gets a small hidden count back (mission I4, decision 27)."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from programme import shares
from programme.periods import Period, month
from programme.suppression import LEAST, Unit, cut, may_show, runs, together

SINCE = month(2025, 1)
MONTHS = 18
AREAS = (1, 2, 3)
UNITS = [Unit(1), Unit(2), Unit(3, 7), Unit(3, 8)]


def some_counts(seed):
    """Counts by unit and month: from nearly empty tables to busy ones."""
    dice = random.Random(seed)
    busy = {unit: dice.choice([0.1, 0.4, 1.5, 6]) for unit in UNITS}
    return {
        (unit, SINCE + step): dice.randint(0, round(2 * busy[unit]) or (dice.random() < busy[unit]))
        for unit in UNITS
        for step in range(MONTHS)
    }


def all_reports():
    """Every choice of units, and every period of whole months, there is."""
    for size in range(1, len(UNITS) + 1):
        for some in combinations(UNITS, size):
            for first in range(SINCE, SINCE + MONTHS):
                for last in range(first, SINCE + MONTHS):
                    yield frozenset(some), Period(first, last)


class Attacker:
    """Knows every number that was shown, and that no count is under nought."""

    def __init__(self, size):
        self.size, self.rows, self.values = size, [], []

    def learn(self, places, value):
        row = np.zeros(self.size)
        row[list(places)] = 1
        self.rows.append(row)
        self.values.append(value)

    def range_of(self, places, parts_of=()):
        """The least and the most that a sum of numbers can be."""
        aim = np.zeros(self.size)
        aim[list(places)] = 1
        below = np.zeros((len(parts_of), self.size))
        for row, (part, whole) in enumerate(parts_of):
            below[row, part], below[row, whole] = 1, -1
        rows = csr_matrix(np.array(self.rows or np.zeros((1, self.size))))
        known = {"A_eq": rows, "b_eq": self.values or [0]}
        if len(below):
            known |= {"A_ub": csr_matrix(below), "b_ub": np.zeros(len(below))}
        least, most = (
            linprog(sign * aim, bounds=(0, None), method="highs", **known) for sign in (1, -1)
        )
        assert least.status == 0
        return least.fun, -most.fun if most.status == 0 else float("inf")


def narrowest(seed, show=None):
    """The narrowest range into which an attacker gets a count from 1 to 4."""
    cells = some_counts(seed)
    places = {cell: place for place, cell in enumerate(cells)}
    shown = cut(cells, SINCE, SINCE + MONTHS - 1, finely=True)
    attacker, seen = Attacker(len(cells)), set()
    for units, months in all_reports():
        chosen = frozenset(
            place
            for (unit, each), place in places.items()
            if unit in units and months.first <= each <= months.last
        )
        true = sum(count for cell, count in cells.items() if places[cell] in chosen)
        count = show(true) if show else shown.count(units, months)
        assert count == true and may_show(count) if count is not None else True
        if count is not None and chosen not in seen:
            seen.add(chosen)
            attacker.learn(chosen, count)
    small = [place for cell, place in places.items() if not may_show(cells[cell])]
    some = random.Random(seed).sample(small, min(10, len(small)))
    ranges = [attacker.range_of([place]) for place in some]
    return min((most - least for least, most in ranges), default=float("inf"))


@pytest.mark.parametrize("seed", range(4))
def test_a_linear_program_that_knows_every_report_cannot_narrow_a_small_count(seed):
    assert narrowest(seed) >= LEAST - 1e-6, f"seed {seed}"


def test_the_same_attack_succeeds_where_only_small_counts_themselves_are_hidden():
    assert narrowest(0, lambda count: count if may_show(count) else None) < 1


def some_parts(seed):
    """A whole and a part of it, by area and month; the part or the rest is often small."""
    dice = random.Random(seed)
    busy = {area: dice.choice([1, 3, 8]) for area in AREAS}
    often = {area: dice.choice([0.1, 0.5, 0.95]) for area in AREAS}
    cells = [(Unit(area), SINCE + step) for area in AREAS for step in range(MONTHS)]
    wholes = {cell: dice.randint(0, 2 * busy[cell[0].area]) for cell in cells}
    parts = {
        cell: sum(dice.random() < often[cell[0].area] for _ in range(whole))
        for cell, whole in wholes.items()
    }
    return wholes, parts


def narrowest_part(seed):
    """The same of a part and of its rest, within one area and one window."""
    wholes, parts = some_parts(seed)
    places = {cell: place for place, cell in enumerate(wholes)}
    shown = cut(wholes, SINCE, SINCE + MONTHS - 1)
    cells = shares.cells(shown, parts, AREAS)
    found = shares.shown(cells, len(shown.windows))
    attacker = Attacker(2 * len(places))
    for block in shown.blocks:  # every report is a sum of these
        attacker.learn([p for (u, m), p in places.items() if block.holds(u, m)], block.count)
    for run in found:
        assert may_show(run.part) and may_show(run.whole - run.part)
        attacker.learn([len(places) + p for p in _inside(run, shown, places)], run.part)
    pairs = [(len(places) + place, place) for place in places.values()]
    small = [c for c in cells if not (may_show(c.part) and may_show(c.whole - c.part))]
    ranges = []
    for cell in random.Random(seed).sample(small, min(8, len(small))):
        run = shares.Run(cell.row, (cell.window,), cell.whole, cell.part)
        aim = [len(places) + place for place in _inside(run, shown, places)]
        ranges.append(attacker.range_of(aim, pairs))
    return min((most - least for least, most in ranges), default=float("inf"))


def _inside(run, shown, places):
    return [
        place
        for (unit, each), place in places.items()
        if (run.row is None or unit.area in run.row)
        and any(shown.windows[w].first <= each <= shown.windows[w].last for w in run.windows)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_nor_can_it_narrow_a_small_part_or_a_small_rest(seed):
    assert narrowest_part(seed) >= LEAST - 1e-6, f"seed {seed}"


def test_parts_without_their_audit_are_narrowed(monkeypatch):
    monkeypatch.setattr(shares, "_all_wide", lambda _ledger: True)
    assert min(narrowest_part(seed) for seed in range(4)) < LEAST - 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=14))
def test_runs_hold_everything_once_and_only_what_may_be_shown(counts):
    assume(may_show(sum(counts)))
    found = runs(counts)
    assert [place for first, last in found for place in range(first, last + 1)] == [
        *range(len(counts))
    ]
    assert all(may_show(sum(counts[first : last + 1])) for first, last in found)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1, 9), st.integers(0, 12), max_size=7))
def test_small_ones_are_together_with_as_few_others_as_will_do(counts):
    assume(may_show(sum(counts.values())))
    found = together(counts)
    assert sorted(key for group in found for key in group) == sorted(counts)
    assert all(may_show(sum(counts[key] for key in group)) for group in found)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_shown_stays_as_it_is_when_later_months_come(seed):
    cells = some_counts(seed)
    early, late = (cut(cells, SINCE, SINCE + months - 1, finely=True) for months in (12, MONTHS))
    assert set(early.blocks) <= set(late.blocks)
    wholes, parts = some_parts(seed)
    early, late = (cut(wholes, SINCE, SINCE + months - 1) for months in (12, MONTHS))
    before, after = (
        shares.shown(shares.cells(b, parts, AREAS), len(b.windows)) for b in (early, late)
    )
    assert set(before) <= set(after)
