"""What comes every so often: a failure is told and harms nothing, a late one is not left out."""

import asyncio
import time
from datetime import timedelta

from scheduler.timetable import Nudge, make_scheduler

SECOND = timedelta(seconds=1)


async def test_a_nudge_that_fails_is_an_error_in_the_log_and_comes_again(caplog):
    done = []

    async def fails_once() -> None:
        done.append(time.monotonic())
        if len(done) == 1:
            raise RuntimeError("planted")

    scheduler = make_scheduler([Nudge("planted", SECOND, fails_once)])
    scheduler.start()
    async with asyncio.timeout(30):
        while len(done) < 2:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)
    scheduler.shutdown(wait=False)
    assert [each.levelname for each in caplog.records if each.exc_info] == ["ERROR"]


async def test_a_nudge_whose_time_passed_while_the_loop_stood_still_comes_late_and_once():
    done = []

    async def note() -> None:
        done.append(1)

    scheduler = make_scheduler([Nudge("note", timedelta(seconds=60), note)])
    scheduler.start()
    job = scheduler.get_job("note")
    job.modify(next_run_time=job.next_run_time - timedelta(seconds=60 + 2.5))  # passed meanwhile
    await asyncio.sleep(0.2)
    scheduler.shutdown(wait=False)
    assert done == [1]
