import asyncio
import gc
import io
import json
import logging
import sys

import pytest

from bot import logs
from services import preferences


@pytest.fixture
def written(capsys, monkeypatch):
    """What a call writes to the log in that format."""
    handlers, level = list(logging.root.handlers), logging.root.level

    def write(log_format: str, act) -> str:
        logs.set_up(log_format)
        act(logging.getLogger("some.place"))
        return capsys.readouterr().err

    yield write
    logging.basicConfig(level=level, handlers=handlers, force=True)


def fail(log: logging.Logger) -> None:
    """A failure deep inside, told on by another: both quote what somebody wrote."""
    planted = "planted-" + "text"
    try:
        try:
            raise ValueError(planted)
        except ValueError as error:
            raise ExceptionGroup(planted, [KeyError(planted)]) from error
    except ExceptionGroup:
        log.exception("an update failed", extra={"update": 7})


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_failure_is_told_with_its_place_but_without_what_was_written(written, log_format):
    said = written(log_format, fail)

    assert "planted-text" not in said
    assert "test_logs.py" in said
    assert said.index("ValueError") < said.index("ExceptionGroup") < said.index("KeyError")


def test_each_line_of_the_json_log_is_one_object_with_the_same_facts(written):
    def act(log: logging.Logger) -> None:
        log.info("said: %s", "blå", extra={"outbox": 3, "odd": object})
        fail(log)

    lines = [json.loads(line) for line in written("json", act).splitlines()]

    assert [set(line) - {"trace"} for line in lines] == [
        {"at", "level", "where", "what", "outbox", "odd"},
        {"at", "level", "where", "what", "update"},
    ]
    assert (lines[0]["what"], lines[0]["outbox"], lines[0]["level"]) == ("said: blå", 3, "info")
    assert lines[0]["at"].endswith("+00:00")


def test_a_line_for_people_holds_time_level_place_and_facts(written):
    said = written("text", lambda log: log.warning("it waits", extra={"why": "locked"}))

    assert said.rstrip().endswith("warning some.place: it waits why=locked")


def test_libraries_that_write_addresses_or_updates_are_silent(written):
    def act(_: logging.Logger) -> None:
        for name in ("httpx", "aiogram.event", "aiogram.dispatcher", "aiohttp.access", "alembic"):
            logging.getLogger(name).info("GET https://api.telegram.org/bot123:token/getMe")

    assert written("text", act) == ""


def test_a_failure_without_an_exception_at_hand_is_still_a_line(written):
    assert "odd" in written("text", lambda log: log.error("odd", exc_info=(None, None, None)))
    assert "odd" in written("json", lambda log: log.error("odd", exc_info=sys.exc_info()))


async def test_the_number_a_parent_is_told_finds_the_failure_and_nobody_s_words_or_name(
    chat, monkeypatch
):
    phone = chat.phone()
    await phone.join("en")
    handler = logging.StreamHandler(out := io.StringIO())
    handler.setFormatter(logs.JsonLines())
    handler.setLevel(logging.INFO)

    words = "planted " + "words of Amina's"

    async def fails(_tx, reader, _fewer) -> None:
        raise RuntimeError(words, reader)

    monkeypatch.setattr(preferences, "set_fewer", fails)
    with monkeypatch.context() as during:
        during.setattr(logging.root, "handlers", [handler])
        during.setattr(logging.root, "level", logging.INFO)
        await phone.write(words)
        [said] = await phone.press("f:1")

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    [failed] = [line for line in lines if line["level"] == "error"]
    assert failed["reference"] == said.text.rsplit(" ", 1)[1].strip("\u2066\u2067\u2068\u2069")
    assert "in fails" in failed["trace"]
    for word in ("planted", "Amina", str(phone.id)):
        assert word not in out.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_what_asyncio_tells_of_a_task_is_not_written_down(written, log_format):
    word = "a word " + "of somebody's"

    async def fail() -> None:
        raise ValueError(word)

    async def forget_a_task() -> None:
        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        del task
        gc.collect()

    said = written(log_format, lambda _: asyncio.run(forget_a_task()))
    assert "Task exception was never retrieved" in said
    assert word not in said
