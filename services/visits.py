"""What becomes of booked visits: cancelled, done, declined by a parent, freed, ended for good.

Everything a parent does here can be taken back; a visit that stands again is told anew.
"""

from datetime import datetime

from programme.errors import NoSuchFamily, NothingBooked
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Family, News
from services.access import Reader, booking_for, family_of
from services.planning import catch_up
from storage import bookings, events, families, tallies
from storage.database import Tx
from storage.turns import lock_family


async def cancel(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> Booking:
    """Staff cancel a visit: the family is told; raises NoSuchFamily, NothingBooked."""
    return await _settle(tx, family_id, number, BookingState.CANCELLED, now, rules)


async def done(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> Booking:
    """A visit has been: it takes its reminders with it; raises NoSuchFamily, NothingBooked."""
    return await _settle(tx, family_id, number, BookingState.DONE, now, rules)


async def _settle(
    tx: Tx, family_id: int, number: int, state: BookingState, now: datetime, rules: Rules
) -> Booking:
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    standing = (each for each in family.bookings if each.state is BookingState.BOOKED)
    found = next((each for each in standing if each.visit == number), None)
    if found is None:
        raise NothingBooked(family_id, number)
    await bookings.set_state(tx, found.id, state, now)
    await _count(tx, family_id, number, f"visit_{state}", now, rules)
    await catch_up(tx, family_id, now, rules)
    return found


def coming(family: Family, now: datetime) -> list[Booking]:
    """The visits that are booked and lie ahead, in order of time."""
    booked = (each for each in family.bookings if each.state is BookingState.BOOKED)
    return [each for each in booked if each.starts_at > now]


async def decline(tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules) -> Booking:
    """Only this visit: no thanks. The other parent and the staff hear of it; raises NotYours."""
    booking = await booking_for(tx, reader, booking_id)
    if booking.state is BookingState.BOOKED and booking.starts_at > now:
        by = reader.guardian.id
        await bookings.set_state(tx, booking.id, BookingState.DECLINED, now, by)
        await _count(tx, reader.family_id, booking.visit, "visit_declined", now, rules)
        await catch_up(tx, reader.family_id, now, rules)
    return booking


async def take_back(
    tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules
) -> Booking | None:
    """Undo of a no thanks, or of being away: the visit as it stands again; None if it cannot."""
    booking = await booking_for(tx, reader, booking_id)
    gone = booking.state in {BookingState.DECLINED, BookingState.FREED}
    if not gone or booking.starts_at <= now:
        return None
    if booking.state is BookingState.DECLINED:
        await _count(tx, reader.family_id, booking.visit, "visit_wanted_again", now, rules)
    await bookings.tell_again(tx, booking, now, by=reader.guardian.id)
    await catch_up(tx, reader.family_id, now, rules)
    return await booking_for(tx, reader, booking_id)


async def end_all(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """All visits: no thanks. Those that are booked go, none is offered any more; tips go on."""
    family = await family_of(tx, reader)
    if family.visits_ended_at:
        return
    await families.set_family(tx, family.id, visits_ended_at=now)
    for booking in coming(family, now):
        await bookings.set_state(tx, booking.id, BookingState.DECLINED, now, reader.guardian.id)
    await events.note(tx, family.id, News.ENDED, now)
    await _count(tx, family.id, None, "visits_ended", now, rules)
    await catch_up(tx, family.id, now, rules)


async def take_back_end(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """Undo of that: visits are offered again, and those that went with it stand again."""
    family = await family_of(tx, reader)
    ended = family.visits_ended_at
    if ended is None or family.left_at:
        return
    await families.set_family(tx, family.id, visits_ended_at=None)
    for booking in family.bookings:
        went = booking.state is BookingState.DECLINED and booking.changed_at == ended
        if went and booking.starts_at > now:
            await bookings.tell_again(tx, booking, now, by=reader.guardian.id)
    await events.take_back(tx, family.id, News.ENDED, ended)
    await _count(tx, family.id, None, "visits_wanted_again", now, rules)
    await catch_up(tx, family.id, now, rules)


async def free(
    tx: Tx, family: Family, since: datetime, until: datetime, now: datetime, by: int | None
) -> list[Booking]:
    """Visits booked within that time become free; they are returned. The caller catches up."""
    within = [each for each in coming(family, now) if since <= each.starts_at < until]
    for booking in within:
        await bookings.set_state(tx, booking.id, BookingState.FREED, now, by)
    return within


async def _count(
    tx: Tx, family_id: int, visit: int | None, what: str, now: datetime, rules: Rules
) -> None:
    area = (await families.home(tx, family_id)).area_id
    await tallies.count(tx, area, on_the_clock(now, rules.zone).date(), what, visit)
