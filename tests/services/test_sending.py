"""A notice leaves: frozen once, to each once, held back, ended (mission E4, E6, E12)."""

import asyncio
from datetime import timedelta

import pytest

from messaging import push
from programme.activities import Words
from programme.errors import NotYours
from programme.notice_errors import (
    AlreadySent,
    NoReaders,
    SaidAlready,
    TooLate,
    WordsMissing,
    WordsTooLong,
)
from programme.notices import NoticeState
from programme.people import Role, Why
from services import notice_work, sending
from services.sending import Dropped
from storage import activities, erasing, families, notices, rests
from storage.rests import Whose
from tests.cast import RULES, local, many_families, move_in
from tests.colleagues import at_work
from tests.services.noticed import (
    IN_A_WEEK,
    a_notice,
    ledger,
    send,
    stands,
    state,
)

NOW = local("2026-11-12T10:30")  # a day without a tip for the cast's child


@pytest.fixture
async def eva(post):
    post.clock.set(NOW)
    return await at_work(post.db, "Eva", Role.COORDINATOR, 2003)


async def test_everybody_it_is_for_gets_it_once_in_their_language(post, eva):
    home = await move_in(post.db, chats=(1001, 1002))
    number = await a_notice(post.db, NOW, languages="so,ar")
    assert await send(post.db, eva, number, NOW) == 2
    await post.sender.drain()
    await post.sender.drain()
    texts = {each.chat_id: each.text for each in post.push.arrived}
    assert "Waxaan ku kulannaa xarunta." in texts[1001]
    assert "نلتقي في المركز." in texts[1002]
    assert len(post.push.arrived) == 2
    assert await ledger(post.db, number) == {home.amina: "sent", home.yusuf: "sent"}
    assert (await stands(post.db, number)).sent == 2


async def test_nothing_more_is_written_for_it_after_it_has_begun_to_leave(post, eva):
    await many_families(post.db, 2)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    async with post.db.write() as tx:  # a family that joins a minute later
        family_id = await families.register(tx, eva.area_id, None, NOW)
        await families.add_guardian(tx, family_id, 7000, "so", NOW)
    assert await sending.start_due(post.db, NOW + timedelta(hours=1), RULES) == 0
    await post.sender.drain()
    assert sorted(post.push.chats) == [5000, 5001]


async def test_one_that_is_set_for_later_waits_for_its_hour(post, eva):
    await many_families(post.db, 2)
    number = await a_notice(post.db, NOW)
    later = NOW + timedelta(hours=2)
    assert await send(post.db, eva, number, NOW, at=later) == 0
    assert await state(post.db, number) is NoticeState.SCHEDULED
    assert await sending.start_due(post.db, later, RULES) == 2
    assert await state(post.db, number) is NoticeState.SENDING


async def test_at_night_it_waits_for_the_morning(post, eva):
    await many_families(post.db, 1)
    post.clock.set(local("2026-11-12T21:00"))
    number = await a_notice(post.db, post.clock())
    await send(post.db, eva, number, post.clock())
    await post.sender.drain()
    assert post.push.attempts == []
    post.clock.set(local("2026-11-13T08:00"))
    await post.sender.drain()
    assert post.push.chats == [5000]


async def test_an_urgent_one_leaves_from_seven_before_every_tip(post, eva):
    await many_families(post.db, 1)
    post.clock.set(local("2026-11-13T07:05"))
    number = await a_notice(post.db, post.clock(), urgent=True)
    await send(post.db, eva, number, post.clock())
    await post.sender.drain()
    assert post.push.chats == [5000]


async def test_an_outage_until_it_has_begun_and_nobody_gets_it(post, eva):
    await many_families(post.db, 2)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(hours=3))
    await send(post.db, eva, number, NOW, at=NOW + timedelta(hours=1))
    assert await sending.start_due(post.db, NOW + timedelta(hours=4), RULES) == 0
    assert await state(post.db, number) is NoticeState.STOPPED
    assert await ledger(post.db, number) == {}


async def test_an_outage_in_the_middle_drops_it_for_who_would_get_it_too_late(post, eva):
    await many_families(post.db, 3)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(hours=3))
    await send(post.db, eva, number, NOW)
    post.clock.set(NOW + timedelta(hours=3))
    await post.sender.drain()
    assert post.push.attempts == []
    assert (await stands(post.db, number)).dropped_by_reason == {Dropped.TOO_LATE: 3}


async def test_paused_nothing_leaves_and_everything_else_does(post, eva):
    await many_families(post.db, 3)
    first, second = await a_notice(post.db, NOW), await a_notice(post.db, NOW)
    await send(post.db, eva, first, NOW)
    await send(post.db, eva, second, NOW, again=True)
    async with post.db.write() as tx:
        assert await sending.pause(tx, eva, first, NOW)
    await post.sender.drain()
    assert len(post.push.arrived) == 3
    assert (await stands(post.db, first)).waiting == 3
    assert (await stands(post.db, second)).sent == 3
    async with post.db.write() as tx:
        assert await sending.resume(tx, eva, first, NOW)
    await post.sender.drain()
    assert (await stands(post.db, first)).sent == 3


async def test_stopped_it_ends_for_everybody_who_has_not_got_it(post, eva):
    await many_families(post.db, 5)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.push.script(5001, push.FloodWait(30))
    post.stop_after(3)
    await post.sender.drain()
    async with post.db.write() as tx:
        assert await sending.stop(tx, eva, number, NOW)
        assert not await sending.stop(tx, eva, number, NOW)  # pressed twice
    post.new_sender()
    post.clock.forward(minutes=5)
    await post.sender.drain()
    stood = await stands(post.db, number)
    left = len(post.push.arrived)
    assert 0 < left < 5
    assert (stood.sent, stood.waiting) == (left, 0)
    assert stood.dropped_by_reason == {Dropped.STOPPED: 5 - left}


async def test_a_pause_takes_back_what_is_not_on_the_wire_yet(post, eva):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    real = post.sender._last_look

    async def pause_first(message):
        async with post.db.write() as tx:
            await sending.pause(tx, eva, number, NOW)
        return await real(message)

    post.sender._last_look = pause_first
    await post.sender.drain()
    assert post.push.attempts == []
    assert (await stands(post.db, number)).waiting == 1
    async with post.db.write() as tx:
        await sending.resume(tx, eva, number, NOW)
    await post.new_sender().drain()
    assert post.push.chats == [5000]


async def test_two_coordinators_press_send_at_once_and_it_is_sent_once(post, eva):
    ida = await at_work(post.db, "Ida", Role.COORDINATOR, 2004)
    await many_families(post.db, 3)
    number = await a_notice(post.db, NOW)

    async def press(who):
        async with post.db.write() as tx:
            await sending.schedule(tx, who, number, None, NOW, RULES)

    done = await asyncio.gather(press(eva), press(ida), return_exceptions=True)
    assert sum(isinstance(each, AlreadySent) for each in done) == 1
    rows = await asyncio.gather(*[sending.start_due(post.db, NOW, RULES) for _ in range(3)])
    assert sum(rows) == 3
    await post.sender.drain()
    assert sorted(post.push.chats) == [5000, 5001, 5002]


async def test_somebody_erased_while_it_is_decided_has_no_row_and_the_others_have(post, eva):
    homes = await many_families(post.db, 3)
    number = await a_notice(post.db, NOW)
    async with post.db.write() as tx:
        await sending.schedule(tx, eva, number, None, NOW, RULES)
    real = notice_work._choose

    async def gone_meanwhile(*asked):
        found = await real(*asked)
        async with post.db.write() as tx:
            await erasing.parent(tx, homes[1].family_id, homes[1].amina)
        return found

    notice_work._choose, before = gone_meanwhile, notice_work._choose
    try:
        assert await sending.start_due(post.db, NOW, RULES) == 2
    finally:
        notice_work._choose = before
    assert set(await ledger(post.db, number)) == {homes[0].amina, homes[2].amina}


async def test_who_has_paused_since_does_not_get_it_and_the_reason_can_be_read(post, eva):
    homes = await many_families(post.db, 3)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    async with post.db.write() as tx:
        await rests.begin(tx, Whose(guardian_id=homes[0].amina), Why.PAUSED, NOW)
        await rests.begin(tx, Whose(family_id=homes[1].family_id), Why.LOSS, NOW)
    await post.sender.drain()
    assert post.push.chats == [5002]
    stood = await stands(post.db, number)
    assert stood.dropped_by_reason == {Dropped.PAUSED: 1, Dropped.RESTS: 1}


async def test_who_has_changed_the_language_since_gets_it_in_the_new_one(post, eva):
    homes = await many_families(post.db, 2)
    number = await a_notice(post.db, NOW, languages="so")
    await send(post.db, eva, number, NOW)
    async with post.db.write() as tx:
        await families.set_guardian(tx, homes[0].amina, language="ar")
        await families.set_guardian(tx, homes[1].amina, language="sv")  # which it is not in
    await post.sender.drain()
    assert "نلتقي" in post.push.arrived[0].text
    assert (await stands(post.db, number)).dropped_by_reason == {Dropped.LANGUAGE: 1}


async def test_a_full_week_makes_it_wait_for_a_day_with_room(post, eva):
    await many_families(post.db, 1)
    for _n in range(4):
        number = await a_notice(post.db, NOW)
        await send(post.db, eva, number, post.clock(), again=True)
        await post.sender.drain()
        post.clock.forward(hours=1)
    assert len(post.push.arrived) == 3
    assert (await stands(post.db, number)).waiting == 1
    post.clock.set(local("2026-11-19T13:29"))
    await post.sender.drain()
    assert len(post.push.arrived) == 3
    post.clock.set(local("2026-11-19T13:30"))
    await post.sender.drain()
    assert len(post.push.arrived) == 4
    assert (await stands(post.db, number)).sent == 1


async def test_no_room_before_it_begins_and_it_is_dropped_at_once_with_the_reason(post, eva):
    await many_families(post.db, 1)
    for _ in range(3):
        await send(post.db, eva, await a_notice(post.db, NOW), NOW, again=True)
        await post.sender.drain()
        post.clock.forward(minutes=1)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(days=3))
    await send(post.db, eva, number, NOW)
    await post.sender.drain()
    assert (await stands(post.db, number)).dropped_by_reason == {Dropped.WEEK_FULL: 1}
    urgent = await a_notice(post.db, NOW, urgent=True)
    await send(post.db, eva, urgent, NOW, again=True)
    await post.sender.drain()
    assert (await stands(post.db, urgent)).sent == 1


async def test_when_every_reader_has_an_outcome_it_is_done(post, eva):
    homes = await many_families(post.db, 4)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    post.push.script(5000, push.Unreachable("blocked"))
    post.push.script(5001, push.InDoubt("cut"))
    post.push.script(5002, push.Refused("bad words"))
    await sending.finish(post.db, NOW)
    assert await state(post.db, number) is NoticeState.SENDING
    await post.sender.drain()
    await sending.finish(post.db, NOW)
    assert await state(post.db, number) is NoticeState.DONE
    stood = await stands(post.db, number)
    assert (stood.sent, stood.unreachable, stood.in_doubt, stood.failed) == (1, 1, 1, 1)
    assert stood.readers == len(homes)


async def test_a_picture_goes_by_its_number_and_a_refused_one_does_not_lose_the_text(post, eva):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW, picture="AgACAgQ")
    await send(post.db, eva, number, NOW)
    post.push.script(5000, push.Refused("wrong file identifier"))
    await post.sender.drain()
    tried, said = post.push.attempts
    assert tried.file.number == "AgACAgQ"
    assert said.file is None
    assert said.text == tried.text
    assert (await stands(post.db, number)).sent == 1


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"languages": "so,sv"}, WordsMissing),
        ({"starts_at": NOW - timedelta(hours=1)}, TooLate),
        ({"languages": "en"}, NoReaders),
        ({"words": {"so": Words("Kulan", "a" * 1100)}, "picture": "AgAC"}, WordsTooLong),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_the_reason(post, eva, facts, broken):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW, **facts)
    with pytest.raises(broken):
        async with post.db.write() as tx:
            await sending.schedule(tx, eva, number, None, NOW, RULES, languages=post.languages)
    assert await state(post.db, number) is NoticeState.DRAFT


async def test_one_for_an_hour_after_it_begins_is_refused(post, eva):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(hours=3))
    with pytest.raises(TooLate):
        await send(post.db, eva, number, NOW, at=NOW + timedelta(hours=4))


async def test_the_same_within_a_day_is_questioned(post, eva):
    await many_families(post.db, 1)
    first, second = await a_notice(post.db, NOW), await a_notice(post.db, NOW)
    await send(post.db, eva, first, NOW)
    soon, later = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    with pytest.raises(SaidAlready) as asked:
        await send(post.db, eva, second, soon)
    assert asked.value.notice_id == first
    await send(post.db, eva, second, later)


async def test_other_words_or_another_hour_are_not_the_same(post, eva):
    await many_families(post.db, 1)
    await send(post.db, eva, await a_notice(post.db, NOW), NOW)
    other = {"so": Words("Kulan kale", "Berri.")}
    await send(post.db, eva, await a_notice(post.db, NOW, words=other), NOW)
    for days in (1, 2):
        moment = NOW + timedelta(days=days)
        await send(post.db, eva, await a_notice(post.db, NOW, starts_at=moment), NOW)


async def test_only_coordinators_of_its_areas_may(post, eva):
    nurse = await at_work(post.db)
    far = await at_work(post.db, "Ulf", Role.COORDINATOR, 2009, area="Gårdsten")
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW)
    for who in (nurse, far):
        with pytest.raises(NotYours):
            await send(post.db, who, number, NOW)
    await send(post.db, eva, number, NOW)
    for act in (sending.pause, sending.resume, sending.stop):
        async with post.db.write() as tx:
            with pytest.raises(NotYours):
                await act(tx, far, number, NOW)


async def test_before_its_hour_it_can_become_a_draft_again(post, eva):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW, at=NOW + timedelta(hours=2))
    async with post.db.write() as tx:
        await sending.unschedule(tx, eva, number)
    assert await sending.start_due(post.db, NOW + IN_A_WEEK, RULES) == 0
    await send(post.db, eva, number, NOW)
    async with post.db.write() as tx:
        with pytest.raises(AlreadySent):
            await sending.unschedule(tx, eva, number)


async def test_a_cancelled_activity_is_announced_to_nobody_any_more(post, eva):
    await many_families(post.db, 2)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(days=2))
    await send(post.db, eva, number, NOW, at=NOW + timedelta(hours=1))
    async with post.db.write() as tx:
        found = (await notices.load(tx, [number]))[number]
        await activities.change(tx, found.activity.id, state="cancelled")
    assert await sending.start_due(post.db, NOW + timedelta(hours=1), RULES) == 0
    assert await state(post.db, number) is NoticeState.STOPPED
