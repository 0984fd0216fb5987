"""A parent answers a visit: yes, another time, no thanks (mission C1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.figures import Figure
from programme.kinds import Rules
from programme.news import News
from programme.people import Booking, BookingState, Choice
from services.access import Reader, booking_for
from services.counting import count, take_back
from services.planning import catch_up
from storage import bookings, events
from storage.database import Tx


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
    asked = (booking.id, booking.revision, reader.guardian.id)
    before = await bookings.answer_of(tx, *asked)
    if before is choice:
        return  # a second tap says nothing new
    family_id, visit = reader.family_id, booking.visit
    if before and (at := await bookings.answered_at(tx, *asked)):
        await take_back(tx, family_id, visit, Figure.ANSWERED, at, rules, before)
    await bookings.note_answer(tx, *asked, choice, now)
    await count(tx, family_id, visit, Figure.ANSWERED, now, rules, choice)
    await events.note(tx, family_id, News.ANSWERED, now, booking.id, choice)


def _standing(booking: Booking, revision: int, now: datetime) -> Standing:
    if booking.starts_at <= now:
        return Standing.OVER
    if booking.state is not BookingState.BOOKED:
        return Standing.CANCELLED
    return Standing.OPEN if booking.revision == revision else Standing.CHANGED
