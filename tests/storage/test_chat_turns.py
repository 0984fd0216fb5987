"""Whose turn it is in a chat, on a server: a cancel in the middle of asking harms nobody."""

import asyncio

import pytest
from sqlalchemy import text

from storage import chat_turns as chat_turns_module
from storage import server
from storage.chat_turns import chat_turns
from tests.databases import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL
HELD, NEXT = 7, 8


class Both(tuple):
    url: str


@pytest.fixture
async def turns(new_database):
    """Those of two processes of one database."""
    url = new_database()
    both = Both((chat_turns(url), chat_turns(url)))
    both.url = url
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


@pytest.fixture
async def elsewhere(turns, monkeypatch):
    """What a process on another machine holds; it is not heard of again."""
    monkeypatch.setattr(chat_turns_module, "SURE_SECONDS", 0.0)
    with monkeypatch.context() as there:
        there.setattr(server, "this_process", lambda: "lotsen another-machine:1")
        sleeper = chat_turns(turns.url)
        await sleeper._chats.be_heard()
    yield sleeper
    await sleeper.close()


async def test_who_is_silent_loses_its_chats_and_knows_it_when_it_wakes(
    turns, elsewhere, monkeypatch
):
    mine, _other = turns
    assert await elsewhere.take(HELD)
    await mine._chats.be_heard()
    assert not await mine.take(HELD)

    monkeypatch.setattr(chat_turns_module, "SILENT_SECONDS", 0.2)
    await asyncio.sleep(0.3)
    await mine._chats.be_heard()
    async with asyncio.timeout(20):
        while not await mine.take(HELD):  # noqa: ASYNC110 - the server needs a moment
            await asyncio.sleep(0.05)
    assert not await elsewhere.holds(HELD)
