"""Writing to the team and renewed consent, on both databases (mission F7, B5)."""

import asyncio
from datetime import timedelta

import pytest

from programme.staff_life import Pause
from services import consent, forgetting, housekeeping, joining, staff_life, staff_links, threads
from services.access import colleague_of, reader_of
from services.planning import plan
from services.threads import Asked
from storage import consents
from tests.cast import AMINA_CHAT, JOINED, RULES, YUSUF_CHAT, book_visit, local, move_in
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.databases import ON_SQLITE
from tests.rows import rows

AT_WORK = local("2026-11-02T10:00")


async def ask(db, text="Plantedwords"):
    async with db.write() as tx:
        return await threads.ask(tx, await reader_of(tx, AMINA_CHAT), text, AT_WORK, RULES)


async def answer(db, chat_id, text):
    [thread] = await rows(db, "thread")
    async with db.write() as tx:
        who = await colleague_of(tx, chat_id)
        return await threads.answer(tx, who, thread.id, text, AT_WORK, RULES)


async def test_two_colleagues_at_once_give_one_answer_to_who_asked(db, post):
    await at_work(db)
    await at_work(db, "Bo", chat_id=BO_CHAT)
    await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    assert await ask(db) is Asked.DONE
    post.clock.set(AT_WORK)
    await post.deliver()
    asked = {each.chat_id for each in post.push.arrived if "Plantedwords" in each.text}
    assert asked == {ANNA_CHAT, BO_CHAT}
    done = await asyncio.gather(answer(db, ANNA_CHAT, "one"), answer(db, BO_CHAT, "two"))
    assert sorted(done) == [Asked.DONE, Asked.TOO_LATE]
    before = len(post.push.arrived)
    await post.deliver()
    assert [each.chat_id for each in post.push.arrived[before:]] == [AMINA_CHAT]


@pytest.mark.parametrize("leaves", ["rests", "ends", None])
async def test_who_loses_access_leaves_the_question_to_a_colleague_and_nobody_gets_it_twice(
    db, post, leaves
):
    anna = await at_work(db)
    await at_work(db, "Bo", chat_id=BO_CHAT)
    home = await move_in(db)
    await book_visit(db, home.family_id, AT_WORK + timedelta(days=9), JOINED, names=("Anna",))
    await ask(db)
    post.clock.set(AT_WORK)
    if leaves:  # else both hours lie in one run of the planner, as after an outage
        await post.deliver()
        async with db.write() as tx:
            if leaves == "rests":
                await staff_life.rest(tx, anna.member.id, Pause.AWAY, AT_WORK, RULES)
            else:
                await staff_links.end_one(tx, anna.member.id, AT_WORK, RULES)
    for _ in range(3):
        post.clock.forward(days=1)
        await post.deliver()
    told = [each.chat_id for each in post.push.arrived if "Plantedwords" in each.text]
    assert sorted(told) == [ANNA_CHAT, BO_CHAT]


async def test_a_closed_thread_is_gone_and_found_on_the_phones_of_staff(db, post):
    await at_work(db)
    await move_in(db)
    await ask(db)
    post.clock.set(AT_WORK)
    await post.deliver()
    post.clock.forward(days=14)
    await housekeeping.purge(db, post.clock(), RULES)
    assert await rows(db, "thread") == []
    await post.sender.clearer.clear()
    assert [chat for chat, _, _ in post.push.rewritten] == [ANNA_CHAT]


@pytest.mark.parametrize("last", [True, False])
async def test_the_words_of_who_is_forgotten_go_from_the_phones_of_staff(db, post, last):
    await at_work(db)
    home = await move_in(db, chats=(AMINA_CHAT, None if last else YUSUF_CHAT))
    await ask(db)
    post.clock.set(AT_WORK)
    await post.deliver()
    async with db.write() as tx:
        who = await reader_of(tx, AMINA_CHAT)
        await forgetting.forget(tx, who, False, post.clock(), RULES, "so")
    assert await rows(db, "thread") == []
    await post.sender.clearer.clear()
    assert [chat for chat, _ in post.push.deleted if chat == ANNA_CHAT] == [ANNA_CHAT]
    assert len(await rows(db, "family", id=home.family_id)) == (not last)


async def test_nobody_to_read_it_means_nothing_is_kept(db):
    await move_in(db)
    assert await ask(db) is Asked.NOBODY
    assert await rows(db, "thread") == []


async def test_who_said_yes_to_older_words_is_marked_once(db):
    old, new = await move_in(db), await move_in(db, chats=(YUSUF_CHAT, None))
    async with db.write() as tx:
        await consents.note(tx, old.amina, 1, "so", JOINED)
        await consents.note(tx, new.amina, 1, "so", JOINED)
        await consents.note(tx, new.amina, joining.CONSENT_VERSION, "so", JOINED)
    later = JOINED + timedelta(days=1)
    assert await consent.ask_again(db, later) == 1
    assert await consent.ask_again(db, later) == 0
    asked = {r.id: r.consent_asked_at for r in await rows(db, "guardian")}
    assert asked == {old.amina: later, new.amina: None}


@ON_SQLITE
async def test_who_does_not_answer_is_found_once_more_after_two_weeks(db):
    home = await move_in(db)
    async with db.write() as tx:
        await consents.note(tx, home.amina, 1, "so", JOINED)
    await consent.ask_again(db, AT_WORK)
    for days in (1, 13, 15, 40):
        await plan(db, AT_WORK + timedelta(days=days), RULES)
    asked = [row.due_at for row in await rows(db, "item", kind="consent_ask")]
    assert asked == [AT_WORK, AT_WORK + timedelta(days=14)]
