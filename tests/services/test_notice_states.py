"""Whatever coordinators press, in whatever order: the notice is where a small model says it is."""

import random

import pytest

from programme.errors import Broken
from programme.notices import NoticeState
from programme.people import Role
from services import correcting, sending
from tests.cast import RULES, local, many_families
from tests.colleagues import at_work
from tests.databases import ON_SQLITE
from tests.services.noticed import a_notice, ledger, stands, state

NOW = local("2026-11-12T10:30")
D, C, S, P = NoticeState.DRAFT, NoticeState.SCHEDULED, NoticeState.SENDING, NoticeState.PAUSED
X, F, R = NoticeState.STOPPED, NoticeState.DONE, NoticeState.RECALLED

# From which state an act leads where; from any other it changes nothing.
MODEL = {
    "schedule": {D: C},
    "unschedule": {C: D},
    "start": {C: S},
    "pause": {S: P},
    "resume": {P: S},
    "stop": {S: X, P: X},
    "deliver": {S: F},
    "correct": {},
    "recall": {S: R, P: R, X: R, F: R},
}
READERS = 4


async def act(post, eva, number: int, what: str) -> None:
    if what == "start":
        await sending.start_due(post.db, NOW, RULES)
    elif what == "deliver":
        await post.new_sender().drain()
        await sending.finish(post.db, NOW)
    else:
        await press(post, eva, number, what)


async def press(post, eva, number: int, what: str) -> None:
    async with post.db.write() as tx:
        match what:
            case "schedule":
                await sending.schedule(tx, eva, number, None, NOW, RULES)
            case "unschedule":
                await sending.unschedule(tx, eva, number)
            case "correct":
                await correcting.correct(tx, eva, number, NOW)
            case "recall":
                await correcting.recall(tx, eva, number, NOW)
            case _:
                await getattr(sending, what)(tx, eva, number, NOW)


@ON_SQLITE
@pytest.mark.parametrize("seed", range(6))
async def test_presses_in_any_order_lead_where_the_model_says_and_nobody_gets_it_twice(post, seed):
    chance = random.Random(seed)
    post.clock.set(NOW)
    eva = await at_work(post.db, "Eva", Role.COORDINATOR, 2003)
    await many_families(post.db, READERS)
    number, where = await a_notice(post.db, NOW), D
    for what in chance.choices(list(MODEL), weights=[4, 1, 4, 2, 3, 1, 2, 2, 1], k=16):
        try:
            await act(post, eva, number, what)
        except Broken:
            assert where not in MODEL[what]
        where = MODEL[what].get(where, where)
        assert await state(post.db, number) is where, what
    await post.new_sender().drain()
    stood = await stands(post.db, number)
    assert (
        stood.readers == len(await ledger(post.db, number)) == (0 if where in {D, C} else READERS)
    )
    assert len(post.push.arrived) == len(set(post.push.chats)) == stood.sent
    assert where is P or stood.waiting == 0
    if where is R:
        assert len(post.push.deleted) == stood.sent
