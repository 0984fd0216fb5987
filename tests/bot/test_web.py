import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot import updates, web
from bot.updates import KINDS
from services import inbox, preferences
from services.types import Unavailable
from storage.database import open_database
from tests.bot.working import at_work, with_visits
from tests.effort import tries
from tests.handlers.phone import BOT_ID

SECRET = "a-secret_of-ours"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def called(app) -> AsyncIterator[Callable]:
    """Asks the application over HTTP: (status, JSON or text)."""
    async with web.serving(app, "127.0.0.1", 0) as port, aiohttp.ClientSession() as http:

        async def ask(method: str, path: str, **more) -> tuple[int, object]:
            url = f"http://127.0.0.1:{port}{path}"
            async with http.request(method, url, **more) as got:
                text = await got.text()
                return got.status, json.loads(text) if text.startswith("{") else text

        yield ask


@pytest.fixture
async def hook(chat):
    """Calls the webhook with a body and a secret; the status it answers."""
    intake = chat.intake()
    async with called(web.make_app(chat.db, intake, SECRET)) as ask:

        async def call(body: object, secret: str | bytes | None = SECRET) -> int:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers = {} if secret is None else {HEADER: secret}
            return (await ask("POST", web.WEBHOOK_PATH, data=data, headers=headers))[0]

        call.intake = intake
        yield call


async def finish(chat, intake) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(intake.run())
        while await inbox.unfinished(chat.db, BOT_ID, 0):  # noqa: ASYNC110 - looks from outside
            await asyncio.sleep(0.005)
        intake.stop()


async def test_it_is_alive_as_long_as_it_answers_and_ready_while_the_database_is(db):
    async with called(web.make_app(db, None, None)) as ask:
        assert await ask("GET", "/healthz") == (200, {"ok": True})
        assert await ask("GET", "/readyz") == (200, {"ready": True})


async def test_who_is_older_than_the_database_goes_on_until_restarted(db):
    async with called(web.make_app(db, None, None)) as ask:
        for form, status in (("9999", 200), ("0001", 503)):
            async with db.write() as tx:
                await tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{form}'")
            assert (await ask("GET", "/readyz"))[0] == status


async def test_without_a_usable_database_it_is_alive_and_not_ready(tmp_path):
    (tmp_path / "in-the-way").mkdir()
    broken = open_database(f"sqlite:///{tmp_path / 'in-the-way'}", ["A" * 43 + "="])
    empty = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}", ["A" * 43 + "="])
    (tmp_path / "text").write_text("no database " * 100)
    text = open_database(f"sqlite:///{tmp_path / 'text'}", ["A" * 43 + "="])
    for db, why in ((broken, "not answer"), (empty, "lotsen migrate"), (text, "not answer")):
        async with called(web.make_app(db, None, None)) as ask:
            status, said = await ask("GET", "/readyz")
            assert (status, said["ready"]) == (503, False)
            assert why in said["why"]
            assert (await ask("GET", "/healthz"))[0] == 200
        await db.close()


async def test_without_a_secret_there_is_no_webhook(chat):
    for intake, secret in ((chat.intake(), None), (chat.intake(), ""), (None, SECRET)):
        async with called(web.make_app(chat.db, intake, secret)) as ask:
            assert (await ask("POST", web.WEBHOOK_PATH, data=b"{}"))[0] == 404


async def test_with_the_right_secret_an_update_is_stored_and_answered(chat, hook):
    phone = chat.phone()

    assert await hook({"update_id": 1, "message": phone.message(text="/start")}) == 200

    [row] = await chat.rows("inbox")
    assert (row.update_id, row.chat_id, row.state) == (1, phone.id, "new")
    await finish(chat, hook.intake)
    assert len(phone.screen) == 1


@pytest.mark.parametrize(
    "secret",
    [None, "", "wrong", SECRET.upper(), SECRET + "x", SECRET[:-1], "hemligt-åäö", "\udcff\udcfe"],
)
async def test_without_the_right_secret_nothing_is_read(chat, hook, secret):
    assert await hook({"update_id": 1, "message": {}}, secret) == 401
    assert await hook(b"garbage", secret) == 401

    assert await chat.rows("inbox") == []


GARBAGE = {
    "nothing": b"",
    "no JSON": b"hello",
    "half JSON": b'{"update_id": 1, "message": {',
    "a number": b"7",
    "null": b"null",
    "a list": b"[1, 2]",
    "an empty object": b"{}",
    "an id that is text": b'{"update_id": "abc"}',
    "an id that is null": b'{"update_id": null}',
    "an endless id": b'{"update_id": 1e999}',
    "an id too large": b'{"update_id": 9223372036854775808}',
    "an id that is true": b'{"update_id": true}',
    "bytes": b"\xff\xfe\x00\x01",
    "brackets without end": b"[" * 200_000,
}


@pytest.mark.parametrize("what", GARBAGE)
async def test_garbage_is_refused_and_harms_nobody(chat, hook, what):
    assert await hook(GARBAGE[what]) == 400

    phone = chat.phone()
    assert await hook({"update_id": 1, "message": phone.message(text="/start")}) == 200
    assert len(await chat.rows("inbox")) == 1


async def test_a_huge_body_is_refused_unread(chat, hook):
    text = "x" * (updates.LARGEST_UPDATE + 1)

    assert await hook({"update_id": 1, "message": {"text": text}}) == 413

    assert await chat.rows("inbox") == []


async def test_a_handler_that_always_fails_is_tried_once_and_telegram_is_never_asked_to_repeat(
    chat, hook, monkeypatch
):
    broken, well = chat.phone(), chat.phone()
    for phone in (broken, well):
        await phone.join("en")
    tries, before = [], len(chat.line.said)

    async def fails(*_: object) -> None:
        tries.append(1)
        raise RuntimeError

    monkeypatch.setattr(preferences, "set_fewer", fails)
    update = {"update_id": 1, **broken.press_of("f:1")}
    hook.intake.stopping = False
    assert await hook(update) == 200
    assert await hook({"update_id": 2, "message": well.message(text="/help")}) == 200
    await finish(chat, hook.intake)
    assert await hook(update) == 200
    hook.intake.stopping = False
    await finish(chat, hook.intake)

    assert len(tries) == 1
    said = chat.line.said[before:]
    assert sorted(chat_id for chat_id, _ in said) == sorted([broken.id, well.id])


async def test_the_secret_is_compared_in_a_time_that_tells_nothing(chat, hook, monkeypatch):
    compared = []

    def compare(said: bytes, expected: bytes) -> bool:
        compared.append((said, expected))
        return False

    monkeypatch.setattr("bot.web.hmac.compare_digest", compare)
    assert await hook(b"{}", "hemligt-å") == 401
    assert compared == [("hemligt-å".encode(), SECRET.encode())]


JUNK = (
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "x",
    "\u0000\ud83d",
    [],
    [[]],
    {},
    {"id": 5},
    {"chat": []},
)


def mutated(update: dict[str, object], dice: random.Random) -> bytes:
    """A real update of which some part is something else, or some byte is."""
    whole = json.loads(json.dumps(update))
    node: object = whole
    for _ in range(dice.randint(0, 3)):
        inner = [each for each in node.values() if isinstance(each, dict) and each]
        node = dice.choice(inner) if inner else node
    node[dice.choice(list(node))] = dice.choice(JUNK)
    body = bytearray(json.dumps(whole).encode())
    if dice.random() < 0.3:
        body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


@pytest.mark.slow
async def test_whatever_is_thrown_at_the_webhook_is_taken_or_refused_and_stops_nobody(chat, hook):
    phone = chat.phone()
    await phone.join("en")
    hook.intake.stopping = False
    secrets, answered = [SECRET, SECRET, SECRET, None, "åäö", "\udcff"], set()
    for seed in range(tries(60, 5000)):
        dice = random.Random(seed)
        update = dice.choice([{"message": phone.message(text="/help")}, phone.press_of("f:1")])
        body = mutated({"update_id": 1000 + seed, **update}, dice)
        status = await hook(body, dice.choice(secrets))
        assert status in {200, 400, 401}, f"seed {seed}"
        answered.add(status)
    await finish(chat, hook.intake)

    assert answered == {200, 400, 401}
    assert await chat.rows("inbox", state="new") == []
    assert len(await phone.write("/help")) == 1


async def test_the_same_update_again_and_at_once_has_one_effect_and_one_answer(chat, hook):
    phone = chat.phone()
    await phone.join("en")
    update = {"update_id": 77, **phone.press_of("f:1")}
    said = len(chat.line.said)
    hook.intake.stopping = False

    assert await asyncio.gather(*[hook(update) for _ in range(5)]) == [200] * 5
    await finish(chat, hook.intake)
    assert await hook(update) == 200
    hook.intake.stopping = False
    await finish(chat, hook.intake)

    assert len(await chat.rows("inbox", update_id=77)) == 1
    assert len(chat.line.said) == said + 1
    assert chat.line.answered.count(update["callback_query"]["id"]) == 1


async def test_while_the_database_does_not_answer_telegram_is_asked_to_come_again(
    chat, hook, monkeypatch
):
    async def locked(*_: object) -> None:
        raise Unavailable("BEGIN IMMEDIATE", None, Exception("database is locked"))

    monkeypatch.setattr(inbox, "keep", locked)

    assert await hook({"update_id": 1, "message": chat.phone().message(text="hi")}) == 503


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_a_post_reaches_the_webhook(chat, method):
    async with called(web.make_app(chat.db, chat.intake(), SECRET)) as ask:
        assert (await ask(method, web.WEBHOOK_PATH, headers={HEADER: SECRET}))[0] == 405
        assert (await ask("GET", "/"))[0] == 404


async def test_telegram_calls_the_webhook_and_the_chat_answers(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "http_port": port,
        "webhook_url": f"http://127.0.0.1:{port}/",
        "webhook_secret": SECRET,
    }

    async with at_work(lotsen, webhook=True, **settings):
        await telegram.world.until(lambda: telegram.world.bot.webhook)
        telegram.world.write(home.phone, "/help")
        press = home.answer("yes")
        await telegram.world.until(lambda: press.answered and len(home.texts) == 2)

    assert telegram.world.bot.webhook.secret == SECRET
    assert telegram.world.bot.updates.allowed == list(KINDS)
    assert telegram.world.journal.calls("getUpdates") == []
