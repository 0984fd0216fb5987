"""Looking at direction marks and lines the way a phone does."""

import unicodedata

from messaging.isolates import FSI, LRI, MARKS, PDI

ISOLATES = (LRI, FSI, PDI)


def without_isolates(text: str) -> str:
    return "".join(c for c in text if c not in ISOLATES)


def isolates_fault(text: str) -> str | None:
    """What is wrong with the isolates: nested, left open, or any other mark; None if nothing."""
    inside = False
    for c in text:
        if c in (LRI, FSI):
            if inside:
                return "nested"
            inside = True
        elif c == PDI:
            if not inside:
                return "closed twice"
            inside = False
        elif c in MARKS:
            return f"a mark {ord(c):04X}"
        elif inside and (c == "\n" or len(c.splitlines()) != 1 or c.splitlines()[0] != c):
            return "a line ends inside a value"
    return "left open" if inside else None


def runs_from_the_right(line: str) -> bool:
    return unicodedata.bidirectional(line[0]) in {"R", "AL"}
