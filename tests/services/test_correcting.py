"""A notice is corrected: on the phones, in the queue, on the wire (mission E5)."""

import asyncio

import pytest

from messaging import push
from messaging.push import IN_FLIGHT
from programme.activities import Words
from programme.errors import NotYours
from programme.notice_errors import NotOnPhones
from programme.notices import Action, NoticeState
from programme.people import Role, Why
from services import composing, correcting, sending
from storage import families, notices, rests, sendings
from storage.rests import Whose
from tests.cast import RULES, local, many_families
from tests.colleagues import at_work
from tests.databases import ON_POSTGRESQL
from tests.services.mended import NEW, NOW, OLD, eva, phones, recall, sent
from tests.services.noticed import CORRECTED, a_notice, ledger, reword, send

__all__ = ["eva"]


async def correct(post, eva, number: int, words=CORRECTED):
    await reword(post.db, number, words)
    async with post.db.write() as tx:
        return await correcting.correct(tx, eva, number, post.clock())


async def test_what_stands_on_the_phones_says_the_new_words(post, eva):
    number = await sent(post, eva)
    mended = await correct(post, eva, number)
    assert (mended.phones, mended.waiting, mended.in_doubt, mended.beyond) == (3, 0, 0, 0)
    await post.sender.drain()
    assert len(post.push.arrived) == 3  # nothing new comes
    assert all(NEW in text for [text] in phones(post).values())


async def test_a_correction_has_no_age_limit_and_no_night(post, eva):
    number = await sent(post, eva)
    post.clock.set(local("2027-01-20T23:30"))
    await correct(post, eva, number)
    await post.sender.drain()
    assert all(NEW in text for [text] in phones(post).values())


async def test_in_the_middle_of_sending_everybody_ends_with_the_new_words(post, eva):
    await many_families(post.db, 6)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.stop_after(2)
    await post.sender.drain()
    mended = await correct(post, eva, number)
    assert mended.phones + mended.waiting == 6
    await post.new_sender().drain()
    assert {len(each) for each in phones(post).values()} == {1}
    assert all(NEW in text for [text] in phones(post).values())
    assert set((await ledger(post.db, number)).values()) == {"sent"}


@pytest.mark.parametrize("act", [correct, recall])
async def test_what_was_on_the_wire_meanwhile_is_mended_as_soon_as_it_has_arrived(post, eva, act):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    real = post.push.send

    async def meanwhile(*asked):
        outcome = await real(*asked)
        post.push.send = real
        await act(post, eva, number)
        return outcome

    post.push.send = meanwhile
    await post.sender.drain()
    left = phones(post)
    assert left == {} if act is recall else NEW in left[5000][0]


@pytest.mark.parametrize("act", [correct, recall])
async def test_what_is_claimed_and_not_on_the_wire_does_not_leave_with_the_old_words(
    post, eva, act
):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    real = post.sender._last_look

    async def first(message):
        post.sender._last_look = real
        await act(post, eva, number)
        return await real(message)

    post.sender._last_look = first
    await post.sender.drain()
    assert not any(OLD in said.text for said in post.push.attempts)
    assert len(post.push.attempts) == (0 if act is recall else 1)


async def test_corrected_twice_at_once_each_phone_is_edited_once(post, eva):
    number = await sent(post, eva)
    await correct(post, eva, number)
    again = await correct(post, eva, number)
    assert again.phones == 0
    await post.sender.drain()
    assert len(post.push.edited) == 3
    third = await correct(post, eva, number, words={"so": Words("Kulan", "Berri.")})
    assert third.phones == 3
    await post.sender.drain()
    assert all("Berri." in text for [text] in phones(post).values())


async def test_in_doubt_or_beyond_reach_is_counted(post, eva):
    homes = await many_families(post.db, 4)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.push.script(5000, push.InDoubt("cut"))
    await post.sender.drain()
    async with post.db.write() as tx:
        await families.set_guardian(tx, homes[1].amina, chat_id=7777)  # a new phone
    post.push.script(5002, push.Vanished("message to edit not found"))
    mended = await correct(post, eva, number)
    assert (mended.phones, mended.in_doubt, mended.beyond) == (2, 1, 1)
    await post.sender.drain()
    async with post.db.read() as tx:
        done = await correcting.mending(tx, number, correcting.Action.EDIT)
    assert (done.done, done.beyond, done.failed) == (1, 1, 0)


async def test_who_has_paused_is_corrected_silently_and_who_has_stopped_is_left_alone(post, eva):
    homes = await many_families(post.db, 3)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    await post.sender.drain()
    async with post.db.write() as tx:
        for home, why in zip(homes, (Why.PAUSED, Why.STOPPED, Why.LOSS), strict=True):
            await rests.begin(tx, Whose(guardian_id=home.amina), why, NOW)
    await correct(post, eva, number)
    await post.sender.drain()
    assert [chat for chat, _, _ in post.push.edited] == [5000]
    assert len(post.push.arrived) == 3


async def test_a_correction_overtakes_what_has_not_been_said_yet(post, eva):
    await many_families(post.db, 6)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.stop_after(2)
    await post.sender.drain()
    before = len(post.push.arrived)
    await correct(post, eva, number)
    post.new_sender()
    post.push.on_send = lambda said: seen.append(len(post.push.edited))
    seen: list[int] = []
    await post.sender.drain()
    assert seen[-1] == before


async def test_a_paused_notice_is_corrected_where_it_stands(post, eva):
    number = await sent(post, eva, 1)
    async with post.db.write() as tx:
        await notices.change(tx, number, list(NoticeState), state=NoticeState.PAUSED)
    await correct(post, eva, number)
    await post.sender.drain()
    assert len(post.push.edited) == 1


async def test_a_draft_and_another_areas_notice_cannot_be_corrected_or_recalled(post, eva):
    far = await at_work(post.db, "Ulf", Role.COORDINATOR, 2009, area="Gårdsten")
    draft = await a_notice(post.db, NOW)
    number = await sent(post, eva, 1)
    for act in (correcting.correct, correcting.recall):
        async with post.db.write() as tx:
            with pytest.raises(NotOnPhones):
                await act(tx, eva, draft, NOW)
            with pytest.raises(NotYours):
                await act(tx, far, number, NOW)
    assert await sending.start_due(post.db, NOW, RULES) == 0


async def test_another_picture_takes_the_place_of_the_one_on_the_phones(post, eva):
    number = await sent(post, eva, 2, picture="the first", made_by=eva.member.id)
    async with post.db.write() as tx:
        await composing.exchange_picture(tx, eva, number, "the second")
        assert (await correcting.correct(tx, eva, number, NOW)).phones == 2
    await post.sender.drain()
    assert post.push.pictures == ["the second"] * 2
    bare = await a_notice(post.db, NOW, months_to=1)
    async with post.db.write() as tx:
        await notices.change(tx, bare, [NoticeState.DRAFT], state=NoticeState.DONE)
        with pytest.raises(NotYours):  # none is added where there is none
            await composing.exchange_picture(tx, eva, bare, "the second")


@ON_POSTGRESQL
async def test_a_pause_beside_the_sender_never_meets_it_crosswise(post, eva, caplog):
    """Both hold the notice, then its messages: else one of the two would be thrown out."""
    await many_families(post.db, IN_FLIGHT + 2)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    door, all_fly = asyncio.Event(), asyncio.Event()
    post.push.door = door
    post.push.on_send = lambda said: all_fly.set() if len(post.push.attempts) == IN_FLIGHT else None

    async def pause() -> None:
        await all_fly.wait()
        async with post.db.write() as tx:
            leaves = [NoticeState.SENDING]
            assert await notices.change(tx, number, leaves, state=NoticeState.PAUSED)
            door.set()
            await asyncio.sleep(0.3)  # the sender writes what has arrived, and takes the next
            assert await sendings.look_again(tx, number, "paused", [Action.SAY]) == IN_FLIGHT

    await asyncio.gather(post.sender.drain(), pause())
    assert "the database does not answer" not in caplog.text
    assert len(post.push.arrived) == IN_FLIGHT
