"""A parent chooses a time with a tap, asks for others, or looks for one alone (mission D3-D5).

Times that a parent looks for alone are shown and not held: looking takes nothing from anybody.
After a lost race, and when other times are wanted, the answer holds them for a day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from programme.errors import Broken, NotYours, SlotTaken
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import (
    Booking,
    BookingState,
    Family,
    Meeting,
    News,
    Place,
    Proposal,
    ProposalState,
    Slot,
)
from programme.reasons import WindowReason
from programme.visits import VISITS
from services import booking
from services.access import Reader, family_of
from services.booking import Wish
from services.counting import count
from services.holds import close
from services.planning import catch_up
from services.proposing import MOST, make, one
from services.slots import at_work, child_for_visit, free_slots
from storage import events, proposals
from storage.database import Tx
from storage.proposals import Facts
from storage.turns import lock_family

HELD_SHORT = timedelta(days=1)  # how long times are held that a parent asked for
LEAD = timedelta(hours=18)  # a parent books at least so long ahead: staff must hear of it
LATELY = timedelta(days=14)


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


async def pick(
    tx: Tx, reader: Reader, slot_id: int, now: datetime, rules: Rules, place: Place | None = None
) -> Picked:
    """A parent chooses a time: booked, if it is still to be had; else other times, held.

    Only taking its quarters decides. Raises NotYours for a time that is not theirs.
    """
    await lock_family(tx, reader.family_id)
    family = await family_of(tx, reader)
    found = of_slot(family, slot_id)
    if found is None or not found[0].concerns(reader.guardian) or family.left_at:
        raise NotYours
    proposal, slot = found
    if already := _already(family, proposal, now):
        return Picked(Outcome.ALREADY, already)
    if slot.starts_at <= now:
        return Picked(Outcome.PAST, others=await _left(tx, reader, proposal, slot, now, rules))
    if await _may_still(tx, proposal, slot, now, rules):
        try:
            return await _book(tx, reader, family, proposal, slot, place, now, rules)
        except Broken:  # taken meanwhile, or the family is away, the area paused
            pass
    return Picked(Outcome.GONE, others=await _left(tx, reader, proposal, slot, now, rules))


async def _left(
    tx: Tx, reader: Reader, proposal: Proposal, gone: Slot, now: datetime, rules: Rules
) -> Proposal | None:
    """What is still held of the same times, else others."""
    still = tuple(each for each in proposal.slots if each != gone and each.starts_at > now)
    if proposal.state is ProposalState.OPEN and now < proposal.expires_at and still:
        return replace(proposal, slots=still)
    return await _others(tx, reader, proposal, now, rules)


def _already(family: Family, proposal: Proposal, now: datetime) -> Booking | None:
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


async def _may_still(tx: Tx, proposal: Proposal, slot: Slot, now: datetime, rules: Rules) -> bool:
    """Held for the family, or at least nothing else takes those people's time."""
    if proposal.state in {ProposalState.WITHDRAWN, ProposalState.TAKEN}:
        return False
    if proposal.state is ProposalState.OPEN and now < proposal.expires_at:
        return True
    return await at_work(
        tx, slot.staff, slot.starts_at, proposal.minutes, proposal.place, now, rules
    )


async def _book(
    tx: Tx,
    reader: Reader,
    family: Family,
    proposal: Proposal,
    slot: Slot,
    place: Place | None,
    now: datetime,
    rules: Rules,
) -> Picked:
    wish = Wish(
        visit=proposal.visit,
        starts_at=slot.starts_at,
        staff_ids=tuple(member.id for member in slot.staff),
        meeting=proposal.meeting,
        place=place or proposal.place,
        minutes=proposal.minutes,
        interpreter_wanted=proposal.interpreter_wanted or None,
        home=proposal.home,
        child=next(each for each in family.children if each.id == proposal.child_id),
        moves=proposal.booking_id,
        override=WindowReason.OTHER,  # whoever proposed it has decided that
        by=reader.guardian.id,
    )
    async with tx.begin_nested():
        await close(tx, proposal, ProposalState.TAKEN, now, reader.guardian.id)
        booking_id = await booking.keep(tx, family.id, wish, now, rules)
        await count(tx, family.id, proposal.visit, "picked", now, rules)
    family = await family_of(tx, reader)
    return Picked(Outcome.BOOKED, next(b for b in family.bookings if b.id == booking_id))


async def _others(
    tx: Tx,
    reader: Reader,
    proposal: Proposal,
    now: datetime,
    rules: Rules,
    evening: bool = False,
) -> Proposal | None:
    """Up to three other times for the same thing, held for a day; None if there are none."""
    family = await family_of(tx, reader)
    before = {slot.starts_at for each in _line(family, proposal, now) for slot in each.slots}
    these = {slot.starts_at for slot in proposal.slots}
    for _ in range(MOST):  # somebody may be faster here as well
        slots = await _look(tx, family, proposal, now, rules, evening, before | these)
        slots = slots or await _look(tx, family, proposal, now, rules, evening, these)
        if not slots:
            return None
        try:
            async with tx.begin_nested():
                number = await make(tx, family, _shown(proposal, slots, now), slots, now, rules)
        except SlotTaken:
            these |= {slots[0].starts_at}
        else:
            return await one(tx, family.id, number)
    return None


def _line(family: Family, proposal: Proposal, now: datetime) -> list[Proposal]:
    """All that was lately proposed for the same thing: what was refused is not shown again."""
    return [
        each
        for each in family.proposals
        if (each.visit, each.meeting) == (proposal.visit, proposal.meeting)
        and each.child_id == proposal.child_id
        and now - each.made_at < LATELY
    ]


async def _look(
    tx: Tx,
    family: Family,
    proposal: Proposal,
    now: datetime,
    rules: Rules,
    evening: bool,
    but: Iterable[datetime],
) -> list[Slot]:
    return await free_slots(
        tx,
        family,
        proposal.visit,
        now + LEAD,
        rules,
        meeting=proposal.meeting,
        child=next((each for each in family.children if each.id == proposal.child_id), None),
        place=proposal.place,
        minutes=proposal.minutes,
        evening=evening,
        limit=MOST,
        but=set(but),
    )


def _shown(wanted: Proposal, slots: Sequence[Slot], now: datetime) -> Facts:
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


async def other_times(
    tx: Tx, reader: Reader, proposal_id: int, evening: bool, now: datetime, rules: Rules
) -> Picked:
    """A parent wants other times: they are held for a day; staff hear of it. Raises NotYours.

    If there are none, those proposed before stay as they are.
    """
    await lock_family(tx, reader.family_id)
    family = await family_of(tx, reader)
    proposal = proposal_for(family, reader, proposal_id)
    if already := _already(family, proposal, now):
        return Picked(Outcome.ALREADY, already)
    others = await _others(tx, reader, proposal, now, rules, evening)
    if others:
        await proposals.end(tx, proposal.id, ProposalState.OTHER, now, reader.guardian.id)
    wish = "evening" if evening else "other"
    await count(tx, family.id, proposal.visit, "other_times", now, rules, wish)
    detail = f"{wish}:{proposal.visit}"
    await events.note(tx, family.id, News.OTHER_TIMES, now, proposal.booking_id, detail)
    await catch_up(tx, family.id, now, rules)
    return Picked(Outcome.GONE, others=others)


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
    if already := _already(family, wanted, now):
        return Picked(Outcome.ALREADY, already)
    slots = await _look(
        tx, family, wanted, now, rules, evening, [slot.starts_at for slot in wanted.slots]
    )
    if not slots:
        return Picked(Outcome.GONE)
    number = await proposals.add(tx, family.id, _shown(wanted, slots, now))
    for slot in slots:
        await proposals.add_slot(tx, number, slot)
    await count(tx, family.id, visit, "looked", now, rules)
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
        home = reader.guardian.home if family.split_at else None
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
