"""Updates, conversations, links, what was said, figures and memory."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from storage import conversations, inbox, invites, memory, said, tallies
from storage.inbox import Arrived, State
from storage.tables import inbox as inbox_table
from storage.tables import invite, tally
from storage.tables import said as said_table
from tests.cast import JOINED, move_in

BOT = 7
HOUR = timedelta(hours=1)


async def _rows(db):
    async with db.read() as tx:
        return await inbox.unfinished(tx, BOT)


async def test_an_update_that_comes_again_changes_nothing(db):
    async with db.write() as tx:
        await inbox.keep(tx, BOT, [Arrived(1, 5, "first"), Arrived(2, 5, "second")], JOINED)
        await inbox.keep(tx, BOT, [Arrived(2, 5, "again"), Arrived(3, 5, "third")], JOINED + HOUR)
        await inbox.keep(tx, BOT, [], JOINED)
        await inbox.keep(tx, BOT + 1, [Arrived(1, 5, "another bot's")], JOINED)
    assert [(row.update_id, row.raw) for row in await _rows(db)] == [
        (1, "first"),
        (2, "second"),
        (3, "third"),
    ]


async def test_an_update_takes_effect_once_and_is_empty_as_soon_as_it_is_said(db):
    async with db.write() as tx:
        await inbox.keep(tx, BOT, [Arrived(1, 5, "press")], JOINED)
    [row] = await _rows(db)
    async with db.write() as tx:
        assert await inbox.done(tx, row.id, "answer", JOINED)
        assert not await inbox.done(tx, row.id, "other answer", JOINED)
    [row] = await _rows(db)
    assert (row.state, row.raw, row.answer, row.done_at) == (State.DONE, None, "answer", JOINED)
    async with db.write() as tx:
        await inbox.said(tx, [row.id])
        left = (await tx.execute(select(inbox_table.c.raw, inbox_table.c.answer))).one()
    assert tuple(left) == (None, None)
    assert await _rows(db) == []


async def test_an_update_without_an_answer_is_finished_at_once(db):
    async with db.write() as tx:
        await inbox.keep(tx, BOT, [Arrived(1, 5, "press")], JOINED)
        assert await inbox.done(tx, 1, None, JOINED)
    assert await _rows(db) == []


async def test_old_updates_are_forgotten_but_none_that_is_still_new(db):
    async with db.write() as tx:
        await inbox.keep(tx, BOT, [Arrived(n, 5, "x") for n in (1, 2, 3)], JOINED)
        await inbox.done(tx, 1, None, JOINED)
        await inbox.set_aside(tx, 2)
        assert await inbox.purge(tx, JOINED) == 0
        assert await inbox.purge(tx, JOINED + HOUR) == 2
    assert [row.update_id for row in await _rows(db)] == [3]


async def test_unfinished_updates_are_read_on_from_where_one_was(db):
    async with db.write() as tx:
        await inbox.keep(tx, BOT, [Arrived(n, 5, "x") for n in range(10)], JOINED)
        assert [row.id for row in await inbox.unfinished(tx, BOT, after=8)] == [9, 10]
        assert [row.id for row in await inbox.unfinished(tx, BOT, limit=2)] == [1, 2]


async def test_a_conversation_is_one_persons_in_one_chat_and_ends_without_a_trace(db):
    here, there = (BOT, 5, 6), (BOT, 5, 7)
    async with db.write() as tx:
        await conversations.write(tx, here, "asking", {"a": 1}, JOINED)
        await conversations.write(tx, here, "asking more", {"a": 2}, JOINED)
        assert await conversations.read(tx, here) == ("asking more", {"a": 2})
        assert await conversations.read(tx, there) == (None, {})
        await conversations.write(tx, here, None, {"a": 2}, JOINED)
        assert await conversations.read(tx, here) == (None, {"a": 2})
        await conversations.write(tx, here, None, {}, JOINED)
        assert await conversations.read(tx, here) == (None, {})
        left = (await tx.exec_driver_sql("SELECT count(*) FROM conversation")).scalar()
    assert left == 0


async def test_a_link_is_used_once_however_many_try(db):
    home = await move_in(db)
    async with db.write() as tx:
        await invites.add(tx, home.family_id, "hash", JOINED, JOINED + HOUR)

    async def attempt() -> bool:
        async with db.read() as tx:
            found = await invites.find(tx, "hash")
        await asyncio.sleep(0)
        async with db.write() as tx:
            return await invites.use(tx, found.id, JOINED)

    assert sorted(await asyncio.gather(*(attempt() for _ in range(20)))) == [False] * 19 + [True]
    async with db.write() as tx:
        await invites.opened_by(tx, 1, home.amina)
        found = await invites.find(tx, "hash")
    assert (found.used_at, found.guardian_id) == (JOINED, home.amina)


async def test_the_database_keeps_no_code_only_its_hash(db):
    home = await move_in(db)
    async with db.write() as tx:
        await invites.add(tx, home.family_id, "hash", JOINED, JOINED + HOUR)
        assert set(invite.c.keys()) & {"code", "link"} == set()
        assert await invites.find(tx, "other") is None


async def test_what_was_said_is_kept_once_and_forgotten_in_time(db):
    async with db.write() as tx:
        await said.note(tx, 5, 100, "push", None, JOINED)
        await said.note(tx, 5, 100, "answer", None, JOINED + HOUR)
        await said.note(tx, 6, 100, "push", None, JOINED + HOUR)
        assert len((await tx.execute(select(said_table.c.id))).all()) == 2
        assert await said.purge(tx, JOINED + HOUR) == 1


async def test_a_figure_knows_a_month_and_no_day(db):
    async with db.write() as tx:
        await tallies.count(tx, 1, date(2027, 3, 1), "booked", visit=2)
        row = (await tx.execute(select(tally))).one()
    assert (row.month, row.what, row.visit, row.detail) == ("2027-03", "booked", 2, None)


async def test_memory_keeps_the_last_value_and_instants_in_utc(db):
    async with db.write() as tx:
        assert await memory.recall(tx, memory.BOT_NAME) is None
        await memory.remember(tx, memory.BOT_NAME, "one")
        await memory.remember(tx, memory.BOT_NAME, "two")
        assert await memory.recall(tx, memory.BOT_NAME) == "two"
        at = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
        await memory.remember_instant(tx, memory.WATERMARK, at)
        assert await memory.recall_instant(tx, memory.WATERMARK) == at
        assert await memory.recall_instant(tx, memory.PLANNING) is None
