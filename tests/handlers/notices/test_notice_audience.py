"""For whom a notice is, and who is left out (E1)."""

import pytest

from messaging import audience_texts, texts
from programme.activities import ActivityKind
from programme.notices import Audience, NoticeState
from storage import areas, families, staff_areas
from tests.cast import AREA, JOINED, move_in
from tests.handlers.noticing import (
    act,
    area_id,
    audience,
    new_notice,
    state,
)
from tests.messaging.reading_marks import without_isolates


async def test_the_audience_is_chosen_by_buttons(lotsen, eva, home):
    number = await new_notice(eva, "so")
    for what in ("dad", "exp", "first"):
        await eva.press(f"Na:{number}:{what}")
    await eva.press(f"Nm:{number}:2:-1")
    await eva.press(f"Nm:{number}:2:12")
    await eva.press(f"Nf:{number}:fathers")
    found = await audience(lotsen, number)
    assert (found.fathers, found.expecting, found.first_child) == (True, True, True)
    assert (found.months_from, found.months_to) == (2, 12)
    assert found.follows is ActivityKind.FATHERS
    for what in ("dad", "exp", "first"):
        await eva.press(f"Na:{number}:{what}")
    await eva.press(f"Nm:{number}:999:999")
    [page] = await eva.press(f"Nf:{number}:")
    assert "It is for everybody there." in page.text
    assert await audience(lotsen, number) == Audience(
        areas=(await area_id(lotsen),), languages=("so",)
    )


@pytest.mark.parametrize("press", ["Nm:{n}:7:-1", "Nm:{n}:12:2", "Nm:{n}:2:7", "Nm:{n}:-5:3"])
async def test_an_age_that_no_button_has_changes_nothing(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    [said] = await eva.press(press.format(n=number))
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await audience(lotsen, number)).months_from is None


async def test_an_area_that_one_does_not_run_cannot_be_chosen(lotsen, eva, home):
    number, far = await new_notice(eva, "so"), await area_id(lotsen, "Gårdsten")
    [said] = await eva.press(f"Nr:{number}:{far}:1")
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await audience(lotsen, number)).areas == (await area_id(lotsen),)


async def test_the_last_area_stays(lotsen, eva, home):
    number, here = await new_notice(eva, "so"), await area_id(lotsen)
    [said] = await eva.press(f"Nr:{number}:{here}:0")
    assert audience_texts.one_area_at_least(lotsen.languages.get("en")) in said.text
    assert (await audience(lotsen, number)).areas == (here,)


async def test_two_areas_of_ones_own_are_both_reached(lotsen, eva, home):
    far = await area_id(lotsen, "Gårdsten")
    async with lotsen.db.write() as tx:
        [me] = [row.id for row in await lotsen.rows("staff", name="Eva")]
        await staff_areas.add(tx, me, [far])
    number = await new_notice(eva, "so")
    [page] = await eva.press(f"Nr:{number}:{far}:1")
    assert "Yes: Gårdsten" in [without_isolates(label) for label, _ in page.buttons]
    assert set((await audience(lotsen, number)).areas) == {far, await area_id(lotsen)}


async def test_who_is_left_out_is_told_with_its_reason(lotsen, eva, home):
    number = await new_notice(eva, "so")
    quiet = await move_in(lotsen.db, chats=(1101, None))
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, quiet.amina, active_since=None)
        await families.register(tx, await areas.find(tx, AREA), None, JOINED)
    said = await act(eva, number, "check")
    assert "Families that get it: 1." in said
    assert "Parents who read it in Somali: 1." in said
    assert "They read a language that is not chosen: 1." in said
    assert "They have not said yes to messages: 1." in said
    assert "Families who do not use the chat: 1." in said


async def test_who_has_not_said_which_parent_they_are_is_told_of(lotsen, eva, home):
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.yusuf, role=None)
    number = await new_notice(eva, "ar")
    await eva.press(f"Na:{number}:dad")
    said = await act(eva, number, "check")
    assert "Nobody would get it." in said
    assert "They have not said which parent they are, or if it is the first child: 1." in said


async def test_to_nobody_it_cannot_be_sent(lotsen, eva):
    number = await new_notice(eva, "so")
    said = await act(eva, number, "check")
    assert "Nobody would get it." in said
    assert not any(data.endswith((":send", ":when")) for _, data in eva.last.buttons)
    await act(eva, number, "send")
    assert await state(lotsen, number) is NoticeState.DRAFT
