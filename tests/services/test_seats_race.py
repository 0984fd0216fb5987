"""Thirty sign up at once for five places: five are in, twenty-five in line, in order (E7).

On PostgreSQL from two programs at once. The negative control takes places without the condition:
then the same race gives more places than there are.
"""

import asyncio

import pytest
from sqlalchemy import select, update

from programme.activities import SignupState
from services import planning, signing_up, waiting_list
from services.access import reader_of
from services.signing_up import Outcome
from storage import seats
from storage.activity_tables import seats as seats_table
from tests.cast import RULES, many_families
from tests.databases import ON_POSTGRESQL
from tests.gatherings import NOW, adds_up, gathering, leave, press, states
from tests.rows import rows
from tests.services.test_waiting_list import answer, sent

AT_ONCE = 10  # connections of one program
PARENTS, PLACES = 30, 5
IN, WAITING, OFFERED = SignupState.IN, SignupState.WAITING, SignupState.OFFERED
LEFT, EXPIRED = SignupState.LEFT, SignupState.EXPIRED


@pytest.fixture
async def both(new_database, open_at, database_kind):
    """Two programs at one database; SQLite has one."""
    url = new_database()
    opened = [open_at(url) for _ in range(2 if database_kind == "postgresql" else 1)]
    yield opened
    for each in opened:
        await each.close()


async def at_once(both, acts):
    """All at once, each program as many at a time as it has connections."""
    free = [asyncio.Semaphore(AT_ONCE) for _ in both]

    async def one(n, act):
        async with free[n % len(both)]:
            return await act(both[n % len(both)])

    return await asyncio.gather(*(one(n, act) for n, act in enumerate(acts)))


async def everybody(both):
    """Thirty press at once; what each was told, and the seats."""
    await many_families(both[0], PARENTS)
    number, [place] = await gathering(both[0], capacity=PLACES)
    met = await at_once(
        both,
        [lambda db, n=n: press(db, 5000 + n, place, wait=True) for n in range(PARENTS)],
    )
    return number, met


def chat_of(met, signup_id):
    """In which chat that sign-up was made."""
    return 5000 + next(n for n, each in enumerate(met) if each.signup.id == signup_id)


async def test_five_are_in_and_the_others_stand_in_line_in_order(both):
    _, met = await everybody(both)
    assert sum(each.outcome is Outcome.IN for each in met) == PLACES
    waits = sorted((each.signup.id, each.number) for each in met if each.number)
    assert [number for _, number in waits] == list(range(1, PARENTS - PLACES + 1))
    await adds_up(both[0])


async def test_two_cancel_and_the_right_two_are_asked_whoever_looks(both):
    _, met = await everybody(both)
    gone = [each.signup.id for each in met if each.outcome is Outcome.IN][:2]
    await at_once(both, [lambda db, n=n: leave(db, chat_of(met, n), n) for n in gone])
    made = await at_once(both, [lambda db: waiting_list.offer_free(db, NOW, RULES)] * 4)
    assert sum(made) == 2
    now = await states(both[0])
    first, second = sorted(each.signup.id for each in met if each.number)[:2]
    assert [number for number, state in now.items() if state == OFFERED] == [first, second]
    await adds_up(both[0])
    await _expires(both, met, first, second)


async def _expires(both, met, first, second):
    """One says yes, the other nothing: that place goes on to the third."""
    db = both[0]
    await planning.plan(db, NOW, RULES)
    await sent(db)
    assert (await answer(db, chat_of(met, first), first)).outcome is Outcome.IN
    until = next(row.offered_until for row in await rows(db, "signup") if row.id == second)
    made = await at_once(both, [lambda db: waiting_list.offer_free(db, until, RULES)] * 4)
    now = await states(db)
    third = sorted(each.signup.id for each in met if each.number)[2]
    assert (sum(made), now[second], now[third]) == (1, EXPIRED, OFFERED)
    await adds_up(db)


async def test_cancel_and_sign_up_at_the_same_moment(both):
    _, met = await everybody(both)
    place = met[0].seats.id
    held = [each.signup.id for each in met if each.outcome is Outcome.IN]
    line = [each.signup.id for each in met if each.number]
    acts = [
        *(lambda db, n=n: leave(db, chat_of(met, n), n) for n in held),
        *(lambda db, n=n: leave(db, chat_of(met, n), n) for n in line[:5]),
        *(lambda db, n=n: press(db, chat_of(met, n), place, wait=True) for n in held),
        *[lambda db: waiting_list.offer_free(db, NOW, RULES)] * 4,
    ]
    await at_once(both, acts)
    await waiting_list.offer_free(both[0], NOW, RULES)
    await adds_up(both[0])
    [row] = await rows(both[0], "seats")
    assert row.taken == PLACES  # nobody in line while a place is free


async def test_the_number_of_places_changes_meanwhile(both):
    await many_families(both[0], PARENTS)
    number, [place] = await gathering(both[0], capacity=PLACES)

    async def resize(db, capacity):
        try:
            async with db.write() as tx:
                await seats.set_capacity(tx, number, capacity, NOW)
        except seats.FewerThanSignedUp:
            return False
        return True

    acts = [lambda db, n=n: press(db, 5000 + n, place, wait=True) for n in range(PARENTS)]
    sizes = [lambda db, size=size: resize(db, size) for size in (2, 9, 4, 8)]
    await at_once(both, [*acts[:10], *sizes[:2], *acts[10:20], *sizes[2:], *acts[20:]])
    await adds_up(both[0])
    await waiting_list.offer_free(both[0], NOW, RULES)
    await adds_up(both[0])
    [row] = await rows(both[0], "seats")
    assert row.taken == row.capacity


async def test_both_parents_of_a_family_and_one_parent_twice(both):
    await many_families(both[0], 1)
    _, [place] = await gathering(both[0], capacity=3)
    met = await at_once(both, [lambda db: press(db, 5000, place)] * 6)
    assert sorted(each.outcome for each in met) == [Outcome.ALREADY] * 5 + [Outcome.IN]
    await adds_up(both[0])


async def test_everybody_answers_while_offers_run_out(both):
    _, met = await everybody(both)
    for each in met:
        if each.outcome is Outcome.IN:
            await leave(both[0], chat_of(met, each.signup.id), each.signup.id)
    await waiting_list.offer_free(both[0], NOW, RULES)
    await planning.plan(both[0], NOW, RULES)
    await sent(both[0])
    asked = [number for number, state in (await states(both[0])).items() if state == OFFERED]
    until = max(row.offered_until for row in await rows(both[0], "signup") if row.offered_until)

    async def yes(db, number):
        async with db.write() as tx:
            reader = await reader_of(tx, chat_of(met, number))
            stamp = int(NOW.timestamp())
            return await signing_up.answer_offer(tx, reader, number, stamp, True, until, RULES)

    acts = [lambda db, n=n: yes(db, n) for n in asked]
    runs = [lambda db: waiting_list.offer_free(db, until, RULES)] * 4
    told = await at_once(both, [*acts[:2], *runs, *acts[2:]])
    await adds_up(both[0])
    now = await states(both[0])
    for number, outcome in zip(asked, (*told[:2], *told[6:]), strict=True):
        assert (outcome.outcome is Outcome.IN) == (now[number] == IN)


@ON_POSTGRESQL  # on SQLite one act writes at a time: there is no such race
async def test_without_the_condition_the_same_race_gives_away_too_much(both, monkeypatch):
    await many_families(both[0], PARENTS)
    _, [place] = await gathering(both[0], capacity=PLACES)
    meet = asyncio.Barrier(2)

    async def read_then_write(tx, number, people):
        """What everybody writes first: look, then take."""
        row = (await tx.execute(select(seats_table).where(seats_table.c.id == number))).one()
        if row.taken + people > row.capacity:
            return False
        await tx.execute(
            update(seats_table).where(seats_table.c.id == number).values(taken=row.taken + people)
        )
        return True

    async def unlocked(tx, number):
        found = await seats.one(tx, number)
        try:
            await asyncio.wait_for(meet.wait(), 0.2)
        except (TimeoutError, asyncio.BrokenBarrierError):
            await meet.reset()
        return found

    monkeypatch.setattr(seats, "take", read_then_write)
    monkeypatch.setattr(seats, "lock_one", unlocked)
    await at_once(both, [lambda db, n=n: press(db, 5000 + n, place) for n in range(PARENTS)])
    [row] = await rows(both[0], "seats")
    there = sum(state == IN for state in (await states(both[0])).values())
    assert there > row.taken or there > PLACES
