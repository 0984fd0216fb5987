"""What a message costs, counted in statements: the clock of a busy machine proves nothing.

Who needs one more says so here, and why: 25 messages leave in a second.
"""

from datetime import date, timedelta

import pytest

from programme.parcels import parcels
from programme.people import Role
from programme.plan import everyones
from services import born
from storage import families, packing
from tests.cast import local, many_families, move_in
from tests.colleagues import at_work
from tests.databases import ON_SQLITE
from tests.services.noticed import a_notice, send
from tests.statements import counted

pytestmark = ON_SQLITE
TIP = local("2026-11-04T10:00")
JUNE = date(2026, 6, 5)
NOON = local("2026-11-12T10:30")
MANY = 10
SECOND = timedelta(seconds=1)


@pytest.fixture
async def many(post):
    await many_families(post.db, MANY)


async def _per_message(post) -> float:
    with counted(post.db) as sent:
        await post.sender.drain()
    assert len(post.push.arrived) == MANY
    return len(sent) / MANY


async def test_a_tip_is_sent_with_fourteen_statements(post, many):
    post.clock.set(TIP)
    await post.plan()
    assert await _per_message(post) < 14 + 1


async def test_a_message_of_a_notice_is_sent_with_seventeen(post, many):
    post.clock.set(NOON)
    eva = await at_work(post.db, "Eva", Role.COORDINATOR, 2003)
    await send(post.db, eva, await a_notice(post.db, NOON), NOON)
    assert await _per_message(post) < 17 + 1


async def test_what_is_due_to_many_is_written_with_as_many_statements_as_to_one(post):
    homes = await many_families(post.db, 1 + MANY)
    for some in (homes[:1], homes[1:]):
        async with post.db.write() as tx:
            found = await families.load(tx, [each.family_id for each in some])
            due = [x for one in found for x in everyones(one, TIP, TIP + SECOND, post.rules)]
            assert len(due) == len(some)
            with counted(post.db) as sent:
                await packing.plan(tx, parcels(due, post.rules), TIP)
        assert len(sent) == 4


async def test_a_birth_date_is_corrected_with_six_statements_where_nothing_waits(post):
    [home] = await many_families(post.db, 1)
    async with post.db.write() as tx:
        with counted(post.db) as sent:
            await born.correct(tx, home.family_id, 1, JUNE, None, TIP, post.rules)
    assert len(sent) == 6


async def test_at_a_fast_pace_ten_tips_cost_hardly_more_statements_than_one(post, many):
    post.clock.set(TIP)
    await post.plan()
    post.new_sender(together=True)
    assert await _per_message(post) < 2 + 1


async def test_a_family_that_has_little_is_read_with_four_and_so_are_many(post):
    homes = [await move_in(post.db), *await many_families(post.db, MANY)]
    for some in (homes[:1], homes):
        async with post.db.read() as tx:
            with counted(post.db) as sent:
                await families.load(tx, [each.family_id for each in some])
        assert len(sent) == 4
