"""What only a forger sends, or a Telegram that is broken: found by `tests/fuzz`."""

import json
import logging
from datetime import timedelta

import pytest

from messaging import texts
from services import housekeeping
from tests.cast import RULES
from tests.handlers.phone import BOT_ID

HUGE = 2**63


def alarms(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]


async def unfinished(lotsen) -> list[object]:
    return [row for row in await lotsen.rows("inbox") if row.state in ("new", "done")]


@pytest.mark.parametrize("forged", ["1", 1.0, True])
async def test_a_chat_that_is_written_as_no_number_is_nobody_s_chat(lotsen, office, caplog, forged):
    """The handler would look at Amina's family, and whoever is named as sender be answered."""
    amina, dan = lotsen.phone(1), lotsen.phone()
    await amina.join("so")
    pressed = dan.press_of("m:plan", 5)
    pressed["callback_query"]["message"]["chat"]["id"] = forged
    message = dan.message(chat=amina.here | {"id": forged}, text="/mydata")

    assert await lotsen.take({"message": message}, pressed) == []
    assert alarms(caplog) == ["an update cannot be read; set aside"] * 2


@pytest.mark.parametrize("number", [2**31, -(2**31), 2**63, 10**40])
async def test_a_button_that_counts_too_far_is_an_old_button(amina, caplog, number):
    [said] = await amina.press(f"v:{number}:0:yes")
    assert said.text == texts.old_button(amina.lotsen.languages.get("so"))
    assert alarms(caplog) == []


async def test_signs_of_no_sign_are_left_out_before_anything_reads_them(lotsen, amina):
    """PostgreSQL takes them in no text; a backslash that somebody wrote stays."""
    message = amina.message(text="a\0b \\u0000 c")
    await lotsen.intake().keep([{"update_id": 1, "message": message}])
    [row] = await lotsen.rows("inbox", update_id=1)
    assert json.loads(row.raw)["message"]["text"] == "ab \\u0000 c"


@pytest.mark.parametrize("whose", ["message_id", "from"])
async def test_a_number_that_no_database_can_count_to_holds_up_nobody(lotsen, amina, caplog, whose):
    message = amina.message(text="/help")
    message |= {"message_id": HUGE} if whose == "message_id" else {}
    message["from"] = message["from"] | ({"id": HUGE} if whose == "from" else {})
    said = await lotsen.take({"message": message}, {"message": amina.message(text="/help")})

    assert len(said) == 1
    assert alarms(caplog) == ["an update cannot be read; set aside"]


async def test_words_without_a_sender_are_nobody_s(lotsen, amina, caplog):
    message = amina.message(text="/menu")
    del message["from"]
    assert await lotsen.take({"message": message}) == []
    assert alarms(caplog) == []
    assert await unfinished(lotsen) == []


async def test_a_post_of_a_channel_that_carries_a_press_besides_is_dealt_with_as_nothing(
    lotsen, amina, caplog
):
    press = amina.press_of("f:1")
    post = {"message_id": 1, "date": 0, "chat": {"id": -5, "type": "channel", "title": "x"}}
    await lotsen.take(press | {"channel_post": post})
    assert alarms(caplog) == []
    assert not (await lotsen.rows("guardian"))[0].fewer


async def test_after_days_without_a_word_the_next_one_is_answered(lotsen, amina):
    """All that was stored is forgotten by then: who reads on must not wait for numbers passed."""
    await amina.write("/help")
    lotsen.clock.set(lotsen.clock.now() + timedelta(days=3))
    await housekeeping.purge(lotsen.db, lotsen.clock.now(), RULES)
    [kept] = await lotsen.rows("inbox", bot_id=BOT_ID)
    assert (kept.chat_id, kept.raw, kept.answer) == (None, None, None)

    assert await amina.write("/help")
