"""Whoever cannot come any more gives the places back, whatever the way they went (E7, A11, B9)."""

import asyncio
from datetime import timedelta

import pytest

from programme.activities import SigningUp, SignupState
from services import forgetting, loss, moving, protection, two_homes, waiting_list
from services.access import reader_of
from services.signing_up import Outcome
from storage import seats
from tests.cast import AMINA_CHAT, RULES, YUSUF_CHAT, many_families, move_in
from tests.colleagues import at_work
from tests.databases import ON_POSTGRESQL
from tests.gatherings import NOW, STARTS, adds_up, gathering, leave, press, states
from tests.rows import rows

IN, WAITING, OFFERED = SignupState.IN, SignupState.WAITING, SignupState.OFFERED


@pytest.fixture
async def home(db):
    """Both parents are signed up, three people; another family waits."""
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await many_families(db, 1)
    _, [place] = await gathering(db, capacity=3)
    await press(db, AMINA_CHAT, place, children=1)
    await press(db, YUSUF_CHAT, place)
    assert (await press(db, 5000, place, wait=True)).outcome is Outcome.WAITING
    return home


async def taken(db):
    await adds_up(db)
    [row] = await rows(db, "seats")
    return row.taken


async def test_one_parent_is_forgotten_and_the_other_still_comes(db, home):
    async with db.write() as tx:
        await forgetting.forget(tx, await reader_of(tx, AMINA_CHAT), False, NOW, RULES, "so")
    assert await taken(db) == 1


async def test_a_family_is_erased(db, home):
    async with db.write() as tx:
        await forgetting.erase_family(tx, home.family_id, NOW, RULES, "erased")
    assert await taken(db) == 0
    assert list((await states(db)).values()) == [WAITING]


async def test_a_family_leaves_the_programme(db, home):
    async with db.write() as tx:
        await moving.leave(tx, home.family_id, NOW, RULES)
    assert await taken(db) == 0


async def test_a_family_shall_have_no_chat(db, home):
    anna = await at_work(db)
    async with db.write() as tx:
        await protection.protect(tx, anna, home.family_id, NOW, RULES)
    assert await taken(db) == 0


async def test_a_split_takes_nothing_from_either_parent(db, home):
    async with db.write() as tx:
        reader = await reader_of(tx, AMINA_CHAT)
        await two_homes.split(tx, reader, two_homes.Keeps.FIRST, NOW, RULES)
    assert await taken(db) == 3


async def test_after_a_loss_the_places_are_free_and_no_figure_says_so(db, home):
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, home.amina, NOW, RULES)
    assert await taken(db) == 0
    assert not [row for row in await rows(db, "tally") if row.what == "signup_left"]


async def test_undo_of_a_loss_brings_the_places_back(db, home):
    later = NOW + timedelta(hours=1)
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, home.amina, NOW, RULES)
    async with db.write() as tx:
        await loss.undo(tx, await reader_of(tx, AMINA_CHAT), later, RULES)
    assert await taken(db) == 3
    assert list((await states(db)).values()) == [IN, IN, WAITING]


async def test_undo_when_others_have_come_meanwhile_is_the_turn_they_had(db, home):
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, home.amina, NOW, RULES)
    await waiting_list.offer_free(db, NOW, RULES)
    await move_in(db, chats=(6000, None))
    [row] = await rows(db, "seats")
    assert (await press(db, 6000, row.id, adults=2)).outcome is Outcome.IN
    async with db.write() as tx:
        await loss.undo(tx, await reader_of(tx, AMINA_CHAT), NOW + timedelta(hours=1), RULES)
    assert await taken(db) == 3
    assert list((await states(db)).values()) == [WAITING, WAITING, OFFERED, IN]


async def test_undo_passes_nobody_who_waited_before(db):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await many_families(db, 2)
    _, [place] = await gathering(db, capacity=3)
    await press(db, 5000, place, children=1)
    await press(db, 5001, place, children=2, wait=True)
    assert (await press(db, AMINA_CHAT, place)).outcome is Outcome.IN
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, home.amina, NOW, RULES)
    await leave(db, 5000, 1)
    async with db.write() as tx:
        await loss.undo(tx, await reader_of(tx, AMINA_CHAT), NOW + timedelta(hours=1), RULES)
    assert list((await states(db)).values()) == [SignupState.LEFT, WAITING, WAITING]
    assert await waiting_list.offer_free(db, NOW, RULES)
    assert list((await states(db)).values()) == [SignupState.LEFT, OFFERED, WAITING]


@ON_POSTGRESQL
async def test_undo_takes_seats_by_their_numbers_as_everybody_does(db):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    _, (one, other) = await gathering(db, 5, (STARTS, STARTS + timedelta(days=1)), SigningUp.EACH)
    for place in (other, one):
        await press(db, AMINA_CHAT, place)
    async with db.write() as tx:
        await loss.begin(tx, home.family_id, home.amina, NOW, RULES)

    async def by_number():
        async with db.write() as tx:
            for place in (one, other):
                await seats.lock_one(tx, place)
                await asyncio.sleep(0.3)

    async def undo():
        async with db.write() as tx:
            await asyncio.sleep(0.1)
            await loss.undo(tx, await reader_of(tx, AMINA_CHAT), NOW + timedelta(hours=1), RULES)

    await asyncio.gather(by_number(), undo())
    assert list((await states(db)).values()) == [IN, IN]
