"""What vanishes from phones, on both databases (mission B12)."""

from datetime import timedelta

import pytest

from messaging import push
from services import clearing, housekeeping
from services.clearing import Clearer
from storage import said
from storage.said import HEARD
from tests.cast import AMINA_CHAT, DAN_CHAT, JOINED, RULES, move_in
from tests.fakes import FakePush, MovableClock
from tests.rows import rows

HOUR = timedelta(hours=1)
OLD = JOINED - timedelta(days=30)


class Desk:
    def __init__(self, db, languages):
        self.db, self.push, self.clock = db, FakePush(), MovableClock(JOINED)
        self.clearer = Clearer(db, self.push, languages, self.clock)

    async def said(self, message_id, at=JOINED, purpose="push", chat=AMINA_CHAT):
        async with self.db.write() as tx:
            await said.note(tx, chat, message_id, purpose, None, at)

    async def exit(self, chat=AMINA_CHAT):
        async with self.db.write() as tx:
            await clearing.everything(tx, chat, self.clock(), "so")

    async def left(self):
        return [(r.chat_id, r.message_id) for r in await rows(self.db, "clearing")]


@pytest.fixture
def desk(db, languages):
    return Desk(db, languages)


async def test_a_safe_exit_deletes_what_is_young_and_rewrites_what_is_old(desk):
    await desk.said(1, OLD)
    await desk.said(2, JOINED - 47 * HOUR)
    await desk.said(3, JOINED, HEARD)
    await desk.said(4, OLD, HEARD)  # a person's own, too old: only they can delete it
    await desk.said(5, chat=DAN_CHAT)
    await desk.exit()
    assert await desk.clearer.clear() == 4
    assert set(desk.push.deleted) == {(AMINA_CHAT, 2), (AMINA_CHAT, 3)}
    assert desk.push.rewritten == [(AMINA_CHAT, 1, "Salaan ka timid Lotsen!")]
    assert await desk.left() == []
    assert [r.message_id for r in await rows(desk.db, "said")] == [5]


async def test_what_fades_waits_ten_minutes_or_for_one_tap(desk):
    async with desk.db.write() as tx:
        await clearing.fade(tx, AMINA_CHAT, [7, 8], JOINED, "en")
        await clearing.fade(tx, DAN_CHAT, [9], JOINED, "en")
    desk.clock.forward(minutes=9)
    assert await desk.clearer.clear() == 0
    async with desk.db.write() as tx:
        await clearing.at_once(tx, DAN_CHAT, desk.clock())
    await desk.clearer.clear()
    assert desk.push.deleted == [(DAN_CHAT, 9)]
    desk.clock.forward(minutes=1)
    await desk.clearer.clear()
    assert set(desk.push.deleted) == {(DAN_CHAT, 9), (AMINA_CHAT, 7), (AMINA_CHAT, 8)}


async def test_a_restart_forgets_nothing_that_was_to_vanish(desk, languages):
    async with desk.db.write() as tx:
        await clearing.fade(tx, AMINA_CHAT, [7], JOINED, "en")
    desk.clock.forward(hours=3)
    again = Clearer(desk.db, desk.push, languages, desk.clock)
    assert await again.clear() == 1


@pytest.mark.parametrize(
    "outcome", [push.FloodWait(5), push.NotSent("no connection"), push.InDoubt("cut")]
)
async def test_what_telegram_does_not_take_is_tried_again(desk, outcome):
    await desk.said(1)
    await desk.exit()
    desk.push.clears.append(outcome)
    assert await desk.clearer.clear() == 0
    assert await desk.left() == [(AMINA_CHAT, 1)]
    desk.clock.forward(seconds=6)
    assert await desk.clearer.clear() == 1
    assert await desk.left() == []


async def test_where_deleting_is_refused_the_message_says_nothing_instead(desk):
    await desk.said(1)
    await desk.exit()
    desk.push.clears.append(push.Refused("message can't be deleted for everyone"))
    await desk.clearer.clear()
    assert [text for _, _, text in desk.push.rewritten] == ["Salaan ka timid Lotsen!"]
    assert await desk.left() == []


@pytest.mark.parametrize("outcome", [push.Unreachable("blocked"), push.Refused("not found")])
async def test_what_nobody_can_do_is_given_up(desk, outcome):
    await desk.said(1, OLD)
    await desk.exit()
    desk.push.clears.append(outcome)
    await desk.clearer.clear()
    assert await desk.left() == []


async def test_one_chat_that_must_wait_does_not_hold_up_another(desk):
    await desk.said(1)
    await desk.said(2, chat=DAN_CHAT)
    for chat in (AMINA_CHAT, DAN_CHAT):
        await desk.exit(chat)
    desk.push.clears.append(push.FloodWait(600))
    await desk.clearer.clear()
    assert await desk.left() == [(AMINA_CHAT, 1)]


async def test_three_hundred_messages_go_in_a_few_calls(desk):
    async with desk.db.write() as tx:
        for n in range(1, 301):
            await said.note(tx, AMINA_CHAT, n, "push", None, JOINED)
    await desk.exit()
    assert await desk.clearer.clear() == 300
    assert len(set(desk.push.deleted)) == 300


async def test_what_was_said_to_a_parent_is_kept_as_long_as_the_parent(desk):
    home = await move_in(desk.db)
    await desk.said(1, OLD)
    await desk.said(2, OLD, HEARD)
    await desk.said(3, OLD, chat=DAN_CHAT)
    await housekeeping.purge(desk.db, JOINED, RULES)
    assert [r.message_id for r in await rows(desk.db, "said")] == [1]
    async with desk.db.write() as tx:
        await tx.exec_driver_sql(f"DELETE FROM guardian WHERE id = {home.amina}")
    await housekeeping.purge(desk.db, JOINED, RULES)
    assert await rows(desk.db, "said") == []


async def test_what_is_to_vanish_is_tried_for_two_days_and_no_longer(desk):
    await desk.said(1)
    await desk.exit()
    desk.push.clears.extend([push.NotSent("no connection")] * 200)
    for _ in range(80):
        await desk.clearer.clear()
        desk.clock.forward(hours=1)
    assert await desk.left() == []
