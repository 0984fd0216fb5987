"""The figures of visits that were held, and how they follow when staff correct themselves (H5).

Each stands in the month of the visit, and in the area and health centre in which it was first
counted, also when it is ticked months later, or after the family has moved. In the transaction of
the act.
"""

from collections.abc import Collection
from datetime import datetime

from programme.figures import Figure
from programme.follow_up import VisitOutcome
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.outcome_figures import OF_ITSELF, Mark, Row, counted, held, marks, of_marks
from programme.people import Booking, Family, Meeting
from storage import bookings, families, overviews, tallies, visit_outcomes
from storage.database import Tx
from storage.visit_outcomes import Kept

UNKNOWN = "unknown"  # of the language


async def begin(tx: Tx, family: Family, booking: Booking, now: datetime, rules: Rules) -> None:
    """It was held; nobody has ticked anything yet. To be called once it is done."""
    new, mine = _new(family), await _of_itself(tx, family, booking)
    rows = {held(booking), *of_marks(mine, booking.visit)}
    await _recount(tx, new, booking, (), rows, rules)
    await visit_outcomes.begin(tx, booking.id, new, now)
    await visit_outcomes.mark(tx, booking.id, mine)
    await follow(tx, family.id, now, rules)


async def _of_itself(tx: Tx, family: Family, booking: Booking) -> frozenset[Mark]:
    """Of one of the six: in which language, and whether they heard of it in the chat."""
    if booking.meeting is not Meeting.VISIT:
        return frozenset()
    spoken = (await overviews.spoken(tx, [family.id])).get(family.id, [])
    reading = [each.language for each in family.guardians if each.active_since]
    language = next(iter((*spoken, *reading)), UNKNOWN)
    found: set[Mark] = {(Figure.VISIT_LANGUAGE, language)}
    if family.reachable_at(booking.starts_at):
        found.add((Figure.VISIT_CHAT, None))
    return frozenset(found)


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
    await _recount(tx, before, booking, old, new, rules)
    await visit_outcomes.keep(tx, booking.id, before, after, by, now)
    await follow(tx, family.id, now, rules)


async def take_back(tx: Tx, family: Family, booking: Booking, rules: Rules) -> None:
    """It was not held after all. Once that is written, what is left must `follow`."""
    kept, visit = await _kept(tx, family, booking), booking.visit
    every = {held(booking), *counted(kept.outcome, visit), *of_marks(kept.marks, visit)}
    await _recount(tx, kept, booking, every, (), rules)
    await visit_outcomes.forget(tx, booking.id)


async def follow(tx: Tx, family_id: int, now: datetime, rules: Rules) -> None:
    """What is counted once for a child or a family moves to the visit that bears it now."""
    if not await bookings.any_of(tx, family_id):
        return
    [family] = await families.load(tx, [family_id])
    kept = await visit_outcomes.of_family(tx, family_id)
    ticked = {number: each.outcome for number, each in kept.items()}
    in_chat = {n for n, each in kept.items() if (Figure.VISIT_CHAT, None) in each.marks}
    bear = marks(family, ticked, in_chat, rules.zone)
    for booking in family.bookings:
        before = kept.get(booking.id, _new(family))
        mine = {each for each in before.marks if each[0] in OF_ITSELF}
        after = bear.get(booking.id, frozenset()) | mine
        if before.marks != after:
            await _mark(tx, before, booking, after, now, rules)


async def _mark(
    tx: Tx, before: Kept, booking: Booking, after: frozenset[Mark], now: datetime, rules: Rules
) -> None:
    old, new = (of_marks(each, booking.visit) for each in (before.marks, after))
    await _recount(tx, before, booking, old, new, rules)
    await visit_outcomes.begin(tx, booking.id, before, now)
    await visit_outcomes.mark(tx, booking.id, after)


def _new(family: Family) -> Kept:
    return Kept(VisitOutcome(), family.area.id, family.centre_id)


async def _kept(tx: Tx, family: Family, booking: Booking) -> Kept:
    """What is known of it; of a visit of before that was remembered: nothing."""
    return await visit_outcomes.of(tx, booking.id) or _new(family)


async def _recount(
    tx: Tx,
    where: Kept,
    booking: Booking,
    old: Collection[Row],
    new: Collection[Row],
    rules: Rules,
) -> None:
    """The figures of the visit's month are the new ones."""
    day = on_the_clock(booking.starts_at, rules.zone).date()
    for row in sorted(set(new) - set(old), key=str):
        await tallies.count(tx, where.area_id, day, *row, where.centre_id)
    for row in sorted(set(old) - set(new), key=str):
        await tallies.take_back(tx, where.area_id, day, *row, where.centre_id)
