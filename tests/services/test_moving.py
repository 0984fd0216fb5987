"""A family moves: with a parent's yes, or out of the programme."""

from datetime import timedelta

import pytest

from programme.errors import NoSuchFamily, NotYours, UnknownArea, WhichHome
from programme.people import Role
from services import declining, moving, two_homes
from services.booking import book
from services.housekeeping import purge
from services.moving import Answered
from storage import areas
from tests.cast import (
    AMINA_CHAT,
    AREA,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.rows import rows
from tests.services.conftest import TIP_DAY

BOTH = (AMINA_CHAT, YUSUF_CHAT)
THERE = "Gårdsten"
VISIT = local("2026-11-20T10:00")


@pytest.fixture
async def home(post):
    found = await move_in(post.db, chats=BOTH)
    post.clock.set(local("2026-11-04T09:00"))
    return found


async def ask(post, home, area=THERE):
    async with post.db.write() as tx:
        await moving.ask(tx, home.family_id, area, post.clock(), RULES)
    return int(post.clock().timestamp())


async def answer(post, asked, yes, chat=AMINA_CHAT):
    async with post.db.write() as tx:
        who = await reader(post.db, chat)
        return (await moving.answer(tx, who, asked, yes, post.clock(), RULES))[0]


async def area_of(post, home):
    async with post.db.read() as tx:
        there = await areas.find(tx, THERE)
    [row] = await rows(post.db, "family")
    return THERE if row.area_id == there else AREA


async def test_both_parents_are_asked_and_nothing_changes_before_a_yes(post, home):
    await ask(post, home)
    await post.deliver()
    assert sorted(post.push.chats) == sorted(BOTH)
    assert all(THERE in each.text for each in post.push.arrived)
    buttons = [
        button["callback_data"]
        for each in post.push.arrived
        for row in each.keyboard["inline_keyboard"]
        for button in row
    ]
    stamp = int(post.clock().timestamp())
    assert buttons == [f"am:{stamp}:1", f"am:{stamp}:0"] * 2
    assert await area_of(post, home) == AREA


@pytest.mark.parametrize("chat", BOTH)
async def test_with_a_yes_the_new_team_takes_over_and_hears_of_it(post, home, chat):
    await at_work(post.db)
    await at_work(post.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT, area=THERE)
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    await post.deliver()
    before = len(post.push.arrived)
    asked = await ask(post, home)
    assert await answer(post, asked, True, chat) is Answered.YES
    await post.deliver()
    assert await area_of(post, home) == THERE
    [visit] = await rows(post.db, "booking")
    assert visit.state == "freed"
    told = {each.chat_id: each.text for each in post.push.arrived[before:]}
    assert set(told) == {ANNA_CHAT, BO_CHAT}  # the parents know it already
    assert "is taken away" in told[ANNA_CHAT]
    assert "moves to this area" in told[BO_CHAT]


async def test_with_a_no_all_stays_and_the_staff_who_asked_hear_of_it(post, home):
    await at_work(post.db)
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    asked = await ask(post, home)
    assert await answer(post, asked, False) is Answered.NO
    post.push.arrived.clear()
    await post.deliver()
    assert await area_of(post, home) == AREA
    assert [row.state for row in await rows(post.db, "booking")] == ["booked"]
    said = [each.text for each in post.push.arrived if each.chat_id == ANNA_CHAT]
    assert "does not want another team" in "".join(said)


async def test_the_second_answer_and_an_old_question_change_nothing(post, home):
    first = await ask(post, home)
    post.clock.forward(minutes=5)
    second = await ask(post, home, "Tynnered")
    assert await answer(post, first, True) is Answered.OLD
    assert await answer(post, second, False, YUSUF_CHAT) is Answered.NO
    assert await answer(post, second, True) is Answered.OLD
    assert await area_of(post, home) == AREA


async def test_an_answer_gives_up_the_question_the_other_parent_has_not_seen(post, home):
    post.clock.set(local("2026-11-04T21:00"))
    asked = await ask(post, home)
    await answer(post, asked, False)
    post.clock.set(local("2026-11-05T09:00"))
    await post.deliver()
    assert not any(THERE in each.text for each in post.push.arrived)


async def test_a_family_without_the_chat_moves_by_its_word_to_a_person(post, home):
    async with post.db.write() as tx:
        await moving.agreed(tx, home.family_id, THERE, TIP_DAY, RULES)
    assert await area_of(post, home) == THERE
    await post.deliver()
    assert not any(THERE in each.text for each in post.push.arrived)


async def test_to_its_own_area_nobody_moves(post, home):
    await ask(post, home, AREA)
    assert [row.move_to for row in await rows(post.db, "family")] == [None]


async def test_what_is_not_there_is_named(post, home):
    with pytest.raises(UnknownArea):
        await ask(post, home, "Atlantis")
    stranger = await at_work(post.db, area=THERE)
    async with post.db.write() as tx:
        with pytest.raises(NoSuchFamily):
            await moving.leave(tx, 999, TIP_DAY, RULES)
        with pytest.raises(NotYours):
            await moving.ask_by_staff(tx, stranger, home.family_id, 1, TIP_DAY, RULES)


async def test_who_would_have_come_hears_that_the_family_has_left(post, home):
    await at_work(post.db)
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    async with post.db.write() as tx:
        await moving.leave(tx, home.family_id, post.clock(), RULES)
    await post.deliver()
    [said] = [each.text for each in post.push.arrived if each.chat_id == ANNA_CHAT]
    assert "is taken away" in said


async def test_out_of_the_programme_there_is_one_goodbye_and_tips_go_on(post, home):
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    await post.deliver()
    before = len(post.push.arrived)
    async with post.db.write() as tx:
        assert await moving.leave(tx, home.family_id, post.clock(), RULES) is True
    async with post.db.write() as tx:
        assert await moving.leave(tx, home.family_id, post.clock(), RULES) is False
    await post.deliver()
    goodbyes = post.push.arrived[before:]
    assert sorted(each.chat_id for each in goodbyes) == sorted(BOTH)
    assert all("/stop" in each.text for each in goodbyes)
    for _ in range(20):
        post.clock.forward(days=3)
        await post.deliver()
    kinds = {row.key.split(":")[0] for row in await rows(post.db, "item") if row.state == "sent"}
    assert "tip" in kinds
    assert not any("day-before" in row.key for row in await rows(post.db, "item"))


async def split(post, keeps=two_homes.Keeps.FIRST):
    async with post.db.write() as tx:
        who = await reader(post.db, AMINA_CHAT)
        await two_homes.split(tx, who, keeps, post.clock(), RULES)


async def leave(post, home, which):
    post.clock.forward(minutes=5)
    async with post.db.write() as tx:
        return await moving.leave(tx, home.family_id, post.clock(), RULES, which)


async def said_since(post, before):
    await post.deliver()
    return [(each.chat_id, each.text) for each in post.push.arrived[before:]]


async def test_of_two_homes_one_leaves_with_a_goodbye_and_the_other_learns_nothing(post, home):
    await at_work(post.db, area=AREA)
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    await split(post)
    await post.deliver()
    with pytest.raises(WhichHome):
        await leave(post, home, None)
    before = len(post.push.arrived)
    assert [await leave(post, home, 2), await leave(post, home, 2)] == [True, False]
    said = await said_since(post, before)
    assert [chat for chat, text in said if "/stop" in text] == [YUSUF_CHAT]
    assert AMINA_CHAT not in {chat for chat, _ in said}
    [told] = [text for chat, text in said if chat == ANNA_CHAT]
    assert "moves out of the programme" in told and "2" in told
    [visit] = await rows(post.db, "booking", state="booked")
    assert visit.home == 1
    [row] = await rows(post.db, "family")
    assert row.left_at is None

    before = len(post.push.arrived)
    assert await leave(post, home, 1)
    said = await said_since(post, before)
    assert [chat for chat, text in said if "/stop" in text] == [AMINA_CHAT]
    [row] = await rows(post.db, "family")
    assert row.left_at is not None


async def test_the_visit_of_the_home_that_leaves_goes_and_one_with_both_is_the_other_s(post, home):
    await book_visit(post.db, home.family_id, VISIT, JOINED)
    await split(post, two_homes.Keeps.SECOND)
    async with post.db.write() as tx:
        later = VISIT + timedelta(days=40)
        await book(tx, home.family_id, 2, later, ("Anna", "Bo"), post.clock(), RULES, home=0)
    await leave(post, home, 2)
    found = [(row.visit, row.state, row.home) for row in await rows(post.db, "booking")]
    assert (1, "freed", 2) in found and (2, "booked", 1) in found


async def test_both_homes_leave_and_both_are_said_goodbye(post, home):
    await split(post)
    await post.deliver()
    before = len(post.push.arrived)
    assert await leave(post, home, 0)
    said = await said_since(post, before)
    assert sorted(chat for chat, text in said if "/stop" in text) == sorted(BOTH)


async def test_who_has_left_with_their_home_is_offered_nothing_after_all(post, home):
    await split(post)
    await leave(post, home, 2)
    before = await rows(post.db, "item", state="skipped")
    post.clock.forward(days=61)  # staff's news are forgotten by then
    await purge(post.db, post.clock(), RULES)
    async with post.db.write() as tx:
        who = await reader(post.db, YUSUF_CHAT)
        await declining.visits_after_all(tx, who, post.clock(), RULES)
    assert before and await rows(post.db, "item", state="skipped") == before
