"""The rows as a table in Markdown, on the screen and in the page about performance."""

from collections.abc import Sequence
from pathlib import Path

from bench.row import Of, Row

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_BEGIN, _END = "<!-- table of make bench: begin -->", "<!-- end -->"
_HEAD = ("what", "ours", "beside", "theirs", "ratio", "limit", "reached")


def markdown(rows: Sequence[Row]) -> str:
    """The table, and under it what has to be said about single rows."""
    lines = [_line(_HEAD), _line(("---",) * len(_HEAD))]
    notes = []
    for row in rows:
        mark = ""
        if row.note and row.ours is not None:
            notes.append(row.note)
            mark = f" ({len(notes)})"
        lines.append(_line(_cells(row, mark)))
    told = [f"({n}) {note}  " for n, note in enumerate(notes, 1)]
    return "\n".join([*lines, "", *told]).rstrip() + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row, mark: str) -> tuple[str, ...]:
    if row.ours is None:
        return (row.what, row.note, "", "", "", "", "not measured")
    reached = {True: "yes", False: "**no**", None: "—"}[row.reached]
    return (
        row.what + mark,
        _figure(row.ours, row.unit),
        row.beside,
        _figure(row.peer, row.unit),
        _figure(row.ratio),
        _limit(row),
        reached,
    )


def _figure(value: float | None, unit: str = "") -> str:
    if value is None:
        return ""
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip()


def _limit(row: Row) -> str:
    if row.limit is None:
        return ""
    word = "at least" if row.at_least else "at most"
    return f"{word} {_figure(row.limit, row.unit if row.of is Of.OURS else '')}"


def pictures(files: Sequence[Path], page: Path = PAGE) -> str:
    """Lines that show them in that page."""
    return "".join(
        f"![{file.stem.replace('-', ' ')}]({file.relative_to(page.parent)})\n" for file in files
    )


def write(text: str, page: Path = PAGE) -> None:
    """Put it in the place of the one that stands in the page."""
    before, _, rest = page.read_text("utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n{text}{_END}{after}", "utf-8")
