"""Home visits: a time is booked or moved, a parent answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.errors import (
    AreaPaused,
    FamilyAway,
    FamilyRests,
    NoChildBorn,
    NoSuchFamily,
    NoSuchVisit,
    OfficesClosed,
    TimeInPast,
)
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import (
    Booking,
    BookingState,
    Child,
    Choice,
    Family,
    News,
    Place,
    Role,
    Why,
)
from programme.visits import VISITS, window
from services.access import Reader, booking_for
from services.planning import catch_up
from storage import bookings, events, families, staff, tallies
from storage.database import Tx
from storage.turns import lock_family

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
    _check(family, number, starts_at, now, rules)
    child = _child_for(family, number, on_the_clock(starts_at, rules.zone).date())
    old = _booked(family, child, number)
    if old:
        booking_id = await _change(tx, old, starts_at, interpreter, now)
    else:
        booking_id = await bookings.add(
            tx, family_id, child.id, number, starts_at, place, interpreter, now
        )
        await _count(tx, family_id, number, "booked", now, rules)
    await bookings.set_staff(tx, booking_id, await _staff_ids(tx, family_id, names))
    if family.visits_ended_at and not family.left_at:  # they have changed their minds
        await families.set_family(tx, family_id, visits_ended_at=None)
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
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    return family


def _check(family: Family, number: int, starts_at: datetime, now: datetime, rules: Rules) -> None:
    """Raises what speaks against a visit at that time."""
    shown = on_the_clock(starts_at, rules.zone)
    if number not in {visit.number for visit in VISITS}:
        raise NoSuchVisit(number)
    if starts_at <= now:
        raise TimeInPast(shown, on_the_clock(now, rules.zone))
    if not rules.is_working_day(shown.date()):
        raise OfficesClosed(shown.date())
    if not family.area.running or any(rest.covers(starts_at) for rest in family.area.rests):
        raise AreaPaused
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    away = family.resting(Why.AWAY, starts_at)
    if away and away.until:
        raise FamilyAway(on_the_clock(away.until, rules.zone).date() - timedelta(days=1))


def _child_for(family: Family, number: int, day: date) -> Child:
    """The child whose window of that visit holds the day, else the eldest; raises NoChildBorn."""
    born = [child for child in family.children if child.born and not child.silent]
    if not born:
        raise NoChildBorn(family.id)

    def fits(child: Child) -> bool:
        assert child.born is not None
        days = window(number, child.born, child.came_home, family.area.summers)
        return days.first <= day <= days.last

    return next((child for child in born if fits(child)), born[0])


def _booked(family: Family, child: Child, number: int) -> Booking | None:
    """The booking of that visit that stands, for this child or a twin; or None."""
    twins = {each.id for each in family.children if each.born == child.born}
    return next(
        (
            booking
            for booking in family.bookings
            if booking.child_id in twins
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
        ids.append(known.get(name) or await staff.add(tx, area, name, role))
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
    """Keep a parent's answer if it still fits the booking, and let staff know; raises NotYours."""
    booking = await booking_for(tx, reader, booking_id)
    standing = _standing(booking, revision, now)
    if standing is Standing.OPEN:
        await _note(tx, reader, booking, choice, now, rules)
        await catch_up(tx, reader.family_id, now, rules)
    return Answered(standing, booking)


async def _note(
    tx: Tx, reader: Reader, booking: Booking, choice: Choice, now: datetime, rules: Rules
) -> None:
    before = await bookings.answer_of(tx, booking.id, booking.revision, reader.guardian.id)
    if before is choice:
        return  # a second tap says nothing new
    family_id, visit = reader.family_id, booking.visit
    await bookings.note_answer(tx, booking.id, booking.revision, reader.guardian.id, choice, now)
    if before:
        await _count(tx, family_id, visit, "answer_withdrawn", now, rules, before)
    await _count(tx, family_id, visit, "answered", now, rules, choice)
    await events.note(tx, family_id, News.ANSWERED, now, booking.id, choice)


def _standing(booking: Booking, revision: int, now: datetime) -> Standing:
    if booking.starts_at <= now:
        return Standing.OVER
    if booking.state is not BookingState.BOOKED:
        return Standing.CANCELLED
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
