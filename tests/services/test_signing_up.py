"""Signing up: a place, or a turn in line; change, cancel, twice; and what it counts (E7, E8)."""

from datetime import timedelta

import pytest

from programme.activities import SigningUp, SignupState
from programme.errors import FewerThanSignedUp, NotYours
from services import signing_up
from services.access import reader_of
from services.signing_up import Outcome
from storage import activities, seats
from tests.cast import AMINA_CHAT, DAN_CHAT, RULES, YUSUF_CHAT, many_families, move_in
from tests.gatherings import NOW, STARTS, adds_up, gathering, leave, press, states
from tests.rows import rows


async def alter(db, chat_id, number, adults, children, now=NOW):
    async with db.write() as tx:
        reader = await reader_of(tx, chat_id)
        return await signing_up.change(tx, reader, number, adults, children, now, RULES)


async def test_a_parent_and_a_child_need_two_places(db):
    await move_in(db)
    _, [place] = await gathering(db, capacity=3)
    met = await press(db, AMINA_CHAT, place, adults=1, children=1)
    assert (met.outcome, met.free, met.signup.people) == (Outcome.IN, 1, 2)
    await adds_up(db)


async def test_signing_up_twice_is_one_sign_up(db):
    await move_in(db)
    _, [place] = await gathering(db)
    await press(db, AMINA_CHAT, place)
    again = await press(db, AMINA_CHAT, place, adults=2)
    assert (again.outcome, again.signup.people) == (Outcome.ALREADY, 1)
    assert len(await rows(db, "signup")) == 1
    await adds_up(db)


async def test_both_parents_sign_up_each_for_themselves(db):
    await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    _, [place] = await gathering(db)
    first, second = [await press(db, chat, place) for chat in (AMINA_CHAT, YUSUF_CHAT)]
    assert (first.outcome, second.outcome, second.free) == (Outcome.IN, Outcome.IN, 3)


async def test_who_finds_it_full_is_asked_before_they_wait(db):
    await many_families(db, 3)
    _, [place] = await gathering(db, capacity=1)
    assert (await press(db, 5000, place)).outcome is Outcome.IN
    full = await press(db, 5001, place)
    assert (full.outcome, full.number, full.free) == (Outcome.FULL, 1, 0)
    assert len(await rows(db, "signup")) == 1
    waits = await press(db, 5001, place, wait=True)
    assert (waits.outcome, waits.number) == (Outcome.WAITING, 1)
    assert (await press(db, 5002, place, wait=True)).number == 2
    await adds_up(db)


async def test_more_people_than_there_are_places_at_all_need_not_wait(db):
    await move_in(db)
    _, [place] = await gathering(db, capacity=2)
    met = await press(db, AMINA_CHAT, place, adults=1, children=2, wait=True)
    assert met.outcome is Outcome.TOO_MANY
    assert await rows(db, "signup") == []


async def test_nobody_new_passes_somebody_in_line_for_whom_there_is_room(db):
    await many_families(db, 3)
    _, [place] = await gathering(db, capacity=1)
    held = await press(db, 5000, place)
    await press(db, 5001, place, wait=True)
    await leave(db, 5000, held.signup.id)
    assert (await press(db, 5002, place, wait=True)).outcome is Outcome.WAITING


async def test_somebody_new_may_have_what_is_too_little_for_those_in_line(db):
    await many_families(db, 3)
    _, [place] = await gathering(db, capacity=2)
    await press(db, 5000, place)
    await press(db, 5001, place, children=1, wait=True)
    assert (await press(db, 5002, place)).outcome is Outcome.IN


async def test_shortly_before_it_begins_whoever_comes_has_the_place(db):
    await many_families(db, 3)
    _, [place] = await gathering(db, capacity=1)
    held = await press(db, 5000, place)
    await press(db, 5001, place, wait=True)
    late = STARTS - timedelta(hours=2)
    await leave(db, 5000, held.signup.id, late)
    assert (await press(db, 5001, place, now=late)).outcome is Outcome.IN
    await adds_up(db)


async def test_more_come_only_if_there_is_room_and_the_turn_stays(db):
    await many_families(db, 2)
    _, [place] = await gathering(db, capacity=3)
    mine = (await press(db, 5000, place)).signup
    assert (await alter(db, 5000, mine.id, 1, 2)).outcome is Outcome.IN
    waits = (await press(db, 5001, place, wait=True)).signup
    kept = await alter(db, 5000, mine.id, 1, 3)
    assert kept.outcome is Outcome.TOO_MANY
    fewer = await alter(db, 5000, mine.id, 1, 0)
    assert (fewer.signup.people, fewer.free) == (1, 2)
    assert (await alter(db, 5000, mine.id, 1, 1)).outcome is Outcome.KEPT  # it is the other's turn
    assert (await alter(db, 5001, waits.id, 1, 1)).number == 1
    await adds_up(db)


async def test_cancelling_frees_the_places_once(db):
    await move_in(db)
    _, [place] = await gathering(db)
    mine = (await press(db, AMINA_CHAT, place, children=2)).signup
    for _ in range(2):
        assert (await leave(db, AMINA_CHAT, mine.id)).outcome is Outcome.LEFT
    assert await states(db) == {mine.id: SignupState.LEFT}
    await adds_up(db)
    assert (await press(db, AMINA_CHAT, place)).outcome is Outcome.IN


async def test_nobody_touches_what_another_parent_has(db):
    await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await move_in(db, chats=(DAN_CHAT, None))
    _, [place] = await gathering(db)
    mine = (await press(db, AMINA_CHAT, place)).signup
    for chat in (YUSUF_CHAT, DAN_CHAT):
        with pytest.raises(NotYours):
            await leave(db, chat, mine.id)
        with pytest.raises(NotYours):
            await alter(db, chat, mine.id, 1, 1)
    with pytest.raises(NotYours):
        await press(db, DAN_CHAT, 999)


async def test_a_draft_is_not_there_and_what_has_begun_is_over(db):
    await move_in(db)
    _, [draft] = await gathering(db, state="draft")
    with pytest.raises(NotYours):
        await press(db, AMINA_CHAT, draft)
    _, [place] = await gathering(db)
    assert (await press(db, AMINA_CHAT, place, now=STARTS)).outcome is Outcome.OVER


async def test_there_are_places_for_each_occasion_also_for_one_that_is_added_later(db):
    number, ids = await gathering(
        db, starts=(STARTS, STARTS + timedelta(days=7)), signing=SigningUp.EACH, capacity=4
    )
    assert len(ids) == 2
    async with db.write() as tx:
        later = await activities.add_occasion(tx, number, STARTS + timedelta(days=14), 90, NOW)
        await signing_up.changed(tx, number, NOW, RULES)
        third = (await seats.of_activities(tx, [number]))[number][-1]
    assert (third.occasion_id, third.capacity) == (later, 4)


async def test_fewer_places_than_people_are_refused_and_nothing_is_changed(db):
    await move_in(db)
    number, [place] = await gathering(db, capacity=5)
    await press(db, AMINA_CHAT, place, adults=1, children=2)
    with pytest.raises(FewerThanSignedUp, match="3 people have a place") as refused:
        async with db.write() as tx:
            await seats.set_capacity(tx, number, 2, NOW)
    assert (refused.value.taken, refused.value.capacity) == (3, 2)
    [row] = await rows(db, "seats")
    assert row.capacity == 5


async def test_no_limit_means_no_line(db):
    await many_families(db, 3)
    number, [place] = await gathering(db, capacity=1)
    await press(db, 5000, place)
    async with db.write() as tx:
        await seats.set_capacity(tx, number, None, NOW)
    met = await press(db, 5001, place, adults=2, children=4)
    assert (met.outcome, met.free) == (Outcome.IN, None)
    await adds_up(db)


async def test_figures_stay_without_anybody_in_them(db):
    await many_families(db, 2)
    _, [place] = await gathering(db, capacity=1)
    mine = (await press(db, 5000, place)).signup
    await press(db, 5001, place, wait=True)
    await leave(db, 5000, mine.id)
    found = [(row.what, row.detail, row.month) for row in await rows(db, "tally")]
    assert found == [
        ("signed_up", "fathers", "2026-11"),
        ("queued", "fathers", "2026-11"),
        ("signup_left", "fathers", "2026-11"),
    ]
