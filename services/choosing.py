"""A parent chooses a time with a tap, asks for others, or looks for one alone (mission D3-D5).

Times that a parent looks for alone are shown and not held: looking takes nothing from anybody.
After a lost race, and when other times are wanted, the answer holds them for a day.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from programme.errors import Broken, NotYours, SlotTaken
from programme.figures import Figure
from programme.for_staff import of_home
from programme.kinds import Rules
from programme.leaving import left_at
from programme.news import News
from programme.people import (
    Booking,
    BookingState,
    Choice,
    Family,
    Meeting,
    Place,
    Proposal,
    ProposalState,
    Slot,
)
from programme.reasons import Asked, WindowReason
from services import booking, declining, requests
from services.access import Reader, family_of
from services.answering import answer
from services.booking import Wish
from services.counting import count
from services.holds import close, unanswered
from services.looking import (
    Outcome,
    Picked,
    already_booked,
    as_shown,
    find_times,
    of_slot,
    proposal_for,
)
from services.planning import catch_up
from services.proposing import make, one
from services.slots import at_work
from storage import bookings, events, proposals
from storage.database import Tx
from storage.turns import lock_family, lock_staff

LATELY = timedelta(days=14)  # what was refused so long ago may be shown again

SOON = timedelta(days=28)  # so long before its window opens a parent may book a visit


async def pick(
    tx: Tx, reader: Reader, slot_id: int, now: datetime, rules: Rules, place: Place | None = None
) -> Picked:
    """A parent chooses a time: booked, if it is still to be had; else other times, held.

    Only taking its quarters decides. Raises NotYours for a time that is not theirs.
    """
    await lock_family(tx, reader.family_id)
    family = await family_of(tx, reader)
    found = of_slot(family, slot_id)
    if found is None or not found[0].concerns(reader.guardian):
        raise NotYours
    if left_at(family, reader.guardian):
        raise NotYours
    proposal, slot = found
    if already := already_booked(family, proposal, now):
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
        await count(tx, family.id, proposal.visit, Figure.PICKED, now, rules)
        family = await family_of(tx, reader)
        made = next(each for each in family.bookings if each.id == booking_id)
        # Who chooses a time has said yes to it: nobody asks once more on the same morning.
        await bookings.note_answer(tx, made.id, made.revision, reader.guardian.id, Choice.YES, now)
        await count(tx, family.id, made.visit, Figure.ANSWERED, now, rules, Choice.YES)
    return Picked(Outcome.BOOKED, made)


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
    for alone in (False, True):  # where many look at once, the second look is one after the other
        if alone:
            await lock_staff(tx, [member.id for member in family.staff])
        slots = await find_times(tx, family, proposal, now, rules, evening, before | these)
        slots = slots or await find_times(tx, family, proposal, now, rules, evening, these)
        if not slots:
            return None
        try:
            async with tx.begin_nested():
                number = await make(tx, family, as_shown(proposal, slots, now), slots, now, rules)
        except SlotTaken:
            continue
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


async def other_times(
    tx: Tx, reader: Reader, proposal_id: int, evening: bool, now: datetime, rules: Rules
) -> Picked:
    """A parent wants other times: they are held for a day; staff hear of it. Raises NotYours.

    If there are none, those proposed before stay as they are.
    """
    await lock_family(tx, reader.family_id)
    family = await family_of(tx, reader)
    proposal = proposal_for(family, reader, proposal_id)
    if already := already_booked(family, proposal, now):
        return Picked(Outcome.ALREADY, already)
    others = await _others(tx, reader, proposal, now, rules, evening)
    if others:
        await proposals.end(tx, proposal.id, ProposalState.OTHER, now, reader.guardian.id)
    wish = "evening" if evening else "other"
    await count(tx, family.id, proposal.visit, Figure.OTHER_TIMES, now, rules, wish)
    detail = of_home(f"{wish}:{proposal.visit}", proposal.home)
    await events.note(tx, family.id, News.OTHER_TIMES, now, proposal.booking_id, detail)
    await catch_up(tx, family.id, now, rules)
    return Picked(Outcome.GONE, others=others)


async def still_open(tx: Tx, reader: Reader, proposal_id: int, now: datetime) -> Proposal:
    """Proposed times of the reader's, without those that have passed; raises NotYours."""
    found = proposal_for(await family_of(tx, reader), reader, proposal_id)
    return replace(found, slots=tuple(each for each in found.slots if each.starts_at > now))


async def call_about(tx: Tx, reader: Reader, proposal_id: int, now: datetime, rules: Rules) -> None:
    """A parent would rather be called; what is held stays held. Raises NotYours."""
    found = proposal_for(await family_of(tx, reader), reader, proposal_id)
    await requests.ask(tx, reader, Asked.TIMES, now, rules, found.visit)


async def none_of_them(
    tx: Tx, reader: Reader, proposal_id: int, now: datetime, rules: Rules
) -> tuple[int, Booking | None]:
    """No thanks to all of the times: the visit that is not wanted, or the booking that stays.

    Either parent may say so; what the other has booked meanwhile stays. Raises NotYours.
    """
    family = await family_of(tx, reader)
    found = proposal_for(family, reader, proposal_id)
    moved = next((each for each in family.bookings if each.id == found.booking_id), None)
    stays = already_booked(family, found, now)
    if stays is None and moved and moved.state is BookingState.BOOKED:
        stays = moved
    if found in unanswered(family):
        await close(tx, found, ProposalState.WITHDRAWN, now, reader.guardian.id)
        await count(tx, family.id, found.visit, Figure.TIMES_DECLINED, now, rules)
    if stays:
        await answer(tx, reader, stays.id, stays.revision, Choice.YES, now, rules)
    elif found.meeting is Meeting.VISIT:
        await declining.not_this(tx, reader, found.visit, now, rules)
    else:
        detail = f"{Choice.NO_THANKS}:{found.meeting}"
        await events.note(tx, family.id, News.ANSWERED, now, detail=detail)
    await catch_up(tx, family.id, now, rules)
    return found.visit, stays
