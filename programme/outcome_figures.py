"""What is counted of visits that were held (mission H5; domain.md D1-D8).

Figures follow from what has become of a family's visits, in whatever order staff tell it.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from programme.figures import MEANINGS, Figure
from programme.follow_up import Reached, Tick, VisitOutcome, in_time
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Child, Family, Meeting
from programme.visits import VISITS

Row = tuple[Figure, int | None, str | None]  # what, visit, detail
Mark = tuple[Figure, str | None]  # what a visit bears besides its ticks, with its detail

_TOOK_PART = (Tick.BIRTHING, Tick.OTHER_PARENT, Tick.OTHER_ADULT)
_SO = {
    Tick.BOTH_STAFF: Figure.VISIT_BOTH_STAFF,
    Tick.INTERPRETER: Figure.VISIT_INTERPRETER,
    Tick.DEBRIEF: Figure.VISIT_DEBRIEF,
}
# What is so of one visit, whatever becomes of the others.
OF_ITSELF = frozenset({Figure.VISIT_CHAT, Figure.VISIT_LANGUAGE})


def held(booking: Booking) -> Row:
    """The figure of the visit itself."""
    detail = None if booking.meeting is Meeting.VISIT else str(booking.meeting)
    return Figure.VISIT_DONE, booking.visit, detail


def counted(outcome: VisitOutcome, visit: int) -> frozenset[Row]:
    """The figures of what was ticked for one visit."""
    return frozenset(
        {(Figure.TOOK_PART, visit, str(each)) for each in _TOOK_PART if each in outcome.ticks}
        | {(what, visit, None) for each, what in _SO.items() if each in outcome.ticks}
        | {(Figure.GUIDED_ON, visit, str(each)) for each in outcome.offers}
    )


def of_marks(marks: Collection[Mark], visit: int) -> frozenset[Row]:
    """The figures of what a visit bears."""
    return frozenset(
        (what, visit if MEANINGS[what].visit else None, detail) for what, detail in marks
    )


def marks(
    family: Family, ticked: Mapping[int, VisitOutcome], in_chat: Collection[int], zone: ZoneInfo
) -> dict[int, frozenset[Mark]]:
    """Which visit bears what is counted once for a child, its twins, or the family.

    `ticked`: what was ticked, by the visit's number; `in_chat`: the visits they heard of there.
    """
    found: dict[int, set[Mark]] = {}
    for number, what in (*_of_children(family, zone), *_of_family(family, ticked)):
        found.setdefault(number, set()).add((what, None))
    visited = next((each.id for each in _done(family) if each.meeting is Meeting.VISIT), None)
    if visited is not None:
        reached = Reached.CHAT if visited in in_chat else Reached.PHONE
        found.setdefault(visited, set()).add((Figure.FAMILY_VISITED, str(reached)))
    return {number: frozenset(each) for number, each in found.items()}


def _of_children(family: Family, zone: ZoneInfo) -> Iterator[tuple[int, Figure]]:
    for twins in _by_birth(family.children):
        ids = {child.id for child in twins}
        mine = [each for each in _done(family) if each.child_id in ids]
        six = [each for each in mine if each.meeting is Meeting.VISIT]
        yield from _first(twins, six, zone)
        yield from _six(six)


def _by_birth(children: Collection[Child]) -> list[list[Child]]:
    """Twins have their visits together, so they count as one."""
    found: dict[date | int, list[Child]] = {}
    for child in children:
        found.setdefault(child.born or child.id, []).append(child)
    return list(found.values())


def _done(family: Family) -> list[Booking]:
    """What was held, in order of time."""
    done = (each for each in family.bookings if each.state is BookingState.DONE)
    return sorted(done, key=lambda each: (each.starts_at, each.id))


def _first(
    twins: Collection[Child], six: list[Booking], zone: ZoneInfo
) -> Iterator[tuple[int, Figure]]:
    """Whether the first visit was within fourteen days of coming home (mission A5)."""
    first = next((each for each in six if each.visit == 1), None)
    child = next((each for each in twins if first and each.id == first.child_id), None)
    if first and child and child.born:
        day = on_the_clock(first.starts_at, zone).date()
        timely = in_time(day, child.born, child.came_home)
        yield first.id, Figure.FIRST_IN_TIME if timely else Figure.FIRST_LATE


def _six(six: list[Booking]) -> Iterator[tuple[int, Figure]]:
    """The visit with which all six have been (domain.md D3)."""
    wanting = {visit.number for visit in VISITS}
    for each in six:
        if wanting and not (wanting := wanting - {each.visit}):
            yield each.id, Figure.ALL_SIX


def _of_family(family: Family, ticked: Mapping[int, VisitOutcome]) -> Iterator[tuple[int, Figure]]:
    """The first visit in which the other parent took part (domain.md D5)."""
    for each in _done(family):
        if Tick.OTHER_PARENT in ticked.get(each.id, VisitOutcome()).ticks:
            yield each.id, Figure.OTHER_PARENT_FAMILY
            return
