"""After a loss with a living twin or sibling: all rests until a person turns it on (A11)."""

from datetime import timedelta

import pytest

from programme.errors import NotYours
from services import loss
from storage import families
from tests.cast import (
    AMINA_CHAT,
    BORN,
    JOINED,
    RULES,
    book_visit,
    move_in,
    reader,
)
from tests.colleagues import ANNA_CHAT, at_work
from tests.rows import rows
from tests.services.conftest import TIP_DAY
from tests.services.losing import BOTH, VISIT, lose


@pytest.fixture
async def home(post):
    return await move_in(post.db, chats=BOTH)


@pytest.fixture
async def twins(post, home):
    async with post.db.write() as tx:
        return await families.add_child(tx, home.family_id, BORN, None)


async def turn_on(post, home, living=0b10):
    anna = await at_work(post.db)
    async with post.db.write() as tx:
        return await loss.turn_on(tx, anna, home.family_id, living, post.clock(), RULES)


async def turn_off_again(post, home, silenced):
    anna = await at_work(post.db)
    async with post.db.write() as tx:
        family, now = home.family_id, post.clock()
        return await loss.turn_off_again(tx, anna, family, silenced, now, RULES)


async def test_with_a_living_twin_messages_come_again_about_that_child_only(post, home, twins):
    booked = await book_visit(post.db, home.family_id, VISIT, JOINED)
    await lose(post, home, home.amina)
    post.clock.forward(days=20)
    await post.plan()
    assert await turn_on(post, home) == 0b01
    [row] = await rows(post.db, "booking")
    assert (row.id, row.child_id, row.state) == (booked, home.child_id, "booked")  # it has been
    await post.deliver()
    assert set(post.push.chats) <= {ANNA_CHAT}
    for _ in range(30):
        post.clock.forward(days=7)
        await post.deliver()
    about = {row.key.split(":")[1] for row in await rows(post.db, "item") if "tip" in row.key}
    assert about == {str(twins)}


async def test_the_coming_visit_becomes_the_living_twin_s(post, home, twins):
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    await lose(post, home, home.amina)
    await turn_on(post, home)
    [row] = await rows(post.db, "booking")
    assert (row.child_id, row.state) == (twins, "booked")


async def test_a_coming_visit_of_a_younger_sibling_goes_without_a_word(post, home):
    async with post.db.write() as tx:
        await families.add_child(tx, home.family_id, BORN - timedelta(days=400), None)
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    await lose(post, home, home.amina)
    await turn_on(post, home)
    [row] = await rows(post.db, "booking")
    assert row.state == "freed"
    await post.deliver()
    assert set(post.push.chats) <= {ANNA_CHAT}


async def test_turning_on_can_be_undone_for_a_day(post, home, twins):
    await lose(post, home, home.amina)
    silenced = await turn_on(post, home)
    post.clock.forward(hours=23)
    assert await turn_off_again(post, home, silenced) is True
    assert {row.silent for row in await rows(post.db, "child")} == {False}
    post.clock.forward(days=60)
    await post.deliver()
    assert set(post.push.chats) <= {ANNA_CHAT}
    assert loss.begun(await reader(post.db, AMINA_CHAT), post.clock())


async def test_after_a_day_turning_on_stays(post, home, twins):
    await lose(post, home, home.amina)
    silenced = await turn_on(post, home)
    post.clock.forward(hours=24, seconds=1)
    assert await turn_off_again(post, home, silenced) is False
    assert [row.silent for row in await rows(post.db, "child")] == [True, False]


@pytest.mark.parametrize("living", [0, 0b11, 0b100, -1])
async def test_turning_on_for_none_or_for_all_is_no_choice(post, home, twins, living):
    await lose(post, home, home.amina)
    with pytest.raises(NotYours):
        await turn_on(post, home, living)


async def test_an_earlier_child_stays_silent_through_a_second_loss_and_its_undo(post, home, twins):
    async with post.db.write() as tx:
        third = await families.add_child(tx, home.family_id, BORN, None)
    await lose(post, home, home.amina)
    assert await turn_on(post, home, 0b110) == 0b001
    post.clock.forward(days=30)
    await lose(post, home, home.amina)
    silenced = await turn_on(post, home, 0b10)
    assert silenced == 0b010
    await turn_off_again(post, home, silenced)
    silent = {row.id: row.silent for row in await rows(post.db, "child")}
    assert silent == {home.child_id: True, twins: False, third: False}
