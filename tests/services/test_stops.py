"""Stops, crashes and a database that does not answer: nothing is lost, nothing said twice."""

import asyncio
import time

import pytest
from sqlalchemy import func, select, update

from messaging import push
from services import delivery
from storage import claims
from storage.database import Unavailable
from storage.tables import item, outbox
from tests.cast import (
    AMINA_CHAT,
    book_visit,
    local,
    many_families,
    move_in,
)
from tests.fakes import FlakyDatabase
from tests.services.conftest import TIP_DAY
from tests.services.post import until

VISIT = local("2026-11-20T10:00")


async def test_a_sender_that_died_leaves_visits_to_be_said_again_once_and_tips_alone(post):
    await many_families(post.db, 2)
    home = await move_in(post.db)
    await book_visit(post.db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    async with post.db.write() as tx:
        await tx.execute(update(outbox).where(outbox.c.state == "waiting").values(state="sending"))
    sender = post.new_sender()
    await sender.recover()
    states = await post.boxes()
    assert states.count(("in_doubt", "stopped while sending")) == 2
    assert states.count(("waiting", "stopped while sending")) == 1
    post.clock.forward(minutes=1)
    await post.deliver()
    assert post.push.chats == [AMINA_CHAT]
    async with post.db.write() as tx:  # and it died once more
        last = select(func.max(outbox.c.id)).where(outbox.c.doubts == 1).scalar_subquery()
        await tx.execute(update(outbox).where(outbox.c.id == last).values(state="sending"))
        await tx.execute(update(item).where(item.c.outbox_id == last).values(state="planned"))
    await post.new_sender().recover()
    await post.deliver()
    assert post.push.chats == [AMINA_CHAT]
    assert "sending" not in await post.states()


async def test_a_stop_lets_what_is_on_the_wire_finish_and_takes_nothing_more(post):
    await many_families(post.db, 30)
    post.push.door = asyncio.Event()
    await post.plan()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(post.sender.run())
        async with asyncio.timeout(30):
            await until(lambda: post.push.in_flight == push.IN_FLIGHT)
        post.sender.stop()
        await asyncio.sleep(0.02)
        post.push.door.set()
    assert len(post.push.attempts) == push.IN_FLIGHT
    states = await post.states()
    assert (states.count("sent"), states.count("waiting")) == (push.IN_FLIGHT, 14)


async def test_a_sender_that_is_cancelled_has_written_down_all_that_had_ended(post):
    await many_families(post.db, 8)
    never, slow = asyncio.Event(), {5003}
    real = post.push.send

    async def send(chat_id, *args):
        if chat_id in slow:
            await never.wait()
        return await real(chat_id, *args)

    post.push.send = send
    await post.plan()
    task = asyncio.ensure_future(post.sender.run())
    async with asyncio.timeout(30):
        await until(lambda: len(post.push.arrived) == 7)
    post.sender.stop()
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    states = await post.states()
    assert (states.count("sent"), states.count("sending")) == (7, 1)


@pytest.mark.parametrize(("every", "together"), [(2, False), (3, False), (5, False), (2, True)])
async def test_commits_that_fail_lose_nothing_double_nothing_and_count_right(post, every, together):
    await many_families(post.db, 25)
    await post.plan()
    flaky = FlakyDatabase(post.db, every)
    sender = post.new_sender(db=flaky, together=together)
    async with asyncio.timeout(20):
        tally = await sender.drain()
        while "waiting" in await post.states():
            tally = await sender.drain()
    assert flaky.failed > (0 if together else 5)
    assert sorted(post.push.chats) == [5000 + n for n in range(25)]
    assert tally.counts["sent"] == 25
    assert await post.states() == ["sent"] * 25
    assert len(await post.said()) == 25


async def test_the_last_outcomes_are_written_even_if_the_database_fails_once(post):
    await move_in(post.db)
    await post.plan()
    post.push.door = asyncio.Event()
    flaky = FlakyDatabase(post.db, 10**9)
    sender = post.new_sender(db=flaky)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sender.run())
        async with asyncio.timeout(30):
            await until(lambda: post.push.in_flight == 1)
        sender.stop()
        flaky._every = flaky.commits + 1
        post.push.door.set()
    assert flaky.failed == 1
    assert await post.states() == ["sent"]


async def test_a_sender_is_woken_at_once_and_sends_what_falls_due(post, monkeypatch):
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 30.0)
    await move_in(post.db)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(post.sender.run())
        await asyncio.sleep(0.05)
        await post.plan()
        before = time.monotonic()
        post.sender.wake()
        async with asyncio.timeout(30):
            await until(lambda: len(post.push.arrived) == 1)
        assert time.monotonic() - before < 2
        post.sender.stop()
    assert await post.states() == ["sent"]


async def test_many_messages_are_each_sent_once_whatever_telegram_says(post):
    count = 80
    await many_families(post.db, count)
    noise = [push.FloodWait(1), push.NotSent("no connection"), push.Refused("no"), RuntimeError()]
    for n in range(0, count, 7):
        post.push.script(5000 + n, noise[n % 4])
    async with asyncio.timeout(20):
        await post.deliver()
        while "waiting" in await post.states():
            post.clock.forward(seconds=6)
            await post.deliver()
    assert len(set(post.push.chats)) == len(post.push.chats)
    states = await post.states()
    assert states.count("sent") == len(post.push.chats)
    assert len(states) == count
    assert "sending" not in states


async def test_a_message_waits_while_the_database_does_not_answer_the_last_look(post, monkeypatch):
    await many_families(post.db, 3)
    real, asked = claims.last_look, []

    async def away_once(tx, messages):
        asked.extend(message.id for message in messages)
        if asked == [message.id for message in messages]:
            raise Unavailable("SELECT", None, OSError("the server is restarted"))
        return await real(tx, messages)

    monkeypatch.setattr(claims, "last_look", away_once)
    await post.plan()
    await post.sender.drain()
    while "waiting" in await post.states():
        post.clock.forward(minutes=1)
        await post.sender.drain()
    assert await post.states() == ["sent"] * 3
    assert sorted(post.push.chats) == [5000, 5001, 5002]
