"""Staff hold up to three times for a family to choose from (mission D3, D5).

What the family does with them is in `choosing.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from programme.errors import NobodyToCome, NoSuchFamily, NotYours, TooManyTimes
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.meetings import MINUTES, USUAL_PLACE
from programme.people import Child, Family, Meeting, Place, Proposal, Slot
from programme.reasons import WindowReason
from services import two_homes
from services.access import Colleague, family_for_staff
from services.counting import count
from services.fitting import check, check_window, child_for
from services.holds import close_all
from services.planning import catch_up
from services.taking import hold
from storage import families, proposals, quarters
from storage.database import Tx
from storage.proposals import Facts
from storage.turns import lock_family

MOST = 3  # times at once (mission D3)
HELD = timedelta(days=2)  # how long staff hold times for a family


async def propose(
    tx: Tx,
    colleague: Colleague | None,
    family_id: int,
    visit: int,
    slots: Sequence[Slot],
    now: datetime,
    rules: Rules,
    *,
    meeting: Meeting = Meeting.VISIT,
    place: Place | None = None,
    minutes: int | None = None,
    interpreter_wanted: bool = False,
    home: int | None = None,
    child: Child | None = None,
    moves: int | None = None,
    override: WindowReason | None = None,
    held: timedelta = HELD,
) -> Proposal:
    """Hold up to three times for a family; its parents hear of it at once.

    `moves`: the booking that gets one of them instead of its own. Raises NotYours, SlotTaken,
    TooManyTimes, NobodyToCome, OutsideWindow and what else speaks against a time; then nothing
    has changed. Times proposed before for the same thing are withdrawn.
    """
    if colleague is not None:
        await family_for_staff(tx, colleague, family_id)
    elif not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    times = {slot.starts_at: slot for slot in slots}
    if not 1 <= len(times) <= MOST:
        raise TooManyTimes(len(times))
    if moves is None:
        home = two_homes.home_for(family, visit, None, home)
    else:
        old = next((each for each in family.bookings if each.id == moves), None)
        home = two_homes.home_for(family, visit, old, home)
    whose = child or child_for(family, visit, on_the_clock(min(times), rules.zone).date())
    for slot in times.values():
        if not slot.staff:
            raise NobodyToCome
        check(family, visit, meeting, slot.starts_at, now, rules, home)
        if override is None:
            check_window(family, whose, visit, meeting, slot.starts_at, rules)
    facts = Facts(
        child_id=whose.id,
        visit=visit,
        meeting=meeting,
        place=place or USUAL_PLACE[meeting],
        minutes=minutes or MINUTES[meeting],
        made_at=now,
        expires_at=min(now + held, max(times)),
        interpreter_wanted=interpreter_wanted,
        home=home,
        booking_id=moves,
        made_by=colleague.member.id if colleague else None,
    )
    async with tx.begin_nested():
        proposal_id = await make(tx, family, facts, list(times.values()), now, rules)
    await count(tx, family_id, visit, "proposed", now, rules, override)
    await catch_up(tx, family_id, now, rules)
    return await one(tx, family_id, proposal_id)


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
    if colleague is not None:
        await family_for_staff(tx, colleague, family_id)
    else:
        await lock_family(tx, family_id)
    [family] = await families.load(tx, [family_id])
    for ended in await close_all(tx, family, now, lambda each: each.id == proposal_id):
        await count(tx, family_id, ended.visit, "proposal_withdrawn", now, rules)
    await catch_up(tx, family_id, now, rules)


async def expire(tx: Tx, now: datetime) -> None:
    """What nobody chose in time is free; `programme.for_staff` tells of it by the clock."""
    await quarters.expire(tx, now)
    await proposals.expire(tx, now)
