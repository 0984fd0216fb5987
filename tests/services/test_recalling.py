"""A notice is recalled: it goes from the phones and from the queue (mission E5)."""

from datetime import timedelta

import pytest

from messaging import push
from programme.notice_errors import NotOnPhones
from programme.notices import NoticeState
from services import correcting
from tests.cast import many_families
from tests.services.mended import NOW, OLD, eva, phones, recall, sent
from tests.services.noticed import a_notice, send, stands, state

__all__ = ["eva"]


async def test_recalled_it_goes_from_the_phones_and_from_the_queue(post, eva):
    await many_families(post.db, 6)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.stop_after(2)
    await post.sender.drain()
    said = len(post.push.arrived)
    assert (await recall(post, eva, number)).phones == said
    assert (await recall(post, eva, number)).phones == 0  # pressed twice
    await post.new_sender().drain()
    assert phones(post) == {}
    assert len(post.push.deleted) == said
    assert await state(post.db, number) is NoticeState.RECALLED
    stood = await stands(post.db, number)
    assert (stood.sent, stood.dropped) == (said, 6 - said)
    async with post.db.write() as tx:
        with pytest.raises(NotOnPhones):
            await correcting.correct(tx, eva, number, NOW)


@pytest.mark.parametrize("late", [True, False])
async def test_what_telegram_does_not_delete_says_that_it_is_taken_back(post, eva, late):
    number = await sent(post, eva, 2)
    if late:
        post.clock.set(NOW + timedelta(days=3))
    else:
        post.push.clears.extend([push.Refused("message can't be deleted")] * 2)
    await recall(post, eva, number)
    await post.sender.drain()
    assert bool(post.push.deleted) is not late
    texts = [text for _, _, text in post.push.edited]
    assert len(texts) == 2
    assert not any(OLD in text or "Kulan" in text for text in texts)
