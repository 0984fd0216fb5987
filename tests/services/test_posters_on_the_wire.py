"""A family that came by a poster is refused while a letter about it is on its way to staff."""

import asyncio

from programme.people import Role
from services.posters import Decided
from tests.cast import AMINA_CHAT
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.rows import rows
from tests.services.test_posters import answer, ask, hang_up


async def waiting(post):
    """Anna and Bo work; a parent asks by the poster; both letters are planned."""
    anna = await at_work(post.db)
    await at_work(post.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT)
    await hang_up(post.db)
    await ask(post.db, AMINA_CHAT, post.clock())
    await post.plan()
    [parent] = await rows(post.db, "guardian")
    return anna, parent.id


async def test_a_letter_that_is_claimed_does_not_leave_once_the_family_is_refused(post):
    anna, parent = await waiting(post)
    look = post.sender._last_look

    async def after_the_refusal(message):
        if post.push.arrived == []:
            await answer(post.db, anna, parent, False, post.clock())
        return await look(message)

    post.sender._last_look = after_the_refusal
    await post.sender.drain()
    assert post.push.chats == [AMINA_CHAT]
    assert await rows(post.db, "family") == []


async def test_a_letter_on_the_wire_outlives_the_family_it_is_about(post):
    anna, parent = await waiting(post)
    on_the_wire, forgotten = asyncio.Event(), asyncio.Event()
    send = post.push.send

    async def slowly_to_bo(chat_id, *said):
        if chat_id == BO_CHAT:
            on_the_wire.set()
            await forgotten.wait()
        return await send(chat_id, *said)

    async def refuse():
        await on_the_wire.wait()
        assert await answer(post.db, anna, parent, False, post.clock()) is Decided.NOT_OURS
        while await rows(post.db, "family"):
            post.sender.wake()
            await asyncio.sleep(0.01)
        forgotten.set()

    post.push.send = slowly_to_bo
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(post.sender.drain())
        tasks.create_task(refuse())
    assert sorted(post.push.chats) == sorted([AMINA_CHAT, ANNA_CHAT, BO_CHAT])
    assert await rows(post.db, "outbox") == []
    await post.sender.drain()
    assert len(post.push.chats) == 3
