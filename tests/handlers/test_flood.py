"""One chat writes more than anybody can mean: it is told so once, and nobody else notices."""

import asyncio
import logging

import pytest

from bot import intake as intakes
from bot.updates import LARGEST_UPDATE
from messaging import loss_texts, texts
from services import loss
from services.types import Unavailable
from tests.cast import RULES
from tests.colleagues import ANNA_CHAT, at_work

FEW = 10


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(intakes, "MOST_WAITING", FEW)


def flood(phone, many=60):
    return [{"message": phone.message(text="/help", message_id=90_000 + n)} for n in range(many)]


async def test_who_floods_is_answered_so_often_and_told_once_and_others_are_answered(lotsen, amina):
    other = lotsen.phone()
    await other.join("en")
    said = await lotsen.take(*flood(amina), {"message": other.message(text="/help")})

    assert len(said) == FEW + 2
    assert [each.text for each in said].count(texts.too_many(lotsen.languages.get("so"))) == 1
    assert amina.last.text == texts.too_many(lotsen.languages.get("so"))
    assert other.screen and other.last.text != amina.last.text
    assert all(row.raw is None and row.state == "said" for row in await lotsen.rows("inbox"))
    assert not lotsen.intake()._queues and not lotsen.intake()._flooding

    assert len(await amina.write("/help")) == 1  # it goes on as if nothing had been


async def test_no_more_of_a_flood_is_held_than_is_read(lotsen, amina):
    longest, intake = 0, lotsen.intake()
    lines_up = intake._line_up

    def measured(chats, row):
        nonlocal longest
        lines_up(chats, row)
        longest = max(longest, len(intake._queues[amina.id]))

    intake._line_up = measured
    await lotsen.take(*flood(amina, 200))
    assert longest == FEW + 1


async def test_staff_are_told_in_their_language_and_strangers_nothing(lotsen):
    await at_work(lotsen.db, language="sv")
    anna, dan = lotsen.phone(ANNA_CHAT), lotsen.phone()
    await lotsen.take(*flood(anna), *flood(dan))
    assert anna.last.text == texts.too_many(lotsen.languages.get("sv"))
    assert len(dan.screen) <= FEW


async def test_after_a_loss_a_flood_changes_nothing_of_what_is_said(lotsen, amina):
    [guardian] = await lotsen.rows("guardian")
    async with lotsen.db.write() as tx:
        [family] = await lotsen.rows("family")
        await loss.begin(tx, family.id, guardian.id, lotsen.clock.now(), RULES)
    said = await lotsen.take(*flood(amina))
    t = lotsen.languages.get("so")
    assert {each.text for each in said} <= {loss_texts.resting(t, each).text for each in (0, 1)}
    assert len(said) == FEW


async def test_who_is_told_to_stop_while_the_database_is_away_stops_and_a_flood_waits(
    lotsen, amina, monkeypatch
):
    away = asyncio.Event()

    async def fails(*_: object) -> None:
        away.set()
        raise Unavailable("UPDATE", None, OSError())

    monkeypatch.setattr(intakes, "RETRY_SECONDS", 0.01)
    intake = lotsen.intake()
    updates = [{"update_id": 7_000_000 + n, **each} for n, each in enumerate(flood(amina))]
    await intake.keep(updates)
    with monkeypatch.context() as during:
        during.setattr("handlers.errors.Words.too_many", fails)
        async with asyncio.timeout(30):
            work = asyncio.ensure_future(intake.run())
            await away.wait()
            intake.stop()
            await work
    assert len(await lotsen.rows("inbox", state="new")) >= len(updates) - FEW

    lotsen.restarts = True
    assert texts.too_many(lotsen.languages.get("so")) in [s.text for s in await lotsen.take()]
    assert {row.state for row in await lotsen.rows("inbox")} == {"said"}


async def test_an_update_of_ten_megabytes_is_left_out_and_the_next_is_answered(
    lotsen, amina, caplog
):
    huge = amina.message() | {"text": "x" * LARGEST_UPDATE * 10}
    said = await lotsen.take({"message": huge}, {"message": amina.message(text="/help")})
    assert len(said) == 1
    assert [e.getMessage() for e in caplog.records if e.levelno >= logging.ERROR] == [
        "an update is too large; left out"
    ]
