import asyncio
import logging

import aiohttp
import pytest

from bot import polling
from bot.updates import KINDS
from tests.bot.working import at_work, with_visits
from tests.end_to_end.town import TOKEN


@pytest.fixture
def short_rests(monkeypatch):
    monkeypatch.setattr(polling, "FIRST_REST", 0.05)


async def test_updates_are_acknowledged_only_after_they_are_stored(lotsen, telegram, monkeypatch):
    [home] = await with_visits(lotsen, 1)
    home.answer("yes")
    seen = []
    keep = polling.Intake.keep

    async def watched(self, updates) -> None:
        seen.append(len(telegram.world.bot.updates.current()))
        await keep(self, updates)
        seen.append(len(telegram.world.bot.updates.current()))

    monkeypatch.setattr(polling.Intake, "keep", watched)
    async with at_work(lotsen):
        await telegram.world.until(lambda: not telegram.world.bot.updates.current())

    assert seen == [1, 1]
    assert len(lotsen.look("SELECT * FROM inbox")) == 1


async def test_it_asks_for_exactly_the_kinds_it_reads(lotsen, telegram):
    async with at_work(lotsen):
        await telegram.world.until(lambda: telegram.world.bot.updates.allowed)

    assert telegram.world.bot.updates.allowed == list(KINDS)
    assert "my_chat_member" in KINDS


ODD = {
    "an answer that is a list": "[]",
    "a yes without a result": '{"ok": true}',
    "a result that is no list": '{"ok": true, "result": {"update_id": 1}}',
    "updates that are no objects": '{"ok": true, "result": [1]}',
    "an update without a number": '{"ok": true, "result": [{"message": {}}]}',
    "nothing": "",
    "half": '{"ok": true, "resu',
}


@pytest.mark.parametrize("what", ODD)
async def test_an_answer_that_is_none_of_telegram_s_is_asked_for_again(
    lotsen, telegram, short_rests, what
):
    [home] = await with_visits(lotsen, 1)
    fault = telegram.world.faults.garbage("getUpdates", times=2)
    fault.description = ODD[what] or " "
    telegram.world.write(home.phone, "/help")

    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)

    assert fault.hits == 2


@pytest.mark.parametrize("status", [400, 409, 500, 502])
async def test_it_rests_longer_each_time_telegram_refuses(lotsen, telegram, short_rests, status):
    [home] = await with_visits(lotsen, 1)
    fault = telegram.world.faults.error("getUpdates", status, times=None)
    async with at_work(lotsen):
        await telegram.world.until(lambda: fault.hits)
        await asyncio.sleep(1.2)
        assert 2 <= fault.hits <= 7
        telegram.world.faults.clear()
        telegram.world.write(home.phone, "/help")
        await telegram.world.until(lambda: home.texts)


@pytest.mark.parametrize("trouble", ["cut", "html"])
async def test_it_rests_longer_each_time_the_line_fails(lotsen, telegram, short_rests, trouble):
    fault = getattr(telegram.world.faults, trouble)("getUpdates", times=None)
    async with at_work(lotsen):
        await telegram.world.until(lambda: fault.hits)
        await asyncio.sleep(1.2)

    assert 2 <= fault.hits <= 7


async def test_it_waits_as_long_as_telegram_says(lotsen, telegram, short_rests):
    telegram.world.faults.too_many("getUpdates", 1)
    async with at_work(lotsen):
        await telegram.world.until(lambda: len(telegram.world.journal.calls("getUpdates")) > 1)

    first, second = telegram.world.journal.calls("getUpdates")[:2]
    assert first.status == 429
    assert second.n > first.n


async def test_another_poller_with_the_same_token_is_told_of_and_survived(
    lotsen, telegram, short_rests, caplog
):
    [home] = await with_visits(lotsen, 1)
    caplog.set_level(logging.ERROR)
    url = f"{telegram.url}/bot{TOKEN}/getUpdates"
    async with at_work(lotsen):
        await telegram.world.until(lambda: bool(telegram.world.journal.calls("getUpdates")))
        async with aiohttp.ClientSession() as http:
            await (await http.post(url, json={"timeout": 0})).read()
        await telegram.world.until(lambda: "somebody else polls" in caplog.text)
        telegram.world.write(home.phone, "/help")
        await telegram.world.until(lambda: home.texts)


async def test_after_a_quiet_week_the_numbers_of_updates_may_start_anywhere(
    lotsen, telegram, monkeypatch
):
    monkeypatch.setattr(polling, "WAIT_SECONDS", 0.2)
    [home] = await with_visits(lotsen, 1)
    calls = telegram.world.journal.calls
    async with at_work(lotsen):
        for number in (900_000_000, 5, 70_000):
            telegram.world.bot.updates.next_id = number
            telegram.world.write(home.phone, "/help")
            await telegram.world.until(lambda: not telegram.world.bot.updates.current())
            quiet = len(calls("getUpdates")) + 2
            await telegram.world.until(lambda enough=quiet: len(calls("getUpdates")) >= enough)
        await telegram.world.until(lambda: len(home.texts) == 3)
