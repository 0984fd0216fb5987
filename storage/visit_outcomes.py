"""What staff ticked after a visit, as a value of the rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from programme.figures import Figure
from programme.follow_up import Offer, Tick, VisitOutcome
from programme.outcome_figures import Mark
from storage.database import Tx, insert
from storage.outcome_tables import visit_outcome
from storage.tables import booking


@dataclass(frozen=True)
class Kept:
    """One outcome, in which area's figures it is, and what else is counted with it."""

    outcome: VisitOutcome
    area_id: int
    centre_id: int | None = None  # and in which health centre's
    marks: frozenset[Mark] = frozenset()
    told: bool = False  # by staff who met the family; else only that it was held


async def of(tx: Tx, booking_id: int) -> Kept | None:
    """What is known of that visit, or None."""
    row = (
        await tx.execute(select(visit_outcome).where(visit_outcome.c.booking_id == booking_id))
    ).first()
    return _kept(row) if row else None


async def of_family(tx: Tx, family_id: int) -> dict[int, Kept]:
    """The same of every visit of a family, by the booking's number."""
    rows = await tx.execute(
        select(visit_outcome)
        .join(booking, booking.c.id == visit_outcome.c.booking_id)
        .where(booking.c.family_id == family_id)
    )
    return {row.booking_id: _kept(row) for row in rows}


def _kept(row: Row[Any]) -> Kept:
    ticks, offers, marks = (_parted(each) for each in (row.ticks, row.offers, row.marks))
    return Kept(
        outcome=VisitOutcome(frozenset(map(Tick, ticks)), frozenset(map(Offer, offers))),
        area_id=row.area_id,
        centre_id=row.centre_id,
        marks=frozenset(_mark(each) for each in marks),
        told=bool(row.ticked_by or row.ticks or row.offers),
    )


def _mark(word: str) -> Mark:
    what, _, detail = word.partition(":")
    return Figure(what), detail or None


async def begin(tx: Tx, booking_id: int, kept: Kept, now: datetime) -> None:
    """A row for it, unless there is one: in whose figures it counts."""
    where = {"area_id": kept.area_id, "centre_id": kept.centre_id}
    row = insert(tx, visit_outcome).values(booking_id=booking_id, ticked_at=now, **where)
    await tx.execute(row.on_conflict_do_nothing(index_elements=["booking_id"]))


async def keep(
    tx: Tx, booking_id: int, kept: Kept, found: VisitOutcome, by: int, now: datetime
) -> None:
    """Write it in place of what was `kept`; the area of the first time stays."""
    facts: dict[str, object] = {"ticked_by": by, "ticked_at": now}
    facts |= {"ticks": _joined(found.ticks), "offers": _joined(found.offers)}
    where = {"area_id": kept.area_id, "centre_id": kept.centre_id}
    row = insert(tx, visit_outcome).values(booking_id=booking_id, **where, **facts)
    await tx.execute(row.on_conflict_do_update(index_elements=["booking_id"], set_=facts))


async def mark(tx: Tx, booking_id: int, marks: Collection[Mark]) -> None:
    """What else is counted with it."""
    words = [what if detail is None else f"{what}:{detail}" for what, detail in marks]
    mine = visit_outcome.c.booking_id == booking_id
    await tx.execute(update(visit_outcome).where(mine).values(marks=_joined(words)))


async def forget(tx: Tx, booking_id: int) -> None:
    """It was not held: nothing was ticked."""
    await tx.execute(delete(visit_outcome).where(visit_outcome.c.booking_id == booking_id))


def _joined(words: Collection[str]) -> str:
    return ",".join(sorted(words))


def _parted(words: str) -> list[str]:
    return [each for each in words.split(",") if each]
