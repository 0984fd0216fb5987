"""After a visit: one tap says it was done, and a few more say who took part (mission H5).

What is counted is counted for the day of the visit, and follows when staff correct it.
"""

from dataclasses import dataclass
from datetime import datetime

from programme.errors import NotYours
from programme.follow_up import Offer, Tick, VisitOutcome, usual
from programme.kinds import Rules
from programme.outcome_letters import ASKED
from programme.people import Booking, BookingState, Family, Meeting
from services import visit_figures, visits
from services.access import Colleague, family_for_staff
from storage import overviews, visit_outcomes
from storage.database import Tx


@dataclass(frozen=True)
class Page:
    """One visit and what has been ticked for it."""

    family_id: int
    label: str | None  # staff's own word for the family
    booking: Booking
    outcome: VisitOutcome | None  # None: it was not held, or is none of which one ticks anything

    @property
    def held(self) -> bool:
        """Whether somebody has said that it was."""
        return self.booking.state is BookingState.DONE

    @property
    def missed(self) -> bool:
        """Whether somebody has said that nobody was at home."""
        return self.booking.state is BookingState.MISSED


async def page(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime
) -> Page:
    """A visit of a family of the colleague's areas; raises NotYours."""
    _, booking = await _found(tx, colleague, family_id, booking_id, now)
    kept = await visit_outcomes.of(tx, booking_id)
    label = await overviews.label(tx, family_id)
    outcome = (kept.outcome if kept else VisitOutcome()) if _ticked(booking) else None
    return Page(family_id, label, booking, outcome)


def _ticked(booking: Booking) -> bool:
    """A walk or a call is only noted."""
    return booking.state is BookingState.DONE and booking.meeting in ASKED


async def _found(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime
) -> tuple[Family, Booking]:
    family = await family_for_staff(tx, colleague, family_id, now)
    booking = next((each for each in family.bookings if each.id == booking_id), None)
    if booking is None:
        raise NotYours
    return family, booking


async def done(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime, rules: Rules
) -> Page:
    """It was as usual; what was not, is ticked afterwards. Twice is once. Raises NotYours."""
    family, booking = await _found(tx, colleague, family_id, booking_id, now)
    if booking.starts_at <= now and booking.state is BookingState.BOOKED:
        await visits.settle(tx, colleague, family_id, booking_id, BookingState.DONE, now, rules)
        family, booking = await _found(tx, colleague, family_id, booking_id, now)
    kept = await visit_outcomes.of(tx, booking_id)
    if _ticked(booking) and not (kept and kept.told):
        after, by = usual(family, booking), colleague.member.id
        await visit_figures.tick(tx, family, booking, after, by, now, rules)
    return await page(tx, colleague, family_id, booking_id, now)


async def was_held(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime, rules: Rules
) -> Page:
    """That nobody was at home was a mistake: it was done, as usual. Raises NotYours.

    Not if the same visit has been booked anew, or held: then it stays as it was noted.
    """
    family, booking = await _found(tx, colleague, family_id, booking_id, now)
    if booking.state is BookingState.MISSED and not _taken(family, booking):
        await visits.not_missed(tx, family, booking, now, rules)
    return await done(tx, colleague, family_id, booking_id, now, rules)


def _taken(family: Family, booking: Booking) -> bool:
    """Whether another booking has taken its place."""
    births = {child.id: child.born for child in family.children}
    return booking.meeting is Meeting.VISIT and any(
        each.state in {BookingState.BOOKED, BookingState.DONE}
        and (each.visit, each.meeting) == (booking.visit, booking.meeting)
        and each.home in {None, booking.home}
        and births.get(each.child_id) == births.get(booking.child_id)
        for each in family.bookings
    )


async def turn(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    what: Tick | Offer,
    now: datetime,
    rules: Rules,
) -> Page:
    """That one thing was the other way round; of a visit that was not held nothing is ticked.

    Raises NotYours.
    """
    family, booking = await _found(tx, colleague, family_id, booking_id, now)
    if _ticked(booking):
        kept = await visit_outcomes.of(tx, booking_id)
        after, by = (kept.outcome if kept else VisitOutcome()).turned(what), colleague.member.id
        await visit_figures.tick(tx, family, booking, after, by, now, rules)
    return await page(tx, colleague, family_id, booking_id, now)


async def never_was(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    now: datetime,
    rules: Rules,
    after_all: bool = False,
) -> Page:
    """It was not held, and everybody knew; nobody is told. Raises NotYours.

    What a colleague has called done meanwhile stays so, but `after_all`: then what was counted of
    it is taken back.
    """
    await visits.never_was(tx, colleague, family_id, booking_id, now, rules, after_all)
    return await page(tx, colleague, family_id, booking_id, now)
