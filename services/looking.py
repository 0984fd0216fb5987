"""A parent looks for a time alone: what is free, for which visit; shown, not held (mission D4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from programme.by_age import unbooked
from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import (
    Booking,
    BookingState,
    Family,
    Meeting,
    Proposal,
    ProposalState,
    Slot,
)
from programme.visits import VISITS, window
from services import two_homes
from services.access import Reader, family_of
from services.counting import count
from services.proposing import MOST, one
from services.slots import child_for_visit, free_slots
from storage import proposals
from storage.database import Tx
from storage.proposals import Facts
from storage.turns import lock_family

HELD_SHORT = timedelta(days=1)  # how long times are held that a parent asked for
LEAD = timedelta(hours=18)  # a parent books at least so long ahead: staff must hear of it
SOON = timedelta(days=28)  # so long before its window opens a parent may book a visit


class Outcome(StrEnum):
    """What a press on a time came to."""

    BOOKED = "booked"
    ALREADY = "already"  # somebody of the family has chosen, or staff have booked it
    GONE = "gone"  # the time is not free any more
    PAST = "past"  # it has begun


@dataclass(frozen=True)
class Picked:
    """The booking that stands, or other times, which are held; neither: staff must be asked."""

    outcome: Outcome
    booking: Booking | None = None
    others: Proposal | None = None


def of_slot(family: Family, slot_id: int) -> tuple[Proposal, Slot] | None:
    """The proposed times to which that one belongs, and itself; None if it is not the family's."""
    return next(
        ((each, slot) for each in family.proposals for slot in each.slots if slot.id == slot_id),
        None,
    )


def proposal_for(family: Family, reader: Reader, proposal_id: int) -> Proposal:
    """Proposed times of the reader's own family and home; raises NotYours."""
    found = next((each for each in family.proposals if each.id == proposal_id), None)
    if found is None or not found.concerns(reader.guardian):
        raise NotYours
    return found


def already_booked(family: Family, proposal: Proposal, now: datetime) -> Booking | None:
    """The booking that stands for what these times were proposed for, if it is not to be moved."""
    births = {child.id: child.born for child in family.children}
    for each in family.bookings:
        same = (each.visit, each.meeting) == (proposal.visit, proposal.meeting)
        twins = births.get(each.child_id) == births.get(proposal.child_id)
        ahead = each.state is BookingState.BOOKED and each.starts_at > now
        if same and twins and ahead and each.home in {None, proposal.home}:
            to_move = proposal.booking_id == each.id and proposal.state is not ProposalState.TAKEN
            if not to_move and (proposal.meeting is Meeting.VISIT or _taken(proposal)):
                return each
    return None


def _taken(proposal: Proposal) -> bool:
    return proposal.state is ProposalState.TAKEN


async def next_visit(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> int | None:
    """The visit that a parent would book now: its window is open, or opens next; or None."""
    family = await family_of(tx, reader)
    today = on_the_clock(now, rules.zone).date()
    ahead = [
        (days.first, each.number)
        for child, each in unbooked(family, reader.guardian)
        if child.born
        for days in [window(each.number, child.born, child.came_home, family.area.summers)]
        if days.last >= today and days.first <= today + SOON
    ]
    return min(ahead)[1] if ahead else None


async def find_times(
    tx: Tx,
    family: Family,
    proposal: Proposal,
    now: datetime,
    rules: Rules,
    evening: bool,
    but: Iterable[datetime],
) -> list[Slot]:
    """Up to three free times for that, as a parent may have them."""
    return await free_slots(
        tx,
        family,
        proposal.visit,
        now,
        rules,
        meeting=proposal.meeting,
        child=next((each for each in family.children if each.id == proposal.child_id), None),
        place=proposal.place,
        minutes=proposal.minutes,
        evening=evening,
        limit=MOST,
        but=set(but),
        ready=now + LEAD,
    )


def as_shown(wanted: Proposal, slots: Sequence[Slot], now: datetime) -> Facts:
    """The same, shown to a parent now."""
    return Facts(
        child_id=wanted.child_id,
        visit=wanted.visit,
        meeting=wanted.meeting,
        place=wanted.place,
        minutes=wanted.minutes,
        made_at=now,
        expires_at=min(now + HELD_SHORT, max(slot.starts_at for slot in slots)),
        state=ProposalState.SHOWN,
        interpreter_wanted=wanted.interpreter_wanted,
        home=wanted.home,
        booking_id=wanted.booking_id,
    )


async def look(
    tx: Tx,
    reader: Reader,
    visit: int,
    now: datetime,
    rules: Rules,
    *,
    moves: Booking | None = None,
    evening: bool = False,
) -> Picked:
    """A parent looks for times alone: up to three are shown, none is held (mission D4).

    `moves`: the booking for which another time is wanted. Raises NotYours.
    """
    await lock_family(tx, reader.family_id)
    family = await family_of(tx, reader)
    wanted = _wanted(family, reader, visit, moves, now, rules)
    if already := already_booked(family, wanted, now):
        return Picked(Outcome.ALREADY, already)
    slots = await find_times(
        tx, family, wanted, now, rules, evening, [slot.starts_at for slot in wanted.slots]
    )
    if not slots:
        return Picked(Outcome.GONE)
    number = await proposals.add(tx, family.id, as_shown(wanted, slots, now))
    for slot in slots:
        await proposals.add_slot(tx, number, slot)
    await count(tx, family.id, visit, Figure.LOOKED, now, rules)
    return Picked(Outcome.GONE, others=await one(tx, family.id, number))


def _wanted(
    family: Family,
    reader: Reader,
    visit: int,
    moves: Booking | None,
    now: datetime,
    rules: Rules,
) -> Proposal:
    """What a parent looks for, as times that nobody has found yet; raises NotYours."""
    today = on_the_clock(now, rules.zone).date()
    if moves is None:
        child = child_for_visit(family, visit, today)
        if child is None or visit not in {each.number for each in VISITS}:
            raise NotYours
        home = two_homes.home_of(family, reader.guardian)
        return Proposal(
            id=0, child_id=child.id, visit=visit, slots=(), made_at=now, expires_at=now, home=home
        )
    return Proposal(
        id=0,
        child_id=moves.child_id,
        visit=moves.visit,
        slots=(Slot(starts_at=moves.starts_at, staff=moves.staff),),
        made_at=now,
        expires_at=now,
        meeting=moves.meeting,
        place=moves.place,
        minutes=moves.minutes,
        interpreter_wanted=moves.interpreter_wanted,
        home=moves.home,
        booking_id=moves.id,
    )
