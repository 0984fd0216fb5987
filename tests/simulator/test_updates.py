"""Fetching updates: offsets, lives, conflicts, kinds."""

import asyncio
import time

import pytest

from simulator import Limits

TAKEN_OVER = (
    "409 Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


async def texts(rig, **params):
    return [u["message"]["text"] for u in await rig.ok("getUpdates", **params)]


async def test_what_is_not_acknowledged_comes_again(rig, amina):
    for word in ("a", "b", "c"):
        rig.world.write(amina, word)
    assert await texts(rig) == ["/start", "a", "b", "c"]
    second = (await rig.ok("getUpdates"))[1]["update_id"]
    assert await texts(rig, offset=second + 1) == ["b", "c"]
    assert await texts(rig) == ["b", "c"]
    assert await texts(rig, offset=-1) == ["c"]
    assert await texts(rig, limit=100) == ["c"]


async def test_ids_rise_by_one_from_a_random_start(rig, amina):
    rig.world.write(amina, "a")
    ids = [u["update_id"] for u in await rig.ok("getUpdates")]
    assert ids[1] == ids[0] + 1 > 100_000_000


async def test_at_most_a_hundred_come_at_once(rig, amina):
    for number in range(120):
        rig.world.write(amina, str(number))
    assert len(await rig.ok("getUpdates", limit=500)) == 100


async def test_a_long_poll_ends_as_soon_as_something_happens(rig, amina):
    offset = (await rig.ok("getUpdates"))[-1]["update_id"] + 1
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(texts(rig, offset=offset, timeout=30))
        await rig.world.until(lambda: rig.world.bot.updates.poll)
        rig.world.write(amina, "nu")
    assert poll.result() == ["nu"]
    assert time.monotonic() - began < 5


async def test_a_poll_without_news_ends_empty_after_its_time(rig, amina):
    offset = (await rig.ok("getUpdates"))[-1]["update_id"] + 1
    began = time.monotonic()
    assert await texts(rig, offset=offset, timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


async def test_the_older_of_two_pollers_is_ended(rig, amina):
    offset = (await rig.ok("getUpdates"))[-1]["update_id"] + 1
    async with asyncio.TaskGroup() as group:
        older = group.create_task(rig.call("getUpdates", offset=offset, timeout=30))
        await rig.world.until(lambda: rig.world.bot.updates.poll)
        newer = group.create_task(rig.call("getUpdates", offset=offset, timeout=30))
        await asyncio.wait([older])
        rig.world.write(amina, "till den nya")
    answer = older.result()
    assert f"{answer['error_code']} {answer['description']}" == TAKEN_OVER
    assert newer.result()["result"][0]["message"]["text"] == "till den nya"


async def test_a_press_lives_150_seconds_and_a_message_a_day(rig, amina):
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await rig.ok("sendMessage", chat_id=amina.id, text="?", reply_markup=markup)
    rig.world.press(amina, button=0)
    rig.clock.advance(seconds=149)
    assert [*(await rig.ok("getUpdates"))[-1]][1] == "callback_query"
    rig.clock.advance(seconds=1)
    assert await texts(rig) == ["/start"]
    rig.clock.advance(hours=24)
    assert await rig.ok("getUpdates") == []


async def test_only_wanted_kinds_come_and_the_wish_is_remembered(rig, amina):
    await rig.ok("getUpdates", allowed_updates='["callback_query"]')
    rig.world.write(amina, "not wanted")
    assert await texts(rig) == ["/start"]
    await rig.ok("getUpdates", allowed_updates=[])
    rig.world.write(amina, "wanted")
    assert await texts(rig) == ["/start", "wanted"]


async def test_blocking_and_coming_back_are_told(rig, amina):
    rig.world.block(amina)
    rig.world.unblock(amina)
    changes = [u["my_chat_member"] for u in (await rig.ok("getUpdates"))[1:]]
    states = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert states == [("member", "kicked"), ("kicked", "member")]


async def test_one_who_asks_the_same_again_at_once_is_slowed(rig, amina):
    rig.world.limits = Limits.off().with_changes(slow_repeats=True)
    rig.world.write(amina, "a")
    assert len(await rig.ok("getUpdates")) == 2
    assert len(await rig.ok("getUpdates")) == 1


async def test_a_raw_update_comes_exactly_as_it_was_given(rig, amina):
    rig.world.inject({"message": {"this": "cannot be read", "date": "never"}})
    rig.world.inject({"update_id": 999_999_999, "unheard_of": 1})
    bad, strange = (await rig.ok("getUpdates"))[1:]
    assert bad["message"] == {"this": "cannot be read", "date": "never"}
    assert strange == {"update_id": 999_999_999, "unheard_of": 1}
    assert await rig.ok("getUpdates", offset=1_000_000_000) == []


async def test_people_may_start_before_the_bot_is_there(rig):
    early = rig.world.person("Early")
    rig.world.start(early, "code")
    me = await rig.ok("getMe")
    assert (me["id"], me["username"]) == (4242, "LotsenDemoBot")
    assert await texts(rig) == ["/start code"]


@pytest.mark.parametrize("payload", ["x" * 65, "å", "a b", "a=b"])
async def test_a_start_code_has_at_most_64_plain_characters(rig, amina, payload):
    status, answer = await rig.control("POST", f"phones/{amina.id}/start", {"payload": payload})
    assert (status, "start code" in answer["error"]) == (409, True)


async def test_everything_a_phone_can_send_arrives(rig, amina):
    kinds = ["sticker", "voice", "photo", "document", "contact", "location"]
    for kind in kinds:
        rig.world.send(amina, kind)
    rig.world.forward(amina, "läs!", "Moster")
    written = rig.world.write(amina, "/stop nu")
    rig.world.edit(amina, written.id, "ångrat")
    updates = (await rig.ok("getUpdates"))[1:]
    for kind, update in zip(kinds, updates, strict=False):
        assert kind in update["message"]
    assert updates[6]["message"]["forward_origin"]["sender_user_name"] == "Moster"
    command = {"type": "bot_command", "offset": 0, "length": 5}
    assert updates[7]["message"]["entities"] == [command]
    assert updates[8]["edited_message"]["text"] == "ångrat"


async def test_forged_presses_and_presses_on_deleted_messages_arrive(rig, amina):
    sent = await rig.ok("sendMessage", chat_id=amina.id, text="x")
    where = {"chat_id": amina.id, "message_id": sent["message_id"]}
    rig.world.press(amina, sent["message_id"], data="forged")
    await rig.ok("deleteMessage", **where)
    rig.world.press(amina, sent["message_id"], data="late")
    first, second = [u["callback_query"] for u in (await rig.ok("getUpdates"))[1:]]
    assert (first["data"], first["message"]["text"]) == ("forged", "x")
    assert (second["data"], second["message"]["date"]) == ("late", 0)
    assert first["from"]["id"] == amina.id
