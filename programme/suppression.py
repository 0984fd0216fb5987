"""Small counts are hidden so that nothing else gives them away (mission I4; decision 27).

A figure is cut into blocks once and for all: units (a health centre of an area) times months. Each
block is nought or at least five, and only sums of whole blocks are ever shown, in whatever report.
So whoever has all reports knows the blocks and not one number more.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from programme.periods import HALF_YEAR, QUARTER, Period

LEAST = 5  # the smallest count that is shown, but for nought

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, order=True)
class Unit:
    """Where something was counted: an area, and in it a health centre, 0 if none is known."""

    area: int
    centre: int = 0


Cells = Mapping[tuple[Unit, int], int]  # a count by unit and month


@dataclass(frozen=True)
class Block:
    """What is never shown in parts."""

    units: frozenset[Unit]
    months: Period
    count: int

    def holds(self, unit: Unit, month: int) -> bool:
        """Whether what was counted there and then is part of it."""
        return unit in self.units and self.months.first <= month <= self.months.last


@dataclass(frozen=True)
class Blocks:
    """A figure as it may be shown: `months` are those of which anything is known at all."""

    windows: tuple[Period, ...]
    blocks: tuple[Block, ...]

    def count(self, units: frozenset[Unit], months: Period) -> int | None:
        """The count there; None: it is hidden, or the time is not over."""
        if not self.windows or months.last > self.windows[-1].last:
            return None
        found = [each for each in self.blocks if _touches(each, units, months)]
        if all(each.units <= units and months.holds(each.months) for each in found):
            return sum(each.count for each in found)
        return None


def _touches(block: Block, units: frozenset[Unit], months: Period) -> bool:
    return block.count > 0 and months.touches(block.months) and not block.units.isdisjoint(units)


def may_show(count: int) -> bool:
    """Whether a count is none that must be hidden."""
    return count == 0 or count >= LEAST


def cut(
    cells: Cells,
    since: int,
    closed: int,
    *,
    finely: bool = False,
    quarterly: bool = False,
    so_far: bool = False,
) -> Blocks:
    """The blocks of a figure, for months from `since` to `closed`.

    What was cut stays as it is when later months are added. `finely`: also by health centre and by
    month; else an area has one block in a window. `quarterly`: a quarter is told when it is over,
    if no area has too few; else half-years. `so_far`: also what is left, though it is not over.
    """
    windows = tuple(_windows(_by_area(cells), since - since % HALF_YEAR, closed, quarterly, so_far))
    inside = [_cells_in(cells, window) for window in windows]
    blocks = (
        block
        for window, found in zip(windows, inside, strict=True)
        for block in _in_window(found, window, finely)
    )
    return Blocks(windows, tuple(blocks))


def _by_area(cells: Cells) -> dict[int, dict[int, int]]:
    """By month, then area."""
    found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (unit, month), count in cells.items():
        found[month][unit.area] += count
    return {month: dict(areas) for month, areas in found.items()}


def _windows(
    by_month: Mapping[int, Mapping[int, int]],
    since: int,
    closed: int,
    quarterly: bool,
    so_far: bool,
) -> Iterator[Period]:
    """Half-years, and longer where all areas together have too few."""
    areas: defaultdict[int, int] = defaultdict(int)
    begun = since
    for last in range(since + QUARTER - 1, closed + 1, QUARTER):
        for month in range(last - QUARTER + 1, last + 1):
            for area, count in by_month.get(month, {}).items():
                areas[area] += count
        half_year_ends = (last + 1) % HALF_YEAR == 0
        early = quarterly and all(may_show(count) for count in areas.values())
        if early or (half_year_ends and may_show(sum(areas.values()))):
            yield Period(begun, last)
            areas.clear()
            begun = last + 1
    left = Period(begun, closed)
    if so_far and left.first <= left.last and may_show(_total(by_month, left)):
        yield left


def _total(by_month: Mapping[int, Mapping[int, int]], months: Period) -> int:
    found = (by_month.get(month, {}) for month in range(months.first, months.last + 1))
    return sum(sum(areas.values()) for areas in found)


def _cells_in(cells: Cells, window: Period) -> dict[Unit, dict[int, int]]:
    found: defaultdict[Unit, dict[int, int]] = defaultdict(dict)
    for (unit, month), count in cells.items():
        if window.first <= month <= window.last and count:
            found[unit][month] = count
    return dict(found)


def _in_window(
    found: Mapping[Unit, Mapping[int, int]], window: Period, finely: bool
) -> Iterator[Block]:
    """First the areas, then the health centres of an area, then the months of each."""
    totals = {unit: sum(months.values()) for unit, months in found.items()}
    by_area: defaultdict[int, int] = defaultdict(int)
    for unit, count in totals.items():
        by_area[unit.area] += count
    for areas in together(by_area):
        units = frozenset(unit for unit in totals if unit.area in areas)
        inside = {unit: found[unit] for unit in units}
        if finely:
            yield from fine_blocks(inside, window, parted=len(areas) == 1)
        else:
            yield Block(units, window, sum(totals[unit] for unit in units))


def fine_blocks(
    found: Mapping[Unit, Mapping[int, int]], window: Period, *, parted: bool = True
) -> Iterator[Block]:
    """By health centre (where they are `parted` at all), and by month."""
    totals = {unit: sum(months.values()) for unit, months in found.items()}
    for group in together(totals) if parted else [frozenset(totals)]:
        yield from _months(group, found, window)


def together(counts: Mapping[K, int]) -> list[frozenset[K]]:
    """Each alone that may be shown; the small ones together, with company if they are too few."""
    small = {key for key, count in counts.items() if not may_show(count)}
    others = sorted((count, str(key), key) for key, count in counts.items() if key not in small)
    hidden = sum(counts[key] for key in small)
    for count, _, key in others:
        if may_show(hidden):
            break
        if count:
            small.add(key)
            hidden += count
    alone = [frozenset({key}) for key in counts if key not in small]
    return [*alone, frozenset(small)] if small else alone


def _months(
    units: frozenset[Unit], found: Mapping[Unit, Mapping[int, int]], window: Period
) -> Iterator[Block]:
    counts = [
        sum(found[unit].get(month, 0) for unit in units)
        for month in range(window.first, window.last + 1)
    ]
    for first, last in runs(counts):
        months = Period(window.first + first, window.first + last)
        yield Block(units, months, sum(counts[first : last + 1]))


def runs(counts: list[int]) -> list[tuple[int, int]]:
    """First and last of each run whose sum may be shown; what is left goes with those before."""
    found: list[tuple[int, int]] = []
    begun, hidden = 0, 0
    for place, count in enumerate(counts):
        hidden += count
        if may_show(hidden):
            found.append((begun, place))
            begun, hidden = place + 1, 0
    last = len(counts) - 1
    while hidden and found and not may_show(hidden):
        begun, end = found.pop()
        hidden += sum(counts[begun : end + 1])
    return [*found, (begun, last)] if begun <= last else found
