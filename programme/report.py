"""The follow-up report: what may be shown of the counts in `measures.py` (mission I1, I2, I4).

It reads sums of `tally` and nothing else, so that erasing a family changes no figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from programme import shares
from programme.figures import Figure
from programme.measures import (
    BY_LANGUAGE,
    MEASURES,
    NUMBERS,
    Line,
    Measure,
    Part,
    Place,
    Sum,
    measure,
)
from programme.periods import HALF_YEAR, QUARTER, Period, half_year
from programme.suppression import Block, Blocks, Cells, Unit, cut, fine_blocks

ALL = None  # all areas together
Key = tuple[str, int | None, str | None]  # a measure's code, the visit, the detail

# The half-years, and what is shown of their areas.
_OfVisits = tuple[tuple[Period, ...], tuple[shares.Run, ...]]


@dataclass(frozen=True)
class _Shown:
    """One count, cut, and its parts."""

    blocks: Blocks
    parts: Mapping[str, tuple[shares.Run, ...]]


class Report:
    """Everything that may be told of these sums up to the month `closed`."""

    def __init__(
        self, sums: Iterable[Sum], places: Sequence[Place], closed: int, *, so_far: bool = False
    ) -> None:
        self.places = tuple(places)
        self.closed = closed
        self.so_far = so_far
        self.sums = [each for each in sums if each.month <= closed]
        self.since = min((each.month for each in self.sums), default=closed - HALF_YEAR)
        centres = _centres(self.sums, self.places)
        self._units = {
            area: frozenset({Unit(area), *(Unit(area, centre) for centre in found)})
            for area, found in centres.items()
        }
        self._only = {area: min(found) for area, found in centres.items() if len(found) == 1}
        self._known: dict[Key, _Shown] = {}
        self._numbered: dict[Line, Line] = {}
        self._parts_of_visits: dict[str, _OfVisits] = {}

    def tells_until(self, first: int) -> int:
        """The last month worth asking for from `first` on: of a half-year, or at least a quarter.

        What was counted later is told when its time is over.
        """
        if self.so_far:
            return self.closed
        ends = (self.closed + 1) // HALF_YEAR * HALF_YEAR - 1
        return ends if ends >= first else (self.closed + 1) // QUARTER * QUARTER - 1

    @cached_property
    def _picked(self) -> Mapping[tuple[str, int | None, str | None], Cells]:
        """Counts by what, visit and detail; an area's only health centre need not be said."""
        found: defaultdict[Key, defaultdict[tuple[Unit, int], int]]
        found = defaultdict(lambda: defaultdict(int))
        for each in self.sums:
            centre = each.centre or self._only.get(each.area, 0)
            found[each.what, each.visit, each.detail][Unit(each.area, centre), each.month] += (
                each.count
            )
        return found

    def _cells(self, what: str, visit: int | None, detail: str | None, plain: bool) -> Cells:
        """`visit` None: of every one; `detail` None: every one, or if `plain` only none."""
        found: defaultdict[tuple[Unit, int], int] = defaultdict(int)
        for (its, number, word), cells in self._picked.items():
            if its != what or (visit is not None and number != visit):
                continue
            if (detail is not None or plain) and word != detail:
                continue
            for cell, count in cells.items():
                found[cell] += count
        return found

    def details(self, measure: Measure) -> list[str]:
        """What a measure that is told by detail has been counted for."""
        return sorted({d for what, _, d in self._picked if what in measure.whats and d})

    def _shown(self, measure: Measure, visit: int | None, detail: str | None) -> _Shown:
        key = (measure.code, visit, detail)
        if key not in self._known:
            self._known[key] = self._cut(measure, visit, detail)
        return self._known[key]

    def _cut(self, measure: Measure, visit: int | None, detail: str | None) -> _Shown:
        whole = _added(self._cells(what, visit, detail, measure.plain) for what in measure.whats)
        fine, quarterly = measure.finely, measure.quarterly
        blocks = cut(
            whole, self.since, self.closed, finely=fine, quarterly=quarterly, so_far=self.so_far
        )
        parts = {}
        for part in () if measure.by_visit else measure.parts:
            cells = shares.cells(
                blocks, self._cells(part.what, visit, part.detail, False), self._units
            )
            parts[part.code] = tuple(shares.shown(cells, len(blocks.windows)))
        return _Shown(blocks, parts)

    @cached_property
    def _monthly(self) -> Mapping[int, Mapping[int, tuple[Block, ...]]]:
        """All six visits by health centre and month: by half-year, then area.

        Only where the six counts of the area are shown, so that their sum is no secret; by number
        and by month a count is never shown at once (decision 27).
        """
        visits = measure("visits")
        cells = _added(
            self._cells(what, number, None, True) for what in visits.whats for number in NUMBERS
        )
        found: dict[int, dict[int, tuple[Block, ...]]] = {}
        for first in range(self.since - self.since % HALF_YEAR, self.closed, HALF_YEAR):
            months = half_year(first)
            for place in self.places:
                if self._summed(visits, self._units[place.id], months) is not None:
                    inside = _inside(cells, self._units[place.id], months)
                    found.setdefault(first, {})[place.id] = tuple(fine_blocks(inside, months))
        return found

    def _summed(self, measure: Measure, units: frozenset[Unit], months: Period) -> int | None:
        counts = [self._shown(measure, n, None).blocks.count(units, months) for n in NUMBERS]
        known = [each for each in counts if each is not None]
        return sum(known) if len(known) == len(counts) else None

    def count(
        self,
        measure: Measure,
        units: frozenset[Unit],
        months: Period,
        visit: int | None = None,
        detail: str | None = None,
    ) -> int | None:
        """How many; None: hidden. `visit` None of a measure that is told by visit: all six."""
        if measure.by_visit and visit is None:
            count = self._summed(measure, units, months)
            if count is None and measure.code == "visits":
                return self._in_months(units, months)
            return count
        return self._shown(measure, visit, detail).blocks.count(units, months)

    def _in_months(self, units: frozenset[Unit], months: Period) -> int | None:
        total = 0
        for first in range(half_year(months.first).first, months.last + 1, HALF_YEAR):
            for area in {unit.area for unit in units}:
                blocks = self._monthly.get(first, {}).get(area)
                if blocks is None:
                    return None
                known = Blocks((half_year(first),), blocks)
                inside = Period(max(first, months.first), min(half_year(first).last, months.last))
                count = known.count(units, inside)
                if count is None:
                    return None
                total += count
        return total

    def part(self, measure: Measure, part: Part, area: int | None, months: Period) -> int | None:
        """How many of a part, of an area or of all; None: hidden. Of visits: of all six."""
        if measure.by_visit:
            windows, runs = self._of_visits(measure, part)
            return _in_runs(runs, windows, area, months)
        shown = self._shown(measure, None, None)
        return _in_runs(shown.parts[part.code], shown.blocks.windows, area, months)

    def _of_visits(self, measure: Measure, part: Part) -> _OfVisits:
        """A part of all six visits, by half-year: where the number of visits is told.

        Never by number: the wholes of each area are known by number, and the parts of areas would
        then bind those of numbers more tightly than the trial of either sees.
        """
        if part.code not in self._parts_of_visits:
            begun = self.since - self.since % HALF_YEAR
            halves = [half_year(m) for m in range(begun, self.closed + 1, HALF_YEAR)]
            everywhere = self.units(None)
            windows = [w for w in halves if self._summed(measure, everywhere, w) is not None]
            found = _added(self._cells(part.what, n, part.detail, False) for n in NUMBERS)
            cells = [
                cell
                for place, window in enumerate(windows)
                for cell in self._rows(measure, found, place, window)
            ]
            runs = tuple(shares.shown(cells, len(windows)))
            self._parts_of_visits[part.code] = tuple(windows), runs
        return self._parts_of_visits[part.code]

    def _rows(
        self, measure: Measure, part: Cells, place: int, window: Period
    ) -> Iterator[shares.Cell]:
        """Areas whose visits are told; the others, whose sum is no secret then, are one row."""
        left = set(self._units)
        for area, units in self._units.items():
            whole = self._summed(measure, units, window)
            if whole is not None:
                left.discard(area)
                yield shares.Cell(frozenset({area}), place, whole, _total(part, units, window))
        if left:
            units = frozenset().union(*(self._units[area] for area in left))
            others = self._units.keys() - left
            shown = sum(self._summed(measure, self._units[a], window) or 0 for a in others)
            whole = (self._summed(measure, self.units(None), window) or 0) - shown
            yield shares.Cell(frozenset(left), place, whole, _total(part, units, window))

    def units(self, area: int | None, centre: int | None = None) -> frozenset[Unit]:
        """The units of all areas, of one, or of one health centre."""
        if area is None:
            return frozenset().union(*self._units.values()) if self._units else frozenset()
        if centre is None or self._only.get(area) == centre:
            return self._units[area]
        return frozenset({Unit(area, centre)})

    def lines(self, area: int | None, months: Period, centre: int | None = None) -> Iterator[Line]:
        """Every number of that area and time; hidden ones say where something wider is shown."""
        for each in MEASURES:
            if centre is not None and not (each.finely or each.code == "visits"):
                continue
            details = self.details(each) if each.by_detail else [None]
            visits = (None, *NUMBERS) if each.by_visit and centre is None else (None,)
            for visit in visits:
                for detail in details:
                    yield self.told(Line(area, centre, months, each.code, visit, detail))
            for part in each.parts if centre is None else ():
                yield self.told(Line(area, centre, months, each.code, part=part.code))
        if area is None and centre is None:
            yield from self._by_language(months)

    def pages(self, areas: Sequence[Place], months: Period, *, together: bool) -> Iterator[Line]:
        """Every number of some areas: of the whole time, each half-year, of visits each month.

        `together`: first of all areas there are.
        """
        times = [months, *self._half_years(months)]
        for area in (None, *areas) if together else areas:
            place = None if area is None else area.id
            for each in times:
                yield from self.lines(place, each)
        for area in areas:
            for centre, _ in area.centres:
                for each in (*times, *(Period(m, m) for m in range(months.first, months.last + 1))):
                    yield from self.lines(area.id, each, centre)

    def _half_years(self, months: Period) -> list[Period]:
        first, last = half_year(months.first).first, months.last
        found = [half_year(each) for each in range(first, last + 1, HALF_YEAR)]
        return [each for each in found if months.holds(each) and each != months]

    def _by_language(self, months: Period) -> Iterator[Line]:
        """Visits by language, all areas together: small languages are told together."""
        words = sorted({d for what, _, d in self._picked if what == Figure.VISIT_LANGUAGE and d})
        cells: defaultdict[tuple[Unit, int], int] = defaultdict(int)
        for number, word in enumerate(words, start=1):
            for (_, month), count in self._cells(Figure.VISIT_LANGUAGE, None, word, False).items():
                cells[Unit(number), month] += count
        blocks = cut(cells, self.since, self.closed, so_far=self.so_far)
        for number, word in enumerate(words, start=1):
            told = blocks.count(frozenset({Unit(number)}), months)
            yield Line(ALL, None, months, BY_LANGUAGE, detail=word, count=told)

    def told(self, line: Line) -> Line:
        """The line with its number, or with where something wider is shown."""
        found = self._with_number(line)
        if found.count is not None:
            return found
        wider = next(
            (each for each in map(self._with_number, self._wider(line)) if _told(each)), None
        )
        return Line(**{**vars(found), "wider": wider})

    def _with_number(self, line: Line) -> Line:
        if line not in self._numbered:
            self._numbered[line] = self._look_up(line)
        return self._numbered[line]

    def _look_up(self, line: Line) -> Line:
        each = measure(line.measure)
        units = self.units(line.area, line.centre)
        count = self.count(each, units, line.months, line.visit, line.detail)
        if line.part is None:
            return Line(**{**vars(line), "count": count})
        [part] = [part for part in each.parts if part.code == line.part]
        some = self.part(each, part, line.area, line.months)
        return Line(**{**vars(line), "count": some if count is not None else None, "of": count})

    def _wider(self, line: Line) -> Iterator[Line]:
        """From near to far: longer times, the whole area, all areas."""
        longer = [
            Period(half_year(line.months.first).first, half_year(line.months.last).last),
            Period(_year(line.months.first), _year(line.months.last) + 2 * HALF_YEAR - 1),
            Period(self.since, self.closed),
        ]
        times = [line.months, *(each for each in longer if each.holds(line.months))]
        for area, centre in ((line.area, line.centre), (line.area, None), (None, None)):
            for months in times:
                yield Line(**{**vars(line), "area": area, "centre": centre, "months": months})


def _centres(sums: Iterable[Sum], places: Iterable[Place]) -> dict[int, set[int]]:
    """The health centres of each area, those too that are no more: their figures stay its own."""
    found = {place.id: {centre for centre, _ in place.centres} for place in places}
    for each in sums:
        if each.centre and each.area in found:
            found[each.area].add(each.centre)
    return found


def _total(cells: Cells, units: frozenset[Unit], months: Period) -> int:
    return sum(sum(by_month.values()) for by_month in _inside(cells, units, months).values())


def _in_runs(
    runs: Sequence[shares.Run], windows: Sequence[Period], area: int | None, months: Period
) -> int | None:
    run = shares.of(runs, windows, None if area is None else frozenset({area}), months)
    return None if run is None else run.part


def _told(line: Line) -> bool:
    return line.count is not None


def _year(month: int) -> int:
    return month - month % (2 * HALF_YEAR)


def _added(many: Iterable[Cells]) -> Cells:
    found: defaultdict[tuple[Unit, int], int] = defaultdict(int)
    for cells in many:
        for cell, count in cells.items():
            found[cell] += count
    return found


def _inside(cells: Cells, units: frozenset[Unit], months: Period) -> dict[Unit, dict[int, int]]:
    found: defaultdict[Unit, dict[int, int]] = defaultdict(dict)
    for (unit, month), count in cells.items():
        if unit in units and months.first <= month <= months.last:
            found[unit][month] = count
    return dict(found)
