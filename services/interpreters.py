"""The interpreter of a visit: wanted by a parent, booked by staff, booked again (mission D9)."""

from datetime import datetime

from programme.figures import Figure
from programme.for_interpreter import cancel_key
from programme.kinds import Rules
from programme.news import News
from programme.people import Booking, BookingState, Family, InterpreterWish
from services.access import Colleague, Reader, family_for_staff, family_of
from services.counting import count
from services.planning import catch_up
from storage import bookings, events, families, interpreters, items
from storage.database import Tx
from storage.interpreters import Wanted

__all__ = ["Wanted", "again", "is_booked", "of_family", "wanted", "wish"]

of_family = interpreters.of


async def wanted(tx: Tx, family_id: int, home: int | None) -> bool:
    """Whether a visit with that home, or with the family, needs one.

    What a parent has said counts more than what staff have registered.
    """
    whole, *parents = await interpreters.of(tx, family_id)
    theirs = [each for each in parents if home in {None, each.home}]
    said = [each.wish for each in theirs if each.wish]
    if said:
        return any(each is not InterpreterWish.NO for each in said)
    return any(each.spoken or each.wish for each in (whole, *theirs))


async def wish(
    tx: Tx, reader: Reader, wished: InterpreterWish, now: datetime, rules: Rules
) -> str | None:
    """A parent says whom they would rather have; the language that is meant, if it is not ours.

    Booked visits follow, and who comes to them hears of it.
    """
    before = reader.guardian.interpreter_wish
    await families.set_guardian(tx, reader.guardian.id, interpreter_wish=wished)
    if wished is not before:
        await _follow(tx, reader, now)
        await count(tx, reader.family_id, None, Figure.INTERPRETER_WISH, now, rules, wished)
        await catch_up(tx, reader.family_id, now, rules)
    every = await interpreters.of(tx, reader.family_id)
    return next((each.spoken for each in every if each.guardian_id == reader.guardian.id), None)


async def _follow(tx: Tx, reader: Reader, now: datetime) -> None:
    """The parent's visits that lie ahead want one now, or want none any more."""
    family = await family_of(tx, reader)
    coming = [each for each in _coming(family, now) if each.concerns(reader.guardian)]
    for booking in coming:
        needs = await wanted(tx, family.id, booking.home)
        if needs and not booking.interpreter_wanted:
            await events.note(tx, family.id, News.INTERPRETER, now, booking.id)
        if not needs and booking.interpreter:
            await events.note(tx, family.id, News.CANCEL_INTERPRETER, now, booking.id)
        await bookings.correct(
            tx, booking.id, interpreter_wanted=needs, interpreter=booking.interpreter and needs
        )
    if not coming and await wanted(tx, family.id, reader.guardian.home):
        await events.note(tx, family.id, News.INTERPRETER, now)


def _coming(family: Family, now: datetime) -> list[Booking]:
    booked = (each for each in family.bookings if each.state is BookingState.BOOKED)
    return [each for each in booked if each.starts_at > now]


async def is_booked(
    tx: Tx, colleague: Colleague, family_id: int, booking_id: int, now: datetime, rules: Rules
) -> bool:
    """Staff have booked one; False if there is no such visit ahead. Raises NotYours."""
    family = await family_for_staff(tx, colleague, family_id, now)
    booking = next((each for each in _coming(family, now) if each.id == booking_id), None)
    if booking is None:
        return False
    if not booking.interpreter:
        await bookings.correct(tx, booking_id, interpreter=True, interpreter_wanted=True)
        await count(tx, family_id, booking.visit, Figure.INTERPRETER_BOOKED, now, rules)
        await catch_up(tx, family_id, now, rules)
    return True


async def again(tx: Tx, family_id: int, booking: Booking, now: datetime) -> None:
    """A visit stands again: an interpreter who may be cancelled by now must be booked anew."""
    keys = [cancel_key(booking, each.id) for each in booking.staff]
    if booking.interpreter and await items.may_have_left(tx, keys):
        await to_book_again(tx, family_id, booking, now)


async def to_book_again(tx: Tx, family_id: int, booking: Booking, now: datetime) -> None:
    """It is wanted and not booked any more, and who comes hears so."""
    await bookings.correct(tx, booking.id, interpreter=False, interpreter_wanted=True)
    await events.note(tx, family_id, News.REBOOK_INTERPRETER, now, booking.id)


async def after_a_loss(tx: Tx, family: Family, now: datetime) -> None:
    """Staff were asked to cancel the interpreters; the visits stand after all."""
    for booking in _coming(family, now):
        if booking.interpreter:
            await to_book_again(tx, family.id, booking, now)
