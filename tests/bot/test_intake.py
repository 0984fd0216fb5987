import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bot import intake as intakes
from bot.speaking import Speaker
from messaging import join_texts, pause_texts, texts
from services import inbox, preferences
from services.types import SealBroken
from storage import families
from tests.bot.working import answered, at_work, with_visits
from tests.cast import JOINED
from tests.databases import KINDS, ON_POSTGRESQL, ON_SQLITE
from tests.end_to_end.town import DAY
from tests.handlers.phone import BOT_ID


def alarms(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]


CHANGING = ("yes", "other_time", "yes")  # the same answer twice counts once


def tallied(lotsen) -> int:
    [[count]] = lotsen.look("SELECT count(*) FROM tally WHERE what = 'answered'")
    return count


def nothing_open(lotsen) -> bool:
    return not lotsen.look("SELECT * FROM inbox WHERE state IN ('new', 'done')")


@pytest.fixture(params=KINDS)
def database_kind(request):
    """Updates are kept, handled and answered the same on both."""
    return request.param


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
        await world.until(lambda: all(home.texts for home in homes), within=20)
        await world.until(lambda: len(first.texts) == 20, within=20)

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
        await telegram.world.until(lambda: quick.texts, within=5)
        assert slow.texts == []
        await telegram.world.until(lambda: slow.texts, within=5)


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
        await telegram.world.until(lambda: before.texts and after.texts, within=2)
        await telegram.world.until(lambda: nothing_open(lotsen), within=2)

    assert alarms(caplog) == ["an update cannot be read; set aside"]
    [row] = lotsen.look("SELECT * FROM inbox WHERE state = 'set_aside'")
    assert row["raw"]


async def test_an_unreadable_message_of_one_s_own_chat_does_not_hold_the_next_one(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    chat = {"id": home.phone.id, "type": "private"}
    telegram.world.inject({"message": {"message_id": 1, "chat": chat, "date": "never"}})
    telegram.world.write(home.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts, within=5)


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
async def test_an_answer_that_a_long_sleep_held_up_is_not_said_any_more(chat, monkeypatch):
    phone = chat.phone()
    await phone.join("en")
    real = preferences.set_fewer

    async def sleeps(*asked: object) -> object:
        chat.clock.set(chat.clock.now() + timedelta(minutes=10))
        return await real(*asked)

    monkeypatch.setattr(preferences, "set_fewer", sleeps)
    assert await chat.take(phone.press_of("f:1")) == []
    assert [row.fewer for row in await chat.rows("guardian")] == [True]  # what was wished is done


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
async def test_a_press_during_three_minutes_of_outage_is_gone_and_the_next_one_works(
    lotsen, telegram
):
    [home] = await with_visits(lotsen, 1)
    lost = home.answer("yes")
    telegram.world.write(home.phone, "/help")  # words live for a day
    telegram.set_clock(DAY + timedelta(minutes=3))
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
        assert not lost.answered
        assert tallied(lotsen) == 0
        assert len(home.texts) == 1  # nothing is said of what was not heard
        again = home.answer("yes")
        await telegram.world.until(lambda: again.answered and len(home.texts) == 2)
    assert tallied(lotsen) == 1
    [hook] = telegram.world.journal.calls("deleteWebhook")
    assert hook.params["drop_pending_updates"] in {"false", "False", False}


@ON_SQLITE
async def test_a_press_that_is_too_old_to_be_answered_still_has_its_effect(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    telegram.world.faults.error("answerCallbackQuery", 400, old)
    home.answer("yes")
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    assert tallied(lotsen) == 1
    assert len(telegram.world.journal.calls("answerCallbackQuery")) == 1


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
async def test_a_repeat_after_a_day_is_still_known(chat):
    phone = chat.phone()
    await phone.join("en")
    update = {"update_id": 77, **phone.press_of("f:1")}
    await chat.take(update)
    await phone.write("/help")  # the newest is kept in any case
    chat.clock.set(JOINED + timedelta(hours=25))
    await inbox.purge(chat.db, chat.clock.now())

    assert await chat.take(update) == []
    assert chat.line.answered.count(update["callback_query"]["id"]) == 1


@pytest.mark.parametrize("times", [2, 3, 4])
async def test_an_update_that_comes_again_changes_nothing_and_is_answered_once(
    lotsen, telegram, times
):
    [home] = await with_visits(lotsen, 1)
    press = home.answer("yes")
    [update] = telegram.world.bot.updates.current()
    for _ in range(times - 1):
        telegram.world.inject({"update_id": update.id, **update.body})

    async with at_work(lotsen):
        await telegram.world.until(lambda: press.answered and nothing_open(lotsen))
        telegram.world.inject({"update_id": update.id, **update.body})
        await asyncio.sleep(0.2)
    telegram.world.inject({"update_id": update.id, **update.body})
    async with at_work(lotsen):
        last = home.answer("no_thanks")
        await telegram.world.until(lambda: last.answered and nothing_open(lotsen))

    assert tallied(lotsen) == 1
    assert len(home.texts) == 2
    assert len(telegram.world.journal.calls("answerCallbackQuery")) == 2


async def test_two_processes_that_read_the_same_inbox_give_each_press_one_effect(chat):
    phones = [chat.phone() for _ in range(6)]
    for phone in phones:
        await phone.join("en")
    chat.restarts = True
    one, two = chat.intake(), chat.intake()
    presses = [phone.press_of(f"e:{n % 2}") for phone in phones for n in range(4)]
    numbered = [{"update_id": 90_000 + n, **press} for n, press in enumerate(presses)]
    effects = []

    async def counted(tx, reader, eligible) -> None:
        effects.append(reader.family_id)
        await families.set_family(tx, reader.family_id, eligible=eligible)
        await tx.exec_driver_sql(
            "INSERT INTO tally (area_id, month, what) VALUES (1, '2026-11', 'pressed')"
        )

    with pytest.MonkeyPatch.context() as during:
        during.setattr(preferences, "set_eligible", counted)
        await one.keep(numbered)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(one.run())
            tasks.create_task(two.run())
            while await inbox.unfinished(chat.db, BOT_ID, 0):  # noqa: ASYNC110 - from outside
                await asyncio.sleep(0.01)
            one.stop()
            two.stop()

    assert len(await chat.rows("tally", what="pressed")) == 24
    assert len(effects) > 24  # both tried: that is what this test is about
    asked = {press["callback_query"]["id"] for press in presses}
    assert asked <= set(chat.line.answered)


@ON_SQLITE
@pytest.mark.slow
async def test_a_database_that_another_process_holds_for_a_while_loses_nothing(
    lotsen, telegram, quick_database, monkeypatch
):
    monkeypatch.setattr(intakes, "RETRY_SECONDS", 0.1)
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
        await telegram.world.until(lambda: answered(homes) == 30, within=20)
        await telegram.world.until(lambda: nothing_open(lotsen), within=20)

    assert tallied(lotsen) == 10  # a changed answer takes the one before it back
    assert all(len(home.texts) == 3 for home in homes)


@ON_POSTGRESQL
@pytest.mark.slow
async def test_a_server_that_is_restarted_in_the_middle_loses_nothing(
    lotsen, telegram, server, monkeypatch
):
    monkeypatch.setattr(intakes, "RETRY_SECONDS", 0.1)
    homes = await with_visits(lotsen, 10)
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))
        for choice in CHANGING:
            for home in homes:
                home.answer(choice)
            await asyncio.sleep(0.05)
            with server.away():
                await asyncio.sleep(0.3)
        await telegram.world.until(lambda: answered(homes) == 30, within=20)
        await telegram.world.until(lambda: nothing_open(lotsen), within=20)

    assert tallied(lotsen) == 10  # a changed answer takes the one before it back
    assert all(len(home.texts) == 3 for home in homes)


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize(("minutes", "said"), [(9, 1), (10, 0), (60 * 24, 0)])
async def test_an_answer_left_by_a_crash_is_said_while_it_makes_sense(
    chat, monkeypatch, minutes, said
):
    phone = chat.phone()
    await phone.join("en")
    chat.restarts = True

    async def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(Speaker, "speak", dies)
        with pytest.raises(BaseExceptionGroup) as error:
            await phone.press("f:1")
        assert error.group_contains(Killed)
    [guardian] = await chat.rows("guardian")
    assert guardian.fewer is True
    [left] = await chat.rows("inbox", state="done")
    assert (left.raw, left.answer is None) == (None, False)

    chat.clock.set(JOINED + timedelta(minutes=minutes))
    shown = await chat.take()

    assert [each.text for each in shown] == [
        pause_texts.fewer_on(chat.languages.get("en")).text for _ in range(said)
    ]
    assert all(row.answer is None for row in await chat.rows("inbox"))
    assert await chat.take() == []


@ON_SQLITE
async def test_what_was_written_is_never_in_the_bytes_of_the_database(chat, tmp_path, monkeypatch):
    phone = chat.phone()
    await phone.join("en")
    planted = [
        b"planted words",
        b"Plantedname",
        b"Plantedsurname",
        b"planted_user",
        b"Sorry, I found",
    ]

    def bytes_are_clean() -> bool:
        found = [file.read_bytes() for file in tmp_path.glob("lotsen.sqlite3*")]
        return bool(found) and not any(word in each for word in planted for each in found)

    chat.restarts = True
    kept = chat.intake()
    await kept.keep([{"update_id": 1, "message": phone.message(text="planted words " * 50)}])
    assert (await chat.rows("inbox", update_id=1))[0].raw
    assert bytes_are_clean()

    async def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(Speaker, "speak", dies)
        with pytest.raises(BaseExceptionGroup):
            await chat.take()
    assert (await chat.rows("inbox", update_id=1))[0].answer
    assert bytes_are_clean()
    await chat.take()
    assert phone.last.text.startswith("Sorry, I found")
    row = (await chat.rows("inbox", update_id=1))[0]
    assert (row.raw, row.answer, row.state) == (None, None, "said")
    assert bytes_are_clean()
