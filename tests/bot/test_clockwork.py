"""What the clockwork does beside delivery, and only in the process that sends (mission J3)."""

import asyncio

from scheduler.runner import Clockwork
from services import clearing, planning
from storage import said
from tests.cast import AMINA_CHAT, JOINED, RULES, many_families
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
