"""For researchers: rows of families that have said yes, and who may have them (mission I6).

Yes is said by each parent for themselves, and only in their own chat; a family is in a file when
every parent who reads has said it. Nobody is asked: the page waits in *My data*.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import Broken
from programme.follow_up import Tick, in_time
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Child, Family, Meeting
from programme.research import Export, Row, anonymous, month_of
from services import loss
from services.access import Reader, family_of
from storage import families, research, visit_outcomes
from storage.database import Tx
from storage.research import Made
from storage.visit_outcomes import Kept

__all__ = ["Made", "made"]

made = research.made


class NoApproval(Broken):
    """Rows are for research with an ethics approval only."""

    def __init__(self) -> None:
        super().__init__(
            "Rows are written only for research with an ethics approval. Set its number in "
            "LOTSEN_ETHICS_APPROVAL. Tables without rows need none: lotsen research tables."
        )


@dataclass(frozen=True)
class Asked:
    """What a parent sees of it: their own answer, and whether others read here as well."""

    since: datetime | None
    others: bool


async def page(tx: Tx, reader: Reader) -> Asked | None:
    """The reader's own answer; None where nobody is asked: after a loss (mission A11)."""
    if await loss.hushed(tx, reader):
        return None
    family = await family_of(tx, reader)
    others = any(g.active_since for g in family.guardians if g.id != reader.guardian.id)
    return Asked(await research.since(tx, reader.guardian.id), others)


async def answer(tx: Tx, reader: Reader, yes: bool, now: datetime) -> Asked | None:
    """The reader's own yes or no, at once; a second yes keeps its first day."""
    shown = await page(tx, reader)
    if shown is None:
        return None
    if yes and shown.since is None:
        await research.say(tx, reader.guardian.id, now)
    if not yes:
        await research.say(tx, reader.guardian.id, None)
    return await page(tx, reader)


async def rows(tx: Tx, approval: str | None, by: str, now: datetime, rules: Rules) -> Export:
    """Rows that may be written, and a note that they were; raises NoApproval, NotAnonymous."""
    if not approval:
        raise NoApproval
    export = anonymous([row for row in await _every(tx, rules) if row])
    await research.note(tx, by, approval, len(export.rows), export.left_out, now)
    return export


async def _every(tx: Tx, rules: Rules) -> list[Row | None]:
    agreed = await research.agreed(tx)
    known = await families.load(tx, sorted(agreed))
    return [await _row(tx, family, agreed[family.id], rules) for family in known]


async def _row(tx: Tx, family: Family, area: str, rules: Rules) -> Row | None:
    """One family; None while no child is born."""
    born = [child for child in family.children if child.born and not child.silent]
    if not born:
        return None
    child = max(born, key=lambda each: (each.born, each.id))
    twins = {each.id for each in born if each.born == child.born}  # they have their visits together
    done = [each for each in family.bookings if _counts(each, twins)]
    outcomes = await visit_outcomes.of_family(tx, family.id)
    readers = [guardian for guardian in family.guardians if guardian.active_since]
    assert child.born is not None
    return Row(
        area=area,
        born=month_of(child.born),
        languages=" ".join(sorted({each.language for each in readers})),
        parents=str(len(readers)),
        visits=len(done),
        other_parent=_ticked(done, outcomes, Tick.OTHER_PARENT),
        both_staff=_ticked(done, outcomes, Tick.BOTH_STAFF),
        interpreter=_ticked(done, outcomes, Tick.INTERPRETER),
        guided_on=sum(bool(o.outcome.offers) for b in done if (o := outcomes.get(b.id))),
        first_in_time=_in_time(done, child, rules),
    )


def _counts(booking: Booking, children: set[int]) -> bool:
    is_one = booking.meeting is Meeting.VISIT and booking.child_id in children
    return is_one and booking.state is BookingState.DONE


def _ticked(done: list[Booking], outcomes: dict[int, Kept], tick: Tick) -> int:
    found = (outcomes.get(each.id) for each in done)
    return sum(tick in each.outcome.ticks for each in found if each)


def _in_time(done: list[Booking], child: Child, rules: Rules) -> bool | None:
    first = next((each for each in done if each.visit == 1), None)
    if first is None or child.born is None:
        return None
    return in_time(on_the_clock(first.starts_at, rules.zone).date(), child.born, child.came_home)
