"""A notice is corrected and recalled: on the phones, in the queue, on the wire (mission E5)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from messaging import push
from messaging.push import IN_FLIGHT
from programme.activities import SigningUp, Words
from programme.errors import NotYours
from programme.notice_errors import NotOnPhones
from programme.notices import Action, NoticeState
from programme.people import Role, Why
from services import composing, correcting, sending, signing_up
from services.access import reader_of
from storage import activities, families, notices, rests, seats, sendings
from storage.rests import Whose
from storage.tables import outbox
from tests.cast import RULES, local, many_families
from tests.colleagues import at_work
from tests.databases import ON_POSTGRESQL
from tests.gatherings import gathering, leave
from tests.gatherings import press as seat_press
from tests.services.noticed import CORRECTED, a_notice, ledger, reword, send, stands, state

NOW = local("2026-11-12T10:30")
OLD, NEW = "Waxaan ku kulannaa xarunta.", "Waxaan ku kulannaa maktabadda."


@pytest.fixture
async def eva(post):
    post.clock.set(NOW)
    return await at_work(post.db, "Eva", Role.COORDINATOR, 2003)


async def sent(post, eva, many: int = 3, **facts) -> int:
    await many_families(post.db, many)
    number = await a_notice(post.db, NOW, **facts)
    await send(post.db, eva, number, NOW)
    await post.sender.drain()
    return number


async def correct(post, eva, number: int, words=CORRECTED):
    await reword(post.db, number, words)
    async with post.db.write() as tx:
        return await correcting.correct(tx, eva, number, post.clock())


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


async def recall(post, eva, number: int):
    async with post.db.write() as tx:
        return await correcting.recall(tx, eva, number, post.clock())


def phones(post) -> dict[int, list[str]]:
    """What stands on each phone: said, edited, deleted."""
    numbers: dict[tuple[int, int], str] = {}
    for n, said in enumerate(post.push.attempts, 1):
        if said in post.push.arrived:
            numbers[said.chat_id, n] = said.text
    for chat, number, text in post.push.edited:
        numbers[chat, number] = text
    for place in post.push.deleted:
        numbers.pop(place, None)
    found: dict[int, list[str]] = {}
    for (chat, _), text in numbers.items():
        found.setdefault(chat, []).append(text)
    return found


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
    post.push.on_send = lambda said: post.sender.stop() if len(post.push.attempts) == 2 else None
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


async def test_recalled_it_goes_from_the_phones_and_from_the_queue(post, eva):
    await many_families(post.db, 6)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.push.on_send = lambda said: post.sender.stop() if len(post.push.attempts) == 2 else None
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


async def test_a_correction_overtakes_what_has_not_been_said_yet(post, eva):
    await many_families(post.db, 6)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.push.on_send = lambda said: post.sender.stop() if len(post.push.attempts) == 2 else None
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
