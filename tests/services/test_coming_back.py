"""Who had paused when a notice left gets it after all, if it is still in time (mission B8, E4)."""

from datetime import timedelta

import pytest

from programme.notices import NoticeState
from programme.people import Role
from services import coming, preferences, sending
from services.access import reader_of
from storage import notices
from tests.cast import RULES, local, many_families
from tests.colleagues import at_work
from tests.services.noticed import a_notice, ledger, send, state

NIGHT, MORNING = local("2026-11-12T21:00"), local("2026-11-13T08:30")
HOUR = timedelta(hours=1)


@pytest.fixture
async def notice(post):
    """Frozen at night for two families in the chats 5000 and 5001; nothing has left yet."""
    eva = await at_work(post.db, "Eva", Role.COORDINATOR, 2003)
    await many_families(post.db, 2)
    post.clock.set(NIGHT)
    number = await a_notice(post.db, NIGHT)
    assert await send(post.db, eva, number, NIGHT) == 2
    return number


async def pause(post, days: int) -> None:
    """The parent in chat 5000 wants quiet until so many days later have passed."""
    last = (post.clock() + timedelta(days=days)).date()
    async with post.db.write() as tx:
        await preferences.pause(tx, await reader_of(tx, 5000), last, post.clock(), RULES)


async def arrived(post, at) -> list[int]:
    post.clock.set(at)
    await sending.start_due(post.db, at, RULES)
    await post.sender.drain()
    await sending.finish(post.db, at)
    found = [said.chat_id for said in post.push.arrived]
    assert len(found) == len(set(found))
    return sorted(found)


async def test_who_pauses_until_a_day_gets_it_on_that_day_and_once(post, notice):
    await pause(post, 1)
    assert await arrived(post, MORNING) == [5001]
    assert await state(post.db, notice) is NoticeState.DONE
    assert await arrived(post, MORNING + timedelta(hours=9)) == [5001]
    assert await arrived(post, MORNING + timedelta(days=1)) == [5000, 5001]
    assert await arrived(post, MORNING + timedelta(days=1, hours=1)) == [5000, 5001]
    assert set((await ledger(post.db, notice)).values()) == {"sent"}
    assert await state(post.db, notice) is NoticeState.DONE


async def test_who_resumes_before_it_leaves_gets_it_with_the_others(post, notice):
    await pause(post, 5)
    post.clock.set(NIGHT + HOUR)
    async with post.db.write() as tx:
        await preferences.resume(tx, await reader_of(tx, 5000), post.clock(), RULES)
    assert await arrived(post, MORNING) == [5000, 5001]


@pytest.mark.parametrize("why", ["too late", "stopped", "stopped by staff"])
async def test_what_is_void_by_then_does_not_come(post, notice, why):
    if why == "stopped":
        async with post.db.write() as tx:
            await preferences.stop(tx, await reader_of(tx, 5000), post.clock())
    else:
        await pause(post, 8 if why == "too late" else 1)
    assert await arrived(post, MORNING) == [5001]
    if why == "stopped by staff":
        async with post.db.write() as tx:
            await notices.change(tx, notice, [NoticeState.DONE], state=NoticeState.RECALLED)
    post.clock.set(later := MORNING + timedelta(days=9 if why == "too late" else 1))
    async with post.db.write() as tx:
        if why == "stopped":
            await preferences.resume(tx, await reader_of(tx, 5000), later, RULES)
    assert await arrived(post, later + HOUR) == [5001]


async def test_what_waits_for_a_parent_stands_in_their_plan_and_can_be_skipped(post, notice):
    async def plan():
        async with post.db.read() as tx:
            reader = await reader_of(tx, 5000)
            found = await coming.entries(tx, reader, post.clock(), RULES)
        ours = [each for each in found if each.letter and each.letter.kind == "notice"]
        return [(each.at, each.skipped) for each in ours]

    async def skip(on: bool) -> None:
        async with post.db.write() as tx:
            reader = await reader_of(tx, 5000)
            name = coming.Mark("notice", notice, "")
            await coming.skip(tx, reader, name, on, post.clock(), RULES)

    eight = local("2026-11-13T08:00")
    assert await plan() == [(eight, False)]
    await skip(on=True)
    assert await plan() == [(eight, True)]
    await skip(on=False)
    assert await plan() == [(eight, False)]
    await skip(on=True)
    post.clock.set(MORNING)
    assert await plan() == [(MORNING, True)]
    assert await arrived(post, MORNING) == [5001]
    assert await plan() == []
