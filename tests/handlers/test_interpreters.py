"""The interpreter, from the phones of a parent and of the nurse (mission D9)."""

import pytest

from messaging import interpreter_texts, texts
from programme.people import InterpreterWish
from tests.colleagues import at_work
from tests.handlers.home import FOUR, delivered, with_visit
from tests.handlers.wording import faults, too_long

ANNA = 2001


@pytest.mark.parametrize("code", FOUR)
async def test_a_parent_wishes_for_a_woman_in_three_taps_and_reads_that_no_relative_can(
    lotsen, code
):
    t = lotsen.languages.get(code)
    phone, booked = await with_visit(lotsen, code)
    said = await phone.press("Hw:ask")
    assert said[0].text == interpreter_texts.do_you_want(t).text
    said += await phone.tap(t.gettext("Yes, please")) + await phone.tap(t.gettext("More"))
    said += await phone.tap(t.gettext("It does not matter"))
    [guardian] = await lotsen.rows("guardian", chat_id=phone.id)
    [row] = await lotsen.rows("booking", id=booked)
    assert (guardian.interpreter_wish, row.interpreter_wanted) == ("any", True)
    assert faults(said, t, lotsen.languages) == []
    assert too_long(said) == []


async def test_staff_see_the_wish_and_mark_the_interpreter_as_booked_in_one_tap(lotsen):
    await at_work(lotsen.db)
    phone, booked = await with_visit(lotsen)
    await phone.press("Hw:woman")
    anna, t = lotsen.phone(ANNA), lotsen.languages.get("en")
    [family] = await lotsen.rows("family")
    [page] = await anna.press(f"kf:{family.id}")
    line = interpreter_texts.wanted_line(t, InterpreterWish.WOMAN, t.language_name("en"))
    assert line in page.text
    assert interpreter_texts.visit_line(t, False) in page.text
    [page] = await anna.tap_data("Hi:")
    assert interpreter_texts.visit_line(t, True) in page.text
    [row] = await lotsen.rows("booking", id=booked)
    assert row.interpreter is True


async def test_staff_hear_that_one_is_wanted(lotsen):
    await at_work(lotsen.db)
    phone, _ = await with_visit(lotsen)
    await delivered(lotsen)
    await phone.press("Hw:man")
    said = [each.text for each in await delivered(lotsen) if each.chat_id == ANNA]
    assert any("wants an interpreter" in each for each in said)


async def test_nobody_marks_another_areas_visit_and_no_made_up_wish_is_kept(lotsen):
    await at_work(lotsen.db, "Eva", chat_id=2050, area="Gårdsten")
    phone, booked = await with_visit(lotsen)
    [family] = await lotsen.rows("family")
    t = lotsen.languages.get("en")
    for chat, forged in ((2050, f"Hi:{family.id}:{booked}"), (phone.id, "Hw:cousin")):
        [said] = await lotsen.phone(chat).press(forged)
        assert said.text == texts.old_button(t)
    [row] = await lotsen.rows("booking", id=booked)
    assert (row.interpreter, row.interpreter_wanted) == (False, False)
