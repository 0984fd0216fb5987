"""Pace, claim, re-check, send, record: what leaves, when, how many at once, and what survives."""

import asyncio
import time
from datetime import timedelta

import pytest

from messaging import push
from programme.kinds import Rules
from programme.people import Choice, Why
from services import claiming, preferences
from services.access import reader_of
from services.answering import answer
from services.claiming import CHECKED_AT_ONCE
from storage import rests
from storage.rests import Whose
from tests.cast import (
    AMINA_CHAT,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    many_families,
    move_in,
)
from tests.databases import ON_SQLITE
from tests.fakes import FlakyDatabase
from tests.services.post import until

VISIT = local("2026-11-20T10:00")
EVE = local("2026-11-19T17:00")
MORNING = local("2026-11-20T07:30")


async def _told(post, *chats):
    """A family that has its tip and knows of its visit; nothing waits."""
    home = await move_in(post.db, chats=(chats or (AMINA_CHAT, None)))
    await book_visit(post.db, home.family_id, VISIT, post.clock())
    await post.deliver()
    post.push.arrived.clear()
    post.push.attempts.clear()
    post.new_sender()
    return home


async def _planned_for(post, at):
    """What is due at that hour waits; the sender has not looked yet."""
    post.clock.set(at)
    await post.plan()
    assert "waiting" in await post.states()


async def test_whoever_counts_hears_of_each_outcome_and_of_the_hour_it_was_due(post):
    await _told(post)
    heard = []
    post.sender.heard = lambda ended, now: heard.append((type(ended.outcome), ended.message.due_at))
    post.clock.set(EVE + timedelta(minutes=1))
    await post.deliver()
    assert heard == [(push.Sent, EVE)]


# ---- what leaves when


async def test_visits_leave_before_tips_and_the_longest_waiting_first(post):
    await many_families(post.db, 5)
    born = local("2025-01-01T00:00").date()
    late = await move_in(post.db, born=born, joined=post.clock(), chats=(9001, None))
    await post.plan()
    await book_visit(post.db, late.family_id, VISIT, post.clock())
    await post.deliver()
    assert post.push.chats == [9001, 5000, 5001, 5002, 5003, 5004]


async def test_letters_of_one_hour_are_one_message_with_the_visit_first(post):
    home = await move_in(post.db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await book_visit(post.db, home.family_id, VISIT, post.clock())
    assert await post.deliver() == {"sent": 4}
    assert sorted(post.push.chats) == [AMINA_CHAT, YUSUF_CHAT]
    somali = next(said.text for said in post.push.arrived if said.chat_id == AMINA_CHAT)
    assert "Anna" in somali
    assert len(await post.boxes()) == 2


async def test_nothing_leaves_at_night(post):
    await move_in(post.db)
    await post.plan()
    for wall in ("20:00", "23:59"):
        post.clock.set(local(f"2026-11-04T{wall}"))
        assert await post.deliver() == {}
    for wall in ("00:00", "06:59:59", "07:30", "07:59:59"):  # tips wake at eight
        post.clock.set(local(f"2026-11-05T{wall}"))
        assert await post.deliver() == {}
    post.clock.set(local("2026-11-05T08:00"))
    assert await post.deliver() == {"sent": 1}


async def test_news_of_a_near_visit_leaves_at_night_and_nothing_else_does(post):
    home = await move_in(post.db)
    other = await move_in(post.db, chats=(YUSUF_CHAT, None))
    await post.deliver()
    post.push.arrived.clear()
    night = local("2026-11-04T22:00")
    post.clock.set(night)
    await post.plan()
    await book_visit(post.db, home.family_id, local("2026-11-05T09:00"), night)
    await book_visit(post.db, other.family_id, VISIT, night)
    await post.deliver()
    assert post.push.chats == [AMINA_CHAT]
    post.clock.set(local("2026-11-05T07:00"))
    await post.deliver()
    assert post.push.chats == [AMINA_CHAT, YUSUF_CHAT]


async def test_without_quiet_hours_everything_leaves_at_once(post):
    post.rules = Rules(quiet=None)
    post.new_sender()
    home = await move_in(post.db)
    post.clock.set(local("2026-11-04T03:00"))
    await book_visit(post.db, home.family_id, VISIT, post.clock())
    assert await post.deliver() == {"sent": 1}


async def test_the_reminder_of_the_same_morning_makes_no_sound(post):
    await _told(post)
    post.clock.set(MORNING)
    await post.deliver()
    assert [said.silent for said in post.push.arrived] == [True]


async def test_nothing_leaves_before_its_hour(post):
    await _told(post)
    await _planned_for(post, EVE)
    post.clock.set(EVE - timedelta(microseconds=1))
    await post.sender.drain()
    assert post.push.attempts == []


# ---- the second look, just before sending


async def test_what_became_too_late_while_it_waited_is_dropped_with_its_reason(post):
    await _told(post)
    await _planned_for(post, EVE)
    post.clock.set(local("2026-11-20T07:10"))
    assert await post.deliver() == {"dropped": 1}
    assert (await post.items())["visit:1:0:day-before:1"] == ("dropped", "too late")
    assert (await post.boxes())[-1] == ("dropped", "nothing left to say")
    assert post.push.attempts == []


@pytest.mark.parametrize(
    ("away", "came", "became"),
    [
        (timedelta(seconds=30), 1, "sent"),
        (timedelta(hours=1), 1, "sent"),  # looked at again, and it is still worth saying
        (timedelta(hours=9), 0, "waiting"),  # it is night
        (timedelta(days=7), 0, "dropped"),
        (-timedelta(days=7), 0, "waiting"),  # the clock was ahead
    ],
    ids=str,
)
@ON_SQLITE
async def test_who_is_paused_between_the_claim_and_the_wire_sends_nothing_stale(
    post, monkeypatch, away, came, became
):
    await _told(post)
    await _planned_for(post, EVE)
    words, wakes = post.sender._words, [EVE + away]

    def paused(claimed):
        if wakes:
            post.clock.set(wakes.pop())
        return words(claimed)

    monkeypatch.setattr(post.sender, "_words", paused)
    await post.sender.drain()
    assert (len(post.push.attempts), (await post.states())[-1]) == (came, became)


async def test_after_a_stop_is_committed_nothing_leaves(post):
    await _told(post, AMINA_CHAT, YUSUF_CHAT)
    await _planned_for(post, EVE)
    async with post.db.write() as tx:
        await preferences.stop(tx, await _within(tx, AMINA_CHAT), EVE)
    await post.deliver()
    assert post.push.chats == [YUSUF_CHAT]
    assert (await post.items())["visit:1:0:day-before:1"] == ("dropped", "stopped")


async def test_a_stop_is_heeded_even_if_the_message_still_waits(post):
    home = await _told(post)
    await _planned_for(post, EVE)
    async with post.db.write() as tx:
        await rests.begin(tx, Whose(guardian_id=home.amina), Why.STOPPED, EVE)
    assert await post.deliver() == {"dropped": 1}
    assert post.push.attempts == []
    assert (await post.items())["visit:1:0:day-before:1"] == ("dropped", "stopped")


async def test_who_answers_while_the_morning_reminder_waits_does_not_get_it(post):
    await _told(post, AMINA_CHAT, YUSUF_CHAT)
    await _planned_for(post, MORNING)
    async with post.db.write() as tx:
        me = await _within(tx, YUSUF_CHAT)
        await answer(tx, me, 1, 0, Choice.YES, MORNING, RULES)
    assert await post.deliver() == {}
    assert post.push.attempts == []
    promises = await post.items()
    assert promises["visit:1:0:same-morning:1"] == ("dropped", "no longer due")
    assert promises["visit:1:0:same-morning:2"] == ("dropped", "no longer due")


async def test_a_visit_that_moves_while_its_reminder_waits_is_reminded_of_at_the_new_time(post):
    home = await _told(post)
    await _planned_for(post, EVE)
    await book_visit(post.db, home.family_id, VISIT + timedelta(days=7), EVE)
    assert await post.deliver() == {"sent": 1}
    items = await post.items()
    assert items["visit:1:0:day-before:1"] == ("dropped", "no longer due")
    assert items["visit:1:1:moved:1"] == ("sent", None)
    post.clock.set(EVE + timedelta(days=7))
    await post.deliver()
    assert (await post.items())["visit:1:1:day-before:1"] == ("sent", None)
    assert (await post.items()).get("visit:1:0:same-morning:1") is None


async def test_a_message_that_waits_is_said_in_the_language_of_now(post):
    home = await move_in(post.db)
    await post.plan()
    async with post.db.write() as tx:
        await preferences.set_language(tx, await _within(tx, AMINA_CHAT), "sv")
    await post.deliver()
    swedish = post.languages.get("sv").gettext("A tip from Lotsen")
    assert post.push.arrived[0].text.startswith(swedish)
    assert home.amina == 1


async def test_thousands_that_are_too_late_keep_nobody_waiting_long(post, monkeypatch):
    monkeypatch.setattr(claiming, "CHECKED_AT_ONCE", 10)
    await many_families(post.db, 35)
    await post.plan()
    await move_in(post.db, born=local("2026-11-20T00:00").date(), joined=EVE, chats=(9001, None))
    post.clock.set(local("2026-11-24T10:00"))
    commits = FlakyDatabase(post.db, 10**9)
    post.new_sender(db=commits)
    counts = await post.deliver()
    assert counts["dropped"] == 35
    assert 9001 in post.push.chats
    assert commits.commits >= 4
    assert CHECKED_AT_ONCE <= 100


# ---- how many, how fast


async def test_one_parent_is_written_to_once_at_a_time(post):
    home = await _told(post, AMINA_CHAT, YUSUF_CHAT)
    post.push.takes = 0.1  # longer than a claim takes on a busy machine
    for number in range(1, 7):
        post.clock.forward(hours=1)
        at = VISIT + timedelta(days=42 + 7 * number)
        await book_visit(post.db, home.family_id, at, post.clock(), number)
    await post.deliver()
    assert len(post.push.attempts) == 12
    assert post.push.most_at_once == 1
    assert post.push.most_in_flight == 2


async def test_at_most_sixteen_are_on_the_wire(post):
    await many_families(post.db, 40)
    post.push.door = asyncio.Event()
    await post.plan()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(post.sender.drain())
        async with asyncio.timeout(30):
            await until(lambda: post.push.in_flight == push.IN_FLIGHT)
        await asyncio.sleep(0.1)
        assert post.push.in_flight == push.IN_FLIGHT
        assert (await post.states()).count("sending") == push.IN_FLIGHT
        post.push.door.set()
    assert post.push.most_in_flight == push.IN_FLIGHT
    assert await post.states() == ["sent"] * 40


async def test_no_second_holds_more_messages_than_the_rate(post):
    await many_families(post.db, 75)
    times: list[float] = []
    post.push.on_send = lambda _said: times.append(time.monotonic())
    post.new_sender(per_second=60)
    await post.deliver()
    assert len(times) == 75
    # One more than the rate: the pace is kept before the claim, and a claim takes its time.
    assert max(sum(start <= at < start + 1 for at in times) for start in times) <= 61
    assert times[-1] - times[0] >= 73 / 60


async def _within(tx, chat_id):
    found = await reader_of(tx, chat_id)
    assert found is not None
    return found
