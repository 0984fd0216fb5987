"""What staff ticked after a visit, as a value of the rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from programme.follow_up import Offer, Tick, VisitOutcome
from storage.database import Tx, insert
from storage.outcome_tables import visit_outcome
from storage.tables import booking


@dataclass(frozen=True)
class Kept:
    """One outcome, and in which area's figures it is."""

    outcome: VisitOutcome
    area_id: int


async def of(tx: Tx, booking_id: int) -> Kept | None:
    """What was ticked for that visit, or None."""
    row = (
        await tx.execute(select(visit_outcome).where(visit_outcome.c.booking_id == booking_id))
    ).first()
    if row is None:
        return None
    ticks, offers = (set(filter(None, each.split(","))) for each in (row.ticks, row.offers))
    return Kept(
        VisitOutcome(frozenset(map(Tick, ticks)), frozenset(map(Offer, offers))), row.area_id
    )


async def keep(
    tx: Tx, booking_id: int, area_id: int, found: VisitOutcome, by: int, now: datetime
) -> None:
    """Write it in place of what was ticked before; the area of the first time stays."""
    facts = {
        "ticks": _joined(found.ticks),
        "offers": _joined(found.offers),
        "ticked_by": by,
        "ticked_at": now,
    }
    row = insert(tx, visit_outcome).values(booking_id=booking_id, area_id=area_id, **facts)
    await tx.execute(row.on_conflict_do_update(index_elements=["booking_id"], set_=facts))


def _joined(words: Collection[str]) -> str:
    return ",".join(sorted(words))


async def with_other_parent(tx: Tx, family_id: int) -> int:
    """At how many visits of the family the other parent took part."""
    rows = await tx.execute(
        select(visit_outcome.c.ticks)
        .join(booking, booking.c.id == visit_outcome.c.booking_id)
        .where(booking.c.family_id == family_id)
    )
    return sum(Tick.OTHER_PARENT in ticks.split(",") for ticks in rows.scalars())
