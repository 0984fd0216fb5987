"""Something hard has happened, as the parents live it: one answer, and then quiet."""

from datetime import timedelta

import pytest

from messaging import exit_texts, loss_texts, texts
from messaging.callbacks import Loss, LossUndo
from services import enrolment, planning
from tests.cast import JOINED, RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.wording import faults, too_long

FOUR = ("sv", "ar", "so", "en")
PRESS, UNDO = Loss().pack(), LossUndo().pack()


@pytest.fixture
async def parents(lotsen):
    """Amina reads Somali, Yusuf Arabic."""
    amina, yusuf = lotsen.phone(), lotsen.phone()
    await move_in(lotsen.db, chats=(amina.id, yusuf.id))
    return amina, yusuf


@pytest.mark.parametrize("code", FOUR)
async def test_one_press_one_answer_in_the_parent_s_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone(setting="fi")
    await move_in(lotsen.db, chats=(phone.id, None))
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql(f"UPDATE guardian SET language = '{code}'")

    [answer] = await phone.press(PRESS)
    [quiet] = await phone.write("/help")
    [again] = await phone.press(UNDO)

    assert answer.text == loss_texts.gone_quiet(t).text
    assert [data for _, data in answer.buttons] == [UNDO]
    assert quiet.text == loss_texts.resting(t, True).text
    assert again.text == loss_texts.speaking_again(t)
    assert faults([answer, quiet, again], t, lotsen.languages) == []
    assert too_long([answer, quiet, again]) == []


async def test_the_page_with_the_buttons_is_gone(lotsen, parents):
    amina, _ = parents
    await amina.write("/stop")
    before = len(amina.screen)
    await amina.press(PRESS)
    assert len(amina.screen) == before
    assert amina.last.text == loss_texts.gone_quiet(lotsen.languages.get("so")).text


EVERYTHING = [
    "/start",
    "/start something",
    "/help",
    "/stop",
    "/language",
    "/plan",
    "/away",
    "/pause",
    "hello",
    "Vad är detta?",
]
PRESSES = ["m:who", "m:language", "s", "u", "f:1", "l:sv", "e:1", "v:1:0:yes", PRESS, "??", None]


@pytest.mark.parametrize("said", EVERYTHING)
async def test_whatever_is_written_gets_the_one_quiet_answer(lotsen, parents, said):
    amina, yusuf = parents
    await amina.press(PRESS)
    for phone, code, buttons in ((amina, "so", [UNDO]), (yusuf, "ar", [])):
        [answer] = await phone.write(said)
        t = lotsen.languages.get(code)
        assert answer.text == loss_texts.resting(t, False).text
        assert [data for _, data in answer.buttons] == buttons


@pytest.mark.parametrize("data", PRESSES)
async def test_whatever_is_pressed_gets_the_one_quiet_answer(lotsen, parents, data):
    amina, yusuf = parents
    [family] = await lotsen.rows("family")
    await book_visit(lotsen.db, family.id, local("2026-11-09T10:30"), JOINED)
    await amina.press(PRESS)
    before = await everything(lotsen)
    for phone, code, buttons in ((amina, "so", [UNDO]), (yusuf, "ar", [])):
        [answer] = await phone.press(data)
        assert answer.text == loss_texts.resting(lotsen.languages.get(code), False).text
        assert [data for _, data in answer.buttons] == buttons
    assert await everything(lotsen) == before


async def everything(lotsen):
    names = ("family", "guardian", "booking", "answer", "rest", "tally", "item", "consent")
    return {name: await lotsen.rows(name) for name in names}


async def test_files_get_it_too(lotsen, parents):
    amina, yusuf = parents
    await amina.press(PRESS)
    [answer] = await yusuf.send(contact={"phone_number": "070", "first_name": "x"})
    assert answer.text == loss_texts.resting(lotsen.languages.get("ar"), False).text


async def test_danger_words_still_get_the_numbers_and_nothing_else(lotsen, parents):
    amina, yusuf = parents
    await amina.press(PRESS)
    [answer] = await yusuf.write("112")
    assert answer.text == exit_texts.danger(lotsen.languages.get("ar")).text
    assert [data for _, data in answer.buttons] == ["Tn"]


async def test_the_other_parent_hears_nothing_until_they_write(lotsen, parents):
    amina, yusuf = parents
    seen = dict(yusuf.screen)
    await amina.press(PRESS)
    lotsen.clock.set(JOINED + timedelta(days=40))
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    assert yusuf.screen == seen
    assert {row.state for row in await lotsen.rows("outbox")} <= {"dropped"}


async def test_after_a_day_undo_says_whom_to_call_and_changes_nothing(lotsen, parents):
    amina, _ = parents
    await amina.press(PRESS)
    lotsen.clock.set(JOINED + timedelta(hours=25))

    [answer] = await amina.press(UNDO)
    [quiet] = await amina.write("?")

    assert answer.text == loss_texts.undo_is_over(lotsen.languages.get("so"))
    assert quiet.buttons == ()
    assert len(await lotsen.rows("rest")) == 1


async def test_an_undo_pressed_twice_is_harmless(lotsen, parents):
    amina, _ = parents
    await amina.press(PRESS)
    await amina.press(UNDO)
    [answer] = await amina.press(UNDO)
    assert answer.text == loss_texts.speaking_again(lotsen.languages.get("so"))
    assert await lotsen.rows("rest") == []


async def test_a_link_of_the_family_opens_nothing_for_somebody_new(lotsen, parents):
    amina, _ = parents
    [family, *_] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        code = await enrolment.new_link(tx, family.id, JOINED)
    await amina.press(PRESS)
    dan = lotsen.phone()
    await dan.start(code)
    said = await dan.tap_data("l:en")
    assert len(await lotsen.rows("guardian")) == 2
    assert all("c:1" not in dict(each.buttons).values() for each in said)


async def test_a_stranger_and_another_family_notice_nothing(lotsen, parents):
    amina, _ = parents
    other = lotsen.phone()
    await move_in(lotsen.db, chats=(other.id, None))
    await amina.press(PRESS)
    [menu] = await other.write("/help")
    assert menu.text == texts.menu(lotsen.languages.get("so")).text


async def test_a_fault_in_a_handler_says_nothing_else_either(lotsen, parents, monkeypatch):
    from handlers import middlewares

    def broken(*_args):
        raise RuntimeError

    amina, _ = parents
    await amina.press(PRESS)
    monkeypatch.setattr(middlewares.loss, "hush", broken)
    [answer] = await amina.write("?")
    assert answer.text == loss_texts.resting(lotsen.languages.get("so"), False).text


async def test_an_answer_that_was_taken_back_is_not_said(lotsen, parents, monkeypatch):
    from services import inbox, loss

    amina, yusuf = parents
    [family] = await lotsen.rows("family")
    mother = next(row for row in await lotsen.rows("guardian") if row.chat_id == amina.id)
    real = inbox.still_to_say

    async def in_between(db, take):
        async with db.write() as tx:
            await loss.begin(tx, family.id, mother.id, lotsen.clock.now(), RULES)
        return await real(db, take)

    monkeypatch.setattr(inbox, "still_to_say", in_between)
    assert await yusuf.write("/help") == []


async def test_staff_see_only_that_one_sentence_and_never_phone(lotsen, parents):
    await at_work(lotsen.db)
    anna = lotsen.phone(2001)
    amina, _ = parents
    [family] = await lotsen.rows("family")
    await book_visit(lotsen.db, family.id, local("2026-11-06T10:30"), JOINED)
    await amina.press(PRESS)

    [page] = await anna.press(f"kf:{family.id}")
    [calls] = await anna.press("k:phone:0")

    assert "Do not contact through Lotsen." in page.text
    assert "phone" not in page.text.casefold()
    assert calls.text == "Nobody to phone now."
