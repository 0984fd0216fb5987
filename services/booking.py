"""Home visits: a time is booked or moved, a parent answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.errors import NoChildBorn, NoSuchFamily, NoSuchVisit, TimeInPast
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Choice, Family, Place, Role
from programme.visits import VISITS
from services.access import Reader, booking_for
from services.planning import catch_up
from storage import bookings, families, tallies
from storage.database import Tx

# Who comes, in this order, where a name is new: the nurse, then the parent supporter (R7).
ROLES_IN_ORDER = (Role.NURSE, Role.PARENT_SUPPORTER)


class Standing(StrEnum):
    """What a booking is when a parent's answer arrives."""

    OPEN = "open"
    OVER = "over"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Answered:
    """A parent's answer and the booking it met; kept only if it was open."""

    standing: Standing
    booking: Booking


async def book(
    tx: Tx,
    family_id: int,
    number: int,
    starts_at: datetime,
    names: Sequence[str],
    now: datetime,
    rules: Rules,
    place: Place = Place.HOME,
    interpreter: bool = False,
) -> int:
    """The id of the visit's booking: a new one, or the old one moved. Raises what is wrong."""
    family = await _family(tx, family_id)
    _check(number, starts_at, now, rules)
    child = next((each for each in family.children if each.born), None)
    if child is None:
        raise NoChildBorn(family_id)
    old = _booked(family, child.id, number)
    if old:
        booking_id = await _change(tx, old, starts_at, interpreter, now)
    else:
        booking_id = await bookings.add(
            tx, family_id, child.id, number, starts_at, place, interpreter, now
        )
        await _count(tx, family_id, number, "booked", now, rules)
    await bookings.set_staff(tx, booking_id, await _staff_ids(tx, family_id, names))
    await catch_up(tx, family_id, now, rules)
    return booking_id


async def _change(
    tx: Tx, old: Booking, starts_at: datetime, interpreter: bool, now: datetime
) -> int:
    """The old booking's id; the same time again, with other staff, is no move."""
    if old.starts_at != starts_at:
        await bookings.move(tx, old, starts_at, now)
    if interpreter and not old.interpreter:
        await bookings.add_interpreter(tx, old.id)
    return old.id


async def _family(tx: Tx, family_id: int) -> Family:
    if not await families.exists(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    return family


def _check(number: int, starts_at: datetime, now: datetime, rules: Rules) -> None:
    if number not in {visit.number for visit in VISITS}:
        raise NoSuchVisit(number)
    if starts_at <= now:
        raise TimeInPast(on_the_clock(starts_at, rules.zone), on_the_clock(now, rules.zone))


def _booked(family: Family, child_id: int, number: int) -> Booking | None:
    """The booking of that visit that stands, or None."""
    return next(
        (
            booking
            for booking in family.bookings
            if booking.child_id == child_id
            and booking.visit == number
            and booking.state is BookingState.BOOKED
        ),
        None,
    )


async def _staff_ids(tx: Tx, family_id: int, names: Sequence[str]) -> list[int]:
    """The area's staff with those first names; a name that is new becomes staff without chat."""
    known = {member.name: member.id for member in await bookings.staff_in_area(tx, family_id)}
    area = (await families.home(tx, family_id)).area_id
    ids = []
    for position, name in enumerate(dict.fromkeys(names)):
        role = ROLES_IN_ORDER[min(position, len(ROLES_IN_ORDER) - 1)]
        ids.append(known.get(name) or await bookings.add_staff(tx, area, name, role))
    return ids


async def answer(
    tx: Tx,
    reader: Reader,
    booking_id: int,
    revision: int,
    choice: Choice,
    now: datetime,
    rules: Rules,
) -> Answered:
    """Keep a parent's answer if it still fits the booking; raises NotYours."""
    booking = await booking_for(tx, reader, booking_id)
    standing = _standing(booking, revision, now)
    if standing is Standing.OPEN:
        await bookings.note_answer(tx, booking.id, revision, reader.guardian.id, choice, now)
        await _count(tx, reader.family_id, booking.visit, "answered", now, rules, choice)
    return Answered(standing, booking)


def _standing(booking: Booking, revision: int, now: datetime) -> Standing:
    if booking.state is BookingState.CANCELLED:
        return Standing.CANCELLED
    if booking.starts_at <= now:
        return Standing.OVER
    return Standing.OPEN if booking.revision == revision else Standing.CHANGED


async def _count(
    tx: Tx,
    family_id: int,
    visit: int,
    what: str,
    now: datetime,
    rules: Rules,
    detail: str | None = None,
) -> None:
    area = (await families.home(tx, family_id)).area_id
    await tallies.count(tx, area, on_the_clock(now, rules.zone).date(), what, visit, detail)
