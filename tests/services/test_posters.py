"""Who came by a poster: asked, answered once, forgotten; on both databases (mission B2)."""

import asyncio
from datetime import timedelta

from programme.by_poster import reminded
from programme.kinds import Kind
from programme.people import Role
from services import planning, posters
from services.enrolment import hash_of
from services.joining import Newcomer
from services.posters import Applied, Decided
from storage import areas
from storage import posters as kept
from tests.cast import AREA, BORN, JOINED, RULES, local
from tests.colleagues import BO_CHAT, at_work
from tests.rows import rows

CODE = "a-poster"


async def hang_up(db):
    async with db.write() as tx:
        await kept.add(tx, await areas.find(tx, AREA), hash_of(CODE), JOINED)


async def ask(db, chat_id=1001, now=JOINED):
    async with db.write() as tx:
        who = Newcomer(chat_id, "so")
        return await posters.apply(tx, CODE, who, (BORN, None), True, now, RULES)


async def answer(db, colleague, asker, yes, now=JOINED):
    async with db.write() as tx:
        decided, _ = await posters.answer(tx, colleague, asker, yes, now, RULES)
    return decided


async def test_two_answer_at_once_and_one_answer_counts(db):
    anna = await at_work(db)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT)
    await hang_up(db)
    await ask(db)
    [parent] = await rows(db, "guardian")
    came = await asyncio.gather(
        *(answer(db, who, parent.id, yes) for who, yes in ((anna, True), (bo, False)) * 3)
    )
    assert sorted(came).count(Decided.LATE) == 5
    answers = [
        r.what for r in await rows(db, "tally") if r.what in {"poster_welcome", "poster_not_ours"}
    ]
    assert len(answers) == 1


async def test_one_chat_asks_once(db):
    await hang_up(db)
    assert [await ask(db), await ask(db)] == [Applied.WAITS, Applied.TAKEN]
    assert len(await rows(db, "family")) == 1


async def test_the_planner_finds_who_waits_and_reminds_on_the_third_working_day(db):
    await at_work(db)
    await hang_up(db)
    await planning.plan(db, JOINED - timedelta(minutes=1), RULES)
    friday = local("2026-12-18T15:00")
    await planning.plan(db, friday - timedelta(minutes=1), RULES)
    await ask(db, now=friday)
    assert reminded(friday, RULES) == local("2026-12-23T07:30")
    moment = friday
    while moment < friday + timedelta(days=12):
        moment += timedelta(hours=7)
        await planning.plan(db, moment, RULES)
    found = [(r.kind, r.due_at) for r in await rows(db, "item")]
    assert found == [
        (Kind.POSTER_ASK, friday),
        (Kind.POSTER_ASK, local("2026-12-23T07:30")),
    ]


async def test_nothing_is_booked_or_nudged_for_who_waits(db):
    await at_work(db)
    await hang_up(db)
    await ask(db)
    for day in range(20):
        await planning.plan(db, JOINED + timedelta(days=day), RULES)
    assert {r.kind for r in await rows(db, "item")} == {Kind.POSTER_ASK}


async def test_a_refused_family_is_forgotten_with_its_last_letter_only(db):
    anna = await at_work(db)
    await hang_up(db)
    await ask(db)
    [family] = await rows(db, "family")
    async with db.write() as tx:
        assert not await kept.forget_told(tx, family.id)
    [parent] = await rows(db, "guardian")
    assert await answer(db, anna, parent.id, False) is Decided.NOT_OURS
    assert await answer(db, anna, parent.id, True) is Decided.LATE
    async with db.write() as tx:
        assert await kept.forget_told(tx, family.id)
