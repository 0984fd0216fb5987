"""Sending, editing, deleting, answering: who may do what to whom, and when."""

import json

import aiohttp
import pytest

from tests.sounds import hertz, tone

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


async def say(rig, person, text="hej", **more):
    return (await rig.ok("sendMessage", chat_id=person.id, text=text, **more))["message_id"]


async def test_a_stranger_a_blocker_and_a_leaver_are_three_different_refusals(rig, amina):
    stranger = rig.world.person("Dan")
    said = [await rig.refused("sendMessage", chat_id=stranger.id, text="x")]
    rig.world.block(amina)
    said.append(await rig.refused("sendMessage", chat_id=amina.id, text="x"))
    rig.world.delete_account(amina)
    said.append(await rig.refused("sendMessage", chat_id=amina.id, text="x"))
    said.append(await rig.refused("sendMessage", chat_id=99, text="x"))
    said.append(await rig.refused("sendMessage", text="x"))
    assert said == [
        "403 Forbidden: bot can't initiate conversation with a user",
        "403 Forbidden: bot was blocked by the user",
        "403 Forbidden: user is deactivated",
        "400 Bad Request: chat not found",
        "400 Bad Request: chat_id is empty",
    ]


async def test_who_comes_back_can_be_written_to(rig, amina):
    rig.world.block(amina)
    rig.world.unblock(amina)
    await say(rig, amina)
    rig.world.block(amina)
    rig.world.start(amina, "again")
    await say(rig, amina)


async def test_an_edit_changes_the_message_and_takes_its_buttons_away(rig, amina):
    id = await say(rig, amina, reply_markup=YES)
    rig.clock.advance(minutes=1)
    edited = await rig.ok("editMessageText", chat_id=amina.id, message_id=id, text="ny")
    assert (edited["text"], "reply_markup" in edited) == ("ny", False)
    assert edited["edit_date"] == edited["date"] + 60
    assert rig.world.last(amina).text == "ny"


async def test_editing_to_the_same_is_refused_also_when_it_is_written_differently(rig, amina):
    id = await say(rig, amina, "<b>hej</b>", parse_mode="HTML", reply_markup=YES)
    same = {"chat_id": amina.id, "message_id": id, "reply_markup": YES}
    why = await rig.refused(
        "editMessageText", text=" <strong>hej</strong>", parse_mode="HTML", **same
    )
    assert why == NOT_MODIFIED
    await rig.ok("editMessageText", text="hej", **same)


async def test_a_message_of_last_year_can_still_be_edited(rig, amina):
    id = await say(rig, amina)
    rig.clock.advance(days=400)
    await rig.ok("editMessageText", chat_id=amina.id, message_id=id, text="ny")


async def test_what_is_not_there_or_not_ones_own_cannot_be_edited(rig, amina):
    theirs = rig.world.write(amina, "mitt").id
    gone = await say(rig, amina)
    await rig.ok("deleteMessage", chat_id=amina.id, message_id=gone)
    venue = await rig.ok(
        "sendVenue", chat_id=amina.id, latitude=57.7, longitude=12, title="BVC", address="Gatan 1"
    )
    edits = [{"message_id": 9999}, {"message_id": gone}, {"message_id": theirs}]
    edits += [{}, {"message_id": venue["message_id"]}]
    said = [await rig.refused("editMessageText", chat_id=amina.id, text="x", **e) for e in edits]
    assert [one.removeprefix("400 Bad Request: ") for one in said] == [
        "message to edit not found",
        "message to edit not found",
        "message can't be edited",
        "message identifier is not specified",
        "there is no text in the message to edit",
    ]


async def test_buttons_alone_can_be_changed_and_are_no_edit_of_the_text(rig, amina):
    id = await say(rig, amina, reply_markup=YES)
    where = {"chat_id": amina.id, "message_id": id}
    changed = await rig.ok("editMessageReplyMarkup", **where)
    assert "reply_markup" not in changed
    assert "edit_date" not in changed
    assert await rig.refused("editMessageReplyMarkup", **where) == NOT_MODIFIED


async def test_a_caption_can_be_changed(rig, amina):
    file_id = rig.world.send(amina, "photo").content["photo"][0]["file_id"]
    sent = await rig.ok("sendPhoto", chat_id=amina.id, photo=file_id, caption="en")
    where = {"chat_id": amina.id, "message_id": sent["message_id"]}
    assert (await rig.ok("editMessageCaption", caption="två", **where))["caption"] == "två"
    text = await say(rig, amina)
    why = await rig.refused("editMessageCaption", chat_id=amina.id, message_id=text, caption="x")
    assert why == "400 Bad Request: there is no caption in the message to edit"


async def test_deleting_ends_after_48_hours(rig, amina):
    first, second = await say(rig, amina), await say(rig, amina)
    rig.clock.advance(hours=48)
    await rig.ok("deleteMessage", chat_id=amina.id, message_id=first)
    rig.clock.advance(seconds=1)
    why = await rig.refused("deleteMessage", chat_id=amina.id, message_id=second)
    assert why == "400 Bad Request: message can't be deleted for everyone"
    why = await rig.refused("deleteMessage", chat_id=amina.id, message_id=first)
    assert why == "400 Bad Request: message to delete not found"


async def test_many_can_be_deleted_at_once_and_missing_ones_are_skipped(rig, amina):
    first, second = await say(rig, amina), await say(rig, amina)
    ids = [first, 4711, second]
    assert await rig.ok("deleteMessages", chat_id=amina.id, message_ids=json.dumps(ids)) is True
    assert rig.world.from_bot(amina) == []


async def test_a_reply_to_nothing_is_refused_unless_the_bot_does_not_mind(rig, amina):
    reply = {"message_id": 4711}
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x", reply_parameters=reply)
    assert why == "400 Bad Request: message to be replied not found"
    lenient = {**reply, "allow_sending_without_reply": True}
    await rig.ok("sendMessage", chat_id=amina.id, text="x", reply_parameters=lenient)
    first = await say(rig, amina)
    answer = await rig.ok(
        "sendMessage", chat_id=amina.id, text="x", reply_parameters={"message_id": first}
    )
    assert answer["reply_to_message"]["message_id"] == first


async def test_a_press_can_be_answered_once_and_for_150_seconds(rig, amina):
    await say(rig, amina, reply_markup=YES)
    press, late = rig.world.press(amina, button="Yes"), rig.world.press(amina, button=0)
    await rig.ok("answerCallbackQuery", callback_query_id=press.id, text="Tack", show_alert=True)
    assert (press.answer["text"], press.answer["show_alert"]) == ("Tack", True)
    assert amina.toasts == [press.answer]
    assert await rig.refused("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD
    assert await rig.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD
    rig.clock.advance(seconds=150)
    assert await rig.refused("answerCallbackQuery", callback_query_id=late.id) == TOO_OLD


async def test_a_venue_needs_its_four_parts(rig, amina):
    whole = {"latitude": 57.7, "longitude": 12, "title": "BVC", "address": "Gatan 1"}
    sent = await rig.ok("sendVenue", chat_id=amina.id, **whole)
    assert sent["venue"]["title"] == "BVC"
    for name in whole:
        part = {key: value for key, value in whole.items() if key != name}
        assert (await rig.refused("sendVenue", chat_id=amina.id, **part)).startswith("400 ")


async def test_an_upload_can_be_fetched_again(rig, amina):
    fields = {"chat_id": str(amina.id), "caption": "<b>Boka</b>"}
    form = aiohttp.FormData(fields, quote_fields=False)
    form.add_field("parse_mode", "HTML")
    content = b"BEGIN:VCALENDAR\r\n\x00\xff--x\r\n"
    form.add_field("document", content, filename="besök.ics", content_type="text/calendar")
    async with rig.http.post(f"{rig.url}/bot{rig.token}/sendDocument", data=form) as got:
        sent = (await got.json())["result"]
    assert (sent["document"]["file_name"], sent["caption"]) == ("besök.ics", "Boka")
    where = await rig.ok("getFile", file_id=sent["document"]["file_id"])
    async with rig.http.get(f"{rig.url}/file/bot{rig.token}/{where['file_path']}") as got:
        assert await got.read() == content


async def send_voice(rig, person, content):
    form = aiohttp.FormData({"chat_id": str(person.id)})
    form.add_field("voice", content, filename="voice.ogg")
    async with rig.http.post(f"{rig.url}/bot{rig.token}/sendVoice", data=form) as got:
        return (await got.json())["result"]


async def test_a_voice_says_how_long_it_is_and_can_be_sent_again_and_fetched(rig, amina):
    content = tone(seconds=2.7)
    sent = await send_voice(rig, amina, content)
    assert sent["voice"]["duration"] == 3
    file_id = sent["voice"]["file_id"]
    again = await rig.ok("sendVoice", chat_id=amina.id, voice=file_id, caption="Hör")
    assert (again["voice"]["duration"], again["caption"]) == (3, "Hör")
    assert again["voice"]["file_unique_id"] == sent["voice"]["file_unique_id"]
    async with rig.http.get(f"{rig.url}/control/files/{file_id}") as got:
        assert got.headers["Content-Type"] == "audio/ogg"
        assert await got.read() == content


async def test_a_sound_that_is_no_ogg_with_opus_is_no_voice_message(rig, amina):
    sent = await send_voice(rig, amina, tone(kind="wav"))
    assert "voice" not in sent
    assert sent["document"]


async def test_the_voice_a_phone_sends_by_default_is_two_tones_that_can_be_heard(rig, amina):
    rig.world.send(amina, "voice")
    told = (await rig.ok("getUpdates"))[-1]["message"]["voice"]
    assert told["duration"] == 1
    where = await rig.ok("getFile", file_id=told["file_id"])
    async with rig.http.get(f"{rig.url}/file/bot{rig.token}/{where['file_path']}") as got:
        content = await got.read()
    assert (hertz(content, 0.1, 0.4), hertz(content, 0.6, 0.9)) == pytest.approx((330, 440), abs=9)


async def test_what_is_no_picture_is_no_photo(rig, amina):
    form = aiohttp.FormData({"chat_id": str(amina.id)})
    form.add_field("photo", b"no picture", filename="a.png")
    async with rig.http.post(f"{rig.url}/bot{rig.token}/sendPhoto", data=form) as got:
        assert (await got.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


@pytest.mark.parametrize("way", ["query", "form", "json", "shout"])
async def test_parameters_come_in_every_way_telegram_takes(rig, amina, way):
    address = f"{rig.url}/bot{rig.token}/sendMessage"
    params = {"chat_id": str(amina.id), "text": "hej & hå"}
    if way == "query":
        response = rig.http.get(address, params=params)
    elif way == "form":
        response = rig.http.post(address, data=params)
    elif way == "shout":
        response = rig.http.post(address.replace("sendMessage", "SENDMESSAGE"), data=params)
    else:
        response = rig.http.post(address, json=params)
    async with response as got:
        assert (await got.json())["result"]["text"] == "hej & hå"


async def test_unknown_methods_and_tokens_are_refused_as_telegram_does(rig):
    assert await rig.refused("sendLove") == "404 Not Found: method not found"
    rig.token = "nonsense"
    assert (await rig.refused("getMe")).startswith("401 Unauthorized")


async def test_the_menu_is_in_the_readers_language_and_the_nearest_list_wins(rig, amina):
    async def menu(description, **more):
        commands = [{"command": "help", "description": description}]
        await rig.ok("setMyCommands", commands=commands, **more)

    def shown():
        return rig.world.commands(amina)[0]["description"]

    await menu("default")
    await menu("svenska", language_code="sv")
    assert shown() == "default"
    await menu("soomaali", language_code="so")
    assert shown() == "soomaali"
    await menu("private", scope={"type": "all_private_chats"})
    assert shown() == "private"
    await rig.ok("deleteMyCommands", scope=json.dumps({"type": "all_private_chats"}))
    assert (await rig.ok("getMyCommands", language_code="sv"))[0]["description"] == "svenska"
    assert shown() == "soomaali"


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([{"command": "Help!", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": f"c{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(rig, commands, complaint):
    why = await rig.refused("setMyCommands", commands=commands)
    assert why == f"400 Bad Request: {complaint}"


async def test_typing_shows_on_the_phone_until_the_message_comes(rig, amina):
    await rig.ok("sendChatAction", chat_id=amina.id, action="typing")
    assert rig.world.view(amina)["chats"][0]["typing"] == "typing"
    await say(rig, amina)
    assert rig.world.view(amina)["chats"][0]["typing"] is None
    why = await rig.refused("sendChatAction", chat_id=amina.id, action="dancing")
    assert why == "400 Bad Request: wrong parameter action in request"
