"""Somebody of the staff is ill or leaves: their visits are given on, or offered anew (mission D10).

A family that rests after a loss is never touched. What is done is told to parents, so there is no
*Undo*: what will be said, and to how many families, is shown before (domain.md W21).
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from programme.ages import Span
from programme.errors import Broken, NothingBooked, NotYours, SlotTaken
from programme.figures import Figure
from programme.free import footprint, free_quarters
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.looks import LookWhy
from programme.people import Booking, BookingState, Family, Role, Slot, StaffMember, Why
from programme.reasons import CancelReason
from services import changing, proposing, visits
from services.access import (
    Colleague,
    family_for_staff,
    meets_families,
    open_lists,
    open_with_reason,
)
from services.counting import count
from services.slots import diaries_of, free_slots, in_good_time, last_time
from storage import availability, families, overviews, proposals, staff, staff_areas
from storage.database import Tx
from storage.overviews import Name
from storage.staff_areas import Worker
from storage.turns import lock_staff

LONGEST = timedelta(days=60)  # an illness of which the end is known
ILL = "ill"


class Fate(StrEnum):
    """What can be done about one visit, or what was done."""

    GIVEN = "given"  # a colleague comes, at the same time
    OFFERED = "offered"  # cancelled, and other times are proposed
    CANCELLED = "cancelled"  # cancelled with a kind word: there are no times
    PHONE = "phone"  # cancelled, and nobody of the family reads the chat


@dataclass(frozen=True, kw_only=True)
class Case:
    """One visit that somebody cannot keep, and what can be done."""

    name: Name
    booking: Booking
    fate: Fate
    instead: StaffMember | None = None  # who comes


async def team(tx: Tx, colleague: Colleague) -> list[StaffMember]:
    """Who comes to families where the colleague works, the colleague first; raises NotYours."""
    if not meets_families(colleague):
        raise NotYours
    there = await staff_areas.working_in(tx, colleague.areas)
    found = [each.member for each in there if each.member.role in staff.MEET_FAMILIES]
    return sorted(found, key=lambda each: each.id != colleague.member.id)


async def whose(tx: Tx, colleague: Colleague, staff_id: int) -> Worker:
    """Somebody who comes, or came, to families where the colleague works; raises NotYours."""
    who = await staff_areas.worker(tx, staff_id)
    if who is None or not meets_families(colleague) or who.member.role not in staff.MEET_FAMILIES:
        raise NotYours
    if not set(who.areas) & set(colleague.areas):
        raise NotYours
    return who


async def ill(
    tx: Tx, colleague: Colleague, staff_id: int, last: date, now: datetime, rules: Rules
) -> list[Case]:
    """They are ill until that day is over; the visits in that time. Raises NotYours."""
    who = await whose(tx, colleague, staff_id)
    today = on_the_clock(now, rules.zone).date()
    if who.ended_at or not timedelta() <= last - today <= LONGEST:
        raise NotYours
    until = instant(last + timedelta(days=1), time(), rules.zone)
    await lock_staff(tx, {staff_id})
    busy = (await availability.busy_of(tx, [staff_id], now, until))[staff_id]
    if not any(each.source == ILL and each.ends_at >= until for each in busy):
        await availability.add_busy(tx, staff_id, now, until, ILL)
    return await cases(tx, colleague, staff_id, now, rules)


async def cases(
    tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules
) -> list[Case]:
    """Their visits that cannot be: all that lie ahead of who has left; raises NotYours."""
    who = await whose(tx, colleague, staff_id)
    await open_lists(tx, colleague, now)
    until = await _until(tx, who, now)
    found = []
    for family in await _families(tx, colleague, staff_id, now):
        for each in _theirs(family, staff_id, now):
            if until is None or each.starts_at < until:
                found.append(await _case(tx, family, each, who, now, rules))
    return sorted(found, key=lambda case: (case.booking.starts_at, case.booking.id))


async def _until(tx: Tx, who: Worker, now: datetime) -> datetime | None:
    """When they are at work again; None: never."""
    if who.ended_at:
        return None
    found = await availability.busy_of(tx, [who.member.id], now, now + LONGEST)
    return max((each.ends_at for each in found[who.member.id] if each.source == ILL), default=now)


async def _families(tx: Tx, colleague: Colleague, staff_id: int, now: datetime) -> list[Family]:
    """The families that wait for them, of the colleague's areas, in order of their numbers."""
    ids = {each.family_id for each in await staff.coming(tx, staff_id, now)}
    found = await families.load(tx, sorted(ids))
    return [
        each
        for each in found
        if each.area.id in colleague.areas and each.resting(Why.LOSS, now) is None
    ]


def _theirs(family: Family, staff_id: int, now: datetime) -> list[Booking]:
    silent = {child.id for child in family.children if child.silent}
    return [
        each
        for each in family.bookings
        if each.state is BookingState.BOOKED
        and each.starts_at > now
        and each.child_id not in silent
        and staff_id in {member.id for member in each.staff}
    ]


async def _case(
    tx: Tx, family: Family, each: Booking, who: Worker, now: datetime, rules: Rules
) -> Case:
    name = Name(family.id, await overviews.label(tx, family.id))
    free = await _instead(tx, family, each, who.member, now, rules)
    if free:
        return Case(name=name, booking=each, fate=Fate.GIVEN, instead=free[0])
    if not family.reachable_at(now, each.home):
        return Case(name=name, booking=each, fate=Fate.PHONE)
    slots = await _other_times(tx, family, each, now, rules)
    return Case(name=name, booking=each, fate=Fate.OFFERED if slots else Fate.CANCELLED)


async def _instead(
    tx: Tx, family: Family, each: Booking, gone: StaffMember, now: datetime, rules: Rules
) -> list[StaffMember]:
    """Who of the same profession is free at that time, whom the family knows first (J5)."""
    comes = {member.id for member in each.staff}
    could = [m for m in family.staff if m.role is gone.role and m.id not in comes]
    if not could:
        return []
    day = on_the_clock(each.starts_at, rules.zone).date()
    diaries = await diaries_of(tx, could, Span(day, day), now, rules)
    met = {member.id for member in last_time(family)} | _have_come(family)

    def free(member: StaffMember) -> bool:
        diary = diaries[member.id]
        wanted = footprint(each.starts_at, each.minutes, each.place, diary.travel, diary.debrief)
        return free_quarters(diary, day, day, rules).issuperset(wanted)

    return sorted((m for m in could if free(m)), key=lambda m: (m.id not in met, m.id))


def _have_come(family: Family) -> set[int]:
    done = (each for each in family.bookings if each.state is BookingState.DONE)
    return {member.id for each in done for member in each.staff}


async def _other_times(
    tx: Tx, family: Family, each: Booking, now: datetime, rules: Rules
) -> Sequence[Slot]:
    return await free_slots(
        tx,
        family,
        each.visit,
        now,
        rules,
        meeting=each.meeting,
        child=next((child for child in family.children if child.id == each.child_id), None),
        place=each.place,
        minutes=each.minutes,
        but=[each.starts_at],
        ready=in_good_time(now, rules),
    )


async def settle(
    tx: Tx, colleague: Colleague, staff_id: int, now: datetime, rules: Rules
) -> list[Case]:
    """All of them at once: given to who is free, else other times, else a kind word; what was done.

    Each family stands or falls by itself. What a colleague has done meanwhile is not done twice.
    Raises NotYours.
    """
    who = await whose(tx, colleague, staff_id)
    done = []
    until = await _until(tx, who, now)
    # Families before staff, in order: two colleagues at once wait for each other, never both.
    open_cases = await cases(tx, colleague, staff_id, now, rules)
    held = await proposals.held_by(tx, staff_id, now, until)
    theirs = {case.name.family_id for case in open_cases}
    theirs |= {each for number in held if (each := await proposals.family_of(tx, number))}
    for family_id in sorted(theirs):
        with suppress(NotYours):  # of an area that is not the colleague's
            await open_with_reason(tx, colleague, family_id, LookWhy.COVERING, now)
    for proposal_id in held:
        with suppress(NotYours):
            await proposing.withdraw(tx, colleague, proposal_id, now, rules)
    for case in await cases(tx, colleague, staff_id, now, rules):  # as they are, now it is our turn
        try:
            async with tx.begin_nested():
                done.append(await _one(tx, colleague, case, who.member, now, rules))
        except Broken:
            continue
    return done


async def hand_over(tx: Tx, gone: Colleague, now: datetime, rules: Rules) -> list[Case]:
    """The same of who has just left, by the command line: in the name of nobody in particular."""
    nobody = replace(gone, member=replace(gone.member, id=0, role=Role.COORDINATOR), chat_id=None)
    return await settle(tx, nobody, gone.member.id, now, rules)


async def _one(
    tx: Tx, colleague: Colleague, case: Case, gone: StaffMember, now: datetime, rules: Rules
) -> Case:
    family = await family_for_staff(tx, colleague, case.name.family_id, now)
    old = next((b for b in _theirs(family, gone.id, now) if b.id == case.booking.id), None)
    if old is None or family.resting(Why.LOSS, now):
        raise NothingBooked(family.id, case.booking.visit)
    for instead in await _instead(tx, family, old, gone, now, rules):
        ids = [instead.id if member.id == gone.id else member.id for member in old.staff]
        try:
            await changing.change_people(tx, colleague, family.id, old.id, ids, now, rules)
        except SlotTaken:
            continue
        await count(tx, family.id, old.visit, Figure.GIVEN_OVER, now, rules)
        return Case(name=case.name, booking=old, fate=Fate.GIVEN, instead=instead)
    return await _cancel(tx, colleague, case, family, old, now, rules)


async def _cancel(
    tx: Tx,
    colleague: Colleague,
    case: Case,
    family: Family,
    old: Booking,
    now: datetime,
    rules: Rules,
) -> Case:
    """Nobody can come: the parents are told so at once, and get other times if there are any."""
    state, why = BookingState.CANCELLED, CancelReason.ILL
    await visits.settle(tx, colleague, family.id, old.id, state, now, rules, why)
    if not family.reachable_at(now, old.home):
        return Case(name=case.name, booking=old, fate=Fate.PHONE)
    fate = Fate.OFFERED if await _offer(tx, colleague, family, old, now, rules) else Fate.CANCELLED
    return Case(name=case.name, booking=old, fate=fate)


async def _offer(
    tx: Tx, colleague: Colleague, family: Family, old: Booking, now: datetime, rules: Rules
) -> bool:
    [family] = await families.load(tx, [family.id])
    slots = await _other_times(tx, family, old, now, rules)
    if not slots:
        return False
    times = proposing.Times(
        visit=old.visit,
        slots=slots,
        meeting=old.meeting,
        place=old.place,
        minutes=old.minutes,
        interpreter_wanted=old.interpreter_wanted or old.interpreter,
        home=old.home or (1 if family.split_at else None),
        child=next((c for c in family.children if c.id == old.child_id), None),
    )
    try:
        async with tx.begin_nested():
            await proposing.propose(tx, colleague, family.id, times, now, rules)
    except Broken:
        return False
    await count(tx, family.id, old.visit, Figure.REOFFERED, now, rules)
    return True
