"""The waiting list moves: offers that ran out, then places that are free (mission E7).

Each offer is an act of its own, which holds the family first and then the seats. Where nothing is
free and nothing has run out, two small questions to the database are all there is.
"""

from datetime import datetime

from programme.activities import SigningUp, Signup, SignupState
from programme.activity_letters import offer_key
from programme.figures import Figure
from programme.kinds import Rules
from programme.moments import listens
from programme.seats import first_with_room, held_until, next_begins
from services.counting import count
from services.planning import catch_up
from storage import families, items, seats, signups
from storage.database import Database, Tx
from storage.turns import lock_family


async def offer_free(db: Database, now: datetime, rules: Rules) -> int:
    """Take back what nobody answered, and offer what is free; how many offers were made."""
    async with db.read() as tx:
        old = await signups.run_out(tx, now)
    for family_id, number in old:
        async with db.write() as tx:
            await _run_out(tx, family_id, number, now, rules)
    async with db.read() as tx:
        free = await seats.with_somebody_to_ask(tx, now)
    return sum([await _offer_each(db, number, now, rules) for number in free])


async def next_end(db: Database) -> datetime | None:
    """When the next offer runs out, or None: what a wound clock goes to."""
    async with db.read() as tx:
        return await signups.next_end(tx)


async def _run_out(tx: Tx, family_id: int, number: int, now: datetime, rules: Rules) -> None:
    """Nobody has answered: the place goes on. Who never got the question keeps their turn."""
    await lock_family(tx, family_id)
    found = await signups.one(tx, number)
    if found is None:
        return
    mine = found[1]
    await seats.lock_one(tx, mine.seats_id)
    if mine.state is not SignupState.OFFERED or not _is_over(mine, now):
        return
    unread = await items.never_left(tx, offer_key(mine))
    state = SignupState.WAITING if unread else SignupState.EXPIRED
    await seats.give_back(tx, mine.seats_id, mine.people)
    await signups.change(tx, number, now, state=state, offered_until=None)
    if state is SignupState.EXPIRED:
        kind = mine.activity.kind
        await count(tx, family_id, None, Figure.OFFER_EXPIRED, now, rules, kind)
    await catch_up(tx, family_id, now, rules)


def _is_over(mine: Signup, now: datetime) -> bool:
    return mine.offered_until is not None and mine.offered_until <= now


async def _offer_each(db: Database, seats_id: int, now: datetime, rules: Rules) -> int:
    """Ask one after the other while there is room; how many were asked."""
    asked, not_now = 0, set[int]()
    while True:
        async with db.read() as tx:
            first = await _first(tx, seats_id, not_now)
        if first is None:
            return asked
        family_id, number = first
        async with db.write() as tx:
            if await _offer(tx, family_id, number, not_now, now, rules):
                asked += 1
            else:
                not_now.add(number)  # looked at again when the list next moves


async def _first(tx: Tx, seats_id: int, not_now: set[int]) -> tuple[int, int] | None:
    """Whose turn it is, with the number of the family; or None."""
    found = await seats.one(tx, seats_id)
    if found is None:
        return None
    turn = first_with_room(found.free, await signups.waiting(tx, seats_id), not_now)
    return (turn.family_id, turn.id) if turn else None


async def _offer(
    tx: Tx, family_id: int, number: int, not_now: set[int], now: datetime, rules: Rules
) -> bool:
    """Hold a place for them and ask; False if they cannot be asked, or it is not their turn."""
    await lock_family(tx, family_id)
    [family] = await families.load(tx, [family_id])
    mine = next((each for each in family.signups if each.id == number), None)
    guardian = family.guardian(mine.guardian_id) if mine else None
    if mine is None or guardian is None or family.protected:
        return False
    until = _until(mine, now, rules)
    resting = any(rest.covers(now) for rest in family.area.rests)
    if until is None or resting or not listens(family, guardian, now):
        return False
    place = await seats.lock_one(tx, mine.seats_id)
    line = await signups.waiting(tx, mine.seats_id)
    turn = first_with_room(place.free, line, not_now) if place else None
    if turn is None or turn.id != number or not await seats.take(tx, mine.seats_id, turn.people):
        return False
    state = SignupState.OFFERED
    await signups.change(tx, number, now, state=state, offered_at=now, offered_until=until)
    await count(tx, family_id, None, Figure.PLACE_OFFERED, now, rules, mine.activity.kind)
    await catch_up(tx, family_id, now, rules)
    return True


def _until(mine: Signup, now: datetime, rules: Rules) -> datetime | None:
    """Until when it would be held; None if that is over, off, or begins too soon."""
    begins = next_begins(mine.occasions, now)
    if begins is None or mine.activity.signing_up is SigningUp.DROP_IN:
        return None
    return held_until(now, begins, rules)
