"""Why no thanks: one tap, one count, tied to nobody."""

from messaging import reason_texts, texts
from tests.cast import AREA


async def test_a_reason_counts_once_however_often_it_is_pressed(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:en")
    await phone.tap_data("c:0")
    [reason] = [data for _, data in phone.last.buttons if data.startswith("r:")][:1]

    await phone.press(reason)
    await phone.press(reason)
    await phone.press(reason)

    assert len(await lotsen.rows("tally", what="reason_no_chat")) == 1


async def test_a_reason_for_another_area_is_not_counted(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:en")
    await phone.tap_data("c:0")
    here = {row.id for row in await lotsen.rows("area", name=AREA)}
    elsewhere = [row.id for row in await lotsen.rows("area") if row.id not in here]

    for area in (*elsewhere, 0, -1, 9999, 10**40):
        [said] = await phone.press(f"r:{area}:trust")
        assert said.text == texts.old_button(lotsen.languages.get("en"))
        await phone.press(f"rm:{area}:1")

    assert await lotsen.rows("tally", what="reason_no_chat") == []


async def test_a_stranger_who_was_never_asked_why_counts_nothing(lotsen):
    phone = lotsen.phone()
    await phone.start()
    await phone.tap_data("l:en")

    await phone.press("r:4:trust")

    assert await lotsen.rows("tally") == []


async def test_a_no_and_its_reason_survive_a_restart_between_any_two_steps(lotsen):
    lotsen.restarts = True
    phone = lotsen.phone()

    await phone.start(await lotsen.invite())
    await phone.tap_data("l:so")
    await phone.tap_data("c:0")
    await phone.tap_data("rm:")
    [thanks] = await phone.tap_data("r:")

    assert thanks.text == reason_texts.thanks(lotsen.languages.get("so"))
    assert len(await lotsen.rows("tally", what="reason_no_chat")) == 1
