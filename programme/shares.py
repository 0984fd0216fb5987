"""Parts of a figure, such as yes among the families that answered: part and rest are both guarded.

The whole is known for each area and window (`suppression.py`); a part of it is shown for all areas
in a run of windows, and for one area in a run of windows, as long as this lets nobody narrow a
small part, or a small rest, that is hidden. Each step is tried out against a flow network: its
alternating cycles are exactly the other tables that agree with all that is shown (decision 27).
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from programme.periods import Period
from programme.suppression import LEAST, Blocks, Cells, may_show

# A hidden count could, for all that is shown, be any of at least so many numbers and one more.
MARGIN = LEAST
Row = frozenset[int]  # one area, or several whose whole is only known together
_FREE = ("free", 0)
_Node = tuple[str, object]


@dataclass(frozen=True)
class Cell:
    """One row in one window: the whole, and the part of it."""

    row: Row
    window: int
    whole: int
    part: int


@dataclass(frozen=True)
class Run:
    """A part that is shown: of one row, or of all (None), in those windows."""

    row: Row | None
    windows: tuple[int, ...]
    whole: int
    part: int


@dataclass
class _Ledger:
    """What has been shown of one part so far: which run each cell is in, if any."""

    cells: list[Cell] = field(default_factory=list)
    rows: dict[tuple[Row, int], _Node] = field(default_factory=dict)
    columns: dict[int, _Node] = field(default_factory=dict)

    def ends(self, cell: Cell) -> tuple[_Node, _Node]:
        return self.rows.get((cell.row, cell.window), _FREE), self.columns.get(cell.window, _FREE)


def cells(whole: Blocks, parts: Cells, areas: Iterable[int]) -> list[Cell]:
    """The rows of each window of a figure, with the part of it; an area of nought is a row, too."""
    found = []
    areas = sorted(areas)
    for place, window in enumerate(whole.windows):
        inside = [block for block in whole.blocks if window.holds(block.months)]
        rows = [frozenset(unit.area for unit in block.units) for block in inside if block.count]
        alone = [frozenset({area}) for area in areas if not any(area in row for row in rows)]
        for row in dict.fromkeys((*rows, *alone)):
            count = sum(b.count for b in inside if {u.area for u in b.units} <= row)
            part = sum(
                parts[unit, month]
                for unit, month in parts
                if unit.area in row and window.first <= month <= window.last
            )
            found.append(Cell(row, place, count, part))
    return found


def shown(cells: Sequence[Cell], windows: int) -> list[Run]:
    """Every run that may be shown, window after window; later windows change nothing before."""
    ledger, found = _Ledger(), []
    waiting: dict[Row | None, list[int]] = {None: []}
    by_window: list[list[Cell]] = [[] for _ in range(windows)]
    for cell in cells:
        by_window[cell.window].append(cell)
    for window, now in enumerate(by_window):
        ledger.cells += now
        wholes = {cell.row: cell.whole for cell in now}
        for row in (None, *sorted(wholes, key=lambda row: (-wholes[row], sorted(row)))):
            waiting.setdefault(row, []).append(window)
            run = _run(ledger, row, tuple(waiting[row]))
            if _may_show(run) and _safe(ledger, run):
                found.append(run)
                waiting[row] = []
    return found


def _run(ledger: _Ledger, row: Row | None, windows: tuple[int, ...]) -> Run:
    mine = [
        cell for cell in ledger.cells if cell.window in windows and (row is None or cell.row == row)
    ]
    return Run(row, windows, sum(c.whole for c in mine), sum(c.part for c in mine))


def _may_show(run: Run) -> bool:
    return _shows(run.whole, run.part)


def _safe(ledger: _Ledger, run: Run) -> bool:
    """Show it, unless that narrows something small; whether it is shown."""
    node: _Node = ("run", (run.row, run.windows))
    before = dict(ledger.rows), dict(ledger.columns)
    for window in run.windows:
        if run.row is None:
            ledger.columns[window] = node
        else:
            ledger.rows[run.row, window] = node
    if _all_wide(ledger):
        return True
    ledger.rows, ledger.columns = before
    return False


def _all_wide(ledger: _Ledger) -> bool:
    """Whether every small part or rest could still be any of more than MARGIN numbers."""
    network = _Network(ledger)
    return all(network.is_wide(cell) for cell in ledger.cells if _is_small(cell))


def _is_small(cell: Cell) -> bool:
    return not _shows(cell.whole, cell.part)


class _Network:
    """Cells as edges between their row's and their window's run; what is not shown is free."""

    def __init__(self, ledger: _Ledger) -> None:
        self.ledger = ledger
        self.true = {(cell.row, cell.window): cell.part for cell in ledger.cells}
        self.part = dict(self.true)
        self.at: dict[_Node, list[tuple[Cell, _Node, int]]] = {}
        for cell in ledger.cells:
            row, column = ledger.ends(cell)
            # From its row an edge grows, from its column it shrinks: so every sum stays.
            self.at.setdefault(row, []).append((cell, column, 1))
            self.at.setdefault(column, []).append((cell, row, -1))

    def is_wide(self, cell: Cell) -> bool:
        """Whether its part could be any of more than MARGIN numbers."""
        up = self._room(cell, 1, MARGIN)
        return up + self._room(cell, -1, MARGIN - up) >= MARGIN

    def _room(self, cell: Cell, step: int, enough: int) -> int:
        """By how much the cell's part can grow (1) or shrink (-1), up to `enough`."""
        self.part = dict(self.true)
        row, column = self.ledger.ends(cell)
        begin, end = (column, row) if step == 1 else (row, column)
        done = 0
        while done < enough and self._left(cell, step):
            way = self._way(begin, end, cell)
            if way is None:
                break
            for each, change in ((cell, step), *way):
                self.part[each.row, each.window] += change
            done += 1
        return done

    def _left(self, cell: Cell, step: int) -> int:
        part = self.part[cell.row, cell.window]
        return cell.whole - part if step == 1 else part

    def _way(self, begin: _Node, end: _Node, but: Cell) -> list[tuple[Cell, int]] | None:
        """The shortest chain of other cells that makes up for one step, or None."""
        came: dict[_Node, tuple[_Node, Cell, int] | None] = {begin: None}
        waiting = deque([begin])
        while waiting and end not in came:
            node = waiting.popleft()
            for cell, other, step in self.at.get(node, ()):
                if other not in came and cell is not but and self._left(cell, step):
                    came[other] = (node, cell, step)
                    waiting.append(other)
        return _back(came, end) if end in came else None


def _back(
    came: Mapping[_Node, tuple[_Node, Cell, int] | None], end: _Node
) -> list[tuple[Cell, int]]:
    way = []
    step = came[end]
    while step is not None:
        way.append((step[1], step[2]))
        step = came[step[0]]
    return way


def of(
    runs: Sequence[Run], windows: Sequence[Period], row: Row | None, months: Period
) -> Run | None:
    """The part of those months, if whole runs make them up; else None.

    A row has a cell in every window in which its whole is known, also a whole of nought.
    """
    wanted = {place for place, window in enumerate(windows) if months.touches(window)}
    found = [run for run in runs if run.row == row and not wanted.isdisjoint(run.windows)]
    known = {place for run in found for place in run.windows}
    if not wanted or known != wanted or not all(months.holds(windows[each]) for each in wanted):
        return None
    whole, part = sum(run.whole for run in found), sum(run.part for run in found)
    return Run(row, tuple(sorted(known)), whole, part)


def _shows(whole: int, part: int) -> bool:
    return may_show(part) and may_show(whole - part)
