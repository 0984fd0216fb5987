"""Two processes answer the chats of one database: each update once, each chat in order."""

import asyncio
import itertools

from aiogram import Bot

from bot.app import House, make_intake
from services import inbox
from storage.chat_turns import chat_turns
from tests.databases import ON_POSTGRESQL
from tests.handlers.phone import BOT_ID, TOKEN, the_whole_chat

FAMILIES, PRESSES = 2, 4


async def all_said(db) -> None:
    async with asyncio.timeout(20):
        while await inbox.unfinished(db, BOT_ID, 0):  # noqa: ASYNC110 - looks from outside
            await asyncio.sleep(0.05)


@ON_POSTGRESQL
async def test_two_replicas_answer_every_press_once_and_each_chat_in_order(
    chat, open_at, monkeypatch
):
    phones = [chat.phone() for _ in range(FAMILIES)]
    for phone in phones:
        await phone.join("en")
    url = chat.db.address
    before, answer = len(chat.line.said), chat.line.make_request

    async def slowly(*what, **how):
        await asyncio.sleep(0.2)  # long enough for the other to look between commit and answer
        return await answer(*what, **how)

    monkeypatch.setattr(chat.line, "make_request", slowly)
    databases, turns = [open_at(url) for _ in range(2)], [chat_turns(url) for _ in range(2)]
    replicas = [
        make_intake(
            House(chat.settings, chat.clock, db, chat.languages),
            Bot(TOKEN, session=chat.line),
            make=the_whole_chat,
            turns=turn,
        )
        for db, turn in zip(databases, turns, strict=True)
    ]
    presses = [[phone.press_of(f"f:{n % 2}") for n in range(PRESSES)] for phone in phones]
    numbers = itertools.count(900_000)
    async with asyncio.TaskGroup() as tasks:
        for replica in replicas:
            tasks.create_task(replica.run())
        for n in range(PRESSES):
            batch = [{"update_id": next(numbers), **each[n]} for each in presses]
            await replicas[n % 2].keep(batch)
            await asyncio.sleep(0.15)
            await replicas[(n + 1) % 2].keep(batch)  # and once more, to the other
        await all_said(chat.db)
        for replica in replicas:
            replica.stop()

    for each in presses:
        ids = [press["callback_query"]["id"] for press in each]
        assert [one for one in chat.line.answered if one in ids] == ids
    assert len(chat.line.said) - before == FAMILIES * PRESSES
    for one in (*turns, *databases):
        await one.close()
