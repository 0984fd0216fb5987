"""What the clockwork does beside delivery, and only in the process that sends (mission J3)."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from scheduler import runner
from scheduler.runner import Clockwork
from services import clearing, planning
from storage import said
from tests.cast import AMINA_CHAT, JOINED, RULES, many_families
from tests.databases import ON_SQLITE
from tests.services.conftest import TIP_DAY
from tests.services.post import Post, until


async def not_ours(_tx) -> bool:
    return False


async def ours(_tx) -> bool:
    return True


async def test_a_process_that_is_the_sender_no_more_clears_no_phones(db, languages):
    post = Post(db, languages, JOINED)
    async with db.write() as tx:
        await said.note(tx, AMINA_CHAT, 7, "push", None, JOINED)
        await clearing.everything(tx, AMINA_CHAT, JOINED, "so")
    clockwork = Clockwork(db, post.sender, RULES, post.clock)

    post.sender.may_send = not_ours
    await clockwork.clear()
    assert post.push.deleted == []

    post.sender.may_send = ours
    await clockwork.clear()
    assert post.push.deleted == [(AMINA_CHAT, 7)]


async def test_nor_does_it_fetch_recordings_or_show_how_far_a_notice_is(db, languages, monkeypatch):
    post, worked = Post(db, languages, JOINED), []

    async def work():
        worked.append(True)

    monkeypatch.setattr(post.sender.recorder, "work", work)
    monkeypatch.setattr(post.sender.progress, "show", work)
    clockwork = Clockwork(db, post.sender, RULES, post.clock)
    for may_send, times in ((not_ours, 0), (ours, 2)):
        post.sender.may_send = may_send
        await clockwork.record()
        await clockwork.start_notices()
        assert len(worked) == times


async def test_what_waits_leaves_while_thousands_are_planned(db, languages, monkeypatch):
    """Who takes over from a dead sender at ten in the morning must not plan for a minute first."""
    post, stop, many = Post(db, languages, TIP_DAY), asyncio.Event(), asyncio.Event()
    await many_families(db, 2)
    await post.plan()

    async def plans_for_long(*_):
        await many.wait()

    monkeypatch.setattr(planning, "plan", plans_for_long)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(Clockwork(db, post.sender, RULES, post.clock).run(stop))
        await until(lambda: len(post.push.arrived) == 2)
        stop.set()


class Looks:
    """Stands in for the planner: each look waits until it may end."""

    def __init__(self) -> None:
        self.many, self.may_end = 0, asyncio.Event()
        self.fails = False

    async def plan(self, *_) -> planning.Planned:
        self.many += 1
        await self.may_end.wait()
        if self.fails:
            self.fails = False
            raise RuntimeError("planted")
        return planning.Planned()


@pytest.fixture
def looks(monkeypatch):
    """The planner never looks by itself, only when told."""
    found = Looks()
    monkeypatch.setattr(planning, "plan", found.plan)
    monkeypatch.setattr(runner, "PLAN_EVERY", timedelta(days=1))
    monkeypatch.setattr(runner, "APART_SECONDS", 0)
    return found


@asynccontextmanager
async def at_work(post):
    works, stop = Clockwork(post.db, post.sender, RULES, post.clock), asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(works.run(stop))
        yield works
        stop.set()


@ON_SQLITE
async def test_however_many_acts_while_the_planner_looks_it_looks_once_more(db, languages, looks):
    async with at_work(Post(db, languages, JOINED)) as works:
        await until(lambda: looks.many == 1)  # at the start
        for _ in range(100):
            works.look()
            await asyncio.sleep(0)
        assert looks.many == 1
        looks.may_end.set()
        await until(lambda: looks.many == 2)
        works.look()
        await until(lambda: looks.many == 3)
    assert looks.many == 3


@ON_SQLITE
async def test_a_look_that_fails_is_an_error_in_the_log_and_the_next_act_is_planned(
    db, languages, looks, caplog
):
    looks.may_end.set()
    async with at_work(Post(db, languages, JOINED)) as works:
        await until(lambda: looks.many == 1)
        looks.fails = True
        works.look()
        await until(lambda: "the planner failed" in caplog.text)
        works.look()
        await until(lambda: looks.many == 3)
