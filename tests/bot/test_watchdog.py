"""A loop that hangs is told of, counted, and in the end ended; one that was paused is not."""

import asyncio
import time

from bot import polling, watchdog
from bot.watchdog import BLOCKED_SECONDS, CHECK_SECONDS, Watchdog
from tests.bot.working import at_work, with_visits
from tests.fakes import FakeMonotonic


def dog():
    clock, ends = FakeMonotonic(), []
    return Watchdog(lambda _: None, lambda: ends.append(clock.seconds), clock), clock, ends


def test_a_loop_that_does_not_beat_for_a_minute_is_ended_and_not_sooner():
    each, clock, ends = dog()
    begun = clock.seconds
    while not ends and clock.seconds < begun + 200:
        clock.seconds += CHECK_SECONDS
        each.check()
    assert BLOCKED_SECONDS < ends[0] - begun <= BLOCKED_SECONDS + CHECK_SECONDS


def test_a_process_that_was_paused_as_a_whole_goes_on():
    each, clock, ends = dog()
    clock.seconds += 3600
    each.check()
    assert ends == []
    clock.seconds += CHECK_SECONDS
    each.check()  # still no beat: now it is a block
    assert len(ends) == 1


async def test_a_short_block_is_told_and_counted(monkeypatch, caplog):
    monkeypatch.setattr(watchdog, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(watchdog, "SLOW_SECONDS", 0.1)
    late = []
    async with watchdog.watched(late.append):
        await asyncio.sleep(0.05)
        time.sleep(0.3)  # noqa: ASYNC251 - the block
        await asyncio.sleep(0.05)
    assert max(late) > 0.2
    assert "the loop was blocked" in caplog.text


async def test_a_poll_that_hangs_while_storing_is_begun_anew_and_loses_nothing(
    lotsen, telegram, monkeypatch
):
    monkeypatch.setattr(polling, "STUCK_SECONDS", 0.3)
    monkeypatch.setattr(polling, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(polling, "FIRST_REST", 0.05)
    [home] = await with_visits(lotsen, 1)
    keep, hung = polling.Intake.keep, []

    async def hangs_once(self, updates) -> None:
        if not hung:
            hung.append(updates)
            await asyncio.sleep(60)
        await keep(self, updates)

    monkeypatch.setattr(polling.Intake, "keep", hangs_once)
    telegram.world.write(home.phone, "/help")
    async with at_work(lotsen):
        await telegram.world.until(lambda: home.texts)
    assert len(home.texts) == 1
