"""Pictures of cost against size, both logarithmic: one for each row that was measured at several.

matplotlib, which draws the report's pictures too; drawn as SVG with its words as words, which is
small. The same figures give the same file.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.row import Row

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "bench"
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # Okabe and Ito: told apart by everybody
_MARKS = ("o", "s", "^", "D")
_SAME: Any = {"svg.fonttype": "none", "svg.hashsalt": "lotsen", "path.simplify": True}


def name_of(row: Row) -> str:
    """The picture's file, after what is measured and without its sizes."""
    words = re.sub(r"[\d,]*\d", "", row.what.replace("SQLite", "").replace("PostgreSQL", ""))
    return "-".join(re.findall(r"[a-z]+", words.lower())[:6]) + ".svg"


def charts(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by their picture: what was measured on two databases stands in one."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.curves:
            found.setdefault(name_of(row), []).append(row)
    return found


def draw(rows: Sequence[Row], folder: Path = FOLDER) -> list[Path]:
    """The files that were written; those of rows that are no more are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    made = charts(rows)
    for old in folder.glob("*.svg"):
        if old.name not in made:
            old.unlink()
    return [_draw(folder / name, some) for name, some in made.items()]


def _draw(file: Path, rows: Sequence[Row]) -> Path:
    import matplotlib  # slow to load
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.ticker import NullLocator

    with matplotlib.rc_context(_SAME):
        figure = Figure(figsize=(5, 3), facecolor="white", layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        curves = dict(curve for row in rows for curve in row.curves)
        for n, (name, points) in enumerate(curves.items()):
            at, took = zip(*sorted(points), strict=True)
            colour, mark = _COLOURS[n % 4], _MARKS[n % 4]
            axes.plot(at, took, label=name, linewidth=1.4, color=colour, marker=mark, markersize=4)
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_minor_locator(NullLocator())
        axes.set_xlabel(rows[0].over, fontsize=8)
        axes.set_ylabel(rows[0].unit, fontsize=8)
        axes.tick_params(labelsize=8)
        axes.set_title(_title(rows[0]), fontsize=9)
        axes.legend(fontsize=7, frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None})
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE), "utf-8")
    return file


def _title(row: Row) -> str:
    return re.sub(r", (SQLite|PostgreSQL)$", "", row.what)
