"""What each outcome of a send means for the message, for the person and for everybody else."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from messaging import push
from programme.kinds import Kind
from services.delivery import WrongToken
from services.outcomes import LATER, SOON
from storage.tables import guardian, item, outbox
from tests.cast import AMINA_CHAT, YUSUF_CHAT, book_visit, local, many_families, move_in
from tests.services.post import until, until_all_ended

VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")


async def _eve(post, *chats):
    """A family in those chats (Amina's alone if none are given), on the eve of its visit."""
    home = await move_in(post.db, chats=chats or (AMINA_CHAT, None))
    await book_visit(post.db, home.family_id, VISIT, local("2026-11-04T10:00"))
    post.clock.set(local("2026-11-04T12:00"))
    await post.deliver()
    post.clock.set(EVE - timedelta(seconds=1))
    await post.plan()
    post.push.arrived.clear()
    post.push.attempts.clear()
    post.new_sender()
    post.clock.set(EVE)
    return home


async def test_a_message_that_arrives_is_written_down_with_its_id(post):
    await move_in(post.db)
    assert await post.deliver() == {"sent": 1}
    assert await post.boxes() == [("sent", None)]
    assert await post.items() == {"tip:1:gift_book:1": ("sent", None)}
    assert await post.said() == [(AMINA_CHAT, 1)]
    [said] = post.push.arrived
    assert said.chat_id == AMINA_CHAT
    assert said.text.startswith(post.languages.get("so").gettext("A tip from Lotsen"))
    assert await post.deliver() == {"sent": 1}  # and not again


async def test_a_flood_wait_of_one_chat_holds_that_chat_until_exactly_then(post):
    await many_families(post.db, 3)
    post.push.script(5001, push.FloodWait(37))
    assert await post.deliver() == {"sent": 2, "postponed": 1}
    assert post.push.chats == [5000, 5002]
    assert await post.boxes() == [("sent", None), ("waiting", "flood wait"), ("sent", None)]
    post.clock.forward(seconds=36.9)
    await post.deliver()
    assert post.push.chats == [5000, 5002]
    post.clock.forward(seconds=0.1)
    assert await post.deliver() == {"sent": 3, "postponed": 1}


async def test_flood_waits_of_two_chats_hold_everybody_and_a_drain_does_not_wait_for_it(post):
    await many_families(post.db, 40)
    for chat in (5001, 5002):
        post.push.script(chat, push.FloodWait(300))
    post.new_sender(fast_gate=False)
    async with asyncio.timeout(30):
        counts = await post.deliver()
    assert counts["postponed"] == 2
    assert len(post.push.attempts) < 3 + push.IN_FLIGHT
    assert (await post.states()).count("sending") == 0
    post.clock.forward(seconds=301)
    post.new_sender()
    assert (await post.deliver())["sent"] == 40 - counts["sent"]


async def test_while_everybody_waits_what_has_ended_is_written_down(post):
    await many_families(post.db, 12)
    for chat in (5002, 5003):
        post.push.script(chat, push.FloodWait(3600))
    sender = post.new_sender(fast_gate=False)
    await post.plan()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sender.run())
        async with asyncio.timeout(30):
            await until(lambda: sender._gate.closed_for() > 0)
            await until_all_ended(post)
        assert sender._gate.closed_for() > 3000
        assert (await post.states()).count("sent") == len(post.push.arrived)
        sender.stop()


async def test_without_a_connection_the_message_waits_and_goes_later(post):
    await move_in(post.db)
    post.push.script(AMINA_CHAT, push.NotSent("no connection"))
    assert await post.deliver() == {"postponed": 1}
    assert await post.boxes() == [("waiting", "no connection")]
    post.clock.set(post.clock() + SOON)
    assert await post.deliver() == {"postponed": 1, "sent": 1}


async def test_a_visit_reminder_in_doubt_is_said_again_once_and_then_left(post):
    await _eve(post)
    post.push.script(AMINA_CHAT, *[push.InDoubt("line cut")] * 3)
    assert await post.deliver() == {"postponed": 1}
    assert (await post.boxes())[-1] == ("waiting", "line cut")
    post.clock.set(EVE + SOON)
    assert await post.deliver() == {"postponed": 1, "in_doubt": 1}
    assert (await post.boxes())[-1] == ("in_doubt", "line cut")
    assert (await post.items())["visit:1:0:day-before:1"] == ("dropped", "in doubt")
    post.clock.set(EVE + timedelta(hours=1))
    await post.deliver()
    assert len(post.push.attempts) == 2


async def test_a_visit_reminder_in_doubt_that_then_arrives_is_sent(post):
    await _eve(post)
    post.push.script(AMINA_CHAT, push.InDoubt("line cut"))
    await post.deliver()
    post.clock.set(EVE + SOON)
    assert await post.deliver() == {"postponed": 1, "sent": 1}
    assert (await post.boxes())[-1][0] == "sent"


async def test_a_tip_in_doubt_is_left(post):
    await move_in(post.db)
    post.push.script(AMINA_CHAT, push.InDoubt("line cut"))
    assert await post.deliver() == {"in_doubt": 1}
    assert await post.boxes() == [("in_doubt", "line cut")]
    post.clock.forward(hours=2)
    await post.deliver()
    assert len(post.push.attempts) == 1


async def test_of_a_message_in_doubt_only_the_visit_is_said_again(post):
    home = await move_in(post.db)
    await book_visit(post.db, home.family_id, VISIT, post.clock())
    post.push.script(AMINA_CHAT, push.InDoubt("line cut"))
    assert await post.deliver() == {"in_doubt": 1, "postponed": 1}
    post.clock.set(post.clock() + SOON)
    assert await post.deliver() == {"in_doubt": 1, "postponed": 1, "sent": 1}
    both, visit_only = post.push.attempts
    assert len(visit_only.text) < len(both.text)
    assert (await post.items())["tip:1:gift_book:1"] == ("dropped", "in doubt")


@pytest.mark.parametrize("reason", ["blocked", "gone"])
async def test_who_cannot_be_reached_is_marked_and_nothing_more_waits_for_them(post, reason):
    home = await _eve(post, AMINA_CHAT, YUSUF_CHAT)
    await post.plan()
    async with post.db.write() as tx:  # something else that waits, for tomorrow
        first = (await tx.execute(select(outbox).where(outbox.c.state == "waiting"))).first()
        facts = first._asdict() | {"next_at": VISIT, "guardian_id": home.amina}
        del facts["id"]
        box = await tx.execute(outbox.insert().values(facts).returning(outbox.c.id))
        promise = {"key": "tip:1:x:1", "kind": "tip", "family_id": 1, "guardian_id": 1}
        promise |= {"due_at": VISIT, "state": "planned", "outbox_id": box.scalar_one()}
        await tx.execute(item.insert().values(promise))
    post.push.script(AMINA_CHAT, push.Unreachable(reason))
    counts = await post.deliver()
    assert counts == {"sent": 1, "unreachable": 1, "dropped": 1}
    assert await post.out_of_reach() == {home.amina: reason}
    assert (await post.items())["tip:1:x:1"] == ("dropped", reason)
    assert post.push.chats == [YUSUF_CHAT]
    post.clock.set(local("2026-11-20T07:30"))
    await post.deliver()
    assert post.push.chats == [YUSUF_CHAT, YUSUF_CHAT]
    assert "waiting" not in await post.states()


async def test_one_chat_that_is_not_found_is_a_person_gone(post):
    homes = await many_families(post.db, 4)
    post.push.script(5001, push.ChatNotFound())
    assert await post.deliver() == {"sent": 3, "unreachable": 1}
    assert await post.out_of_reach() == {homes[1].amina: "gone"}


async def test_the_last_chat_that_is_not_found_is_a_person_gone(post):
    homes = await many_families(post.db, 2)
    post.push.script(5001, push.ChatNotFound())
    assert await post.deliver() == {"sent": 1, "unreachable": 1}
    assert await post.out_of_reach() == {homes[1].amina: "gone"}
    assert not post.sender.alarmed


async def test_two_chats_not_found_before_one_success_are_two_persons_gone(post):
    homes = await many_families(post.db, 3)
    for chat in (5000, 5001):
        post.push.script(chat, push.ChatNotFound())
    assert await post.deliver() == {"sent": 1, "unreachable": 2}
    assert set(await post.out_of_reach()) == {homes[0].amina, homes[1].amina}


@pytest.mark.parametrize("count", [3, 4, 5, 8, 17, 20, 40])
@pytest.mark.parametrize("takes", [0.0, 0.02])
async def test_many_chats_not_found_raise_an_alarm_and_mark_nobody(post, count, takes):
    await many_families(post.db, count)
    for n in range(count):
        post.push.script(5000 + n, push.ChatNotFound())
    post.push.takes = takes
    post.new_sender(fast_gate=False)
    async with asyncio.timeout(30):
        counts = await post.deliver()
    assert await post.out_of_reach() == {}
    assert post.sender.alarmed
    assert counts == {"postponed": len(post.push.attempts)}
    assert set(await post.states()) == {"waiting"}
    assert len(post.push.attempts) <= 3 + push.IN_FLIGHT


async def test_after_an_alarm_was_mended_everybody_gets_their_message(post):
    await many_families(post.db, 6)
    for n in range(6):
        post.push.script(5000 + n, push.ChatNotFound())
    await post.deliver()
    for scripted in post.push._scripts.values():
        scripted.clear()
    post.clock.set(post.clock() + LATER)
    post.new_sender()
    assert await post.deliver() == {"sent": 6}


async def test_after_an_alarm_the_next_success_tells_who_is_really_gone(post):
    homes = await many_families(post.db, 5)
    for n in range(5):
        post.push.script(5000 + n, push.ChatNotFound())
    await post.deliver()
    for scripted in post.push._scripts.values():
        scripted.clear()
    post.push.script(5000, push.ChatNotFound())
    post.clock.set(post.clock() + LATER)
    post.open_gate()
    await post.deliver()
    assert await post.out_of_reach() == {homes[0].amina: "gone"}
    assert len(post.push.arrived) == 4


async def test_once_a_message_has_gone_through_after_an_alarm_a_person_can_be_gone_again(post):
    homes = await many_families(post.db, 3)
    for n in range(3):
        post.push.script(5000 + n, push.ChatNotFound())
    await post.deliver()
    post.clock.set(post.clock() + LATER)
    post.open_gate()
    await post.deliver()
    assert len(post.push.arrived) == 3
    await book_visit(post.db, homes[1].family_id, VISIT, post.clock())
    post.push.script(5001, push.ChatNotFound())
    await post.deliver()
    assert await post.out_of_reach() == {homes[1].amina: "gone"}


async def test_until_it_is_clear_what_it_means_nothing_else_goes_to_a_chat_not_found(post):
    home = await move_in(post.db)
    for number in (1, 2, 3):
        await book_visit(
            post.db, home.family_id, VISIT + number * timedelta(hours=2), post.clock(), number
        )
        post.clock.forward(hours=1)
    post.push.script(AMINA_CHAT, push.ChatNotFound())
    counts = await post.deliver()
    assert len(post.push.attempts) == 1
    assert counts["unreachable"] >= 1
    assert "sent" not in counts
    assert await post.out_of_reach() == {home.amina: "gone"}


async def test_a_chat_with_a_new_id_is_written_to_there_at_once(post):
    home = await move_in(post.db)
    post.push.script(AMINA_CHAT, push.Moved(-100123))
    assert await post.deliver() == {"sent": 1}
    assert post.push.chats == [-100123]
    async with post.db.read() as tx:
        chat = select(guardian.c.chat_id).where(guardian.c.id == home.amina)
        assert (await tx.execute(chat)).scalar() == -100123


async def test_a_chat_that_moved_into_somebody_elses_stops_nobody(post):
    await many_families(post.db, 3)
    post.push.script(5000, push.Moved(5002))
    counts = await post.deliver()
    assert counts == {"failed": 1, "sent": 2}
    assert (await post.boxes())[0][0] == "failed"


async def test_a_refused_message_fails_and_the_next_one_goes(post):
    await many_families(post.db, 3)
    post.push.script(5000, push.Refused("can't parse entities"))
    assert await post.deliver() == {"failed": 1, "sent": 2}
    assert (await post.boxes())[0] == ("failed", "can't parse entities")
    assert await post.out_of_reach() == {}


async def test_a_pusher_that_raises_ends_one_message_and_stops_no_other(post):
    await many_families(post.db, 3)
    post.push.script(5001, RuntimeError("a bug"))
    counts = await post.deliver()
    assert counts["sent"] == 2
    assert sum(counts.values()) == 3
    assert (await post.states())[1] not in {"waiting", "sending", "sent"}


async def test_a_message_without_words_fails_and_the_next_one_goes(post):
    homes = await many_families(post.db, 3)
    async with post.db.write() as tx:
        mine = guardian.c.id == homes[0].amina
        await tx.execute(update(guardian).where(mine).values(language="xx"))
    assert await post.deliver() == {"failed": 1, "sent": 2}
    assert (await post.boxes())[0] == ("failed", "could not be made")


async def test_a_promise_of_a_kind_nobody_knows_any_more_stops_no_other(post):
    await many_families(post.db, 3)
    await post.plan()
    async with post.db.write() as tx:
        await tx.execute(update(item).where(item.c.id == 1).values(kind="retired"))
    assert await post.deliver() == {"failed": 1, "sent": 2}
    assert (await post.states()) == ["failed", "sent", "sent"]


async def test_a_wrong_token_stops_everything_loses_nothing_and_marks_nobody(post):
    await many_families(post.db, 5)
    post.push = post.push.__class__(usually=push.WrongToken)
    post.new_sender()
    await post.plan()
    with pytest.raises(WrongToken):
        async with asyncio.timeout(30):
            await post.sender.drain()
    assert set(await post.states()) == {"waiting"}
    assert await post.out_of_reach() == {}
    assert len(post.push.attempts) <= push.IN_FLIGHT
    post.push = post.push.__class__()
    post.new_sender()
    assert await post.deliver() == {"sent": 5}


async def test_a_row_that_cannot_be_read_fails_at_once_where_no_newer_version_is_at_work(post):
    await many_families(post.db, 2)
    await post.plan()
    async with post.db.write() as tx:
        await tx.execute(update(item).where(item.c.outbox_id == 1).values(kind="a_mistake"))
    assert await post.deliver() == {"failed": 1, "sent": 1}
    assert (await post.boxes())[0] == ("failed", "could not be read")


async def test_a_row_of_a_newer_version_waits_a_day_for_it_and_stops_no_other(post):
    """While processes are restarted one by one, an old sender meets what a new chat wrote."""
    await many_families(post.db, 3)
    await post.plan()
    async with post.db.write() as tx:
        unknown = update(item).where(item.c.outbox_id < 3)
        await tx.execute(unknown.values(kind="a_kind_of_2030"))
        await tx.exec_driver_sql("UPDATE alembic_version SET version_num = 'of_2030'")
    assert (await post.deliver())["sent"] == 1
    assert (await post.boxes())[:2] == [("waiting", "could not be read")] * 2

    async with post.db.write() as tx:  # the newer one is there for one of them
        await tx.execute(update(item).where(item.c.outbox_id == 1).values(kind=Kind.TIP))
    post.clock.forward(minutes=10)
    assert (await post.deliver())["sent"] == 2
    post.clock.forward(days=1)
    await post.sender.drain()
    assert (await post.boxes())[:2] == [("sent", None), ("failed", "could not be read")]
