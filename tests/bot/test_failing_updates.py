"""An update that fails leaves nothing half done, and somebody hears of it."""

from datetime import timedelta

import pytest

from messaging import join_texts, pause_texts, texts
from services import preferences
from services.types import SealBroken
from storage import families
from tests.bot.inboxes import alarms, database_kind
from tests.databases import ON_SQLITE

__all__ = ["database_kind"]


async def test_a_handler_that_writes_and_fails_leaves_nothing_and_apologises(
    chat, monkeypatch, caplog
):
    for language in chat.languages:
        phone = chat.phone()
        await phone.join(language.code)

    async def half(tx, reader, fewer) -> None:
        await families.set_guardian(tx, reader.guardian.id, fewer=fewer, language="sv")
        raise RuntimeError("planted words")

    monkeypatch.setattr(preferences, "set_fewer", half)
    before = await chat.rows("guardian")
    for guardian in before:
        [said] = await chat.phone(guardian.chat_id).press("f:1")
        number = caplog.records[-1].reference
        assert said.text == texts.error(chat.languages.get(guardian.language), number)
        assert number.isdecimal() and len(number) == 5 and number in said.text

    assert await chat.rows("guardian") == before
    assert alarms(caplog) == ["an update failed"] * len(before)
    monkeypatch.undo()
    [said] = await chat.phone(before[0].chat_id).press("f:1")
    assert said.text == pause_texts.fewer_on(chat.languages.get(before[0].language)).text


async def test_a_failure_while_somebody_joins_joins_nobody_and_shows_the_way_to_begin(
    chat, monkeypatch
):
    phone = chat.phone()
    await phone.start(await chat.invite())
    await phone.tap_data("l:so")

    async def fails(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as during:
        during.setattr("services.joining.consents.note", fails)
        [said] = await phone.tap_data("c:1")
    assert said.text == join_texts.choose_language(chat.languages).text
    assert await chat.rows("guardian") == []

    await phone.tap_data("l:so")
    await phone.tap_data("c:1")
    assert len(await chat.rows("guardian")) == 1


@ON_SQLITE
async def test_an_update_for_which_not_even_the_apology_can_be_written_is_set_aside(
    chat, monkeypatch, caplog
):
    broken, well = chat.phone(), chat.phone()
    await broken.join("en")
    await well.join("en")
    tries = []

    async def fails(*_: object) -> None:
        tries.append(1)
        raise RuntimeError("planted words")

    monkeypatch.setattr(preferences, "set_fewer", fails)
    with monkeypatch.context() as during:
        during.setattr("handlers.errors.Words.apology", fails)
        said = await chat.take(broken.press_of("f:1"), {"message": well.message(text="/help")})

    assert [each.text for each in said] == [texts.menu(chat.languages.get("en")).text]
    assert alarms(caplog)[-1] == "an update cannot be seen through; set aside"
    assert len(tries) == 2  # the act, its apology, and never again
    [row] = await chat.rows("inbox", state="set_aside")
    assert row.raw
    chat.restarts = True
    assert await chat.take() == []
    assert len(await broken.write("/help")) == 1  # their next one is heard


@ON_SQLITE
async def test_a_press_about_what_no_key_opens_waits_for_the_key(chat, monkeypatch):
    phone = chat.phone()
    await phone.join("en")

    async def fails(*_: object) -> None:
        raise SealBroken

    with monkeypatch.context() as during:
        during.setattr(preferences, "set_fewer", fails)
        with pytest.RaisesGroup(SealBroken):  # the process ends and says which key it needs
            await chat.take(phone.press_of("f:1"))
    assert len(await chat.rows("inbox", state="new")) == 1

    chat.restarts = True
    [said] = await chat.take()
    assert said.text == pause_texts.fewer_on(chat.languages.get("en")).text


@ON_SQLITE
async def test_one_damaged_value_does_not_stop_the_chats_for_ever(chat, monkeypatch):
    phone = chat.phone()
    await phone.join("en")

    async def fails(*_: object) -> None:
        raise SealBroken

    monkeypatch.setattr(preferences, "set_fewer", fails)
    with pytest.RaisesGroup(SealBroken):
        await chat.take(phone.press_of("f:1"))
    chat.clock.set(chat.clock.now() + timedelta(minutes=10))
    chat.restarts = True
    [said] = await chat.take()
    assert "went wrong" in said.text
    assert await chat.rows("inbox", state="new") == []
