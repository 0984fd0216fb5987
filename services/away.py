"""*We are away until…*: a family's own pause, which frees the visits booked in that time (A15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from programme.errors import NotYours
from programme.for_staff import of_home
from programme.kinds import Rules
from programme.news import News
from programme.people import Booking, BookingState, Choice, Family, Rest, Why
from services import two_homes, visits
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
    until, family = end_of_rest(last_day, now, rules), await family_of(tx, reader)
    await _end(tx, family, reader, now)  # another date takes the place of the first
    begun = [
        await rests.begin(tx, whose, Why.AWAY, now, until, by=reader.guardian.id)
        for whose in _whose(family, reader)
    ]
    freed = await visits.free(tx, family, now, until, now, reader.guardian)
    home = two_homes.home_of(family, reader.guardian)
    await events.note(tx, family.id, News.AWAY, now, detail=of_home(last_day.isoformat(), home))
    await _drop(tx, family, reader, now)
    await catch_up(tx, family.id, now, rules)
    return Away(begun[0], last_day, tuple(freed))


def _whose(family: Family, reader: Reader) -> list[Whose]:
    """Who is away: the family; or the reader, first, and who lives in the same of two homes."""
    if family.split_at is None:
        return [Whose(family_id=family.id)]
    mates = [each.id for each in family.at_home(reader.guardian.home)]
    ordered = sorted(mates, key=lambda each: each != reader.guardian.id)
    return [Whose(guardian_id=each) for each in ordered]


async def _end(tx: Tx, family: Family, reader: Reader, now: datetime) -> None:
    own = Whose(guardian_id=reader.guardian.id)  # of a time in which there were two homes
    for whose in {*_whose(family, reader), own}:
        await rests.end(tx, whose, Why.AWAY, now)


async def _drop(tx: Tx, family: Family, reader: Reader, now: datetime) -> None:
    """What waits for those who are away is given up."""
    if family.split_at is None:
        await outbox.drop_family(tx, family.id, Why.AWAY, now)
        return
    for each in family.at_home(reader.guardian.home):
        await outbox.drop_waiting(tx, (each.id, None), Why.AWAY, now)


async def come_back(tx: Tx, reader: Reader, now: datetime, rules: Rules) -> None:
    """The family is back: messages from now on, nothing replayed; staff offer a new time."""
    family = await family_of(tx, reader)
    if not any(each.why is Why.AWAY and each.covers(now) for each in _rests(family, reader)):
        return
    await _end(tx, family, reader, now)
    await events.note(tx, family.id, News.BACK, now)
    await catch_up(tx, family.id, now, rules)


async def undo(
    tx: Tx, reader: Reader, rest_id: int, now: datetime, rules: Rules
) -> tuple[Booking, ...]:
    """That time away has never been, or, if it began long ago, ends now without a replay.

    The visits that stand again. Raises NotYours.
    """
    family = await family_of(tx, reader)
    rest = next((each for each in _rests(family, reader) if each.id == rest_id), None)
    if rest is None or rest.why is not Why.AWAY or not rest.covers(now):
        raise NotYours
    own = [each for each in family.bookings if each.concerns(reader.guardian)]
    again = [each for each in own if _stands_again(family, each, rest, now)]
    told = await items.may_have_left(tx, list(_notes(family, rest)))
    # If the other parent knows that it was free, they hear that it stands; else it never moved.
    # Of two homes the other may have been away since: nothing of theirs is taken back.
    known = bool(family.split_at) or await unsay(tx, family, News.AWAY, rest.since)
    again = await visits.stand_again(tx, family, again, reader.guardian.id, now, rules, told)
    if known:
        await _tell_staff(tx, family, again, now)
    await _take_back(tx, family, reader, rest, now, rules)
    return tuple(again)


def _rests(family: Family, reader: Reader) -> tuple[Rest, ...]:
    guardian = family.guardian(reader.guardian.id)
    return (*family.rests, *(guardian.rests if guardian else ()))


def _notes(family: Family, rest: Rest) -> Iterator[str]:
    """The keys of the notes that tell others of that time away."""
    for guardian in family.guardians:
        for each in (*family.rests, *guardian.rests):
            if each.why is Why.AWAY and each.since == rest.since and each.by == rest.by:
                yield f"away:{each.id}:{guardian.id}"


async def _take_back(
    tx: Tx, family: Family, reader: Reader, rest: Rest, now: datetime, rules: Rules
) -> None:
    if now - rest.since > UNDO_WITHIN:
        await _end(tx, family, reader, now)
        await catch_up(tx, family.id, now, rules)
    else:
        for whose in _whose(family, reader):
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
