"""Staff are invited, confirmed, rest and end; what rests or ends sees nothing (mission H1)."""

import random
from datetime import timedelta

import pytest

from messaging import push
from programme.errors import NotYours
from programme.people import Role
from programme.staff_life import LEADS, Act, Pause, Standing
from services import calendar, enrolment, guesses, staff_life, staff_links, team
from services.access import colleague_of, resting_colleague
from services.enrolment import hash_of
from services.planning import plan
from storage import areas, posters, said
from storage import staff_life as kept
from storage.tables import metadata
from tests.cast import AREA, JOINED, RULES, move_in
from tests.colleagues import ANNA_CHAT, at_work
from tests.effort import tries
from tests.rows import rows

DAY, CARLA_CHAT = timedelta(days=1), 2009


@pytest.fixture
async def anna(db):
    return await at_work(db)


@pytest.fixture
async def carla(db):
    return await at_work(db, "Carla", Role.COORDINATOR, CARLA_CHAT)


async def confirmed(db, *people, at=JOINED):
    async with db.write() as tx:
        for each in people:
            await kept.confirm(tx, each.member.id, at)


async def nightly(db, now):
    async with db.write() as tx:
        return await staff_life.rest_unconfirmed(tx, now, RULES)


async def is_let_in(db, chat=ANNA_CHAT):
    async with db.read() as tx:
        return await colleague_of(tx, chat) is not None


async def asked_on_monday(db, post, *people):
    """Half a year after they were confirmed is a Saturday: the question arrives two days later."""
    await confirmed(db, *people)
    await move_in(db, joined=JOINED + 179 * DAY)  # planning begins with the first family
    post.clock.set(JOINED + 182 * DAY)
    await post.deliver()


async def test_nobody_answers_and_access_rests_after_the_grace(db, post, anna, carla):
    await confirmed(db, carla, at=JOINED + 100 * DAY)
    await asked_on_monday(db, post, anna)
    [asked] = await rows(db, "item", kind="confirm_colleague")
    assert asked.staff_id == carla.member.id
    await plan(db, JOINED + 188 * DAY, RULES)
    [warned] = await rows(db, "item", kind="access_rests")
    assert warned.staff_id == anna.member.id
    assert await nightly(db, JOINED + 195 * DAY) == 0
    assert await nightly(db, JOINED + 196 * DAY) == 1
    assert not await is_let_in(db)
    async with db.read() as tx:
        assert (await resting_colleague(tx, ANNA_CHAT)).id == anna.member.id
    assert await nightly(db, JOINED + 197 * DAY) == 0


async def test_whoever_comes_after_who_was_asked_is_asked_and_has_as_long(db, post, anna, carla):
    doris = await at_work(db, "Doris", Role.ADMINISTRATOR, 2011)
    await confirmed(db, carla, doris, at=JOINED + 100 * DAY)
    await asked_on_monday(db, post, anna)
    async with db.write() as tx:
        await staff_links.end_one(tx, carla.member.id, post.clock(), RULES)
    again = JOINED + 197 * DAY  # a Tuesday
    assert await nightly(db, again) == 0
    post.clock.set(again)
    await post.deliver()
    asked = await rows(db, "item", kind="confirm_colleague")
    assert [each.staff_id for each in asked] == [carla.member.id, doris.member.id]
    assert await nightly(db, again + 13 * DAY) == 0
    assert await is_let_in(db)
    assert await nightly(db, again + 14 * DAY) == 1


async def test_who_has_blocked_the_bot_is_not_asked_for_ever_but_the_next_one_is(
    db, post, anna, carla
):
    post.push.script(CARLA_CHAT, *[push.Unreachable("blocked")] * 40)
    await confirmed(db, carla, at=JOINED + 100 * DAY)
    await asked_on_monday(db, post, anna)
    for week in range(28, 60, 2):
        post.clock.set(JOINED + week * 7 * DAY)
        await nightly(db, post.clock())
        await post.deliver()
    assert len(await rows(db, "item", kind="confirm_colleague", staff_id=carla.member.id)) == 1
    assert await is_let_in(db)  # nobody could be asked

    doris = await at_work(db, "Doris", Role.ADMINISTRATOR, 2011)
    again = JOINED + 60 * 7 * DAY
    await confirmed(db, carla, doris, at=again)
    for days in (0, 1, 16):
        post.clock.set(again + days * DAY)
        assert await nightly(db, post.clock()) == (days == 16)
        await post.deliver()
    assert not await is_let_in(db)


async def test_whoever_reads_again_is_asked_again(db, post, anna, carla):
    post.push.script(CARLA_CHAT, *[push.Unreachable("blocked")] * 40)
    await confirmed(db, carla, at=JOINED + 100 * DAY)
    await asked_on_monday(db, post, anna)
    async with db.read() as tx:
        assert [each.unreached for each in await kept.everybody(tx)] == [False, True]
    async with db.write() as tx:
        values = {"staff_id": carla.member.id, "lane": 1, "state": "sent", "ended_at": post.clock()}
        values |= {"due_at": JOINED, "next_at": JOINED}
        await tx.execute(metadata.tables["outbox"].insert().values(**values))
        assert not any(each.unreached for each in await kept.everybody(tx))


async def test_a_yes_lasts_for_another_half_year_and_takes_the_question_back(db, anna, carla):
    await confirmed(db, anna)
    await confirmed(db, carla, at=JOINED + 100 * DAY)
    await move_in(db)  # planning begins with the first family
    now = JOINED + 181 * DAY
    await plan(db, now, RULES)
    async with db.write() as tx:
        await team.confirm(tx, carla, anna.member.id, now, RULES)
    assert {each.state for each in await rows(db, "item", kind="confirm_colleague")} == {"dropped"}
    assert await nightly(db, now + 179 * DAY) == 0
    assert await is_let_in(db)


async def test_where_nobody_can_be_asked_access_goes_on(db, anna):
    await confirmed(db, anna)
    await plan(db, JOINED + 200 * DAY, RULES)
    assert await rows(db, "item", kind="access_rests") == []
    assert await nightly(db, JOINED + 400 * DAY) == 0
    assert await is_let_in(db)


async def test_a_whole_town_that_answers_nothing_keeps_who_can_let_the_others_in(
    db, post, anna, carla
):
    doris = await at_work(db, "Doris", Role.ADMINISTRATOR, 2011)
    dag = await at_work(db, "Dag", Role.ADMINISTRATOR, 2012)
    await asked_on_monday(db, post, anna, carla, doris, dag)
    now = JOINED + 200 * DAY
    assert await nightly(db, now) == 3
    async with db.write() as tx:
        [asks] = [each for each in [await colleague_of(tx, n) for n in (2011, 2012)] if each]
        for who in {anna.member.id, carla.member.id, doris.member.id, dag.member.id}:
            if who != asks.member.id:
                await team.resume(tx, asks, who, now, RULES)
    for chat in (ANNA_CHAT, CARLA_CHAT, 2011, 2012):
        assert await is_let_in(db, chat)


async def test_who_came_before_is_counted_from_the_first_night(db, anna, carla):
    assert await nightly(db, JOINED) == 0
    [row] = await rows(db, "staff", id=anna.member.id)
    assert row.confirmed_at == JOINED


async def test_what_rests_has_no_letters_no_link_no_calendar_and_an_empty_phone(db, anna, carla):
    async with db.write() as tx:
        token = await calendar.new_feed(tx, anna.member.id)
        code = await staff_links.new_link(tx, anna.member.id, JOINED)
        for number, days in ((1, 0), (2, 30), (3, 31)):
            await said.note(tx, ANNA_CHAT, number, "answer", None, JOINED - days * DAY)
        await team.rest(tx, carla, anna.member.id, JOINED, RULES)
    assert not await is_let_in(db)
    stains = {each.message_id: each.at - JOINED for each in await rows(db, "clearing")}
    assert stains == {1: timedelta(), 2: staff_life.APART, 3: 2 * staff_life.APART}
    async with db.write() as tx:
        opened = await staff_links.open_link(tx, code, 2050, "sv", JOINED)
        assert opened.colleague is None
        await team.resume(tx, carla, anna.member.id, JOINED + DAY, RULES)
    assert await is_let_in(db)
    assert token


async def test_nobody_lets_themselves_or_a_stranger_s_colleague_rest(db, anna, carla):
    far = await at_work(db, "Cleo", Role.COORDINATOR, 2010, area="Gårdsten")
    for who, whom in ((carla, carla), (far, anna), (anna, carla)):
        for act in (team.rest, team.resume, team.confirm):
            with pytest.raises(NotYours):
                async with db.write() as tx:
                    await act(tx, who, whom.member.id, JOINED, RULES)


async def test_a_new_phone_empties_the_old_one(db, anna):
    async with db.write() as tx:
        await said.note(tx, ANNA_CHAT, 1, "answer", None, JOINED)
        code = await staff_links.new_link(tx, anna.member.id, JOINED)
        await staff_links.open_link(tx, code, 2050, "sv", JOINED)
    assert [each.chat_id for each in await rows(db, "clearing")] == [ANNA_CHAT]


@pytest.mark.parametrize("seed", range(tries(3, 60)))
async def test_any_order_of_acts_stands_as_the_rules_say_and_only_work_is_let_in(db, carla, seed):
    chance, standing, now = random.Random(seed), Standing.INVITED, JOINED
    async with db.write() as tx:
        code = await staff_links.invite(tx, AREA, "Eva", Role.NURSE, now)
        who = (await staff_links.find(tx, AREA, "Eva")).member.id
    for step in range(12):
        act, now, chat = chance.choice([*Act]), now + timedelta(minutes=1), 3000 + step
        async with db.write() as tx:
            await _do(tx, act, carla, who, code, chat, standing, now)
            code = await staff_links.new_link(tx, who, now)
            found = await kept.of(tx, who)
            reads, _ = await kept.chat_of(tx, who)
            let_in = reads is not None and await colleague_of(tx, reads) is not None
        standing = LEADS.get((standing, act), standing)
        assert (found.standing, let_in) == (standing, standing is Standing.AT_WORK), (step, act)


async def _do(tx, act, carla, who, code, chat, standing, now):
    match act:
        case Act.OPEN:
            await staff_links.open_link(tx, code, chat, "sv", now)
        case Act.CONFIRM if standing is Standing.AT_WORK:
            await team.confirm(tx, carla, who, now, RULES)
        case Act.REST if standing is Standing.AT_WORK:
            await staff_life.rest(tx, who, Pause.AWAY, now, RULES)
        case Act.RESUME:
            await staff_life.resume(tx, who, now, RULES)
        case Act.END if standing is not Standing.ENDED:
            await team.end(tx, carla, who, now, RULES)
        case Act.UNDO if standing is Standing.ENDED:
            await team.undo_end(tx, carla, who, now)


# ---- guesses


async def test_after_five_links_of_nobody_s_the_next_of_nobody_s_waits_an_hour(db):
    async with db.write() as tx:
        for n in range(5):
            assert not await guesses.too_many(tx, 77, f"nobodys{n}", JOINED)
        assert await guesses.too_many(tx, 77, "another", JOINED + timedelta(minutes=59))
        assert not await guesses.too_many(tx, 78, "another", JOINED)
        assert not await guesses.too_many(tx, 77, "another", JOINED + timedelta(minutes=61))
        await guesses.purge(tx, JOINED + 2 * DAY)
    assert await rows(db, "guess") == []


async def test_a_link_that_opens_is_no_guess_and_opens_whatever_was_tried_before(db):
    home = await move_in(db)
    async with db.write() as tx:
        staff = await staff_links.invite(tx, AREA, "Eva", Role.NURSE, JOINED)
        family = await enrolment.make_link(tx, home.family_id, JOINED, DAY)
        poster = "on a wall"
        await posters.add(tx, await areas.find(tx, AREA), hash_of(poster), JOINED)
        for good in (staff, family, poster):
            assert not any([await guesses.too_many(tx, 77, good, JOINED) for _ in range(9)])
        assert any([await guesses.too_many(tx, 77, "an old one", JOINED) for _ in range(9)])
        for good in (staff, family, poster):
            assert not await guesses.too_many(tx, 77, good, JOINED)
