"""One row of the table: what was measured, beside what, and what was promised."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

# Each with its name: sizes, and what was measured at them in the row's unit.
Curves = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


class Of(StrEnum):
    """What the limit is a limit of."""

    RATIO = "ratio"
    OURS = "ours"


@dataclass(frozen=True, kw_only=True)
class Row:
    """`ours` None: not measured, and `note` says why."""

    what: str
    unit: str = ""
    ours: float | None = None
    beside: str = ""  # what stands on the other side of the ratio
    peer: float | None = None
    limit: float | None = None
    of: Of = Of.RATIO
    at_least: bool = False
    note: str = ""
    over: str = ""  # what grows in the picture, if there is one
    curves: Curves = ()

    @property
    def ratio(self) -> float | None:
        """Ours divided by the other; None where there is no other."""
        if self.ours is None or not self.peer:
            return None
        return self.ours / self.peer

    @property
    def reached(self) -> bool | None:
        """Whether the promise is kept; None where nothing was measured or promised."""
        judged = self.ours if self.of is Of.OURS else self.ratio
        if judged is None or self.limit is None:
            return None
        return judged >= self.limit if self.at_least else judged <= self.limit

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "Row":
        """The row that was written so."""
        own = {name: facts[name] for name in cls.__dataclass_fields__}
        curves = tuple((name, tuple((x, y) for x, y in at)) for name, at in own["curves"])
        return cls(**own | {"of": Of(own["of"]), "curves": curves})

    def as_json(self) -> dict[str, object]:
        """Everything of it, for the file."""
        return asdict(self) | {"ratio": self.ratio, "reached": self.reached}


def missing(what: str, why: str) -> Row:
    """A row that could not be measured."""
    return Row(what=what, note=f"not measured: {why}")


def summary(rows: Sequence[Row]) -> str:
    """How many promises are kept, and what could not be measured."""
    kept, broken = (sum(row.reached is said for row in rows) for said in (True, False))
    unknown = sum(row.ours is None for row in rows)
    told = f"{len(rows)} rows: {kept} reached, {broken} not reached"
    return f"{told}, {unknown} NOT MEASURED" if unknown else told
