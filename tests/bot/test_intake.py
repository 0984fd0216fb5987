"""Updates are taken in order, one chat beside the others, whatever comes or goes away."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot import intake as intakes
from tests.bot.inboxes import alarms, database_kind, nothing_open, tallied
from tests.bot.working import answered, at_work, with_visits
from tests.databases import ON_POSTGRESQL, ON_SQLITE

__all__ = ["database_kind"]

CHANGING = ("yes", "other_time", "yes")  # the same answer twice counts once


@pytest.fixture
def trouble_without_words(monkeypatch):
    """It comes and goes faster than in any life: what people are told in it is no answer here."""
    monkeypatch.setattr("bot.trouble.TELL_AFTER", 1000)
    monkeypatch.setattr("bot.polling.LONGEST_REST", 0.5)
    monkeypatch.setattr(intakes, "RETRY_SECONDS", 0.1)


@pytest.fixture
def quick_database(monkeypatch):
    """Gives up waiting for another process after a moment."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.2)


async def test_twenty_messages_of_one_are_answered_in_order_while_fifty_others_write(
    lotsen, telegram
):
    homes = await with_visits(lotsen, 51)
    world, first = telegram.world, homes[0]
    t_words = {"/help": "What would you like", "/language": "Välj språk", "hm": "Sorry, I found"}
    written = [list(t_words)[n * n % 3] for n in range(20)]
    for n, text in enumerate(written):
        world.write(first.phone, text)
        for other in homes[1 + n : 51 : 20]:
            world.write(other.phone, "/help")
    world.faults.hang("sendMessage", 0.4, chat=first.phone.id)

    async with at_work(lotsen):
        await world.until(lambda: all(home.texts for home in homes), within=90)
        await world.until(lambda: len(first.texts) == 20, within=90)

    assert [said[: len(t_words[w])] for w, said in zip(written, first.texts, strict=True)] == [
        t_words[w] for w in written
    ]
    assert all(len(home.texts) == 1 for home in homes[1:])


async def test_one_chat_whose_answer_hangs_keeps_nobody_else_waiting(lotsen, telegram):
    slow, quick = await with_visits(lotsen, 2)
    telegram.world.faults.hang("sendMessage", 2, chat=slow.phone.id)
    telegram.world.write(slow.phone, "/help")
    telegram.world.write(quick.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: quick.texts)
        assert slow.texts == []
        await telegram.world.until(lambda: slow.texts)


UNREADABLE = {
    "no fields": {"message": {}},
    "no object": {"callback_query": "text"},
    "a text that is a number": {"message": {"message_id": 1, "date": 1, "text": 7}},
    "half a sign": {"message": {"message_id": 1, "date": 1, "text": "\ud83d"}},
    "an endless chat": {"message": {"message_id": 1, "chat": {"id": 10**30, "type": "private"}}},
    "a chat that is no number": {"message": {"message_id": 1, "chat": {"id": "x"}}},
    "an endless date": {"message": {"message_id": 1, "date": 10**40, "chat": {"id": 5}}},
}


@pytest.mark.parametrize("what", UNREADABLE)
async def test_an_update_that_cannot_be_read_stops_nobody_and_raises_one_alarm(
    lotsen, telegram, caplog, what
):
    before, after = await with_visits(lotsen, 2)
    telegram.world.write(before.phone, "/help")
    telegram.world.inject(UNREADABLE[what])
    telegram.world.write(after.phone, "/help")
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))
        await telegram.world.until(lambda: before.texts and after.texts)
        await telegram.world.until(lambda: nothing_open(lotsen))

    assert alarms(caplog) == ["an update cannot be read; set aside"]
    [row] = lotsen.look("SELECT * FROM inbox WHERE state = 'set_aside'")
    assert row["raw"]


async def test_an_unreadable_message_of_one_s_own_chat_does_not_hold_the_next_one(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    chat = {"id": home.phone.id, "type": "private"}
    telegram.world.inject({"message": {"message_id": 1, "chat": chat, "date": "never"}})
    telegram.world.write(home.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)


@ON_SQLITE
async def test_one_chat_s_flood_wait_holds_no_other_and_no_stop_and_its_answer_comes_later(
    lotsen, telegram
):
    slow, quick = await with_visits(lotsen, 2)
    telegram.world.faults.too_many("sendMessage", 3000, chat=slow.phone.id)
    telegram.world.write(slow.phone, "/help")
    for _ in range(5):
        telegram.world.write(quick.phone, "/help")
    begun = asyncio.get_running_loop().time()
    async with at_work(lotsen):
        await telegram.world.until(lambda: len(quick.texts) == 5)
        assert slow.texts == []
    assert asyncio.get_running_loop().time() - begun < 20
    async with at_work(lotsen):
        await telegram.world.until(lambda: slow.texts)
    assert (len(slow.texts), len(quick.texts)) == (1, 5)


@ON_SQLITE
async def test_presses_and_messages_of_nobody_and_nowhere_hold_nobody(chat, caplog):
    phone = chat.phone()
    await phone.join("en")
    press, nowhere = phone.press_of("f:1"), {"id": -100123, "type": "channel", "title": "Planted"}
    updates = [
        {"callback_query": press["callback_query"] | {"message": None}},
        {"callback_query": {k: v for k, v in press["callback_query"].items() if k != "message"}},
        {"callback_query": press["callback_query"] | {"inline_message_id": "x", "message": None}},
        {"message": {k: v for k, v in phone.message(text="hi").items() if k != "from"}},
        {"message": phone.message(nowhere, text="/start", sender_chat=nowhere)},
        {"channel_post": phone.message(nowhere, text="/start")},
        {"message": phone.message(via_bot={"id": 1, "is_bot": True, "first_name": "B"})},
    ]
    await chat.take(*updates)

    assert alarms(caplog) == []
    assert await chat.rows("inbox", state="new") == []
    assert len(await phone.write("/help")) == 1


@ON_SQLITE
async def test_numbers_that_no_database_can_count_to_are_never_acknowledged(chat):
    for number in (2**63, -(2**63), True, 1.0, "1", None):
        with pytest.raises(ValueError, match="no update"):
            await chat.intake().keep([{"update_id": 1}, {"update_id": number}])
    assert await chat.rows("inbox") == []


@ON_SQLITE
@pytest.mark.slow
async def test_a_database_that_another_process_holds_for_a_while_loses_nothing(
    lotsen, telegram, quick_database, trouble_without_words
):
    homes = await with_visits(lotsen, 10)
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))
        file = lotsen.folder / "lotsen.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
            for choice in CHANGING:
                await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
                for home in homes:
                    home.answer(choice)
                await asyncio.sleep(0.7)
                other.execute("ROLLBACK")
                await asyncio.sleep(0.05)
        await telegram.world.until(lambda: answered(homes) == 30, within=90)
        await telegram.world.until(lambda: nothing_open(lotsen), within=90)

    assert tallied(lotsen) == 10  # a changed answer takes the one before it back
    assert all(len(home.texts) == 3 for home in homes)


@ON_POSTGRESQL
@pytest.mark.slow
async def test_a_server_that_is_restarted_in_the_middle_loses_nothing(
    lotsen, telegram, server, trouble_without_words
):
    homes = await with_visits(lotsen, 10)
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))
        for choice in CHANGING:
            for home in homes:
                home.answer(choice)
            await asyncio.sleep(0.05)
            with server.away():
                await asyncio.sleep(0.3)
        await telegram.world.until(lambda: answered(homes) == 30, within=90)
        await telegram.world.until(lambda: nothing_open(lotsen), within=90)

    assert tallied(lotsen) == 10  # a changed answer takes the one before it back
    assert all(len(home.texts) == 3 for home in homes)
