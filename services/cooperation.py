"""What cooperation gave children and families, in figures that may be shown (mission I4, I5)."""

from collections.abc import Sequence

from programme.yearly import Figures
from storage import cooperation
from storage.database import Tx

LEAST = 5


async def figures(tx: Tx, areas: Sequence[int], first: str, last: str) -> Figures:
    """From month `first` to `last`, of all these areas together."""
    sums = await cooperation.sums(tx, areas, first, last)

    def one(what: str) -> int | None:
        count = sums.get((what, None), 0)
        return count if count >= LEAST else None

    def each(what: str) -> tuple[tuple[str, int], ...]:
        found = [(d, n) for (w, d), n in sums.items() if w == what and d and n >= LEAST]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    return Figures(
        visits=one("visit_done"),
        both_staff=one("visit_both_staff"),
        other_parent=one("other_parent_family"),
        all_six=one("all_six"),
        joined=each("joined"),
        attended=each("attended"),
        series=each("series_done"),
        guided=each("guided_on"),
    )
