"""Data goes by itself: told before, silently after a loss, figures stay (mission B10)."""

from datetime import timedelta

import pytest

from programme.kinds import Kind, Rules
from services import housekeeping, loss, preferences, two_homes
from services.access import reader_of
from services.booking import book
from tests.cast import AMINA_CHAT, JOINED, YUSUF_CHAT, book_visit, local, move_in
from tests.rows import rows

SIX = Rules(keep_months=6)
TOLD, DAY = local("2028-10-17T10:00"), local("2028-10-31T12:00")


@pytest.fixture
def six(post):
    post.rules = SIX
    post.new_sender()
    return post


async def purge(db, at):
    await housekeeping.purge(db, at, SIX)


async def test_a_family_is_told_and_two_weeks_later_nothing_is_left(db, six):
    await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    six.clock.set(TOLD - timedelta(hours=1))
    await six.deliver()
    before = len(six.push.arrived)
    six.clock.set(TOLD)
    await six.deliver()
    told = six.push.arrived[before:]
    assert sorted(each.chat_id for each in told) == [AMINA_CHAT, YUSUF_CHAT]
    await purge(db, DAY - timedelta(days=1))
    assert len(await rows(db, "family")) == 1
    await purge(db, DAY)
    for table in ("family", "guardian", "child", "item", "outbox", "said"):
        assert await rows(db, table) == [], table
    assert [r.what for r in await rows(db, "tally")][-1] == "erased"


async def test_who_could_not_be_told_in_time_is_waited_for_but_not_for_ever(db, six):
    await move_in(db)
    await purge(db, DAY + timedelta(days=29))
    assert len(await rows(db, "family")) == 1
    await purge(db, DAY + timedelta(days=30))
    assert await rows(db, "family") == []


async def test_after_an_outage_the_notice_comes_first_and_the_end_two_weeks_after_it(db, six):
    await move_in(db)
    six.clock.set(TOLD - timedelta(days=1))
    await six.deliver()
    six.clock.set(DAY + timedelta(days=1))
    await six.deliver()
    await purge(db, DAY + timedelta(days=14))
    assert len(await rows(db, "family")) == 1
    await purge(db, DAY + timedelta(days=15))
    assert await rows(db, "family") == []


async def test_who_stopped_and_who_lost_a_child_is_erased_without_a_word(db, six):
    stopped = await move_in(db)
    lost = await move_in(db, chats=(YUSUF_CHAT, None))
    async with db.write() as tx:
        who = await reader_of(tx, AMINA_CHAT)
        await preferences.stop(tx, who, JOINED)
        await loss.begin(tx, lost.family_id, None, JOINED, SIX)
    six.clock.set(TOLD)
    await six.deliver()
    assert six.push.arrived == []
    await purge(db, DAY)
    assert await rows(db, "family") == []
    assert stopped.family_id


async def test_a_late_visit_keeps_the_family_so_long(db, six):
    home = await move_in(db)
    await book_visit(db, home.family_id, local("2028-09-05T10:30"), JOINED, rules=SIX)
    await purge(db, DAY + timedelta(days=60))
    assert len(await rows(db, "family")) == 1


async def test_a_family_nobody_of_reads_is_erased_on_its_day(db, six):
    home = await move_in(db)
    async with db.write() as tx:
        await tx.exec_driver_sql(f"DELETE FROM guardian WHERE family_id = {home.family_id}")
    await purge(db, DAY - timedelta(days=1))
    assert len(await rows(db, "family")) == 1
    await purge(db, DAY)
    assert await rows(db, "family") == []


async def test_of_two_homes_each_goes_with_its_own_day_and_the_family_with_the_last(db, six):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    async with db.write() as tx:
        who = await reader_of(tx, AMINA_CHAT)
        await two_homes.split(tx, who, two_homes.Keeps.FIRST, JOINED, SIX)
    async with db.write() as tx:
        at = local("2028-09-05T10:00")
        await book(tx, home.family_id, 6, at, ("Anna", "Bo"), JOINED, SIX, home=1)
    six.clock.set(TOLD)
    await six.deliver()
    notices = [row for row in await rows(db, "item") if row.kind == Kind.ERASURE]
    assert [row.guardian_id for row in notices] == [home.yusuf]

    await purge(db, DAY)
    assert [row.chat_id for row in await rows(db, "guardian")] == [AMINA_CHAT]
    assert len(await rows(db, "booking")) == 1
    assert [r.what for r in await rows(db, "tally")][-1] == "erased_parent"

    six.clock.set(local("2029-02-19T10:00"))
    await six.deliver()
    await purge(db, local("2029-03-05T12:00"))
    assert await rows(db, "family") == []
