"""What becomes of booked visits: cancelled, missed, done, declined by a parent, freed, ended.

Everything a parent does here can be taken back, as long as who would come is still free; a visit
that stands again is told anew.
"""

from collections.abc import Iterable
from datetime import datetime

from programme.errors import NoSuchFamily, NothingBooked, NotYours, VisitAhead
from programme.figures import Figure
from programme.for_staff import of_home
from programme.kinds import Rules
from programme.leaving import left_at
from programme.localtime import on_the_clock
from programme.news import News
from programme.people import Booking, BookingState, Family, Guardian, Meeting
from programme.reasons import CancelReason
from services import interpreters, milestones, two_homes, visit_figures
from services.access import Colleague, Reader, booking_for, family_for_staff, family_of
from services.changing import standing
from services.counting import count
from services.counting import take_back as take_back_count
from services.holds import close_all, close_for
from services.planning import catch_up
from services.taking import take_again
from storage import bookings, events, families
from storage.database import Tx
from storage.turns import lock_family


async def cancel(
    tx: Tx,
    family_id: int,
    number: int,
    now: datetime,
    rules: Rules,
    why: CancelReason = CancelReason.OTHER,
) -> Booking:
    """Staff cancel a visit: everybody is told; raises NoSuchFamily, NothingBooked."""
    found = await _numbered(tx, family_id, number)
    await _settle(tx, family_id, found, BookingState.CANCELLED, now, rules, why)
    return found


async def done(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> Booking:
    """A visit has been: it takes its reminders with it.

    Raises NoSuchFamily, NothingBooked, VisitAhead.
    """
    found = await _begun(tx, family_id, number, now, rules)
    await _settle(tx, family_id, found, BookingState.DONE, now, rules)
    return found


async def missed(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> Booking:
    """Nobody was at home: a kind letter asks about a new time (mission D7); raises as `done`."""
    found = await _begun(tx, family_id, number, now, rules)
    await _settle(tx, family_id, found, BookingState.MISSED, now, rules)
    return found


async def settle(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    state: BookingState,
    now: datetime,
    rules: Rules,
    why: CancelReason | None = None,
) -> Booking:
    """The same from a colleague's chat, for any booking; raises NotYours, NothingBooked."""
    family = await family_for_staff(tx, colleague, family_id, now)
    found = next((each for each in family.bookings if each.id == booking_id), None)
    if state is BookingState.CANCELLED or found is None:
        found = await standing(tx, colleague, family_id, booking_id, now)
    if found.state is not BookingState.BOOKED:
        raise NothingBooked(family_id, found.visit)
    await _settle(tx, family_id, found, state, now, rules, why, colleague.member.id)
    return found


async def never_was(
    tx: Tx,
    colleague: Colleague,
    family_id: int,
    booking_id: int,
    now: datetime,
    rules: Rules,
    after_all: bool = False,
) -> None:
    """After its hour: it was not held, and everybody knew; nobody is told. Raises NotYours.

    `after_all`: also if it was called done; what was counted of it is taken back.
    """
    family = await family_for_staff(tx, colleague, family_id, now)
    found = next((each for each in family.bookings if each.id == booking_id), None)
    if found is None or found.starts_at > now:
        raise NotYours
    was_done = after_all and found.state is BookingState.DONE
    if was_done:
        await visit_figures.take_back(tx, family, found, rules)
    if was_done or found.state is BookingState.BOOKED:
        state, why = BookingState.CANCELLED, CancelReason.OTHER
        await _settle(tx, family_id, found, state, now, rules, why, colleague.member.id)
    if was_done:
        await visit_figures.follow(tx, family_id, now, rules)


async def not_missed(tx: Tx, family: Family, found: Booking, now: datetime, rules: Rules) -> None:
    """Somebody was at home: it was done, and what was counted is taken back.

    A letter about it that has not left does not; times that are held for it are free.
    """
    detail = None if found.meeting is Meeting.VISIT else str(found.meeting)
    what, day = Figure.VISIT_MISSED, found.starts_at
    await take_back_count(tx, family.id, found.visit, what, day, rules, detail)
    await close_for(tx, family, found.visit, found.meeting, found.home, found.id, now)
    await _settle(tx, family.id, found, BookingState.DONE, now, rules)


async def _numbered(tx: Tx, family_id: int, number: int) -> Booking:
    """The booking of that visit that stands; raises NoSuchFamily, NothingBooked."""
    if not await lock_family(tx, family_id):
        raise NoSuchFamily(family_id)
    [family] = await families.load(tx, [family_id])
    booked = (each for each in family.bookings if each.state is BookingState.BOOKED)
    six = (each for each in booked if each.meeting is Meeting.VISIT)
    found = next((each for each in six if each.visit == number), None)
    if found is None:
        raise NothingBooked(family_id, number)
    return found


async def _begun(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> Booking:
    """The same, if its hour has come: else it would be in the figures and take reminders along."""
    found = await _numbered(tx, family_id, number)
    if found.starts_at > now:
        raise VisitAhead(family_id, number, on_the_clock(found.starts_at, rules.zone))
    return found


async def _settle(
    tx: Tx,
    family_id: int,
    found: Booking,
    state: BookingState,
    now: datetime,
    rules: Rules,
    why: CancelReason | None = None,
    made_by: int | None = None,
) -> None:
    await bookings.set_state(tx, found.id, state, now, why=why)
    [family] = await families.load(tx, [family_id])
    await close_all(tx, family, now, lambda each: each.booking_id == found.id)
    await _count(tx, family, found, state, now, rules, why)
    if state is BookingState.CANCELLED and found.starts_at > now:
        author = f"by:{made_by}" if made_by else None
        await events.note(tx, family_id, News.VISIT_CANCELLED, now, found.id, author)
    await catch_up(tx, family_id, now, rules)


async def _count(
    tx: Tx,
    family: Family,
    found: Booking,
    state: BookingState,
    now: datetime,
    rules: Rules,
    why: CancelReason | None,
) -> None:
    """What has been is counted on its day, what never will be on the day it was called off."""
    if state is BookingState.DONE:
        await visit_figures.begin(tx, family, found, now, rules)
    elif state is BookingState.MISSED:
        detail = None if found.meeting is Meeting.VISIT else str(found.meeting)
        day = found.starts_at
        await count(tx, family.id, found.visit, Figure.VISIT_MISSED, day, rules, detail)
    else:
        await count(tx, family.id, found.visit, Figure.VISIT_CANCELLED, now, rules, why)


def coming(family: Family, now: datetime) -> list[Booking]:
    """The visits that are booked and lie ahead, in order of time."""
    booked = (each for each in family.bookings if each.state is BookingState.BOOKED)
    return [each for each in booked if each.starts_at > now]


def theirs(family: Family, guardian: Guardian, now: datetime) -> list[Booking]:
    """Those of them that this parent may know of: none of the other home's (mission B15)."""
    return [each for each in coming(family, now) if each.concerns(guardian)]


async def decline(tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules) -> Booking:
    """Only this visit: no thanks. The other parent and the staff hear of it; raises NotYours."""
    booking = await booking_for(tx, reader, booking_id)
    if booking.state is BookingState.BOOKED and booking.starts_at > now:
        by = reader.guardian.id
        await bookings.set_state(tx, booking.id, BookingState.DECLINED, now, by)
        family = await family_of(tx, reader)
        await close_all(tx, family, now, lambda each: each.booking_id == booking.id)
        await count(tx, reader.family_id, booking.visit, Figure.VISIT_DECLINED, now, rules)
        await catch_up(tx, reader.family_id, now, rules)
    return booking


async def take_back(
    tx: Tx, reader: Reader, booking_id: int, now: datetime, rules: Rules
) -> Booking | None:
    """Undo of a no thanks, or of being away: the visit as it stands again.

    None if it cannot: its time has passed, or who would come is taken by now.
    """
    booking = await booking_for(tx, reader, booking_id)
    gone = booking.state in {BookingState.DECLINED, BookingState.FREED}
    if not gone or booking.starts_at <= now or not await take_again(tx, booking, now, rules):
        return None
    await _wanted_again(tx, reader, booking, rules)
    await interpreters.again(tx, reader.family_id, booking, now)
    await bookings.tell_again(tx, booking, now, by=reader.guardian.id)
    await catch_up(tx, reader.family_id, now, rules)
    return await booking_for(tx, reader, booking_id)


async def _wanted_again(tx: Tx, reader: Reader, booking: Booking, rules: Rules) -> None:
    """The no to this one visit is not counted any more; a no to all of them was one figure."""
    at = booking.changed_at
    if booking.state is not BookingState.DECLINED or at is None:
        return
    family = await family_of(tx, reader)
    if not any(each.what is News.ENDED and each.at == at for each in family.events):
        await take_back_count(tx, family.id, booking.visit, Figure.VISIT_DECLINED, at, rules)


async def end_all(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """All visits: no thanks. Those that are booked go, none is offered any more; tips go on.

    Of two homes only the reader's own says no (mission B7, B15).
    """
    family = await family_of(tx, reader)
    if family.visits_ended_at or await two_homes.said_no(tx, family, reader.guardian):
        return
    for booking in theirs(family, reader.guardian, now):
        await bookings.set_state(tx, booking.id, BookingState.DECLINED, now, reader.guardian.id)
    if family.split_at:
        await two_homes.offer_nothing(tx, family, reader.guardian.home, now)
    else:
        await families.set_family(tx, family.id, visits_ended_at=now, why_told_at=None)
    await close_all(tx, family, now, lambda each: each.concerns(reader.guardian))
    home = two_homes.home_of(family, reader.guardian)
    await events.note(tx, family.id, News.ENDED, now, detail=of_home("", home) or None)
    await count(tx, family.id, None, Figure.VISITS_ENDED, now, rules)
    await milestones.ended(tx, family, now, rules)
    await catch_up(tx, family.id, now, rules)


async def take_back_end(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """Undo of that: visits are offered again, and those that went with it stand again.

    One whose people are taken by now is free to be booked anew, and staff hear of it.
    """
    family = await family_of(tx, reader)
    ended = family.visits_ended_at
    if ended is None or left_at(family, reader.guardian):
        return
    if family.split_at:  # said for both homes, before there were two
        await two_homes.offer_nothing(tx, family, 3 - reader.guardian.home, now)
    await families.set_family(tx, family.id, visits_ended_at=None)
    went = [
        each
        for each in family.bookings
        if each.state is BookingState.DECLINED and each.changed_at == ended and each.starts_at > now
        if each.concerns(reader.guardian)
    ]
    await stand_again(tx, family, went, reader.guardian.id, now, rules)
    await events.take_back(tx, family.id, News.ENDED, ended)
    if not family.split_at:  # else the other home still wants none
        await take_back_count(tx, family.id, None, Figure.VISITS_ENDED, ended, rules)
    await milestones.wanted_again(tx, family, rules)
    await catch_up(tx, family.id, now, rules)


async def stand_again(
    tx: Tx,
    family: Family,
    gone: Iterable[Booking],
    by: int,
    now: datetime,
    rules: Rules,
    told: bool = True,
) -> list[Booking]:
    """Those that stand again; for the others staff must find a time, and hear so.

    `told`: somebody knows that it was gone, and hears that it stands.
    """
    standing_again = []
    for booking in gone:
        if not await take_again(tx, booking, now, rules):
            await bookings.set_state(tx, booking.id, BookingState.FREED, now, by)
            await events.note(tx, family.id, News.WANTS_TIME, now, detail=str(booking.visit))
            continue
        await interpreters.again(tx, family.id, booking, now)
        if told:
            await bookings.tell_again(tx, booking, now, by=by)
        else:
            await bookings.set_state(tx, booking.id, BookingState.BOOKED, now, by)
        standing_again.append(booking)
    return standing_again


async def free(
    tx: Tx, family: Family, since: datetime, until: datetime, now: datetime, by: Guardian
) -> list[Booking]:
    """That parent's visits within that time become free, and come back. The caller catches up."""
    booked = theirs(family, by, now)
    within = [each for each in booked if since <= each.starts_at < until]
    for booking in within:
        await bookings.set_state(tx, booking.id, BookingState.FREED, now, by.id)
    await close_all(
        tx,
        family,
        now,
        lambda each: (
            each.concerns(by) and any(since <= slot.starts_at < until for slot in each.slots)
        ),
    )
    return within
