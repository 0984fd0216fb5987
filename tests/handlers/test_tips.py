from datetime import timedelta

import pytest

from messaging import texts
from tests.cast import JOINED, local
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")


@pytest.mark.parametrize("code", FOUR)
async def test_the_buttons_under_a_tip_answer_in_the_parents_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    [child] = await lotsen.rows("child")
    lotsen.clock.set(local("2027-02-14T10:00"))

    [why] = await phone.press(f"w:faces:{child.id}")
    [fewer] = await phone.press("f:1")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is True
    [again] = await phone.tap(t.gettext("Undo"))

    assert [why.text, fewer.text, again.text] == [
        texts.why_tip(t, 3),
        texts.fewer_on(t).text,
        texts.fewer_off(t),
    ]
    assert faults([why, fewer, again], t, lotsen.languages) == []
    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is False


async def test_the_child_of_another_family_is_answered_like_no_child_at_all(lotsen):
    t = lotsen.languages.get("en")
    amina, dan = lotsen.phone(), lotsen.phone()
    await amina.join("en")
    await dan.join("en")
    [hers, his] = [row.id for row in await lotsen.rows("child")]

    for data in (f"w:faces:{hers}", "w:faces:9999", "w:faces:0", f"w:faces:{10**30}"):
        [said] = await dan.press(data)
        assert said.text == texts.old_button(t), data
    [own] = await dan.press(f"w:faces:{his}")
    assert own.text == texts.why_tip(t, 0)


async def test_a_child_who_is_not_born_yet_gives_no_reason_for_a_tip(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-01'")
    [child] = await lotsen.rows("child")

    [said] = await phone.press(f"w:faces:{child.id}")

    assert said.text == texts.old_button(lotsen.languages.get("en"))


async def test_pressing_fewer_often_is_pressing_it_once(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    await lotsen.take(*[phone.press_of("f:1") for _ in range(5)])

    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is True


async def test_who_has_stopped_may_still_ask_why(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/stop")
    [child] = await lotsen.rows("child")
    lotsen.clock.set(JOINED + timedelta(days=100))

    [said] = await phone.press(f"w:faces:{child.id}")

    assert said.text == texts.why_tip(lotsen.languages.get("en"), 3)
    [guardian] = await lotsen.rows("guardian")
    assert guardian.stopped_at == JOINED
