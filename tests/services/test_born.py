"""A child's dates are told or corrected: every message that is still to come follows, at once."""

import asyncio
from datetime import date, timedelta

import pytest

from programme.errors import NotYours
from services import born
from services.access import reader_of
from storage import families
from tests.cast import AMINA_CHAT, BORN, JOINED, RULES, local, move_in, reader
from tests.rows import rows

DAY = timedelta(days=1)
TODAY = JOINED.date()
DUE = date(2026, 11, 20)


async def _expecting(db, due: date = DUE, count: int = 1):
    home = await move_in(db, born=None)
    async with db.write() as tx:
        await tx.exec_driver_sql(f"UPDATE child SET due = '{due}'")
        for _ in range(count - 1):
            await families.add_child(tx, home.family_id, None, due)
    return home


async def _correct(db, post, family_id, on):
    async with db.write() as tx:
        await born.correct(tx, family_id, 1, on, None, post.clock(), RULES)


async def test_a_corrected_birth_date_moves_what_is_to_come_and_leaves_what_was_sent(db, post):
    home = await move_in(db)
    await post.deliver()  # the tip for four days
    assert [said.chat_id for said in post.push.arrived] == [AMINA_CHAT]

    await _correct(db, post, home.family_id, BORN - 28 * DAY)
    post.clock.set(local("2026-11-14T10:00"))  # six weeks, by the right date
    await post.deliver()

    states = await post.items()
    assert states["tip:1:gift_book:1"] == ("sent", None)
    assert states["tip:1:first_vaccine:1"] == ("sent", None)


async def test_what_waits_by_a_wrong_date_is_given_up_in_the_same_transaction(db, post):
    home = await move_in(db)
    await post.plan()
    assert (await post.items())["tip:1:gift_book:1"] == ("planned", None)

    await _correct(db, post, home.family_id, BORN - DAY)

    assert (await post.items())["tip:1:gift_book:1"][0] == "dropped"
    assert await post.deliver() != {"sent": 1}
    assert post.push.arrived == []


async def test_what_a_right_date_calls_for_within_the_hour_is_planned_at_once(db, post):
    home = await move_in(db, born=BORN - DAY)
    await post.plan()
    post.clock.set(post.clock() - timedelta(hours=1))  # the planner is ahead of this act

    await _correct(db, post, home.family_id, BORN)

    assert (await post.items())["tip:1:gift_book:1"] == ("planned", None)


async def test_a_birth_that_is_told_begins_the_tips_and_ends_the_waiting(db, post):
    home = await _expecting(db)
    await post.plan()
    async with db.write() as tx:
        await born.born(tx, home.family_id, TODAY - 2 * DAY, 1, JOINED, RULES)
    post.clock.set(local("2026-11-04T10:00"))

    await post.deliver()

    assert (await post.items())["tip:1:gift_book:1"] == ("sent", None)


@pytest.mark.parametrize(
    ("count", "told"), [(1, [TODAY, None]), (2, [TODAY, TODAY]), (3, [TODAY] * 3)]
)
async def test_twins_that_were_expected_are_not_counted_twice(db, count, told):
    await _expecting(db, count=2)
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        birth = await born.born(tx, who, TODAY, count, JOINED, RULES)
    assert [row.born for row in await rows(db, "child")] == told

    async with db.write() as tx:
        await born.undo(tx, who, int(birth.at.timestamp()), JOINED, RULES)

    assert [(row.born, row.due) for row in await rows(db, "child")] == [(None, DUE)] * 2


async def test_an_undo_brings_back_the_tip_before_the_birth_that_fell_into_it(db, post):
    await _expecting(db, due=date(2026, 12, 16))  # 42 days on: the early tip is due today
    await post.plan()
    assert any(key.startswith("early_tip:") for key in await post.items())
    at = post.clock() - timedelta(hours=1)
    async with db.write() as tx:
        who = await reader_of(tx, AMINA_CHAT)
        await born.born(tx, who, at.date(), 1, at, RULES)
    assert {state for state, _ in (await post.items()).values()} == {"dropped"}

    async with db.write() as tx:
        await born.undo(tx, who, int(at.timestamp()), post.clock() + timedelta(minutes=1), RULES)

    assert {state for state, _ in (await post.items()).values()} == {"planned"}


async def test_a_correction_that_is_not_this_parents_is_refused(db):
    await _expecting(db, due=TODAY + 60 * DAY)
    other = await move_in(db, chats=(2001, None))
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await born.born(tx, who, TODAY, 1, JOINED, RULES)
        for child in (other.child_id, 999, 0):
            with pytest.raises(NotYours):
                await born.follow_due(tx, who, child, True, JOINED, RULES)
        await born.follow_due(tx, who, 1, True, JOINED, RULES)
    assert [row.corrected for row in await rows(db, "child")] == [True, False]


async def test_of_many_who_tell_it_at_once_one_does(db):
    await _expecting(db)
    who = await reader(db, AMINA_CHAT)

    async def press(n: int):
        async with db.write() as tx:
            return await born.born(tx, who, TODAY - n * DAY, 2, JOINED, RULES)

    results = await asyncio.gather(*(press(n) for n in range(10)))

    assert len([each for each in results if each]) == 1
    assert len(await rows(db, "child")) == 2
    assert len(await rows(db, "event")) == 1


async def test_who_looked_before_the_other_told_is_second(db, monkeypatch):
    # PostgreSQL lets both look before one writes: there the write decides, not the look.
    await _expecting(db)
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        before = await born.family_of(tx, who)
        await born.born(tx, who, TODAY, 1, JOINED, RULES)

    async def seen_before(*_args):
        return before

    monkeypatch.setattr(born, "family_of", seen_before)
    async with db.write() as tx:
        assert await born.born(tx, who, TODAY - DAY, 3, JOINED, RULES) is None
    assert [row.born for row in await rows(db, "child")] == [TODAY]
