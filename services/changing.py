"""Others come to a booking that stands, or it is elsewhere; its time stays (mission D7, D16)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from programme.errors import NothingBooked, NotYours
from programme.kinds import Rules
from programme.people import Booking, BookingState, Place
from programme.reasons import WindowReason
from services.access import Colleague, Reader, family_for
from services.booking import Wish, keep
from storage.database import Tx


async def change_people(
    tx: Tx,
    colleague: Colleague | None,
    family_id: int,
    booking_id: int,
    staff_ids: Sequence[int],
    now: datetime,
    rules: Rules,
) -> int:
    """Others come to a booking that stands, at the same time; raises NotYours, SlotTaken."""
    old = await standing(tx, colleague, family_id, booking_id, now)
    wish = replace(_as_it_stands(old, colleague), staff_ids=tuple(staff_ids))
    return await _keep(tx, family_id, wish, now, rules)


async def change_place(
    tx: Tx,
    colleague: Colleague | None,
    family_id: int,
    booking_id: int,
    place: Place,
    now: datetime,
    rules: Rules,
    by: Reader | None = None,
) -> int:
    """It is at another place, same time and people; raises NotYours, SlotTaken (mission D16)."""
    old = await standing(tx, colleague, family_id, booking_id, now)
    guardian = by.guardian.id if by else None
    wish = replace(_as_it_stands(old, colleague), place=place, by=guardian)
    return await _keep(tx, family_id, wish, now, rules)


async def standing(
    tx: Tx, colleague: Colleague | None, family_id: int, booking_id: int, now: datetime
) -> Booking:
    """A booking of that family that stands and lies ahead; raises NotYours, NothingBooked."""
    family = await family_for(tx, colleague, family_id, now)
    found = next((each for each in family.bookings if each.id == booking_id), None)
    if found is None:
        raise NotYours
    if found.state is not BookingState.BOOKED or found.starts_at <= now:
        raise NothingBooked(family_id, found.visit)
    return found


def _as_it_stands(old: Booking, colleague: Colleague | None) -> Wish:
    return Wish(
        visit=old.visit,
        starts_at=old.starts_at,
        staff_ids=tuple(member.id for member in old.staff),
        meeting=old.meeting,
        moves=old.id,
        override=WindowReason.OTHER,  # its day was decided before
        made_by=colleague.member.id if colleague else None,
    )


async def _keep(tx: Tx, family_id: int, wish: Wish, now: datetime, rules: Rules) -> int:
    async with tx.begin_nested():
        return await keep(tx, family_id, wish, now, rules)
