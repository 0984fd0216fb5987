"""Two processes answer the chats of one database: each update once, each chat in order."""

import asyncio
import itertools
import json
import random
from collections import Counter, defaultdict
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiogram import Bot

from bot.app import House, make_intake
from services import inbox, preferences
from storage.chat_turns import chat_turns
from tests.databases import ON_POSTGRESQL
from tests.effort import tries
from tests.gatherings import adds_up, gathering
from tests.handlers.home import data
from tests.handlers.phone import BOT_ID, TOKEN, the_whole_chat

FAMILIES, PRESSES = tries(3, 50), tries(6, 20)
ANSWER_SECONDS = 0.2  # long enough for the other to look between commit and answer
NUMBERS = itertools.count(900_000)

pytestmark = [ON_POSTGRESQL, pytest.mark.slow]


async def all_said(db) -> None:
    async with asyncio.timeout(tries(20, 600)):
        while await inbox.unfinished(db, BOT_ID, 0):  # noqa: ASYNC110 - looks from outside
            await asyncio.sleep(0.05)


@pytest.fixture
async def replica(chat, open_at, monkeypatch):
    """Starts one more process that answers, as long as the block lasts."""
    answer = chat.line.make_request

    async def slowly(*what, **how):
        await asyncio.sleep(ANSWER_SECONDS)
        return await answer(*what, **how)

    monkeypatch.setattr(chat.line, "make_request", slowly)

    @asynccontextmanager
    async def start():
        db, turns = open_at(chat.db.address), chat_turns(chat.db.address)
        bot = Bot(TOKEN, session=chat.line)
        house = House(chat.settings, chat.clock, db, chat.languages)
        one = make_intake(house, bot, make=the_whole_chat, turns=turns)
        work = asyncio.ensure_future(one.run())
        yield one
        one.stop()
        await work
        await turns.close()
        await db.close()

    return start


@pytest.fixture
def at_once(monkeypatch):
    """How many acts of one family there ever were at the same time; each takes a moment."""
    act, now, most = preferences.set_fewer, Counter(), Counter()

    async def watched(tx, reader, fewer) -> None:
        family = reader.family_id
        now[family] += 1
        most[family] = max(most[family], now[family])
        await asyncio.sleep(0.02)
        await act(tx, reader, fewer)
        now[family] -= 1

    monkeypatch.setattr(preferences, "set_fewer", watched)
    return most


async def test_what_two_replicas_are_told_up_to_three_times_has_one_effect_and_one_answer_in_order(
    chat, replica, at_once
):
    dice, phones = random.Random(8), [chat.phone() for _ in range(FAMILIES)]
    for phone in phones:
        await phone.join("en")
    before = len(chat.line.said)
    told: list[dict] = []
    asked = defaultdict(list)

    async def tell(*processes, rounds) -> None:
        for n in range(rounds):
            new = [{"update_id": next(NUMBERS), **each.press_of(f"f:{n % 2}")} for each in phones]
            again = [each for each in told if dice.random() < 0.5][-4 * FAMILIES :]
            told.extend(new)
            for phone, update in zip(phones, new, strict=True):
                asked[phone.id].append(update["callback_query"]["id"])
            batch = [[update] for update in new + again]
            await asyncio.gather(*[dice.choice(processes).keep(each) for each in batch])
            await asyncio.sleep(0.75 * ANSWER_SECONDS)  # both are in the middle of something

    async with replica() as one:
        async with replica() as other:
            await tell(one, other, rounds=PRESSES // 2)
        async with replica() as restarted:
            await tell(one, restarted, rounds=PRESSES - PRESSES // 2)
            await all_said(chat.db)
            await restarted.keep(told)
            await all_said(chat.db)

    for ids in asked.values():
        assert [each for each in chat.line.answered if each in ids] == ids
    assert len(chat.line.said) - before == FAMILIES * PRESSES
    assert set(at_once.values()) == {1}


async def test_twenty_taps_on_the_last_place_on_two_replicas_give_it_away_once(chat, replica):
    number, _ = await gathering(chat.db, capacity=2)  # a parent and a child
    phones, presses = [chat.phone() for _ in range(4)], []
    for phone in phones:
        await phone.join("en")
        [ask] = await phone.press(f"sg:{number}:0")
        presses += [phone.press_of(data(ask)[0]) for _ in range(5)]
    random.Random(8).shuffle(presses)
    async with replica() as one, replica() as other:
        updates = [{"update_id": next(NUMBERS), **each} for each in presses]
        keeping = [(one, other)[n % 2].keep([each]) for n, each in enumerate(updates)]
        await asyncio.gather(*keeping)
        await all_said(chat.db)

    states = [row.state for row in await chat.rows("signup")]
    assert states.count("in") == 1
    [seats] = await chat.rows("seats")
    assert seats.taken == 2
    await adds_up(chat.db)
    assert {press["callback_query"]["id"] for press in presses} <= set(chat.line.answered)


async def test_who_has_lost_a_chat_leaves_its_answer_to_who_serves_it_now(
    chat, replica, monkeypatch
):
    phone = chat.phone()
    await phone.join("en")
    before, update = len(chat.line.said), {"update_id": next(NUMBERS), **phone.press_of("f:1")}
    async with replica() as sleeper:
        still = [True]  # when the press is answered; then it sleeps, and is asked again

        async def holds(_chat):
            return bool(still and still.pop())

        monkeypatch.setattr(sleeper._turns, "holds", holds)
        await sleeper.keep([update])
        async with asyncio.timeout(20):
            while True:
                [row] = await inbox.unfinished(chat.db, BOT_ID, 0)
                if row.state is inbox.State.DONE:
                    break
                await asyncio.sleep(0.05)
        await asyncio.sleep(2 * ANSWER_SECONDS)
        assert (still, len(chat.line.said)) == ([], before)
    look_again = inbox.look_again
    seen = [replace(row, state=inbox.State.NEW, raw=json.dumps(update))]  # as it was before

    async def late(db, number):
        return seen.pop() if seen else await look_again(db, number)

    monkeypatch.setattr(inbox, "look_again", late)
    async with replica():
        await all_said(chat.db)
    assert (seen, len(chat.line.said)) == ([], before + 1)
