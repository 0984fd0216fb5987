"""Updates brought to the bot's own address."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulator.webhooks import SECRET_HEADER, Courier

ACTIVE = (
    "409 Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Receiver:
    """A bot's web address that answers as told."""

    def __init__(self):
        self.got = []
        self.secrets = []
        self.answers = []

    async def take(self, request):
        update = await request.json()
        self.got.append(update)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        answer = self.answers.pop(0) if self.answers else web.Response()
        return await answer if asyncio.iscoroutine(answer) else answer

    def texts(self):
        return [u["message"]["text"] for u in self.got if "message" in u]


@pytest.fixture
async def hook(rig):
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    server = TestServer(app)
    await server.start_server()
    receiver.url = str(server.make_url("/hook"))
    yield receiver
    await server.close()


async def test_updates_come_with_the_secret(rig, amina, hook):
    await rig.ok("setWebhook", url=hook.url, secret_token="s3-cret_")
    await rig.world.until(lambda: hook.texts() == ["/start"])
    rig.world.write(amina, "hej")
    await rig.world.until(lambda: hook.texts() == ["/start", "hej"])
    assert set(hook.secrets) == {"s3-cret_"}
    info = await rig.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)


async def test_a_refused_update_comes_again_and_blocks_only_its_own_chat(rig, amina, hook):
    hook.answers = [web.Response(status=500), web.Response(status=500)]
    await rig.ok("setWebhook", url=hook.url)
    await rig.world.until(lambda: len(hook.got) == 2)
    rig.world.write(amina, "behind the first")
    other = rig.world.person("Bo")
    rig.world.start(other, "other")
    await rig.world.until(lambda: "/start other" in hook.texts(), 1)
    assert "behind the first" not in hook.texts()
    await rig.world.until(lambda: "behind the first" in hook.texts(), 6)
    assert hook.texts().count("/start") == 3
    assert "500" in (await rig.ok("getWebhookInfo"))["last_error_message"]


async def test_one_chat_gets_one_update_at_a_time_in_order(rig, amina, hook):
    running, most = 0, 0

    async def slow():
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        return web.Response()

    hook.answers = [slow() for _ in range(11)]
    for number in range(10):
        rig.world.write(amina, str(number))
    await rig.ok("setWebhook", url=hook.url)
    await rig.world.until(lambda: len(hook.got) == 11)
    assert hook.texts() == ["/start", *map(str, range(10))]
    assert most == 1


async def test_an_answer_may_hold_one_call(rig, amina, hook):
    call = {"method": "sendMessage", "chat_id": amina.id, "text": "from the answer"}
    hook.answers = [web.json_response(call)]
    await rig.ok("setWebhook", url=hook.url)
    await rig.world.until(lambda: rig.world.from_bot(amina))
    assert rig.world.last(amina).text == "from the answer"


async def test_polling_and_a_webhook_exclude_each_other(rig, amina, hook):
    offset = (await rig.ok("getUpdates"))[-1]["update_id"] + 1
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(rig.call("getUpdates", offset=offset, timeout=30))
        await rig.world.until(lambda: rig.world.bot.updates.poll)
        await rig.ok("setWebhook", url=hook.url)
    assert poll.result()["description"] == "Conflict: terminated by setWebhook request"
    assert await rig.refused("getUpdates") == ACTIVE
    answer = await rig.call("deleteWebhook")
    assert answer["description"] == "Webhook was deleted"
    assert await rig.ok("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        (
            {"url": "http://example.com/x"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.com:8444/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "http://127.0.0.1:9/x", "secret_token": "å"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1:9/x", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(rig, params, complaint):
    assert await rig.refused("setWebhook", **params) == f"400 Bad Request: {complaint}"


async def test_the_courier_stops_even_if_something_happens_at_that_moment(rig):
    courier = Courier(list, rig.world.now, lambda bot, call: asyncio.sleep(0))
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        task = group.create_task(courier.run())
        await asyncio.sleep(0.05)
        courier.stirred.set()
        task.cancel()
