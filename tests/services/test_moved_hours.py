"""What a notice announced has another hour: who is told aloud, and that once (mission E5)."""

from datetime import timedelta

from sqlalchemy import select

from programme.activities import SigningUp
from services import correcting, signing_up
from services.access import reader_of
from storage import activities, notices, seats
from storage.tables import outbox
from tests.cast import RULES
from tests.gatherings import gathering, leave
from tests.gatherings import press as seat_press
from tests.services.mended import NOW, eva, phones, recall, sent
from tests.services.noticed import a_notice, send

__all__ = ["eva"]


async def announce_again(post, activity: int, tell: bool = True) -> tuple[int, int]:
    """On how many phones it is corrected, and how many are told; as it was said before."""
    async with post.db.write() as tx:
        many = await correcting.untold(tx, activity, post.clock())
        done = await correcting.correct_announcing(tx, activity, post.clock(), tell)
    assert done[1] == (many if tell else 0)
    return done


async def move(post, occasion: int, at) -> None:
    async with post.db.write() as tx:
        await activities.move_occasion(tx, occasion, at, 90, post.clock())


async def test_a_moved_hour_is_told_aloud_once_and_every_message_is_right(post, eva):
    starts = NOW + timedelta(days=5)
    number = await sent(post, eva, starts_at=starts)
    async with post.db.read() as tx:
        notice = (await notices.load(tx, [number]))[number]
    [occasion] = notice.occasions
    assert await announce_again(post, notice.activity.id) == (3, 0)  # nothing has changed
    post.clock.set(NOW + timedelta(hours=1))
    await move(post, occasion.id, starts + timedelta(hours=2))
    assert await announce_again(post, notice.activity.id, tell=False) == (0, 0)  # it waits already
    assert await announce_again(post, notice.activity.id) == (0, 3)
    await post.sender.drain()
    for _ in range(2):  # asked again, by mistake
        assert (await announce_again(post, notice.activity.id))[1] == 0
        await post.sender.drain()
    for texts in phones(post).values():
        assert len(texts) == 2
        assert all("12:30" in text and "10:30" not in text for text in texts)
    assert len(post.push.arrived) == 6
    assert (await recall(post, eva, number)).phones == 3  # two messages on each
    await post.sender.drain()
    assert phones(post) == {}


async def test_who_had_two_notices_of_it_is_told_of_another_hour_once(post, eva):
    starts = NOW + timedelta(days=5)
    number = await sent(post, eva, starts_at=starts)
    async with post.db.read() as tx:
        notice = (await notices.load(tx, [number]))[number]
    activity, [occasion] = notice.activity.id, notice.occasions
    await send(post.db, eva, await a_notice(post.db, NOW, activity_id=activity), NOW, again=True)
    await post.sender.drain()
    post.clock.set(NOW + timedelta(hours=1))
    await move(post, occasion.id, starts + timedelta(hours=2))
    assert await announce_again(post, activity) == (6, 3)
    await post.sender.drain()
    assert {len(texts) for texts in phones(post).values()} == {3}
    post.clock.set(NOW + timedelta(hours=3))
    await move(post, occasion.id, starts + timedelta(hours=4))
    assert (await announce_again(post, activity))[1] == 3  # it has changed again


async def test_who_reads_it_after_the_change_is_not_told_of_it(post, eva):
    starts = NOW + timedelta(days=5)
    number = await sent(post, eva, starts_at=starts)
    async with post.db.read() as tx:
        notice = (await notices.load(tx, [number]))[number]
    activity, [occasion] = notice.activity.id, notice.occasions
    post.clock.set(NOW + timedelta(hours=1))
    await move(post, occasion.id, starts + timedelta(hours=2))
    later = post.clock()
    another = await a_notice(post.db, later, activity_id=activity)
    await send(post.db, eva, another, later, again=True)
    await post.sender.drain()
    assert (await announce_again(post, activity))[1] == 0


async def test_who_has_signed_up_hears_of_another_hour_once_and_as_theirs(post, eva):
    starts = NOW + timedelta(days=5)
    number = await sent(post, eva, starts_at=starts)
    async with post.db.write() as tx:
        notice = (await notices.load(tx, [number]))[number]
        await activities.change(tx, notice.activity.id, signing_up=SigningUp.ONCE)
        await seats.ensure(tx, notice.activity.id)
        [place] = (await seats.of_activities(tx, [notice.activity.id]))[notice.activity.id]
        reader = await reader_of(tx, 5000)
        await signing_up.sign_up(tx, reader, place.id, 1, 0, NOW, RULES)
        [occasion] = notice.occasions
        post.clock.set(later := NOW + timedelta(hours=1))
        await activities.move_occasion(tx, occasion.id, starts + timedelta(hours=2), 90, later)
        await signing_up.changed(tx, notice.activity.id, later, RULES)
        told = await correcting.correct_announcing(tx, notice.activity.id, later, tell=True)
    assert told == (3, 2)
    await post.plan()
    await post.sender.drain()
    right = {
        chat: [text for text in texts if "12:30" in text] for chat, texts in phones(post).items()
    }
    assert {chat: len(texts) for chat, texts in right.items()} == {5000: 2, 5001: 2, 5002: 2}


async def test_only_who_has_a_place_at_what_it_announces_is_not_told(post, eva):
    starts = NOW + timedelta(days=5)
    number = await sent(post, eva, starts_at=starts)
    other, [elsewhere] = await gathering(post.db)
    async with post.db.write() as tx:
        notice = (await notices.load(tx, [number]))[number]
        await activities.change(tx, notice.activity.id, signing_up=SigningUp.ONCE)
        await seats.ensure(tx, notice.activity.id)
        [place] = (await seats.of_activities(tx, [notice.activity.id]))[notice.activity.id]
    for chat, seat in ((5000, place.id), (5001, place.id), (5002, elsewhere)):
        await seat_press(post.db, chat, seat)
    await leave(post.db, 5001, 2)  # does not come after all
    post.clock.set(NOW + timedelta(hours=1))
    await move(post, notice.occasions[0].id, starts + timedelta(hours=2))
    assert await announce_again(post, notice.activity.id) == (3, 2)
    async with post.db.read() as tx:
        rows = await tx.execute(select(outbox.c.guardian_id).where(outbox.c.action == "tell"))
        assert sorted(rows.scalars()) == [2, 3]
    assert other
