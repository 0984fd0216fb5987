"""Danger words and the safe exit, as a person meets them (mission B12)."""

from datetime import timedelta

import pytest

from services.clearing import Clearer
from tests.fakes import FakePush
from tests.handlers.home import FOUR, a_parent, labels
from tests.handlers.wording import faults, too_long

_LINE = "020-50 50 50"


async def cleared(lotsen, push, **later) -> None:
    lotsen.clock.set(lotsen.clock.now() + timedelta(**later))
    await Clearer(lotsen.db, push, lotsen.languages, lotsen.clock.now).clear()


def a_danger_word(t) -> str:
    return t.traits.emergency[0]


@pytest.mark.parametrize("code", FOUR)
async def test_danger_words_get_who_helps_and_are_gone_in_ten_minutes(lotsen, languages, code):
    phone, _ = await a_parent(lotsen, code)
    t = languages.get(code)
    said = await phone.write(f"{a_danger_word(t)}!")
    assert _LINE in said[0].text
    assert faults(said, t, languages) == []
    assert too_long(said) == []
    push = FakePush()
    await cleared(lotsen, push, minutes=9)
    assert push.deleted == []
    await cleared(lotsen, push, minutes=1)
    assert len(push.deleted) == 2  # what was written, and its answer
    assert max(phone.screen) in {number for _, number in push.deleted}


async def test_one_tap_clears_at_once_and_says_nothing(lotsen, languages):
    phone, _ = await a_parent(lotsen)
    await phone.write(a_danger_word(languages.get("so")))
    assert await phone.tap("Clear now") == []
    push = FakePush()
    await cleared(lotsen, push)
    assert len(push.deleted) == 2


async def test_danger_words_of_somebody_nobody_knows_are_answered_too(lotsen, languages):
    phone = lotsen.phone()
    said = await phone.write(a_danger_word(languages.get("ar")))
    assert _LINE in said[0].text


async def test_danger_words_are_kept_nowhere_once_they_are_answered(lotsen, languages):
    phone, _ = await a_parent(lotsen)
    await phone.write(f"{a_danger_word(languages.get('en'))} plantedword")
    assert all(row.raw is None and row.answer is None for row in await lotsen.rows("inbox"))


@pytest.mark.parametrize("code", FOUR)
async def test_a_safe_exit_says_what_it_can_and_cannot_do_and_empties_the_chat(
    lotsen, languages, code
):
    phone, _ = await a_parent(lotsen, code)
    t = languages.get(code)
    said = await phone.write("/clear")
    said += await phone.tap_data("Tx")
    assert faults(said, t, languages) == []
    assert too_long(said) == []
    push, last = FakePush(), max(phone.screen)
    before = {number for number in phone.screen if number != last}
    await cleared(lotsen, push)
    gone = {number for _, number in push.deleted}
    assert before <= gone
    assert last not in gone  # the answer can be read...
    await cleared(lotsen, push, minutes=10)
    assert last in {number for _, number in push.deleted}  # ...and is gone, too


async def test_what_the_person_wrote_is_deleted_too(lotsen):
    phone, _ = await a_parent(lotsen)
    heard = {r.message_id for r in await lotsen.rows("said", purpose="heard")}
    assert heard  # /start, at least
    await phone.write("/clear")
    await phone.tap_data("Tx")
    push = FakePush()
    await cleared(lotsen, push)
    assert heard <= {number for _, number in push.deleted}


async def test_every_answer_and_every_push_is_known_so_that_it_can_be_cleared(
    lotsen, office, amina
):
    await office.to(amina)
    known = {r.message_id for r in await lotsen.rows("said", chat_id=amina.id)}
    assert set(amina.screen) <= known
    assert await lotsen.rows("said", purpose="push") or not office.post.push.arrived


async def test_an_exit_touches_no_other_chat(lotsen):
    phone, _ = await a_parent(lotsen)
    other, _ = await a_parent(lotsen)
    await phone.press("Tx")
    push = FakePush()
    await cleared(lotsen, push)
    assert {chat for chat, _ in push.deleted} == {phone.id}
    assert other.screen


async def test_the_menu_leads_to_clearing(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/help")
    for _ in range(6):
        await phone.tap("More")
        if "Clear this chat" in labels(phone.last):
            break
    await phone.tap("Clear this chat")
    assert "stays in your list" in phone.last.text
