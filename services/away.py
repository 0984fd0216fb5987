"""*We are away until…*: a family's own pause, which frees the visits booked in that time (A15)."""

from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NotYours
from programme.kinds import Rules
from programme.people import Booking, BookingState, Choice, Family, News, Rest, Why
from services import visits
from services.access import Reader, family_of
from services.declining import in_its_place
from services.planning import catch_up
from services.preferences import UNDO_WITHIN, end_of_rest
from services.undoing import promise_again, unsay
from storage import events, items, outbox, rests
from storage.database import Tx
from storage.rests import Whose


@dataclass(frozen=True)
class Away:
    """A time away as it was saved, and the visits that became free."""

    rest_id: int
    last_day: date
    freed: tuple[Booking, ...]


async def leave(tx: Tx, reader: Reader, last_day: date, now: datetime, rules: Rules) -> Away:
    """The family is away until that day is over; the other parent and the staff hear of it.

    Raises NotYours for a day that has passed or lies too far ahead.
    """
    until = end_of_rest(last_day, now, rules)
    family, whose = await family_of(tx, reader), Whose(family_id=reader.family_id)
    await rests.end(tx, whose, Why.AWAY, now)  # another date takes the place of the first
    rest_id = await rests.begin(tx, whose, Why.AWAY, now, until, by=reader.guardian.id)
    freed = await visits.free(tx, family, now, until, now, reader.guardian.id)
    await events.note(tx, family.id, News.AWAY, now, detail=last_day.isoformat())
    await outbox.drop_family(tx, family.id, Why.AWAY, now)
    await catch_up(tx, family.id, now, rules)
    return Away(rest_id, last_day, tuple(freed))


async def come_back(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """The family is back: messages from now on, nothing replayed; staff offer a new time."""
    family = await family_of(tx, reader)
    if family.resting(Why.AWAY, now) is None:
        return
    await rests.end(tx, Whose(family_id=family.id), Why.AWAY, now)
    await events.note(tx, family.id, News.BACK, now)
    await catch_up(tx, family.id, now, rules)


async def undo(
    tx: Tx, reader: Reader, rest_id: int, now: datetime, rules: Rules
) -> tuple[Booking, ...]:
    """That time away has never been, or, if it began long ago, ends now without a replay.

    The visits that stand again. Raises NotYours.
    """
    family = await family_of(tx, reader)
    rest = next((each for each in family.rests if each.id == rest_id), None)
    if rest is None or rest.why is not Why.AWAY or not rest.covers(now):
        raise NotYours
    again = [each for each in family.bookings if _stands_again(family, each, rest, now)]
    notes = [f"away:{rest.id}:{each.id}" for each in family.guardians]
    told = await items.may_have_left(tx, notes)
    # If the other parent knows that it was free, they hear that it stands; else it never moved.
    known = await unsay(tx, family, News.AWAY, rest.since)
    again = await visits.stand_again(tx, family, again, reader.guardian.id, now, rules, told)
    if known:
        await _tell_staff(tx, family, again, now)
    await _take_back(tx, family, rest, now, rules)
    return tuple(again)


async def _take_back(tx: Tx, family: Family, rest: Rest, now: datetime, rules: Rules) -> None:
    whose = Whose(family_id=family.id)
    if now - rest.since > UNDO_WITHIN:
        await rests.end(tx, whose, Why.AWAY, now)
        await catch_up(tx, family.id, now, rules)
    else:
        await rests.take_back(tx, whose, Why.AWAY, rest.since)
        await promise_again(tx, family.id, now, rules)
        await catch_up(tx, family.id, now, rules, since=rest.since)


def _stands_again(family: Family, booking: Booking, rest: Rest, now: datetime) -> bool:
    """Whether that time away freed it, it lies ahead, and nothing has taken its place."""
    if booking.state is not BookingState.FREED or booking.changed_at != rest.since:
        return False
    return booking.starts_at > now and in_its_place(family, booking, now) is None


async def _tell_staff(tx: Tx, family: Family, again: list[Booking], now: datetime) -> None:
    await events.note(tx, family.id, News.BACK, now)
    for booking in again:
        await events.note(tx, family.id, News.ANSWERED, now, booking.id, Choice.YES)
