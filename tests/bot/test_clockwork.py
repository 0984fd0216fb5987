"""What the clockwork does beside delivery, and only in the process that sends (mission J3)."""

from scheduler.runner import Clockwork
from services import clearing
from storage import said
from tests.cast import AMINA_CHAT, JOINED, RULES
from tests.services.post import Post


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
