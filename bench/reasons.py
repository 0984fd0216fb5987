"""Why a row may not be reached, and what was tried: said under the table for those that are not."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from bench.row import Row

FILE = Path(__file__).with_name("reasons.toml")


def reason(row: Row) -> str:
    """Of a row that is not reached; honest when nobody has looked."""
    known = tomllib.loads(FILE.read_text("utf-8"))
    fits = (str(why) for begin, why in known.items() if row.what.startswith(begin))
    return next(fits, "Nobody has looked into it yet.")


def reasons(rows: Sequence[Row]) -> str:
    """A list in Markdown of what is not reached, each reason once."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.reached is False:
            found.setdefault(reason(row), []).append(row.what)
    lines = [f"- *{'*; *'.join(dict.fromkeys(what))}*: {why}" for why, what in found.items()]
    return "\n".join(["**Not reached, and why**", "", *lines]) + "\n" if lines else ""
