"""At a fast pace several messages are claimed, looked at and written down together."""

import asyncio
import random

import pytest
from sqlalchemy import update

from messaging import push
from services import delivery
from services.outcomes import Recalled
from storage import claims, outbox
from storage.database import Unavailable
from storage.tables import item
from tests.cast import many_families
from tests.databases import ON_SQLITE
from tests.effort import tries
from tests.fakes import FlakyDatabase
from tests.services.conftest import TIP_DAY
from tests.services.post import Post, until

MANY = push.IN_FLIGHT
HANGING = (5000, 5001, 5002)


@pytest.fixture
def count():
    return MANY


@pytest.fixture
async def many(post, count):
    await many_families(post.db, count)
    await post.plan()
    post.new_sender(together=True)


async def test_as_many_as_the_line_takes_are_claimed_with_one_commit(post, many):
    commits = FlakyDatabase(post.db, 10**9)
    await post.new_sender(db=commits, together=True).drain()
    assert sorted(post.push.chats) == [5000 + n for n in range(MANY)]
    assert commits.commits == 3  # claimed; written down, with nothing left to claim; the end
    assert post.push.most_in_flight == MANY


@pytest.mark.parametrize("count", [2 * MANY])
async def test_never_more_are_taken_than_the_line_carries_at_once(post, many, monkeypatch):
    monkeypatch.setattr(delivery, "TOGETHER", 0)

    def takes_its_time(said):
        post.push.takes = 0.02 * (said.chat_id % 3)

    post.push.on_send = takes_its_time
    await post.sender.drain()
    assert len(post.push.arrived) == 2 * MANY
    assert post.push.most_in_flight == MANY


async def test_of_several_that_are_looked_at_together_only_the_recalled_stays(
    post, many, monkeypatch
):
    looked, real = [], claims.last_look

    async def look(tx, messages):
        looked.append(len(messages))
        return await real(tx, messages)

    monkeypatch.setattr(claims, "last_look", look)
    claimed = await post.sender._claim(MANY)
    async with post.db.write() as tx:
        await outbox.recall(tx, [claimed[3].message.id], "no longer due")
    found = await asyncio.gather(*(post.sender._last_look(each) for each in claimed))
    assert found == [*[None] * 3, Recalled("no longer due"), *[None] * (MANY - 4)]
    assert sum(looked) == MANY
    assert len(looked) <= 2


async def test_what_cannot_be_read_fails_alone(post, many):
    async with post.db.write() as tx:
        await tx.execute(update(item).where(item.c.outbox_id == 4).values(kind="a_mistake"))
    assert await post.deliver() == {"failed": 1, "sent": MANY - 1}
    assert (await post.boxes())[3] == ("failed", "could not be read")


async def test_while_the_database_is_away_none_of_them_leaves(post, many, monkeypatch):
    async def away(tx, messages):
        raise Unavailable("SELECT", None, OSError("the server is restarted"))

    with monkeypatch.context() as broken:
        broken.setattr(claims, "last_look", away)
        assert await post.deliver() == {"postponed": MANY}
    assert post.push.attempts == []
    post.clock.forward(minutes=1)
    assert (await post.deliver())["sent"] == MANY


@pytest.mark.parametrize("count", [3 * MANY])
async def test_chats_that_hang_do_not_keep_the_others_waiting(post, many, monkeypatch):
    monkeypatch.setattr(delivery, "TOGETHER", 0.001)
    door, real = asyncio.Event(), post.push.send

    async def send(chat_id, *args):
        if chat_id in HANGING:
            await door.wait()
        return await real(chat_id, *args)

    post.push.send = send
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        tasks.create_task(post.sender.drain())
        await until(lambda: len(post.push.arrived) == 3 * MANY - len(HANGING))
        door.set()
    assert await post.states() == ["sent"] * 3 * MANY


def _scripts(chance: random.Random) -> dict[int, list[push.Outcome | Exception]]:
    """What comes of the tries in each chat; of few enough that nobody distrusts the token."""
    many = [
        push.FloodWait(3),
        push.NotSent("no connection"),
        push.InDoubt("outcome unknown"),
        push.Refused("no"),
        push.Unreachable("blocked"),
        push.Moved(9000),
        RuntimeError(),
    ]
    found = {5000 + n: chance.sample(many, chance.randrange(3)) for n in range(MANY)}
    for chat in chance.sample(sorted(found), 2):
        found[chat].append(push.ChatNotFound())
    moved = [chat for chat, outcomes in found.items() if push.Moved(9000) in outcomes]
    for chat in moved:
        found[chat] = [push.Moved(chat + 4000) if o == push.Moved(9000) else o for o in found[chat]]
    return found


@ON_SQLITE
@pytest.mark.parametrize("seed", range(tries(1, 20)))
async def test_together_or_one_by_one_the_same_comes_of_them(
    new_database, open_at, languages, seed
):
    found = []
    for together in (False, True):
        post = Post(open_at(new_database()), languages, TIP_DAY)
        await many_families(post.db, MANY)
        post.new_sender(together=together)
        for chat, outcomes in _scripts(random.Random(seed)).items():
            post.push.script(chat, *outcomes)
        for _ in range(12):
            counts = await post.deliver()
            post.clock.forward(minutes=11)
        found.append((counts, await post.boxes(), await post.items(), await post.out_of_reach()))
        await post.db.close()
    assert found[0] == found[1]
