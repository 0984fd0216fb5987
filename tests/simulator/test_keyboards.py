"""Which keyboards Telegram takes."""

import json

import pytest


def keyboard(*rows):
    return {"inline_keyboard": list(rows)}


def button(text="x", **more):
    return {"text": text, **(more or {"callback_data": "x"})}


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (keyboard([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="å" * 33)]), "BUTTON_DATA_INVALID"),
        (
            keyboard([button(callback_data="")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard([{"callback_data": "x"}]),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (keyboard([button("")]), "inline keyboard button text must be non-empty"),
        (
            keyboard([button(url="not-a-url")]),
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            keyboard([button(url="ftp://example.com")]),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (keyboard([button()] * 9), "reply markup is too long"),
        (keyboard(*([[button()] * 8] * 13)), "reply markup is too long"),
        (
            keyboard(*([[button("x" * 90, callback_data="y" * 64)]] * 60)),
            "reply markup is too long",
        ),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
    ],
)
async def test_a_wrong_keyboard_is_refused(rig, amina, markup, complaint):
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)
    assert why == f"400 Bad Request: {complaint}"
    assert rig.world.from_bot(amina) == []


@pytest.mark.parametrize(
    "good",
    [
        button(callback_data="x" * 64),
        button(callback_data="å" * 32),
        button(url="https://goteborg.se/a?b=c"),
        button(url="t.me/lotsen"),
        button(url="tg://user?id=1"),
        button(copy_text={"text": "031"}),
    ],
)
async def test_a_right_button_is_taken_and_given_back(rig, amina, good):
    markup = keyboard([good] * 8)
    message = await rig.ok("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)
    assert message["reply_markup"] == markup


async def test_a_keyboard_may_come_as_text(rig, amina):
    markup = json.dumps(keyboard([button()]))
    message = await rig.ok("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)
    assert message["reply_markup"]["inline_keyboard"] == [[button()]]


async def test_json_that_is_none_is_refused(rig, amina):
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x", reply_markup="{")
    assert why == "400 Bad Request: can't parse reply keyboard markup JSON object"


async def test_a_key_that_asks_for_the_position_says_so_with_yes_or_no(rig, amina):
    rows = {"keyboard": [[{"text": "Here", "request_location": "please"}]]}
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x", reply_markup=rows)
    assert why == '400 Bad Request: field "request_location" must be of type Boolean'


async def test_a_reply_keyboard_stands_on_the_phone_until_it_is_removed(rig, amina):
    rows = {"keyboard": [["Ja", {"text": "Nej"}]]}
    message = await rig.ok("sendMessage", chat_id=amina.id, text="x", reply_markup=rows)
    assert "reply_markup" not in message
    chat = rig.world.view(amina)["chats"][0]
    assert chat["keyboard"]["keyboard"] == [[{"text": "Ja"}, {"text": "Nej"}]]
    gone = {"remove_keyboard": True}
    await rig.ok("sendMessage", chat_id=amina.id, text="x", reply_markup=gone)
    assert rig.world.view(amina)["chats"][0]["keyboard"] is None
