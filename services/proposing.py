"""Staff hold up to three times for a family to choose from (mission D3, D5).

What the family does with them is in `choosing.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.errors import NobodyToCome, NotYours, TooManyTimes
from programme.figures import Figure
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.meetings import MINUTES, USUAL_PLACE
from programme.people import Child, Family, Meeting, Place, Proposal, Slot
from programme.reasons import WindowReason
from services import two_homes
from services.access import Colleague, family_for
from services.counting import count
from services.fitting import check, check_window, child_for
from services.holds import close_all
from services.planning import catch_up
from services.taking import hold
from storage import families, proposals, quarters
from storage.database import Tx
from storage.proposals import Facts

MOST = 3  # times at once (mission D3)
HELD = timedelta(days=2)  # how long staff hold times for a family


@dataclass(frozen=True, kw_only=True)
class Times:
    """What is proposed: up to three times, and for what; None: as usual."""

    visit: int
    slots: Sequence[Slot]
    meeting: Meeting = Meeting.VISIT
    place: Place | None = None
    minutes: int | None = None
    interpreter_wanted: bool = False
    home: int | None = None
    child: Child | None = None
    moves: int | None = None  # the booking that gets one of them instead of its own time
    override: WindowReason | None = None
    held: timedelta = HELD


async def propose(
    tx: Tx, colleague: Colleague | None, family_id: int, times: Times, now: datetime, rules: Rules
) -> Proposal:
    """Hold up to three times for a family; its parents hear of it at once.

    Raises NotYours, SlotTaken, TooManyTimes, NobodyToCome, OutsideWindow and what else speaks
    against a time; then nothing has changed. Times proposed before for the same thing are
    withdrawn.
    """
    family = await family_for(tx, colleague, family_id, now)
    slots = _in_order(times.slots)
    home, child = _home(family, times), _child(family, times, slots, rules)
    for slot in slots:
        _check(family, child, home, times, slot, now, rules)
    facts = _facts(times, slots, home, child, colleague, now)
    async with tx.begin_nested():
        proposal_id = await make(tx, family, facts, slots, now, rules)
    await count(tx, family_id, times.visit, Figure.PROPOSED, now, rules, times.override)
    await catch_up(tx, family_id, now, rules)
    return await one(tx, family_id, proposal_id)


def _in_order(slots: Sequence[Slot]) -> list[Slot]:
    """Each time once, the earliest first; raises TooManyTimes, also for none, and NobodyToCome."""
    unique = {slot.starts_at: slot for slot in slots}
    if not 1 <= len(unique) <= MOST:
        raise TooManyTimes(len(unique))
    if not all(slot.staff for slot in unique.values()):
        raise NobodyToCome
    return [unique[at] for at in sorted(unique)]


def _home(family: Family, times: Times) -> int | None:
    """Which of two homes they are proposed to; raises WhichHome, OtherHome."""
    moved = (each for each in family.bookings if each.id == times.moves)
    return two_homes.home_for(family, times.visit, next(moved, None), times.home)


def _child(family: Family, times: Times, slots: Sequence[Slot], rules: Rules) -> Child:
    first_day = on_the_clock(slots[0].starts_at, rules.zone).date()
    return times.child or child_for(family, times.visit, first_day)


def _check(
    family: Family,
    child: Child,
    home: int | None,
    times: Times,
    slot: Slot,
    now: datetime,
    rules: Rules,
) -> None:
    """Raises what speaks against that time, whoever would come."""
    check(family, times.visit, times.meeting, slot.starts_at, now, rules, home)
    if times.override is None:
        check_window(family, child, times.visit, times.meeting, slot.starts_at, rules)


def _facts(
    times: Times,
    slots: Sequence[Slot],
    home: int | None,
    child: Child,
    colleague: Colleague | None,
    now: datetime,
) -> Facts:
    return Facts(
        child_id=child.id,
        visit=times.visit,
        meeting=times.meeting,
        place=times.place or USUAL_PLACE[times.meeting],
        minutes=times.minutes or MINUTES[times.meeting],
        made_at=now,
        expires_at=min(now + times.held, slots[-1].starts_at),
        interpreter_wanted=times.interpreter_wanted,
        home=home,
        booking_id=times.moves,
        made_by=colleague.member.id if colleague else None,
    )


async def make(
    tx: Tx, family: Family, facts: Facts, slots: Iterable[Slot], now: datetime, rules: Rules
) -> int:
    """The id of proposed times that are held; raises SlotTaken."""

    def same(each: Proposal) -> bool:
        return (each.visit, each.meeting, each.home, each.child_id) == (
            facts.visit,
            facts.meeting,
            facts.home,
            facts.child_id,
        )

    await close_all(tx, family, now, same)
    number = await proposals.add(tx, family.id, facts)
    made = [(await proposals.add_slot(tx, number, slot), slot) for slot in slots]
    await hold(tx, made, facts.minutes, facts.place, facts.expires_at, now, rules)
    return number


async def one(tx: Tx, family_id: int, proposal_id: int) -> Proposal:
    """Those proposed times as they stand."""
    [family] = await families.load(tx, [family_id])
    return next(each for each in family.proposals if each.id == proposal_id)


async def withdraw(
    tx: Tx, colleague: Colleague | None, proposal_id: int, now: datetime, rules: Rules
) -> None:
    """Staff take proposed times back; what was held is free. Raises NotYours."""
    family_id = await proposals.family_of(tx, proposal_id)
    if family_id is None:
        raise NotYours
    family = await family_for(tx, colleague, family_id, now)
    for ended in await close_all(tx, family, now, lambda each: each.id == proposal_id):
        await count(tx, family_id, ended.visit, Figure.PROPOSAL_WITHDRAWN, now, rules)
    await catch_up(tx, family_id, now, rules)


async def expire(tx: Tx, now: datetime) -> None:
    """What nobody chose in time is free; `programme.for_staff` tells of it by the clock."""
    await quarters.expire(tx, now)
    await proposals.expire(tx, now)
