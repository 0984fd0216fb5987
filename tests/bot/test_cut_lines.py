"""The line to the database is cut around a commit of the chat's: an act that may be done or not."""

import asyncio

import pytest
from aiogram import Bot

from bot import intake as intakes
from bot.app import House, make_intake
from services.types import Unavailable
from storage import inbox
from storage.chat_turns import chat_turns
from tests.cast import JOINED, book_visit, local
from tests.databases import ON_POSTGRESQL
from tests.handlers.phone import TOKEN, the_whole_chat
from tests.wire import Cut, cutting, wire_to

pytestmark = ON_POSTGRESQL
VISIT = local("2026-11-20T10:00")


@pytest.fixture
async def wire(chat):
    async with wire_to(chat.db.address) as wire:
        yield wire


@pytest.fixture
async def by_wire(chat, wire, open_at, monkeypatch):
    """An intake that reaches its database by that wire only, at work."""
    monkeypatch.setattr(intakes, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(intakes, "TURN_SECONDS", 0.01)
    address = wire.url(chat.db.address)
    db, turns = open_at(address), chat_turns(address)
    house = House(chat.settings, chat.clock, db, chat.languages)
    one = make_intake(house, Bot(TOKEN, session=chat.line), make=the_whole_chat, turns=turns)
    work = asyncio.ensure_future(one.run())
    yield one
    one.stop()
    await work
    await turns.close()
    await db.close()


async def _kept(intake, update) -> None:
    """As Telegram does: told that it was not taken, it gives it again."""
    try:
        await intake.keep([update])
    except Unavailable:
        await intake.keep([update])


async def _all_said(chat, wire, cuts) -> None:
    async with asyncio.timeout(120):
        while wire.cuts < cuts or await _open(chat):  # noqa: ASYNC110 - looks from outside
            await asyncio.sleep(0.01)


async def _open(chat) -> list:
    """Updates that are not seen through yet."""
    return [row for row in await chat.rows("inbox") if row.state in ("new", "done")]


@pytest.mark.parametrize("when", Cut)
async def test_a_press_has_one_effect_and_one_answer(chat, wire, by_wire, monkeypatch, when):
    phone = chat.phone()
    await phone.join("en")
    [home] = await chat.rows("guardian")
    booking = await book_visit(chat.db, home.family_id, VISIT, JOINED)
    before = len(chat.line.said)
    choices = {"keep": "yes", "done": "other_time", "said": "yes"}  # a commit after each of them
    for n, (what, choice) in enumerate(choices.items(), 1):
        with monkeypatch.context() as during:
            during.setattr(inbox, what, cutting(wire, getattr(inbox, what), when))
            press = phone.press_of(f"v:{booking}:0:{choice}")
            await _kept(by_wire, {"update_id": n, **press})
            await _all_said(chat, wire, n)
        assert len(chat.line.said) == before + n
        assert len(await chat.rows("event", what="answered")) == n
    [answer] = await chat.rows("answer")
    assert answer.choice == "yes"
    assert wire.cuts == len(choices)
