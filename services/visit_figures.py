"""The figures of visits that were held, and how they follow when staff correct themselves (H5).

Each stands in the month of the visit and in the area in which it was first counted, also when it
is ticked months later, or after the family has moved. In the transaction of the act.
"""

from collections.abc import Collection
from datetime import datetime

from programme.follow_up import VisitOutcome
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.outcome_figures import Row, counted, held, marks, of_marks
from programme.people import Booking, Family
from storage import families, tallies, visit_outcomes
from storage.database import Tx
from storage.visit_outcomes import Kept


async def begin(tx: Tx, family: Family, booking: Booking, now: datetime, rules: Rules) -> None:
    """It was held; nobody has ticked anything yet. To be called once it is done."""
    await _recount(tx, family, family.area.id, booking, (), (held(booking),), rules)
    await visit_outcomes.begin(tx, booking.id, family.area.id, now)
    await follow(tx, family.id, now, rules)


async def tick(
    tx: Tx,
    family: Family,
    booking: Booking,
    after: VisitOutcome,
    by: int,
    now: datetime,
    rules: Rules,
) -> None:
    """That is what was ticked, in place of what was before."""
    before = await _kept(tx, family, booking)
    old, new = (counted(each, booking.visit) for each in (before.outcome, after))
    await _recount(tx, family, before.area_id, booking, old, new, rules)
    await visit_outcomes.keep(tx, booking.id, before.area_id, after, by, now)
    await follow(tx, family.id, now, rules)


async def take_back(tx: Tx, family: Family, booking: Booking, rules: Rules) -> None:
    """It was not held after all. Once that is written, what is left must `follow`."""
    kept = await _kept(tx, family, booking)
    every = {held(booking), *counted(kept.outcome, booking.visit), *of_marks(kept.marks)}
    await _recount(tx, family, kept.area_id, booking, every, (), rules)
    await visit_outcomes.forget(tx, booking.id)


async def follow(tx: Tx, family_id: int, now: datetime, rules: Rules) -> None:
    """What is counted once for a child or a family moves to the visit that bears it now."""
    [family] = await families.load(tx, [family_id])
    kept = await visit_outcomes.of_family(tx, family_id)
    ticked = {number: each.outcome for number, each in kept.items()}
    bear = marks(family, ticked, rules.zone)
    for booking in family.bookings:
        before = kept.get(booking.id, Kept(VisitOutcome(), family.area.id))
        after = bear.get(booking.id, frozenset())
        if before.marks == after:
            continue
        old, new = of_marks(before.marks), of_marks(after)
        await _recount(tx, family, before.area_id, booking, old, new, rules)
        await visit_outcomes.begin(tx, booking.id, before.area_id, now)
        await visit_outcomes.mark(tx, booking.id, after)


async def _kept(tx: Tx, family: Family, booking: Booking) -> Kept:
    """What is known of it; of a visit of before that was remembered: nothing."""
    return await visit_outcomes.of(tx, booking.id) or Kept(VisitOutcome(), family.area.id)


async def _recount(
    tx: Tx,
    family: Family,
    area_id: int,
    booking: Booking,
    old: Collection[Row],
    new: Collection[Row],
    rules: Rules,
) -> None:
    """The figures of the visit's month are the new ones."""
    day = on_the_clock(booking.starts_at, rules.zone).date()
    for row in sorted(set(new) - set(old), key=str):
        await tallies.count(tx, area_id, day, *row, centre_id=family.centre_id)
    for row in sorted(set(old) - set(new), key=str):
        await tallies.take_back(tx, area_id, day, *row)
