"""One row of the table: what was measured, beside what, and what was promised."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


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
        return cls(**own | {"of": Of(own["of"])})

    def as_json(self) -> dict[str, object]:
        """Everything of it, for the file."""
        return asdict(self) | {"ratio": self.ratio, "reached": self.reached}


def missing(what: str, why: str) -> Row:
    """A row that could not be measured."""
    return Row(what=what, note=f"not measured: {why}")
