"""An update that comes late, again, or to two processes has one effect."""

import asyncio
from datetime import timedelta

import pytest

from services import inbox, preferences
from storage import families
from tests.bot.inboxes import database_kind, nothing_open, tallied
from tests.bot.working import at_work, with_visits
from tests.cast import JOINED
from tests.databases import ON_SQLITE
from tests.end_to_end.town import DAY
from tests.handlers.phone import BOT_ID

__all__ = ["database_kind"]


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
