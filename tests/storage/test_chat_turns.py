"""Whose turn it is in a chat, on a server: a cancel in the middle of asking harms nobody."""

import asyncio

import pytest
from sqlalchemy import text

from storage.chat_turns import chat_turns
from tests.databases import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL
HELD, NEXT = 7, 8


@pytest.fixture
async def turns(new_database):
    """Those of two processes of one database."""
    url = new_database()
    both = chat_turns(url), chat_turns(url)
    yield both
    for each in both:
        await each.close()


async def _cancelled(asking) -> None:
    """The statement is on its way when it is told to end."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asking


async def test_a_poller_that_is_cancelled_while_asking_costs_no_chat_its_lock(turns):
    mine, other = turns
    assert await mine.take(HELD) and await mine.may_poll()
    await _cancelled(mine.may_poll())
    assert await mine.take(NEXT) and not await other.take(HELD)
    assert await mine.may_poll()
    await mine.give_back(HELD)
    assert await other.take(HELD)


@pytest.mark.parametrize("how", ["take", "give_back"])
async def test_after_a_cancel_in_the_middle_chats_are_served_on_a_new_connection(turns, how):
    mine, other = turns
    assert await mine.take(HELD)
    await _cancelled(getattr(mine, how)(HELD))
    assert await mine.take(NEXT)
    await mine.give_back(NEXT)
    for _ in range(200):  # the server needs a moment to notice
        if await other.take(HELD):
            break
        await asyncio.sleep(0.01)
    else:
        pytest.fail("the lock of the connection that was dropped is held still")


async def test_the_server_asks_soon_whether_a_machine_that_serves_is_still_there(turns):
    """Else it would hold the chats of one that vanished for as long as its system waits: hours."""
    mine, _other = turns
    assert await mine.take(HELD)
    asked = text("SELECT source FROM pg_settings WHERE name LIKE 'tcp_keepalives_%'")
    told = (await mine._chats._open.execute(asked)).scalars().all()
    assert told == ["client"] * 3  # not the machine's own two hours
