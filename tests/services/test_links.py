"""A parent's own link and a new phone's, on both databases: once, whoever comes at once."""

import asyncio
from datetime import timedelta

import pytest

from programme.errors import NotYours
from services import enrolment, links
from services.joining import Link, join
from storage import memory
from tests.cast import AMINA_CHAT, JOINED, RULES, YUSUF_CHAT, move_in, reader
from tests.rows import rows

DAY = timedelta(days=1)


async def _own_link(db) -> str:
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await memory.remember(tx, memory.BOT_NAME, "LotsenTestBot")
        link = await links.own_link(tx, who, JOINED)
    return link.partition("?start=")[2]


async def _come(db, code, chat=YUSUF_CHAT, now=JOINED) -> Link:
    async with db.write() as tx:
        return await join(tx, code, chat, "ar", now, RULES, name="Yusuf")


async def _say(db, joiner, yes, now=JOINED) -> str:
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        try:
            await links.answer(tx, who, joiner, yes, now, RULES)
        except NotYours:
            return "no more"
    return "done"


async def test_of_many_who_open_a_parents_link_at_once_one_waits(db):
    await move_in(db)
    code = await _own_link(db)

    results = await asyncio.gather(*(_come(db, code, 9000 + n) for n in range(10)))

    assert sorted(results) == [Link.USED] * 9 + [Link.WAITS]
    assert [row.active_since for row in await rows(db, "guardian")] == [JOINED, None]


async def test_one_chat_that_opens_two_links_waits_once(db):
    home = await move_in(db)
    first = await _own_link(db)
    async with db.write() as tx:
        second = await enrolment.new_link(tx, home.family_id, JOINED)

    assert await _come(db, first) is Link.WAITS
    assert await _come(db, second) is Link.TAKEN

    assert len(await rows(db, "guardian")) == 2
    assert [row.used_at for row in await rows(db, "invite")] == [JOINED, None]


async def test_many_answers_at_once_let_in_once(db):
    await move_in(db)
    await _come(db, await _own_link(db))
    [_, waiting] = await rows(db, "guardian")

    assert set(await asyncio.gather(*(_say(db, waiting.id, True) for _ in range(8)))) == {"done"}

    assert len(await rows(db, "guardian")) == 2
    assert len(await rows(db, "consent")) == 1
    assert len(await rows(db, "tally", what="joined")) == 1


async def test_yes_and_no_at_once_come_to_one_of_them(db):
    await move_in(db)
    await _come(db, await _own_link(db))
    [_, waiting] = await rows(db, "guardian")

    said = await asyncio.gather(*(_say(db, waiting.id, n % 2 == 0) for n in range(8)))

    left = await rows(db, "guardian", id=waiting.id)
    assert len(await rows(db, "consent")) == len(left)
    assert all(row.active_since for row in left)
    # Nobody reads the opposite of what was decided.
    let_in, refused = said[::2].count("done"), said[1::2].count("done")
    assert (let_in, refused) == ((4, 0) if left else (0, 1))


@pytest.mark.parametrize(("after", "gone"), [(7 * DAY, 1), (7 * DAY - timedelta(seconds=1), 0)])
async def test_who_nobody_has_decided_about_is_forgotten_after_seven_days(db, after, gone):
    await move_in(db)
    await _come(db, await _own_link(db))

    async with db.write() as tx:
        assert (await links.purge(tx, JOINED + after, RULES)).joiners == gone

    assert len(await rows(db, "guardian")) == 2 - gone


async def test_who_waits_for_a_parent_who_is_gone_is_forgotten(db):
    home = await move_in(db)
    await _come(db, await _own_link(db))
    async with db.write() as tx:
        await tx.exec_driver_sql(f"DELETE FROM guardian WHERE id = {home.amina}")
        assert (await links.purge(tx, JOINED, RULES)).joiners == 1
    assert await rows(db, "guardian") == []


async def test_a_new_phone_is_opened_once_by_whoever_comes_first(db):
    home = await move_in(db)
    async with db.write() as tx:
        code = await links.new_phone(tx, home.family_id, home.amina, JOINED)

    results = await asyncio.gather(*(_come(db, code, 9000 + n) for n in range(10)))

    assert sorted(results) == [Link.BACK] + [Link.USED] * 9
    [guardian] = await rows(db, "guardian")
    assert guardian.chat_id in range(9000, 9010)
    assert len(await rows(db, "consent")) == 1
