"""Every look at a family is kept at the one door, told to its parents, and goes with it (H2)."""

from datetime import timedelta

import pytest

from programme.errors import NeedsReason, NotYours
from programme.kinds import Rules
from programme.looks import LookWhy
from programme.people import Role
from programme.reasons import Asked
from services import (
    access,
    areas,
    changing,
    forgetting,
    looks,
    mydata,
    requests,
    staff_view,
    threads,
)
from services.planning import plan
from storage import looks as kept
from tests.cast import AMINA_CHAT, JOINED, RULES, YUSUF_CHAT, book_visit, local, move_in, reader
from tests.colleagues import at_work
from tests.rows import rows

VISIT = local("2026-11-09T10:30")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def anna(db):
    return await at_work(db)


@pytest.fixture
async def bo(db):
    return await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)


@pytest.fixture
async def eva(db):
    return await at_work(db, "Eva", Role.NURSE, 2003)


@pytest.fixture
async def home(db, anna, bo):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    await book_visit(db, home.family_id, VISIT, JOINED)
    return home


async def opens(db, who, home, now=JOINED):
    async with db.write() as tx:
        return await access.family_for_staff(tx, who, home.family_id, now)


async def reasons(db, who, home, why, now=JOINED, words=None):
    async with db.write() as tx:
        await access.open_with_reason(tx, who, home.family_id, why, now, words)


async def told(db, chat, now=JOINED + DAY):
    who = await reader(db, chat)
    async with db.read() as tx:
        found = await looks.who_looked(tx, who, now, RULES)
    return [(each.name, each.why) for each in found.lines]


async def test_an_own_family_opens_at_once_and_the_look_is_kept_once_an_hour(db, anna, home):
    for minutes in (0, 10, 20):
        await opens(db, anna, home, JOINED + timedelta(minutes=minutes))
    await opens(db, anna, home, JOINED + HOUR)
    found = await rows(db, "look", staff_id=anna.member.id)
    assert [(each.why, each.family_id) for each in found] == [("visits", home.family_id)] * 2
    assert await told(db, AMINA_CHAT) == [("Anna", LookWhy.VISITS)]


async def test_a_colleague_s_family_opens_with_a_reason_only_and_for_some_time(db, eva, home):
    with pytest.raises(NeedsReason):
        await opens(db, eva, home)
    assert await rows(db, "look", staff_id=eva.member.id) == []
    await reasons(db, eva, home, LookWhy.COVERING)
    await opens(db, eva, home, JOINED + 23 * HOUR)
    with pytest.raises(NeedsReason):  # looking does not make it longer
        await opens(db, eva, home, JOINED + 24 * HOUR)
    await reasons(db, eva, home, LookWhy.TAKING_OVER, JOINED + 2 * DAY)
    await opens(db, eva, home, JOINED + 15 * DAY)
    with pytest.raises(NeedsReason):
        await opens(db, eva, home, JOINED + 16 * DAY)


async def test_who_has_given_a_visit_on_sees_what_came_of_it_that_day(db, anna, eva, home):
    await opens(db, anna, home)
    async with db.write() as tx:
        found = await access.family_for_staff(tx, anna, home.family_id, JOINED)
        number, bo = found.bookings[0].id, found.bookings[0].staff[1].id
        await changing.change_people(
            tx, anna, home.family_id, number, [eva.member.id, bo], JOINED, RULES
        )
        await access.family_for_staff(tx, anna, home.family_id, JOINED + HOUR)
    await opens(db, anna, home, JOINED + 23 * HOUR)
    with pytest.raises(NeedsReason):
        await opens(db, anna, home, JOINED + 24 * HOUR)


async def test_the_same_reason_in_the_same_hour_opens_again(db, eva, home):
    half = timedelta(minutes=30)
    await reasons(db, eva, home, LookWhy.OTHER, JOINED, "the first")
    await opens(db, eva, home, JOINED + DAY - half)
    await reasons(db, eva, home, LookWhy.OTHER, JOINED + DAY, "the second")
    await opens(db, eva, home, JOINED + DAY + half)


@pytest.mark.parametrize("why", [LookWhy.VISITS, LookWhy.LEADS, LookWhy.OPERATOR])
async def test_a_reason_that_is_not_asked_opens_nothing(db, eva, home, why):
    with pytest.raises(NotYours):
        await reasons(db, eva, home, why)


async def test_no_reason_opens_a_family_of_another_area(db, home):
    far = await at_work(db, "Fia", Role.NURSE, 2004, area="Gårdsten")
    with pytest.raises(NotYours):
        await reasons(db, far, home, LookWhy.COVERING)
    with pytest.raises(NotYours):
        await opens(db, far, home)
    assert await rows(db, "look", staff_id=far.member.id) == []


async def test_a_written_reason_is_sealed_and_shown_to_no_parent(db, eva, home):
    await reasons(db, eva, home, LookWhy.OTHER, words="Amina rang about Yusuf")
    for chat in (AMINA_CHAT, YUSUF_CHAT):
        who = await reader(db, chat)
        async with db.read() as tx:
            assert b"rang" not in (await mydata.held_about(tx, who)).as_json()
    assert await told(db, YUSUF_CHAT) == [("Eva", LookWhy.OTHER)]
    async with db.read() as tx:
        [(called, found)] = await looks.written(tx, JOINED - DAY, eva.member.id)
        raw = (await tx.exec_driver_sql("SELECT words FROM look")).scalar()
    assert called == "Eva"
    assert found.words == "Amina rang about Yusuf"
    assert "rang" not in raw


async def test_a_look_after_one_parent_asked_for_a_call_is_hidden_from_the_other(db, anna, home):
    amina = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await requests.ask(tx, amina, Asked.CALL, JOINED, RULES)
    await opens(db, anna, home, JOINED + 9 * DAY)  # nobody has called yet
    async with db.write() as tx:
        [waiting] = await requests.open_of(tx, anna, JOINED + 9 * DAY)
        await requests.done(tx, anna, waiting.id, JOINED + 9 * DAY, RULES)
    await opens(db, anna, home, JOINED + 15 * DAY)  # the call was six days ago
    assert await told(db, YUSUF_CHAT) == []
    assert await told(db, AMINA_CHAT) == 2 * [("Anna", LookWhy.VISITS)]
    yusuf = await reader(db, YUSUF_CHAT)
    async with db.read() as tx:
        held = await mydata.held_about(tx, yusuf)
    assert held.rows["look"] == []


async def test_a_look_while_one_parent_waits_for_an_answer_is_hidden_from_the_other(db, eva, home):
    yusuf = await reader(db, YUSUF_CHAT)
    async with db.write() as tx:
        await threads.ask(tx, yusuf, "Kan ni ringa?", JOINED, RULES)
        [waiting] = await threads.waiting(tx, eva, JOINED)
        await threads.open_one(tx, eva, waiting.thread_id, JOINED)
    assert await told(db, AMINA_CHAT) == []
    assert await told(db, YUSUF_CHAT) == [("Eva", LookWhy.ASKED)]


async def test_a_look_in_the_week_after_an_answer_is_hidden_from_the_other(db, anna, home):
    yusuf = await reader(db, YUSUF_CHAT)
    async with db.write() as tx:
        await threads.ask(tx, yusuf, "Kan ni ringa?", JOINED, RULES)
        [waiting] = await threads.waiting(tx, anna, JOINED)
        await threads.answer(tx, anna, waiting.thread_id, "Ja!", JOINED + DAY, RULES)
    await plan(db, JOINED + 2 * DAY, RULES)  # its letter
    async with db.write() as tx:
        assert await threads.close_old(tx, JOINED + 5 * DAY) == 1  # its words are gone
    await opens(db, anna, home, JOINED + 7 * DAY)
    assert await told(db, AMINA_CHAT) == []
    await opens(db, anna, home, JOINED + 10 * DAY)
    assert await told(db, AMINA_CHAT) == [("Anna", LookWhy.VISITS)]


async def test_lists_are_kept_once_a_day_and_told_without_a_family(db, anna, home):
    async with db.write() as tx:
        for hours in range(3):
            await staff_view.all_families(tx, anna, JOINED + hours * HOUR)
    assert len(await rows(db, "list_look")) == 1
    amina = await reader(db, AMINA_CHAT)
    async with db.read() as tx:
        found = await looks.who_looked(tx, amina, JOINED + DAY, RULES)
    assert (list(found.lines), list(found.in_lists)) == ([], ["Anna"])


async def test_merged_areas_keep_their_lists_once(db, anna, home):
    fia = await at_work(db, "Fia", Role.NURSE, 2004, area="Gårdsten")
    async with db.write() as tx:
        for who in (anna, fia):
            await access.open_lists(tx, who, JOINED)
        await kept.note_list(tx, fia.areas, anna.member.id, JOINED.date())
        await areas.merge(tx, fia.area_id, anna.area_id, JOINED, RULES)
    found = await rows(db, "list_look")
    assert {(each.area_id, each.staff_id) for each in found} == {
        (anna.area_id, anna.member.id),
        (anna.area_id, fia.member.id),
    }


async def test_looks_go_with_the_parent_they_are_told_to_and_with_the_family(db, anna, home):
    amina, yusuf = [await reader(db, chat) for chat in (AMINA_CHAT, YUSUF_CHAT)]
    await opens(db, anna, home)
    async with db.write() as tx:
        await requests.ask(tx, amina, Asked.CALL, JOINED, RULES)
    await opens(db, anna, home, JOINED + HOUR)
    for who, left in ((amina, 1), (yusuf, 0)):
        async with db.write() as tx:
            await forgetting.forget(tx, who, False, JOINED + DAY, RULES, "so")
        if not left:
            async with db.write() as tx:
                await forgetting.finish(tx, JOINED + 20 * DAY, RULES)
        assert len(await rows(db, "look")) == left


async def test_unusual_looking_is_told_to_the_administrator_once_that_day(db, anna, home):
    boss = await at_work(db, "Doris", Role.ADMINISTRATOR, 2009)
    rules, noon = Rules(looks_per_hour=2), local("2026-11-04T12:00")
    homes = [await move_in(db, chats=(5000 + n, None)) for n in range(4)]
    await plan(db, noon + DAY, rules)  # the planner has passed that day already
    for n, other in enumerate(homes):
        now = noon + n * timedelta(minutes=5)
        async with db.write() as tx:
            await access.family_for_staff(tx, anna, other.family_id, now)
            await looks.watch(tx, anna, now, rules)
    [marked] = await rows(db, "unusual_look")
    assert (marked.staff_id, marked.families) == (anna.member.id, 3)
    [item] = await rows(db, "item", kind="unusual_looks")
    assert item.staff_id == boss.member.id


async def test_the_planner_finds_what_became_unusual_after_it(db, anna):
    await at_work(db, "Doris", Role.ADMINISTRATOR, 2009)
    rules = Rules(looks_per_hour=2)
    await plan(db, JOINED, rules)
    for n in range(3):
        other, now = await move_in(db, chats=(5000 + n, None)), JOINED + HOUR
        async with db.write() as tx:
            await access.family_for_staff(tx, anna, other.family_id, now)
            await looks.watch(tx, anna, now, rules)
    assert await rows(db, "item", kind="unusual_looks") == []
    await plan(db, JOINED + 2 * HOUR, rules)
    assert len(await rows(db, "item", kind="unusual_looks")) == 1
