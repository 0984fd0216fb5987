import random

import pytest

from messaging import join_texts, texts
from tests.effort import tries

JUNK = [
    "",
    ":",
    "::::",
    "v",
    "v:",
    "v:1",
    "v:1:0",
    "v:1:0:maybe",
    "v:1:0:yes:more",
    "v:one:0:yes",
    "v:1:zero:yes",
    "v:1.5:0:yes",
    "v: 1:0:yes",
    "V:1:0:yes",
    "w:faces",
    "w:faces:",
    "w:faces:x",
    "c:maybe",
    "e:",
    "f:2",
    "l",
    "r:1",
    "r::trust",
    "rm:1:x",
    "s:1",
    "u:1",
    "p:",
    "p:1",
    "p:2:2026-11-09",
    "p:1:soon",
    "q:1",
    "q:x:1",
    "q:7:1",
    "x:tip:1",
    "x:tip:1:gift_book",
    "x:nothing:1:gift_book:1",
    "g:",
    "g:x",
    "t:faces:1:2",
    "t:faces:x:1",
    "t:gone:1:1",
    "tm:faces",
    "n:1",
    "n:x:0",
    "n:1:0",
    "nu:x",
    "nu:1",
    "o:1",
    "o:1:maybe",
    "o:7:yes",
    "a:",
    "a:x",
    "a:1",
    "b:1",
    "zz:1",
    "m",
    "x" * 64,
    "ا" * 32,
    "🙂" * 16,
    "v:1:0:yes\x00",
    "%s%n{0}",
    "</b><script>",
    "'; DROP TABLE guardian; --",
]


def random_data(seed: int) -> str:
    dice = random.Random(seed)
    signs = "vwcelfrmsupqxgtnoab:0123456789-abcyes_\u0661\u200f🙂\n "
    return "".join(dice.choice(signs) for _ in range(dice.randint(1, 30)))


async def everything(lotsen) -> list[object]:
    tables = ("guardian", "family", "child", "consent", "answer", "booking", "tally", "invite")
    return [await lotsen.rows(table) for table in tables]


async def test_forged_buttons_are_answered_politely_and_change_nothing(lotsen):
    phone = lotsen.phone()
    await phone.join("so")
    t = lotsen.languages.get("so")
    before = await everything(lotsen)

    for data in JUNK:
        [said] = await phone.press(data)
        assert said.text in {texts.old_button(t), join_texts.choose_language(lotsen.languages).text}
        assert await everything(lotsen) == before, data


async def test_random_buttons_never_meet_an_apology(lotsen):
    phone = lotsen.phone()
    await phone.join("so")
    t = lotsen.languages.get("so")
    presses = [phone.press_of(random_data(seed)) for seed in range(tries(80, 1000))]

    said = await lotsen.take(*presses)

    assert len(said) == len(presses)
    assert texts.error(t) not in "\n".join(each.text for each in said)
    asked = {press["callback_query"]["id"] for press in presses}
    assert asked <= set(lotsen.line.answered)


async def test_a_button_of_somebody_unknown_leads_to_the_beginning(lotsen):
    phone = lotsen.phone()

    for data in ("m:who", "s", "u", "f:1", "w:faces:1", "v:1:0:yes", "c:1", "e:1", "junk"):
        [said] = await phone.press(data)
        assert [d for _, d in said.buttons] == ["l:sv", "l:ar", "l:so", "l:en", "lo:0"], data

    assert await lotsen.rows("guardian") == []


async def test_a_button_of_a_newcomer_whose_language_is_known_is_old_in_that_language(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap_data("l:ar")

    for data in ("m:who", "s", "u", "f:1", "e:1"):
        [said] = await phone.press(data)
        assert (said.text, said.buttons) == (texts.old_button(lotsen.languages.get("ar")), ())

    assert await lotsen.rows("guardian") == []


async def test_a_press_on_a_message_that_is_gone_is_answered_with_a_new_one(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    there = len(phone.screen)

    await phone.press("l:sv", message_id=999_999)

    assert len(phone.screen) == there + 1
    assert phone.last.text == join_texts.language_set(lotsen.languages.get("sv"))


@pytest.mark.parametrize("what", ["no data", "a game", "no message"])
async def test_a_press_without_data_or_message_is_answered(lotsen, what):
    phone = lotsen.phone()
    await phone.join("en")
    press = phone.press_of(None)
    if what == "a game":
        press["callback_query"]["game_short_name"] = "chess"
    if what == "no message":
        press["callback_query"] |= {"data": "m:who", "inline_message_id": "abc"}
        del press["callback_query"]["message"]

    [said] = await lotsen.take(press)

    t = lotsen.languages.get("en")
    expected = texts.who_are_you(t) if what == "no message" else texts.old_button(t)
    assert said.text == expected
    assert press["callback_query"]["id"] in lotsen.line.answered
