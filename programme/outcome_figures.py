"""What is counted of a visit that was held (mission H5; domain.md D1-D8)."""

from programme.figures import Figure
from programme.follow_up import Tick, VisitOutcome

_TOOK_PART = (Tick.BIRTHING, Tick.OTHER_PARENT, Tick.OTHER_ADULT)
_SO = {
    Tick.BOTH_STAFF: Figure.VISIT_BOTH_STAFF,
    Tick.INTERPRETER: Figure.VISIT_INTERPRETER,
    Tick.DEBRIEF: Figure.VISIT_DEBRIEF,
}


def counted(outcome: VisitOutcome) -> frozenset[tuple[Figure, str | None]]:
    """The figures of what was ticked, with their details."""
    return frozenset(
        {(Figure.TOOK_PART, str(each)) for each in _TOOK_PART if each in outcome.ticks}
        | {(what, None) for each, what in _SO.items() if each in outcome.ticks}
        | {(Figure.GUIDED_ON, str(each)) for each in outcome.offers}
    )
