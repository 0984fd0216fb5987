"""Write to your team, call me, and what is not words, as people meet them (mission F7, F8)."""

from datetime import timedelta

import pytest

from services import housekeeping, threads
from services.clearing import Clearer
from tests.cast import JOINED, RULES, local
from tests.colleagues import BO_CHAT, at_work
from tests.fakes import FakePush
from tests.handlers.home import (
    FOUR,
    STARTS,
    a_parent,
    anna,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.post_office import presses
from tests.handlers.wording import faults, too_long

WORDS = "Plantedwords 07 at nine?"
AT_WORK = local("2026-11-02T10:00")


async def asked(lotsen, phone, text=WORDS):
    await phone.write("/team")
    return await phone.write(text)


async def pushed_to(lotsen, chat, at=None):
    return [each for each in await delivered(lotsen, at) if each.chat_id == chat]


async def answered(lotsen, chat, text, push_said) -> list:
    """A colleague presses *Answer* under what came and writes."""
    phone = lotsen.phone(chat)
    [button] = [d for d in presses(push_said).values() if d.startswith("Ta")]
    await phone.press(button, 1)
    return await phone.write(text)


@pytest.mark.parametrize("code", FOUR)
async def test_a_parent_writes_staff_answer_and_the_answer_comes_back(lotsen, languages, code):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen, code)
    t = languages.get(code)
    [page] = await phone.write("/team")
    [given] = await phone.write(WORDS)
    assert faults([page, given], t, languages) == []
    assert too_long([page, given]) == []
    [said] = await pushed_to(lotsen, chat, AT_WORK)
    assert WORDS in said.text
    [done] = await answered(lotsen, chat, "Yes, Plantedanswer", said)
    assert "on its way" in done.text
    [answer] = await pushed_to(lotsen, phone.id)
    assert "Plantedanswer" in answer.text


async def test_the_page_says_when_somebody_reads_and_what_not_to_write(lotsen):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    [page] = await phone.write("/team")
    assert "working day" in page.text
    assert "do not write about illness" in page.text
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql(
            "INSERT INTO hours (staff_id, weekday, starts, ends) SELECT id, 0, 510, 960 FROM staff"
            " WHERE chat_id = 2001"
        )
    [page] = await phone.write("/team")
    assert "08:30" in page.text
    assert "16:00" in page.text


async def test_danger_words_are_answered_and_never_relayed(lotsen, languages):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await phone.write("/team")
    [said] = await phone.write(languages.get("en").traits.emergency[0])
    assert "112" in said.text
    assert await lotsen.rows("thread") == []
    assert await pushed_to(lotsen, chat, AT_WORK) == []


async def test_neither_the_other_parent_nor_their_data_learns_of_it(lotsen):
    chat = await anna(lotsen)
    phone, family_id = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family_id, "en")
    await asked(lotsen, phone)
    [said] = await pushed_to(lotsen, chat, AT_WORK)
    await answered(lotsen, chat, "Plantedanswer", said)
    pushed = await delivered(lotsen)
    assert {each.chat_id for each in pushed if "Plantedanswer" in each.text} == {phone.id}
    shown = [each.file for each in await other.write("/mydata") if each.file]
    assert b"Planted" not in shown[0]
    assert WORDS.encode() in next(e.file for e in await phone.write("/mydata") if e.file)


async def test_who_comes_reads_first_and_a_colleague_after_a_working_day(lotsen):
    await anna(lotsen)
    await at_work(lotsen.db, "Bo", chat_id=BO_CHAT)
    await at_work(lotsen.db, "Cia", chat_id=2003)
    phone, _ = await with_visit(lotsen, starts_at=STARTS)  # Anna and Bo come
    await asked(lotsen, phone)
    first = {each.chat_id for each in await delivered(lotsen, AT_WORK) if WORDS in each.text}
    assert first == {2001, BO_CHAT}
    later = {
        each.chat_id
        for each in await delivered(lotsen, local("2026-11-03T12:00"))
        if WORDS in each.text
    }
    assert later == {2003}


async def test_what_is_answered_is_not_passed_on(lotsen):
    chat = await anna(lotsen)
    await at_work(lotsen.db, "Bo", chat_id=BO_CHAT)
    await at_work(lotsen.db, "Cia", chat_id=2003)
    phone, _ = await with_visit(lotsen, starts_at=STARTS)
    await asked(lotsen, phone)
    pushed = await delivered(lotsen, AT_WORK)
    said = next(each for each in pushed if each.chat_id == chat and WORDS in each.text)
    await answered(lotsen, chat, "Yes", said)
    [button] = [d for d in presses(said).values() if d.startswith("Ta")]
    [late] = await lotsen.phone(BO_CHAT).press(button, 1)
    assert "Somebody has answered this" in late.text
    later = await delivered(lotsen, local("2026-11-04T12:00"))
    assert not [each for each in later if WORDS in each.text]


async def test_a_closed_thread_leaves_no_word_here_or_on_the_phones_of_staff(lotsen):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await asked(lotsen, phone)
    [said] = await pushed_to(lotsen, chat, AT_WORK)
    await answered(lotsen, chat, "Plantedanswer", said)
    await delivered(lotsen)
    lotsen.clock.set(AT_WORK + timedelta(days=2))
    await housekeeping.purge(lotsen.db, lotsen.clock.now(), RULES)
    assert len(await lotsen.rows("thread")) == 1
    lotsen.clock.set(AT_WORK + timedelta(days=4))
    await housekeeping.purge(lotsen.db, lotsen.clock.now(), RULES)
    assert await lotsen.rows("thread") == []
    push = FakePush()
    await Clearer(lotsen.db, push, lotsen.languages, lotsen.clock.now).clear()
    assert [each[0] for each in push.rewritten] == [chat]


async def test_what_nobody_answers_is_closed_after_two_weeks(lotsen):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await asked(lotsen, phone)
    await housekeeping.purge(lotsen.db, JOINED + timedelta(days=15), RULES)
    assert await lotsen.rows("thread") == []


@pytest.mark.parametrize("code", FOUR)
async def test_without_staff_in_the_chat_a_person_is_named(lotsen, languages, code):
    phone, _ = await a_parent(lotsen, code)
    said = await phone.write("/team")
    assert faults(said, languages.get(code), languages) == []
    assert "1177" in said[0].text
    await phone.write(WORDS)
    assert await lotsen.rows("thread") == []


@pytest.mark.parametrize("code", FOUR)
async def test_too_long_a_text_is_not_cut_off_but_asked_for_again(lotsen, languages, code):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen, code)
    said = await asked(lotsen, phone, "a" * (threads.LONGEST + 1))
    assert faults(said, languages.get(code), languages) == []
    assert await lotsen.rows("thread") == []
    await phone.write(WORDS)
    assert len(await lotsen.rows("thread")) == 1


async def test_one_may_leave_it_and_an_old_page_swallows_no_text(lotsen):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await phone.write("/team")
    await phone.tap("Do not write")
    await phone.write(WORDS)
    await phone.write("/team")
    lotsen.clock.set(JOINED + timedelta(minutes=31))
    await phone.write(WORDS)
    assert await lotsen.rows("thread") == []


async def test_a_command_is_no_message_to_the_team(lotsen):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await phone.write("/team")
    await phone.write("/help")
    assert await lotsen.rows("thread") == []


@pytest.mark.parametrize("code", FOUR)
async def test_who_has_stopped_is_told_that_an_answer_could_not_come(lotsen, languages, code):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen, code)
    await phone.write("/stop")
    said = await phone.write("/team")
    assert faults(said, languages.get(code), languages) == []
    await phone.write(WORDS)
    assert await lotsen.rows("thread") == []


async def test_staff_of_another_area_and_forged_numbers_find_nothing(lotsen):
    await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await asked(lotsen, phone)
    [thread] = await lotsen.rows("thread")
    await at_work(lotsen.db, "Eva", chat_id=2009, area="Tynnered")
    stranger = lotsen.phone(2009)
    said = await stranger.press(f"Ta:{thread.id}", 1)
    said += await stranger.write("hello")
    assert not any(WORDS in each.text for each in said)
    assert [r.answered_at for r in await lotsen.rows("thread")] == [None]
    said = await phone.press(f"Ta:{thread.id}", 1)  # a parent presses a button of staff
    assert [r.answered_at for r in await lotsen.rows("thread")] == [None]


async def test_staff_see_who_waits_for_an_answer(lotsen):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    nurse = lotsen.phone(chat)
    await nurse.write("/menu")
    [none] = await nurse.tap("Messages from parents")
    assert none.text == "Nobody waits for an answer."
    await asked(lotsen, phone)
    await nurse.write("/menu")
    [some] = await nurse.tap("Messages from parents")
    await nurse.tap_data("Ta")
    assert WORDS in nurse.last.text
    await nurse.write("Plantedanswer")
    [answer] = await pushed_to(lotsen, phone.id)
    assert "Plantedanswer" in answer.text
    assert some.buttons


async def test_after_a_loss_nothing_is_relayed_either_way(lotsen):
    chat = await anna(lotsen)
    phone, _ = await a_parent(lotsen)
    await asked(lotsen, phone)
    await phone.press("h")
    assert not [e for e in await pushed_to(lotsen, chat, AT_WORK) if WORDS in e.text]


# What is not words -----------------------------------------------------------------------------

_VOICE = {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}
_CONTACT = {"contact": {"phone_number": "+4670", "first_name": "Plantedname"}}
_DICE = {
    "sticker": {
        "file_id": "f",
        "file_unique_id": "u",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
}


@pytest.mark.parametrize("content", [_VOICE, _CONTACT, _DICE])
@pytest.mark.parametrize("code", FOUR)
async def test_what_is_not_words_gets_a_person_and_an_offer_to_delete_it(
    lotsen, languages, code, content
):
    phone, _ = await a_parent(lotsen, code)
    said = await phone.send(**content)
    assert faults(said, languages.get(code), languages) == []
    assert too_long(said) == []
    assert "1177" in said[0].text
    assert [each[:2] for each in data(said[0])] == ["Tc", "Td", "m:"]


async def test_what_was_sent_is_deleted_on_the_phone(lotsen):
    phone, _ = await a_parent(lotsen)
    message = phone.message(**_VOICE)
    await lotsen.take({"message": message})
    await phone.tap("Delete what I sent")
    push = FakePush()
    await Clearer(lotsen.db, push, lotsen.languages, lotsen.clock.now).clear()
    assert push.deleted == [(phone.id, message["message_id"])]


async def test_call_me_is_told_to_staff_once_and_shown_to_nobody_else(lotsen):
    chat = await anna(lotsen)
    phone, family_id = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family_id, "en")
    await phone.send(**_VOICE)
    await phone.tap("Call me, with interpreter")
    await phone.send(**_VOICE)
    await phone.tap("Call me, with interpreter")
    [said] = await pushed_to(lotsen, chat, AT_WORK)
    assert "asks to be called" in said.text
    assert [r.what for r in await lotsen.rows("request")] == ["call"]
    assert other.screen == {}


async def test_the_team_is_three_taps_from_the_menu(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/help")
    for label in ("More", "Talk to us"):
        [page] = await phone.tap(label)
    assert labels(page)[0] == "Write to your team"
