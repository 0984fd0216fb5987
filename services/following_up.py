"""After a visit: one tap says it was done, and a few more say who took part (mission H5).

What is counted is counted for the day of the visit, and follows when staff correct it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NotYours
from programme.figures import Figure
from programme.follow_up import Offer, Tick, VisitOutcome, in_time, usual
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.outcome_figures import counted
from programme.people import Booking, BookingState, Family, Meeting
from programme.visits import VISITS
from services import visits
from services.access import Colleague, family_for_staff
from storage import overviews, tallies, visit_outcomes
from storage.database import Tx
from storage.visit_outcomes import Kept


@dataclass(frozen=True)
class Page:
    """One visit and what has been ticked for it; None: nobody has said yet what became of it."""

    family_id: int
    label: str | None  # staff's own word for the family
    booking: Booking
    outcome: VisitOutcome | None


async def page(tx: Tx, colleague: Colleague, family_id: int, booking_id: int) -> Page:
    """A visit of a family of the colleague's areas; raises NotYours."""
    _, booking = await _found(tx, colleague, family_id, booking_id)
    kept = await visit_outcomes.of(tx, booking_id)
    label = await overviews.label(tx, family_id)
    return Page(family_id, label, booking, kept.outcome if kept else None)


async def _found(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int
) -> tuple[Family, Booking]:
    family = await family_for_staff(tx, colleague, family_id)
    booking = next((each for each in family.bookings if each.id == booking_id), None)
    if booking is None:
        raise NotYours
    return family, booking


async def done(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime, rules: Rules
) -> Page:
    """It was as usual; what was not, is ticked afterwards. Twice is once. Raises NotYours."""
    family, booking = await _found(tx, colleague, family_id, booking_id)
    if booking.starts_at > now or await visit_outcomes.of(tx, booking_id):
        return await page(tx, colleague, family_id, booking_id)
    if booking.state is BookingState.BOOKED:
        await visits.settle(tx, colleague, family_id, booking_id, BookingState.DONE, now, rules)
        family, booking = await _found(tx, colleague, family_id, booking_id)
    if booking.state is BookingState.DONE:
        await _first(tx, family, booking, rules)
        await _six(tx, family, booking, rules)
        before = Kept(VisitOutcome(), family.area.id)
        await _keep(tx, colleague, family, booking, before, usual(booking.interpreter), now, rules)
    return await page(tx, colleague, family_id, booking_id)


async def turn(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    what: Tick | Offer,
    now: datetime,
    rules: Rules,
) -> Page:
    """That one thing was the other way round; of a visit that was not done nothing is ticked.

    Raises NotYours.
    """
    family, booking = await _found(tx, colleague, family_id, booking_id)
    kept = await visit_outcomes.of(tx, booking_id)
    if kept is not None:
        after = kept.outcome.turned(what)
        await _keep(tx, colleague, family, booking, kept, after, now, rules)
    return await page(tx, colleague, family_id, booking_id)


async def _keep(
    tx: Tx,
    colleague: Colleague,
    family: Family,
    booking: Booking,
    before: Kept,
    after: VisitOutcome,
    now: datetime,
    rules: Rules,
) -> None:
    """Write it, and let the figures of the visit's month follow."""
    day = on_the_clock(booking.starts_at, rules.zone).date()
    with_other = await visit_outcomes.with_other_parent(tx, family.id)
    await visit_outcomes.keep(tx, booking.id, before.area_id, after, colleague.member.id, now)
    old, new = counted(before.outcome), counted(after)
    for what, detail in sorted(new - old, key=str):
        await tallies.count(tx, before.area_id, day, what, booking.visit, detail)
    for what, detail in sorted(old - new, key=str):
        await tallies.take_back(tx, before.area_id, day, what, booking.visit, detail)
    await _families(tx, family, before.area_id, day, with_other)


async def _families(tx: Tx, family: Family, area_id: int, day: date, before: int) -> None:
    """A family in which the other parent takes part is counted once, at whichever visit."""
    after = await visit_outcomes.with_other_parent(tx, family.id)
    if after and not before:
        await tallies.count(tx, area_id, day, Figure.OTHER_PARENT_FAMILY)
    if before and not after:
        await tallies.take_back_any(tx, area_id, Figure.OTHER_PARENT_FAMILY)


async def _first(tx: Tx, family: Family, booking: Booking, rules: Rules) -> None:
    """Whether the first visit was within fourteen days of coming home (mission A5)."""
    child = next(each for each in family.children if each.id == booking.child_id)
    if booking.visit != 1 or booking.meeting is not Meeting.VISIT or child.born is None:
        return
    day = on_the_clock(booking.starts_at, rules.zone).date()
    what = Figure.FIRST_IN_TIME if in_time(day, child.born, child.came_home) else Figure.FIRST_LATE
    await tallies.count(tx, family.area.id, day, what, 1)


async def _six(tx: Tx, family: Family, booking: Booking, rules: Rules) -> None:
    """The last of the six visits of a child is done (domain.md D3)."""
    mine = {
        each.visit
        for each in family.bookings
        if each.child_id == booking.child_id
        and each.meeting is Meeting.VISIT
        and each.state is BookingState.DONE
    }
    if booking.meeting is Meeting.VISIT and mine == {visit.number for visit in VISITS}:
        day = on_the_clock(booking.starts_at, rules.zone).date()
        await tallies.count(tx, family.area.id, day, Figure.ALL_SIX)
