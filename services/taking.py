"""The time that a meeting takes from those who come: taken as a whole, or not at all (D2, D5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from programme.errors import SlotTaken
from programme.free import footprint
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, Place, Slot
from storage import availability, quarters
from storage.database import Tx
from storage.turns import lock_staff

Footprints = dict[int, tuple[datetime, ...]]


async def footprints(
    tx: Tx, staff_ids: Sequence[int], starts_at: datetime, minutes: int, place: Place
) -> Footprints:
    """The quarters it takes from each of them, the way and the talk included."""
    margins = await availability.margins_of(tx, staff_ids)
    return {
        each: footprint(starts_at, minutes, place, theirs.travel, theirs.debrief)
        for each, theirs in margins.items()
    }


async def take_for(
    tx: Tx,
    booking_id: int,
    staff_ids: Sequence[int],
    starts_at: datetime,
    minutes: int,
    place: Place,
    now: datetime,
    rules: Rules,
) -> None:
    """The booking has these quarters and no others; raises SlotTaken, and then nothing changed."""
    await lock_staff(tx, {*await quarters.whose(tx, booking_id), *staff_ids})
    wanted = await footprints(tx, staff_ids, starts_at, minutes, place)
    async with tx.begin_nested():
        await quarters.free(tx, booking_id=booking_id)
        if not await quarters.take(tx, wanted, now, booking_id=booking_id):
            raise SlotTaken(on_the_clock(starts_at, rules.zone))


async def take_again(tx: Tx, gone: Booking, now: datetime, rules: Rules) -> bool:
    """Whether a booking that is gone can stand again: its people are still free, and now taken."""
    who = [member.id for member in gone.staff]
    try:
        await take_for(tx, gone.id, who, gone.starts_at, gone.minutes, gone.place, now, rules)
    except SlotTaken:
        return False
    return True


async def hold(
    tx: Tx,
    slots: Iterable[tuple[int, Slot]],
    minutes: int,
    place: Place,
    until: datetime,
    now: datetime,
    rules: Rules,
) -> None:
    """Each of those times is held for a family; raises SlotTaken, and then none is."""
    numbered = list(slots)
    await lock_staff(tx, {member.id for _, slot in numbered for member in slot.staff})
    async with tx.begin_nested():
        for slot_id, slot in numbered:
            who = [member.id for member in slot.staff]
            wanted = await footprints(tx, who, slot.starts_at, minutes, place)
            held = min(until, slot.starts_at)
            if not await quarters.take(tx, wanted, now, slot_id=slot_id, held_until=held):
                raise SlotTaken(on_the_clock(slot.starts_at, rules.zone))
