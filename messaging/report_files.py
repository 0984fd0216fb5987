"""The report as tables of text: JSON with documented keys, CSV that no spreadsheet can run."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from messaging import numbers
from messaging import report_texts as words
from messaging.i18n import Tongue
from programme.measures import Line, Place
from programme.periods import written

# The keys of a row, in this order; docs/report.md explains them.
KEYS = (
    *("area", "centre", "from", "to", "measure", "part", "visit", "detail"),
    *("name", "count", "of", "percent", "hidden", "wider"),
)
# What a spreadsheet takes for a formula, also after blanks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
PLACES = 1  # decimals of a percentage


def row(t: Tongue, line: Line, places: dict[int, Place]) -> dict[str, Any]:
    """One number of the report by its keys; None where there is nothing."""
    area, centre = words.where(t, line, places)
    share = line.share if line.part else None
    return {
        "area": area,
        "centre": centre or None,
        "from": written(line.months.first),
        "to": written(line.months.last),
        "measure": line.measure,
        "part": line.part,
        "visit": line.visit,
        "detail": words.detail(t, line) or None,
        "name": words.name(t, line),
        "count": line.count,
        "of": line.of if line.part else None,
        "percent": None if share is None else round(100 * share, PLACES),
        "hidden": line.count is None,
        "wider": row(t, line.wider, places) if line.wider else None,
    }


def as_json(t: Tongue, lines: Iterable[Line], places: Sequence[Place], so_far: bool) -> bytes:
    """An object with `rules`, `so_far` and `rows`."""
    known = {place.id: place for place in places}
    found = {
        "rules": words.rules(t),
        "so_far": so_far,
        "rows": [row(t, line, known) for line in lines],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def as_csv(t: Tongue, lines: Iterable[Line], places: Sequence[Place]) -> bytes:
    """The same rows, with semicolons and a mark that a Swedish Excel understands."""
    known = {place.id: place for place in places}
    file = io.StringIO()
    table = csv.writer(file, delimiter=";")
    table.writerow(KEYS)
    for line in lines:
        cells = row(t, line, known)
        cells["wider"] = wider(t, line, known)
        table.writerow([harmless(cells[key]) for key in KEYS])
    return file.getvalue().encode("utf-8-sig")


def wider(t: Tongue, line: Line, places: dict[int, Place]) -> str:
    """Where something wider is shown, and how much it is, as plain text."""
    if line.wider is None:
        return ""
    area, centre = words.where(t, line.wider, places)
    share = line.wider.share if line.part else None
    percent = "" if share is None else f" ({numbers.percent(t.traits, share, PLACES)})"
    count = "" if line.wider.count is None else numbers.counted(t.traits, line.wider.count)
    return f"{centre or area}, {line.wider.months}: {count}{percent}"


def harmless(cell: object) -> object:
    """The cell so that no spreadsheet takes it for a formula."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
