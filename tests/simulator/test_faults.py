"""Trouble on request: what the bot sees, and whether its call was obeyed all the same."""

import time

import aiohttp
import pytest

from simulator import Fault


async def send(rig, person, text="x"):
    return await rig.call("sendMessage", chat_id=person.id, text=text)


def delivered(rig, person):
    return [message.text for message in rig.world.from_bot(person)]


async def test_the_next_calls_of_a_method_fail_and_then_it_is_over(rig, amina):
    rig.world.faults.error("sendMessage", 500, "Internal Server Error: restart", times=2)
    assert (await rig.call("getMe"))["ok"]
    assert [(await send(rig, amina))["ok"] for _ in range(3)] == [False, False, True]
    assert delivered(rig, amina) == ["x"]


async def test_a_fault_can_wait_and_can_be_for_one_chat(rig, amina):
    other = rig.world.person("Bo")
    rig.world.start(other)
    rig.world.faults.error("*", 403, "Forbidden: odd", chat=amina.id, skip=1)
    answers = [await send(rig, other), await send(rig, amina), await send(rig, amina)]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["description"] == "Forbidden: odd"


async def test_a_failed_answer_may_hide_a_delivered_message(rig, amina):
    rig.world.faults.error("sendMessage", 502, after=True)
    assert (await send(rig, amina))["error_code"] == 502
    assert delivered(rig, amina) == ["x"]


async def test_a_flood_lasts_its_time(rig, amina):
    rig.world.faults.flood(30, "sendMessage", chat=amina.id)
    answer = await send(rig, amina)
    assert answer["parameters"]["retry_after"] in (29, 30)
    assert rig.last_headers["Retry-After"] == str(answer["parameters"]["retry_after"])
    rig.world.faults.clear()
    assert (await send(rig, amina))["ok"]


async def test_a_proxy_page_and_half_a_json_are_no_telegram_answers(rig, amina):
    address = f"{rig.url}/bot{rig.token}/getMe"
    rig.world.faults.html("getMe", 502)
    async with rig.http.get(address) as got:
        assert (got.status, got.content_type) == (502, "text/html")
        assert "Bad Gateway" in await got.text()
    rig.world.faults.garbage("getMe")
    async with rig.http.get(address) as got:
        assert got.status == 200
        with pytest.raises(ValueError, match="Expecting"):
            await got.json()


@pytest.mark.parametrize(("after", "left"), [(False, []), (True, ["x"])])
async def test_a_cut_line_leaves_the_message_undone_or_done(rig, amina, after, left):
    rig.world.faults.cut("sendMessage", after=after)
    with pytest.raises(aiohttp.ClientError):
        await send(rig, amina)
    assert delivered(rig, amina) == left
    call = rig.world.journal.calls("sendMessage")[-1]
    assert (call.status, call.fault, call.obeyed) == (0, "cut", after)


@pytest.mark.parametrize("after", [False, True])
async def test_a_hanging_call_may_act_before_or_after_the_wait(rig, amina, after):
    rig.world.faults.hang("sendMessage", 0.6, after=after)
    address = f"{rig.url}/bot{rig.token}/sendMessage"
    patience = aiohttp.ClientTimeout(total=0.2)
    with pytest.raises(TimeoutError):
        await rig.http.post(address, json={"chat_id": amina.id, "text": "x"}, timeout=patience)
    assert delivered(rig, amina) == (["x"] if after else [])
    await rig.world.until(lambda: delivered(rig, amina) == ["x"])


async def test_a_delay_makes_every_round_trip_longer(rig):
    rig.world.faults.delay_ms = 200
    began = time.monotonic()
    await rig.ok("getMe")
    assert 0.19 < time.monotonic() - began < 2


async def test_faults_are_set_listed_and_cleared_over_http(rig, amina):
    wish = {"kind": "error", "method": "sendMessage", "status": 429, "retry_after": 7}
    status, fault = await rig.control("POST", "faults", wish)
    assert (status, fault["retry_after"]) == (200, 7)
    assert (await send(rig, amina))["parameters"] == {"retry_after": 7}
    assert (await rig.control("GET", "faults"))[1]["faults"] == []
    await rig.control("POST", "faults", {"kind": "cut", "times": None})
    await rig.control("DELETE", "faults")
    assert (await send(rig, amina))["ok"]
    status, answer = await rig.control("POST", "faults", {"colour": "red"})
    assert (status, answer["error"]) == (400, "A fault has no colour.")


def test_an_unknown_kind_of_fault_is_refused(rig):
    with pytest.raises(ValueError, match="A fault is one of"):
        rig.world.faults.add(Fault("earthquake"))


async def test_the_journal_has_the_exact_bytes_without_the_token(rig, amina):
    body = f'{{"chat_id": {amina.id},  "text": "hej å {rig.token}"}}'.encode()
    headers = {"Content-Type": "application/json"}
    address = f"{rig.url}/bot{rig.token}/sendmessage"
    async with rig.http.post(address, data=body, headers=headers) as got:
        assert got.status == 200
    call = rig.world.journal.calls("sendMessage", chat=amina.id)[0]
    assert call.body == body.replace(rig.token.encode(), b"<token>")
    assert (call.method, call.status, call.obeyed) == ("sendMessage", 200, True)
    _, shown = await rig.control("GET", "journal?method=sendMessage&since=0")
    assert shown["calls"][0]["body"] == call.body.decode()
    assert (await rig.control("GET", f"journal?since={shown['last']}"))[1]["calls"] == []
