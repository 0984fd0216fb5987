"""Who listens to Telegram: hung polls, two that listen at once, a loop that stands still."""

import asyncio
import time
import urllib.error
import urllib.request
from contextlib import asynccontextmanager

import pytest

from bot import app, polling
from bot.app import CannotRun
from bot.clock import Clock
from bot.intake import Intake
from bot.polling import Poller
from bot.settings import Settings
from messaging import i18n
from messaging.errors import BadLanguage
from services.delivery import Sender
from tests.bot.working import at_work, with_visits
from tests.databases import ON_BOTH
from tests.effort import tries
from tests.end_to_end.town import DAY, TIP_HOUR, TOKEN, neighbours
from tests.fakes import free_port


def polls(telegram) -> int:
    return len(telegram.world.journal.calls("getUpdates"))


def settings(lotsen, **more: object) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=lotsen.folder,
        **lotsen.server,
        bot_token=TOKEN,
        api_url=lotsen.telegram.url,
        http_port=0,
        **more,
    )


@asynccontextmanager
async def a_process(lotsen, at=DAY, clockwork=False, **more: object):
    """One that polls, with its own end."""
    stop, own = asyncio.Event(), settings(lotsen, **more)
    async with app.open_house(own, Clock(at)) as house, asyncio.TaskGroup() as tasks:
        tasks.create_task(app.work(house, stop, True, clockwork, webhook=False))
        try:
            yield stop
        finally:
            stop.set()


def test_a_line_that_is_half_dead_is_left_within_ninety_seconds():
    one_poll = polling.WAIT_SECONDS + polling.SLACK_SECONDS
    assert one_poll + polling.LONGEST_REST < 90
    assert polling.STUCK_SECONDS <= 90  # with all that belongs to it


@pytest.fixture
def short_polls(monkeypatch):
    """Everything that polling waits for takes a hundredth of the time."""
    monkeypatch.setattr(polling, "WAIT_SECONDS", 0.25)
    monkeypatch.setattr(polling, "SLACK_SECONDS", 0.35)
    monkeypatch.setattr(polling, "FIRST_REST", 0.005)


async def test_after_a_poll_that_vanished_the_next_one_brings_what_was_written(
    lotsen, telegram, short_polls, caplog
):
    [home] = await with_visits(lotsen, 1)
    hole = telegram.world.faults.hang("getUpdates", 60, times=2)
    telegram.world.write(home.phone, "/help")
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    assert hole.hits == 2
    told = [each.levelname for each in caplog.records if each.getMessage() == "a poll hung"]
    assert told[:2] == ["WARNING", "ERROR"]  # the second is an alarm


async def test_a_process_whose_polls_hang_one_after_the_other_ends_in_order_with_a_sentence(
    lotsen, telegram, short_polls, caplog
):
    telegram.world.faults.hang("getUpdates", 60, times=None)
    stop = asyncio.Event()
    async with app.open_house(settings(lotsen), Clock(DAY)) as house:
        async with asyncio.timeout(10):
            with pytest.raises(CannotRun, match="hangs"):
                await app.work(house, stop, chat=True, clockwork=True, webhook=False)
    assert stop.is_set()  # whoever sends was told to finish
    assert polls(telegram) == polling.HUNG_POLLS
    assert "CRITICAL" in {each.levelname for each in caplog.records}


async def test_a_broken_page_of_the_guide_ends_the_start_with_its_name(
    lotsen, telegram, monkeypatch
):
    def broken(*_):
        raise BadLanguage("so", "guide/teeth.md lacks 'title'")

    monkeypatch.setattr(i18n, "read_pages", broken)
    async with app.open_house(settings(lotsen), Clock(DAY), i18n.load_languages()) as house:
        async with asyncio.timeout(10):
            with pytest.raises(CannotRun, match=r"so: guide/teeth.md lacks 'title'"):
                await app.work(house, asyncio.Event(), chat=True, clockwork=True, webhook=False)


async def test_polls_that_are_refused_or_cut_never_end_the_process(
    lotsen, telegram, short_polls, monkeypatch
):
    monkeypatch.setattr(polling, "HUNG_POLLS", 2)
    faults = telegram.world.faults
    faults.hang("getUpdates", 60)
    faults.cut("getUpdates")
    faults.hang("getUpdates", 60)
    [home] = await with_visits(lotsen, 1)
    telegram.world.write(home.phone, "/help")
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    assert polls(telegram) > 3


async def test_whoever_else_polls_is_left_alone_after_a_minute(monkeypatch):
    poller, rests = Poller("http://nowhere", TOKEN, None), []
    while not rests or rests[-1] < polling.LONGEST_CONFLICT_REST:
        assert sum(rests) < 70
        rests.append(poller._conflict())
        assert len(rests) < 20
    assert poller._conflict() == polling.LONGEST_CONFLICT_REST  # it only looks in from now on
    monkeypatch.setattr(polling, "CONFLICT_OVER", -1)
    assert poller._conflict() == polling.FIRST_REST


@ON_BOTH
async def test_of_two_processes_one_polls_and_the_other_goes_on_when_it_ends(
    lotsen, telegram, monkeypatch, database_kind
):
    """As while a new version starts: nothing is lost, nothing is answered twice."""
    monkeypatch.setattr(polling, "WAIT_SECONDS", 0.5)
    monkeypatch.setattr(polling, "FIRST_REST", 0.05)
    world, homes = telegram.world, await with_visits(lotsen, 3)
    presses = []

    def press(choice: str) -> None:
        presses.extend(home.answer(choice) for home in homes)

    async with a_process(lotsen) as first:
        await world.until(lambda: polls(telegram))
        async with a_process(lotsen):
            press("yes")
            await world.until(lambda: all(each.answered for each in presses))
            await asyncio.sleep(0.3)
            assert {call.status for call in world.journal.calls("getUpdates")} == {200}  # no 409
            press("other_time")
            first.set()
            press("no_thanks")
            await world.until(lambda: all(each.answered for each in presses), within=30)
            await world.until(
                lambda: not lotsen.look("SELECT * FROM inbox WHERE state <> 'said'"), within=30
            )
    assert [len(home.texts) for home in homes] == [3, 3, 3]
    [[told]] = lotsen.look("SELECT count(*) FROM event WHERE what = 'answered'")
    assert told == 9


@pytest.mark.slow
async def test_taps_are_answered_within_a_second_while_many_messages_wait(lotsen, telegram):
    homes, world = await neighbours(lotsen, tries(30, 1000)), telegram.world
    waits = []
    # Slowly, so that some wait still when a busy machine has answered; at night as fast as in life.
    async with a_process(lotsen, TIP_HOUR, clockwork=True, push_per_second=tries(5, 25)):
        await world.until(lambda: telegram.sends > 3)
        for home in homes[-8:]:
            begun = time.monotonic()
            world.write(home.phone, "/help")
            await world.until(lambda home=home: telegram.texts(home.phone))
            waits.append(time.monotonic() - begun)
        others = [home for home in homes[:-8] if not telegram.texts(home.phone)]
        assert others  # they still wait
    assert sorted(waits)[-2] < tries(30, 1)
    assert telegram.texts(homes[-1].phone)[0] == "What would you like to do?"


@pytest.mark.slow
async def test_while_the_loop_stands_still_health_fails_and_afterwards_nothing_is_lost(
    lotsen, telegram, caplog, monkeypatch
):
    blocked = tries(0.8, 5)
    monkeypatch.setattr("bot.watchdog.SLOW_SECONDS", 0.3)
    homes, port = await with_visits(lotsen, 5), free_port()

    def healthy() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=0.3) as answer:
                return answer.status == 200
        except (TimeoutError, urllib.error.URLError):
            return False

    async with at_work(lotsen, http_port=port):
        await telegram.world.until(lambda: polls(telegram))
        assert await asyncio.to_thread(healthy)
        presses = [home.answer("yes") for home in homes]
        asking = asyncio.get_running_loop().run_in_executor(None, healthy)
        time.sleep(blocked)  # noqa: ASYNC251 - the block
        assert not await asking
        await telegram.world.until(lambda: all(each.answered for each in presses))
        assert await asyncio.to_thread(healthy)
    assert [len(home.texts) for home in homes] == [1] * 5
    assert "the loop was blocked" in caplog.text


FATAL = ((Poller, "_poll"), (Intake, "_take_up"), (Intake, "_work_off"), (Sender, "run"))


async def test_a_part_that_fails_ends_the_process_so_that_it_is_started_anew(
    lotsen, telegram, monkeypatch
):
    async def fails(*_: object) -> None:
        raise RuntimeError("planted")

    [home] = await with_visits(lotsen, 1)
    telegram.world.write(home.phone, "/help")
    async with app.open_house(settings(lotsen), Clock(DAY)) as house:
        for part in FATAL:
            with monkeypatch.context() as during:
                during.setattr(*part, fails)
                async with asyncio.timeout(10):
                    with pytest.raises(ExceptionGroup) as ended:
                        await app.work(house, asyncio.Event(), True, True, webhook=False)
            assert ended.group_contains(RuntimeError), part
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    assert len(home.texts) == 1
