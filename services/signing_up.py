"""A parent signs up for an activity: a place, or a turn on the waiting list (mission E7, E8).

Each parent signs up for themselves, and only they see it (B14). An act holds the family, then the
seats: what it reads of them stays true until it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.activities import ActivityState, SigningUp, Signup, SignupState
from programme.activity_letters import ActivityChanged, offer_stamp
from programme.by_signup import by_signup
from programme.errors import NotYours
from programme.figures import Figure
from programme.kinds import Rules
from programme.people import Family
from programme.seats import (
    fits,
    has_right_of_way,
    held_until,
    is_a_party,
    next_begins,
)
from services.access import Reader
from services.counting import count
from services.planning import catch_up
from storage import activities, families, items, seats, signups
from storage.activity_tables import signup
from storage.database import Tx
from storage.seats import Seats


class Outcome(StrEnum):
    """What signing up, or an answer to an offer, came to."""

    IN = "in"
    WAITING = "waiting"
    FULL = "full"  # nothing is written yet: does the parent want to wait?
    ALREADY = "already"  # they have a place, or a turn
    TOO_MANY = "too_many"  # more than there are places at all
    KEPT = "kept"  # there is no room for more: it stays as it was
    LEFT = "left"
    PASSED_ON = "passed_on"  # the offer has run out, or was answered before
    OVER = "over"  # it has begun, is cancelled, or needs no signing up


@dataclass(frozen=True, kw_only=True)
class Met:
    """What came of it, with all that the answer says."""

    outcome: Outcome
    seats: Seats
    signup: Signup | None = None
    number: int = 0  # in line: theirs, or what it would be
    free: int | None = None  # places left; None: no limit


async def sign_up(
    tx: Tx,
    reader: Reader,
    seats_id: int,
    adults: int,
    children: int,
    now: datetime,
    rules: Rules,
    wait: bool = False,
) -> Met:
    """A place at once if there is one that nobody before them waits for; else a turn, if wished.

    Twice is one sign-up. Raises NotYours for what is not there.
    """
    place = await _held(tx, seats_id)
    begins = await _begins(tx, place, now)
    if begins is None or not is_a_party(adults, children):
        return Met(outcome=Outcome.OVER, seats=place)
    mine = await signups.standing_of(tx, seats_id, reader.guardian.id)
    line = await signups.waiting(tx, seats_id)
    people = adults + children
    if mine is not None:
        return await _again(tx, reader, place, mine, now, rules)
    if place.capacity is not None and people > place.capacity:
        return Met(outcome=Outcome.TOO_MANY, seats=place, free=place.free)
    asking = held_until(now, begins, rules) is not None
    free_way = has_right_of_way(place.free, people, line, asking)
    if free_way and await seats.take(tx, seats_id, people):
        state = SignupState.IN
    elif wait:
        state = SignupState.WAITING
    else:
        return Met(outcome=Outcome.FULL, seats=place, number=len(line) + 1, free=place.free)
    who = (reader.family_id, reader.guardian.id)
    number = await signups.add(tx, seats_id, who, state, now, adults=adults, children=children)
    figure = Figure.SIGNED_UP if state is SignupState.IN else Figure.QUEUED
    await _count(tx, reader.family_id, place, figure, now, rules)
    return await _done(tx, reader.family_id, number, now, rules)


async def _again(
    tx: Tx, reader: Reader, place: Seats, mine: Signup, now: datetime, rules: Rules
) -> Met:
    """Who stands on the list already: a second press changes nothing, but may find a place free.

    Shortly before it begins nobody is asked any more: then who waits and presses has the place.
    """
    begins = await _begins(tx, place, now)
    too_late = begins is not None and held_until(now, begins, rules) is None
    if mine.state is SignupState.WAITING and too_late and fits(place.free, mine.people):
        await seats.take(tx, place.id, mine.people)
        await signups.change(tx, mine.id, now, state=SignupState.IN)
        await _count(tx, reader.family_id, place, Figure.SIGNED_UP, now, rules)
        return await _done(tx, reader.family_id, mine.id, now, rules)
    number = await _number(tx, mine)
    return Met(outcome=Outcome.ALREADY, seats=place, signup=mine, number=number, free=place.free)


async def change(
    tx: Tx,
    reader: Reader,
    signup_id: int,
    adults: int,
    children: int,
    now: datetime,
    rules: Rules,
) -> Met:
    """Another number comes; the turn stays. Without room for more all stays as it was.

    Raises NotYours.
    """
    mine, place = await _own(tx, reader, signup_id)
    begins = await _begins(tx, place, now)
    if not _stands(mine) or begins is None or not is_a_party(adults, children):
        return Met(outcome=Outcome.OVER, seats=place, signup=mine)
    more = adults + children - mine.people
    if place.capacity is not None and adults + children > place.capacity:
        return Met(outcome=Outcome.TOO_MANY, seats=place, signup=mine, free=place.free)
    if mine.state is not SignupState.WAITING and not await _resize(
        tx, place, more, held_until(now, begins, rules) is not None
    ):
        return Met(outcome=Outcome.KEPT, seats=place, signup=mine, free=place.free)
    await signups.change(tx, mine.id, now, adults=adults, children=children)
    return await _done(tx, reader.family_id, mine.id, now, rules)


async def _resize(tx: Tx, place: Seats, more: int, asking: bool) -> bool:
    """So many places more, or fewer; False if somebody before them waits for those, or none is."""
    if more <= 0:
        await seats.give_back(tx, place.id, -more)
        return True
    line = await signups.waiting(tx, place.id)
    return has_right_of_way(place.free, more, line, asking) and await seats.take(tx, place.id, more)


async def cancel(tx: Tx, reader: Reader, signup_id: int, now: datetime, rules: Rules) -> Met:
    """They do not come, or do not wait any more; twice is harmless. Raises NotYours."""
    mine, place = await _own(tx, reader, signup_id)
    if not _stands(mine):
        return Met(outcome=Outcome.LEFT, seats=place, signup=mine)
    await _end(tx, mine, SignupState.LEFT, now)
    left = Figure.SIGNUP_LEFT if mine.state is SignupState.IN else Figure.QUEUE_LEFT
    await _count(tx, reader.family_id, place, left, now, rules)
    await catch_up(tx, reader.family_id, now, rules)
    return Met(outcome=Outcome.LEFT, seats=place, signup=mine)


async def answer_offer(
    tx: Tx, reader: Reader, signup_id: int, offered: int, yes: bool, now: datetime, rules: Rules
) -> Met:
    """Yes or no to a place from the waiting list; `offered`: which offer, by its second.

    One that has run out, but that nobody has taken away yet, may still be taken. Raises NotYours.
    """
    mine, place = await _own(tx, reader, signup_id)
    if mine.state is SignupState.IN and yes:
        return Met(outcome=Outcome.ALREADY, seats=place, signup=mine)
    if mine.state is not SignupState.OFFERED or offer_stamp(mine) != offered:
        number = await _number(tx, mine) if _stands(mine) else 0
        return Met(outcome=Outcome.PASSED_ON, seats=place, signup=mine, number=number)
    if not yes:
        return await cancel(tx, reader, signup_id, now, rules)
    if await _begins(tx, place, now) is None:
        return Met(outcome=Outcome.OVER, seats=place, signup=mine)
    await signups.change(tx, mine.id, now, state=SignupState.IN, offered_until=None)
    await _count(tx, reader.family_id, place, Figure.SIGNED_UP, now, rules)
    return await _done(tx, reader.family_id, mine.id, now, rules)


async def give_back(tx: Tx, family: Family, now: datetime, guardian_id: int | None = None) -> None:
    """Everything this family, or one parent, has signed up for is given up, without a figure.

    After a loss, when a family leaves the programme, or when it shall have no chat.
    """
    whose = signup.c.family_id == family.id
    if guardian_id is not None:
        whose = signup.c.guardian_id == guardian_id
    await seats.give_back_all(tx, whose)
    for each in family.signups:
        if guardian_id in {None, each.guardian_id}:
            await signups.change(tx, each.id, now, state=SignupState.LEFT, offered_until=None)


async def take_again(
    tx: Tx, family_id: int, given_up_at: datetime, now: datetime, rules: Rules
) -> None:
    """An *Undo* of that: the places, unless somebody waits who came before them; else their turn.

    The family is held; all seats are, by their numbers, before anything is read of them.
    """
    gone = await signups.ended_at(tx, family_id, given_up_at)
    await seats.lock_several(tx, [each.seats_id for each in gone])
    for each in gone:
        if not await signups.standing_of(tx, each.seats_id, each.guardian_id):
            room = await _takes_again(tx, each, now, rules)
            state = SignupState.IN if room else SignupState.WAITING
            await signups.change(tx, each.id, now, state=state)


async def _takes_again(tx: Tx, gone: Signup, now: datetime, rules: Rules) -> bool:
    place = await _held(tx, gone.seats_id)
    before = [each for each in await signups.waiting(tx, place.id) if each.id < gone.id]
    begins = next_begins(gone.occasions, now)
    asking = begins is not None and held_until(now, begins, rules) is not None
    free_way = has_right_of_way(place.free, gone.people, before, asking)
    return free_way and await seats.take(tx, place.id, gone.people)


async def changed(tx: Tx, activity_id: int, now: datetime, rules: Rules) -> None:
    """Its occasions were added, moved or cancelled: who has signed up is told.

    Of more times only who has signed up to the series: to them they belong. Locks every family
    that has signed up, by number: to be called before seats are touched.
    """
    for family_id in await signups.families_in(tx, activity_id):
        await catch_up(tx, family_id, now, rules)
    await seats.ensure(tx, activity_id)


async def unheard(tx: Tx, activity_id: int, rules: Rules) -> set[int]:
    """The occasions of which somebody has not heard yet that they have changed."""
    found: set[int] = set()
    for family in await families.load(tx, await signups.families_in(tx, activity_id)):
        for letter in (one for each in family.guardians for one in by_signup(family, each, rules)):
            if not isinstance(letter, ActivityChanged) or letter.activity.id != activity_id:
                continue
            if not await items.may_have_left(tx, [letter.key]):
                found.add(letter.occasion.id)
    return found


async def standing(tx: Tx, ids: Sequence[int]) -> dict[int, list[tuple[Seats, int]]]:
    """The seats of those activities, and how many wait for each, by activity."""
    known = await seats.of_activities(tx, ids)
    every = [each.id for found in known.values() for each in found]
    many = await signups.counted(tx, every) if every else {}
    return {
        number: [(each, many[each.id].get(SignupState.WAITING, 0)) for each in found]
        for number, found in known.items()
    }


async def _own(tx: Tx, reader: Reader, signup_id: int) -> tuple[Signup, Seats]:
    """A sign-up of the reader's own with its seats, held; raises NotYours for any other."""
    found = await signups.one(tx, signup_id)
    if found is None or found[1].guardian_id != reader.guardian.id:
        raise NotYours
    place = await _held(tx, found[1].seats_id)
    again = await signups.one(tx, signup_id)
    assert again is not None  # the family is held: nobody takes it away
    return again[1], place


async def _held(tx: Tx, seats_id: int) -> Seats:
    place = await seats.lock_one(tx, seats_id)
    if place is None:
        raise NotYours
    return place


async def _begins(tx: Tx, place: Seats, now: datetime) -> datetime | None:
    """When what one signs up for begins next; None if it is over, off, or needs no signing up.

    Raises NotYours for a draft.
    """
    known = (await activities.load(tx, [place.activity_id]))[place.activity_id]
    if known.state is ActivityState.DRAFT:
        raise NotYours
    if known.state is not ActivityState.OPEN or known.signing_up is SigningUp.DROP_IN:
        return None
    times = (await activities.occasions(tx, [known.id])).get(known.id, ())
    return next_begins([each for each in times if place.occasion_id in {None, each.id}], now)


def _stands(mine: Signup) -> bool:
    return mine.state in {SignupState.IN, SignupState.WAITING, SignupState.OFFERED}


async def _end(tx: Tx, mine: Signup, state: SignupState, now: datetime) -> None:
    """It stands no more, and what it held is free."""
    if mine.state is not SignupState.WAITING:
        await seats.give_back(tx, mine.seats_id, mine.people)
    await signups.change(tx, mine.id, now, state=state, offered_until=None)


async def _number(tx: Tx, mine: Signup) -> int:
    """Their place in line, or 0."""
    line = [each.id for each in await signups.waiting(tx, mine.seats_id)]
    return line.index(mine.id) + 1 if mine.id in line else 0


async def _done(tx: Tx, family_id: int, signup_id: int, now: datetime, rules: Rules) -> Met:
    """What stands now; what falls due of it is planned."""
    await catch_up(tx, family_id, now, rules)
    found = await signups.one(tx, signup_id)
    assert found is not None
    place = await _held(tx, found[1].seats_id)
    number = await _number(tx, found[1])
    outcome = Outcome.WAITING if number else Outcome.IN
    return Met(outcome=outcome, seats=place, signup=found[1], number=number, free=place.free)


async def _count(
    tx: Tx, family_id: int, place: Seats, what: Figure, now: datetime, rules: Rules
) -> None:
    known = await activities.load(tx, [place.activity_id])
    await count(tx, family_id, None, what, now, rules, known[place.activity_id].kind)
