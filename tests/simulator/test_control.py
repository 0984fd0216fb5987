"""People's acts over HTTP, and what the server refuses."""

import ast
import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

import simulator
from simulator import Impossible, ShiftedClock, World, start
from simulator.control import __doc__ as table


async def test_a_phone_does_everything_over_http(rig):
    _, phone = await rig.control("POST", "phones", {"first_name": "Hodan", "language_code": "so"})
    here = f"phones/{phone['id']}"
    link = "https://t.me/LotsenDemoBot?start=fam_1"
    _, started = await rig.control("POST", f"{here}/open", {"link": link})
    assert (started["text"], started["mine"]) == ("/start fam_1", True)
    markup = {"inline_keyboard": [[{"text": "Haa", "callback_data": "y"}]]}
    await rig.ok("sendMessage", chat_id=phone["id"], text="Ma?", reply_markup=markup)
    _, written = await rig.control("POST", f"{here}/write", {"text": "hej"})
    _, edited = await rig.control(
        "POST", f"{here}/edit", {"message_id": written["id"], "text": "hej då"}
    )
    assert edited["text"] == "hej då"
    await rig.control("POST", f"{here}/send", {"kind": "photo", "caption": "c"})
    _, press = await rig.control("POST", f"{here}/press", {"button": "Haa"})
    assert (press["data"], press["answer"]) == ("y", None)
    await rig.ok("answerCallbackQuery", callback_query_id=press["id"], text="Mahadsanid")
    _, view = await rig.control("GET", here)
    assert [m["text"] for m in view["chats"][0]["messages"]] == [
        "/start fam_1",
        "Ma?",
        "hej då",
        "c",
    ]
    assert view["toasts"][0]["text"] == "Mahadsanid"
    _, blocked = await rig.control("POST", f"{here}/block", {})
    assert blocked["blocked"]
    assert (await rig.control("POST", f"{here}/write", {"text": "x"}))[0] == 409
    await rig.control("POST", f"{here}/unblock", {})
    _, gone = await rig.control("DELETE", here)
    assert gone["deleted"]


async def test_wrong_requests_get_a_sentence(rig, amina):
    wrong = [
        ("POST", f"phones/{amina.id}/write", {}),
        ("POST", f"phones/{amina.id}/write", {"text": 5}),
        ("POST", f"phones/{amina.id}/fly", {}),
        ("GET", "phones/1", None),
        ("POST", f"phones/{amina.id}/press", {"button": "Ja"}),
        ("POST", "phones", {"first_name": " "}),
        ("POST", "clock", {"advance": 60}),
    ]
    answers = [await rig.control(*one) for one in wrong]
    assert [status for status, _ in answers] == [400, 400, 404, 404, 409, 409, 409]
    assert all(answer["error"] for _, answer in answers)


async def test_a_form_of_another_page_cannot_act(rig, amina):
    address = f"{rig.url}/control/phones/{amina.id}/write"
    async with rig.http.post(address, data={"text": "x"}) as got:
        assert got.status == 415
    assert [m.text for m in rig.world.messages(amina)] == ["/start"]


async def test_only_given_tokens_are_bots(clock):
    tokens = frozenset({"1:AAAAAAAAAAAA", "2:BBBBBBBBBBBB"})
    world = World(clock.now, tokens)
    runner, port = await start(world, "127.0.0.1", 0)
    seen = {}
    async with aiohttp.ClientSession() as http:
        for token in (*tokens, "1:CCCCCCCCCCCC"):
            async with http.get(f"http://127.0.0.1:{port}/bot{token}/getMe") as got:
                seen[token] = (await got.json()).get("result", {}).get("username", got.status)
    await runner.cleanup()
    assert seen == {
        "1:AAAAAAAAAAAA": "LotsenDemoBot",
        "2:BBBBBBBBBBBB": "LotsenDemo2Bot",
        "1:CCCCCCCCCCCC": 401,
    }


async def test_a_clock_of_its_own_can_be_moved():
    clock = ShiftedClock()
    world = World(clock.now)
    runner, port = await start(world, "127.0.0.1", 0, clock=clock)
    address = f"http://127.0.0.1:{port}/control/clock"
    async with aiohttp.ClientSession() as http:
        wish = {"to": "2027-03-01T09:00:00+01:00"}
        async with http.post(address, json=wish) as got:
            assert (await got.json())["now"].startswith("2027-03-01T08:00:0")
        async with http.post(address, json={"advance": 86400}) as got:
            assert (await got.json())["now"].startswith("2027-03-02T08:00:0")
    await runner.cleanup()
    assert world.now().year == 2027


async def test_the_stream_tells_which_phone_changed(rig, amina):
    async with rig.http.get(f"{rig.url}/control/events") as stream:
        assert b"hello" in await stream.content.readline()
        await stream.content.readline()
        rig.world.write(amina, "x")
        assert str(amina.id).encode() in await stream.content.readline()


async def test_a_server_with_open_polls_and_streams_stops_at_once(clock):
    world = World(clock.now)
    runner, port = await start(world, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http:
        poll = http.get(f"{url}/bot1:AAAAAAAAAAAA/getUpdates?timeout=50")
        async with http.get(f"{url}/control/events"), asyncio.TaskGroup() as group:
            group.create_task(ended(poll))
            await world.until(lambda: world.bot.updates.poll)
            async with asyncio.timeout(30):
                await runner.cleanup()


async def ended(request):
    async with request as got:
        assert (await got.json())["result"] == []


def test_a_phone_offers_only_what_a_phone_offers(rig):
    person = rig.world.person("Dan")
    for act in (
        lambda: rig.world.write(person, "hej"),
        lambda: rig.world.press(person, button=0),
        lambda: rig.world.open_link(person, "https://example.com/?start=x"),
        lambda: rig.world.person("Twin", id=person.id),
    ):
        with pytest.raises(Impossible):
            act()
    rig.world.write(person, "/start")
    assert rig.world.write(person, "x" * 5000).text == "x" * 904


def test_the_documented_table_names_every_route():
    from simulator.control import routes

    for route in routes():
        path = route.path.split("/{")[0]
        assert path in table, f"{path} is not in control.py's table"


def test_the_simulator_imports_nothing_but_the_standard_library_and_aiohttp():
    allowed = {"simulator", "aiohttp", *sys.stdlib_module_names}
    for path in Path(simulator.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in allowed, f"{path.name} imports {name}"
