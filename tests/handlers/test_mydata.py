"""My data and forget me, as a parent meets them (mission B9, B17)."""

import json
from datetime import timedelta

import pytest

from messaging import mydata_texts, texts
from services.clearing import Clearer
from storage import families
from tests.cast import JOINED, book_visit
from tests.fakes import FakePush
from tests.handlers.home import FOUR, NEXT_STARTS, a_parent, data, the_other_parent, with_visit
from tests.handlers.wording import faults, too_long


@pytest.mark.parametrize("code", FOUR)
async def test_my_data_is_readable_and_a_file(lotsen, languages, code):
    phone, _ = await with_visit(lotsen, code)
    t = languages.get(code)
    said = await phone.write("/mydata")
    assert faults(said, t, languages) == []
    assert too_long(said) == []
    [file] = [each.file for each in said if each.file]
    found = json.loads(file)
    assert [each["chat_id"] for each in found["guardian"]] == [phone.id]
    assert len(found["booking"]) == 1
    assert str(phone.id) in said[0].text


@pytest.mark.parametrize("code", FOUR)
async def test_forget_explains_once_and_then_does_it(lotsen, languages, code):
    phone, _ = await a_parent(lotsen, code)
    t = languages.get(code)
    [page] = await phone.write("/forget")
    [done] = await phone.tap_data("Tf")
    assert done.text == mydata_texts.forgotten(t).text
    assert faults([page, done], t, languages) == []
    assert too_long([page, done]) == []
    for table in ("family", "guardian", "child", "said", "conversation"):
        assert await lotsen.rows(table) == [], table
    assert all(row.chat_id is None for row in await lotsen.rows("inbox"))


async def test_who_is_forgotten_is_a_stranger_and_may_come_again(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/forget")
    await phone.tap("Delete my data")
    said = await phone.write("hello")
    assert "l:en" in data(said[0])  # choose a language: as if never seen
    await phone.join("en")
    assert len(await lotsen.rows("guardian")) == 1


async def test_forgetting_clears_the_phone_but_for_its_last_words(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/forget")
    before = set(phone.screen)
    await phone.tap("Delete my data")
    push = FakePush()
    await Clearer(lotsen.db, push, lotsen.languages, lotsen.clock.now).clear()
    gone = {number for _, number in push.deleted}
    assert before <= gone
    assert not (set(phone.screen) - before) & gone
    assert await lotsen.rows("clearing") == []


@pytest.mark.parametrize("code", FOUR)
async def test_with_a_visit_booked_it_is_asked_about_first(lotsen, languages, code):
    phone, booked = await with_visit(lotsen, code)
    t = languages.get(code)
    [page] = await phone.write("/forget")
    yes, no, _back = data(page)
    assert (yes, no) == (f"Tf:{booked}:1", f"Tf:{booked}:0")
    [done] = await phone.press(yes)
    assert faults([page, done], t, languages) == []
    assert too_long([page, done]) == []
    assert await lotsen.rows("guardian") == []
    assert [row.state for row in await lotsen.rows("booking")] == ["booked"]


@pytest.mark.parametrize("code", FOUR)
async def test_a_visit_that_is_not_wanted_is_taken_away(lotsen, languages, code):
    phone, booked = await with_visit(lotsen, code)
    await phone.write("/forget")
    [done] = await phone.press(f"Tf:{booked}:0")
    assert faults([done], languages.get(code), languages) == []
    assert too_long([done]) == []
    assert [row.state for row in await lotsen.rows("booking")] == ["declined"]


async def test_a_visit_booked_since_is_asked_about_before_anything_goes(lotsen):
    phone, family_id = await a_parent(lotsen)
    await phone.write("/forget")
    await book_visit(lotsen.db, family_id, NEXT_STARTS, JOINED)
    [page] = await phone.tap("Delete my data")
    assert "Shall we still come" in page.text
    assert len(await lotsen.rows("guardian")) == 1


async def test_the_other_parent_keeps_child_and_visits_and_hears_nothing(lotsen, languages):
    phone, _booked = await with_visit(lotsen)
    [child] = await lotsen.rows("child")
    other = await the_other_parent(lotsen, child.family_id)
    [page] = await phone.write("/forget")
    assert "for the other parent" in page.text
    [done] = await phone.tap("Delete my data")
    assert "for the other parent" in done.text
    assert other.screen == {}
    [said] = await other.write("/help")
    assert said.text == texts.menu(languages.get("ar")).text
    assert [row.state for row in await lotsen.rows("booking")] == ["booked"]


async def test_an_old_delete_button_of_somebody_else_deletes_nobody(lotsen):
    await a_parent(lotsen)
    stranger = lotsen.phone()
    await stranger.press("Tf:0:0")
    assert len(await lotsen.rows("guardian")) == 1


async def test_a_press_that_comes_twice_is_harmless(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/forget")
    await lotsen.take(phone.press_of("Tf:0:0"), phone.press_of("Tf:0:0"))
    assert await lotsen.rows("guardian") == []
    assert [r.what for r in await lotsen.rows("tally") if r.what == "forgotten"] == ["forgotten"]


async def test_my_data_shows_label_and_children_of_all(lotsen):
    phone, family_id = await a_parent(lotsen)
    lotsen.clock.set(lotsen.clock.now() + timedelta(days=1))
    async with lotsen.db.write() as tx:
        await families.set_family(tx, family_id, label="Plantedlabel")
    said = await phone.write("/mydata")
    assert "Plantedlabel" in said[1].text
    assert "31 October 2026" in said[1].text
