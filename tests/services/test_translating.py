"""Translators: asked, the first has it, written, given, looked through, free again (mission E3)."""

import asyncio
from datetime import timedelta

import pytest

from programme.activities import Words
from programme.errors import NotYours
from programme.notices import NoticeState, WordingState
from services import housekeeping, staff_links, translating
from services.access import colleague_of
from services.translating import Outcome
from storage import conversations, notices, staff, wordings
from storage.wordings import Of
from tests.cast import AREA, RULES
from tests.services.test_desks import DAY, EVA_CHAT, LEYLA_CHAT, SAMI_CHAT, office

__all__ = ["office"]

LATER = DAY + timedelta(hours=1)
ARABIC = Words("لقاء الآباء", "تعالوا إلى القهوة.")


async def act(db, chat, what, *args, now=DAY):
    """That act, by who reads in that chat."""
    async with db.write() as tx:
        return await what(tx, await colleague_of(tx, chat), *args, now, RULES)


async def ask(db, office, *languages, now=DAY):
    async with db.write() as tx:
        return await translating.ask(tx, Of(notice_id=office.notice), languages, now, RULES)


async def written(db, office, code="ar"):
    async with db.read() as tx:
        every = await wordings.listed(tx, Of(notice_id=office.notice))
    return next(each for each in every if each.language == code)


async def given(db, office) -> int:
    """Leyla has translated it into Arabic; the number of the words."""
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, number)
    async with db.write() as tx:
        leyla = await colleague_of(tx, LEYLA_CHAT)
        assert await translating.draft(tx, leyla, number, ARABIC) is Outcome.DONE
    assert await act(db, LEYLA_CHAT, translating.give, number) is Outcome.DONE
    return number


async def test_only_what_is_missing_is_asked_for(db, office):
    assert (await ask(db, office, "sv", "ar", "so")).languages == ("ar", "so")
    assert (await ask(db, office, "sv", "ar", "so")).languages == ()


async def test_without_words_there_is_nothing_to_translate(db, office):
    async with db.write() as tx:
        bare = await notices.add(tx, [office.area], state="draft", made_at=DAY, languages="ar")
        found = await translating.ask(tx, Of(notice_id=bare), ["ar"], DAY, RULES)
    assert found == translating.Asked(nothing=True)


async def test_the_coordinator_is_told_at_once_where_there_is_no_translator(db, office):
    async with db.write() as tx:
        for chat in (LEYLA_CHAT, SAMI_CHAT):
            who = await colleague_of(tx, chat)
            for code in ("sv", "so", "en"):
                every = ("sv", "ar", "so", "en")
                await translating.set_writes_in(tx, who, every, code, DAY, RULES)
    assert (await ask(db, office, "ar", "so")).nobody == ("so",)


async def test_what_a_translator_writes_in_outlives_every_conversation_and_a_new_phone(db, office):
    every = ("sv", "ar", "so", "en")
    async with db.write() as tx:
        who = await colleague_of(tx, LEYLA_CHAT)
        await translating.set_writes_in(tx, who, every, "so", DAY, RULES)
    later = DAY + timedelta(days=400)
    await housekeeping.purge(db, later, RULES)
    async with db.write() as tx:
        await conversations.purge(tx, later, later)
        await staff.change(tx, who.member.id, chat_id=77)
    async with db.read() as tx:
        found = await translating.writes_in(tx, await colleague_of(tx, 77), every)
    assert found == {"sv": True, "ar": True, "so": False, "en": True}


async def test_the_first_who_takes_it_has_it(db, office):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    came = await asyncio.gather(
        *(act(db, chat, translating.take, number) for chat in (LEYLA_CHAT, SAMI_CHAT))
    )
    assert sorted(came) == [Outcome.DONE, Outcome.TAKEN]
    again = LEYLA_CHAT if came[0] is Outcome.DONE else SAMI_CHAT
    assert await act(db, again, translating.take, number) is Outcome.DONE


async def test_who_looked_while_it_was_free_does_not_take_it_from_who_was_faster(
    db, office, monkeypatch
):
    """On PostgreSQL a colleague's press can be committed between two reads of one press."""
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    looked = translating.see

    async def and_leyla_is_faster(tx, colleague, *args):
        seen = await looked(tx, colleague, *args)
        monkeypatch.setattr(translating, "see", looked)
        leyla = await colleague_of(tx, LEYLA_CHAT)
        assert await translating.take(tx, leyla, *args) is Outcome.DONE
        return seen

    monkeypatch.setattr(translating, "see", and_leyla_is_faster)
    assert await act(db, SAMI_CHAT, translating.take, number) is Outcome.TAKEN


async def test_nothing_is_seen_by_families_before_the_coordinators_yes(db, office):
    number = await given(db, office)
    async with db.read() as tx:
        notice = (await notices.load(tx, [office.notice]))[office.notice]
    assert notice.said_in("ar") is None
    revision = (await written(db, office)).revision
    assert await act(db, EVA_CHAT, translating.approve, number, revision) is Outcome.DONE
    async with db.read() as tx:
        notice = (await notices.load(tx, [office.notice]))[office.notice]
    assert notice.said_in("ar") == ARABIC
    assert await act(db, EVA_CHAT, translating.approve, number, revision) is Outcome.OVER


async def test_a_yes_to_words_that_are_others_by_now_is_no_yes(db, office):
    number = await given(db, office)
    old = (await written(db, office)).revision
    assert await act(db, EVA_CHAT, translating.send_back, number, old) is Outcome.DONE
    async with db.write() as tx:
        leyla = await colleague_of(tx, LEYLA_CHAT)
        await translating.draft(tx, leyla, number, Words("آخر"))
    await act(db, LEYLA_CHAT, translating.give, number, now=LATER)
    assert await act(db, EVA_CHAT, translating.approve, number, old) is Outcome.CHANGED
    assert (await written(db, office)).state is WordingState.GIVEN


async def test_what_is_sent_back_stays_with_who_wrote_it(db, post, office):
    number = await given(db, office)
    revision = (await written(db, office)).revision
    await act(db, EVA_CHAT, translating.send_back, number, revision)
    assert await act(db, SAMI_CHAT, translating.take, number) is Outcome.TAKEN
    await post.deliver()
    assert "would like other words" in post.push.arrived[-1].text
    assert await act(db, LEYLA_CHAT, translating.give, number, now=LATER) is Outcome.DONE


async def test_after_a_working_day_another_may_take_it_and_finds_what_is_written(db, office):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, number)
    async with db.write() as tx:
        leyla = await colleague_of(tx, LEYLA_CHAT)
        await translating.draft(tx, leyla, number, ARABIC)
    soon, late = DAY + timedelta(hours=23), DAY + timedelta(days=1)
    assert await act(db, SAMI_CHAT, translating.take, number, now=soon) is Outcome.TAKEN
    assert await act(db, SAMI_CHAT, translating.take, number, now=late) is Outcome.DONE
    assert (await written(db, office)).words == ARABIC
    assert await act(db, LEYLA_CHAT, translating.give, number, now=late) is Outcome.TAKEN


async def test_a_translator_who_ends_frees_what_they_had_and_the_others_hear(db, post, office):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, number)
    await post.deliver()
    post.push.arrived.clear()
    async with db.write() as tx:
        await staff_links.end(tx, AREA, "Leyla", LATER, RULES)
    assert (await written(db, office)).state is WordingState.WANTED
    post.clock.set(LATER)
    post.new_sender()
    await post.deliver()
    assert post.push.chats == [SAMI_CHAT]


async def test_who_leaves_it_lets_the_others_take_it(db, office):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, number)
    assert await act(db, SAMI_CHAT, translating.leave, number) is Outcome.TAKEN
    assert await act(db, LEYLA_CHAT, translating.leave, number) is Outcome.DONE
    assert await act(db, SAMI_CHAT, translating.take, number, now=LATER) is Outcome.DONE


async def test_nothing_can_be_given_before_something_is_written(db, office):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, number)
    assert await act(db, LEYLA_CHAT, translating.give, number) is Outcome.EMPTY


@pytest.mark.parametrize("state", [WordingState.WANTED, WordingState.TAKEN, WordingState.GIVEN])
async def test_the_coordinator_can_write_it_at_any_time(db, office, state):
    await ask(db, office, "ar")
    number = (await written(db, office)).id
    async with db.write() as tx:
        await wordings.change(tx, number, list(WordingState), state=state, taken_by=office.leyla)
        eva = await colleague_of(tx, EVA_CHAT)
        await translating.write(tx, eva, number, ARABIC, DAY, RULES)
    found = await written(db, office)
    assert (found.state, found.words, found.approved_by) == (
        WordingState.APPROVED,
        ARABIC,
        office.eva,
    )
    assert await act(db, LEYLA_CHAT, translating.take, number) is Outcome.OVER


async def test_when_the_source_has_changed_the_words_are_asked_for_again(db, office):
    number = await given(db, office)
    revision = (await written(db, office)).revision
    await act(db, EVA_CHAT, translating.approve, number, revision)
    outcome, asked = await act(db, EVA_CHAT, translating.ask_again, number, now=LATER)
    assert (outcome, asked.languages, asked.nobody) == (Outcome.DONE, ("ar",), ())
    found = await written(db, office)
    assert (found.state, found.words) == (WordingState.WANTED, ARABIC)  # to begin from


async def test_while_a_notice_leaves_its_words_are_not_taken_away(db, office):
    number = await given(db, office)
    await act(db, EVA_CHAT, translating.approve, number, (await written(db, office)).revision)
    async with db.write() as tx:
        await notices.change(tx, office.notice, [NoticeState.DRAFT], state=NoticeState.SENDING)
    outcome, _ = await act(db, EVA_CHAT, translating.ask_again, number, now=LATER)
    assert outcome is Outcome.LEAVES
    assert (await written(db, office)).state is WordingState.APPROVED


async def test_nobody_decides_but_who_runs_the_area(db, office):
    number = await given(db, office)
    revision = (await written(db, office)).revision
    for what in (translating.approve, translating.send_back):
        with pytest.raises(NotYours):
            await act(db, LEYLA_CHAT, what, number, revision)
    with pytest.raises(NotYours):
        await act(db, LEYLA_CHAT, translating.write, number, ARABIC)
    with pytest.raises(NotYours):
        await act(db, EVA_CHAT, translating.take, number)


async def test_what_waits_is_listed_for_each(db, office):
    await ask(db, office, "ar", "so")
    arabic = (await written(db, office)).id
    await act(db, LEYLA_CHAT, translating.take, arabic)

    async def waits(chat):
        return [each.language for each in await act(db, chat, translating.needed)]

    assert await waits(LEYLA_CHAT) == ["ar", "so"]
    assert await waits(SAMI_CHAT) == ["so"]
    assert sorted(await waits(EVA_CHAT)) == ["ar", "so"]
