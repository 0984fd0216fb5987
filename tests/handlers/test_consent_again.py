"""The words of the consent have changed: as a parent meets it (mission B5, decision 13)."""

from datetime import timedelta

import pytest

from services import consent, joining
from tests.cast import local
from tests.handlers.home import FOUR, STARTS, a_parent, data, delivered, with_visit
from tests.handlers.post_office import presses
from tests.handlers.wording import faults, too_long
from tests.rows import resting

NOON = local("2026-11-02T12:00")


async def words_change(lotsen) -> int:
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE consent SET version = 1")
    return await consent.ask_again(lotsen.db, lotsen.clock.now())


@pytest.mark.parametrize("code", FOUR)
async def test_each_parent_is_asked_once_and_may_say_yes(lotsen, languages, code):
    phone, _ = await a_parent(lotsen, code)
    lotsen.clock.set(NOON)
    assert await words_change(lotsen) == 1
    assert await consent.ask_again(lotsen.db, NOON) == 0
    [asked] = await delivered(lotsen)
    assert len(asked.text.split()) <= 60
    [page] = await phone.press(*presses(asked).values(), 1)
    [done] = await phone.tap_data("Ty:1")
    assert faults([page, done], languages.get(code), languages) == []
    assert too_long([page, done]) == []
    versions = [row.version for row in await lotsen.rows("consent")]
    assert versions == [1, joining.CONSENT_VERSION]
    [guardian] = await lotsen.rows("guardian")
    assert guardian.consent_asked_at is None


async def test_until_then_visits_are_reminded_of_and_tips_wait(lotsen):
    await with_visit(lotsen)
    lotsen.clock.set(NOON)
    await words_change(lotsen)
    await delivered(lotsen)
    tip_day = await delivered(lotsen, local("2026-11-04T10:30"))
    assert not [each for each in tip_day if "tip" in each.text.split("\n")[0].lower()]
    [reminder] = await delivered(lotsen, STARTS - timedelta(hours=16))
    assert "See you on" in reminder.text


async def test_with_a_yes_tips_go_on_and_nothing_is_replayed(lotsen):
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(NOON)
    await words_change(lotsen)
    await delivered(lotsen)
    await delivered(lotsen, local("2026-11-05T10:30"))
    await phone.press("Ty:1")
    assert await delivered(lotsen) == []
    later = await delivered(lotsen, local("2026-12-13T10:30"))
    assert later


async def test_a_no_stops_and_asks_about_the_visit(lotsen):
    phone, booked = await with_visit(lotsen)
    lotsen.clock.set(NOON)
    await words_change(lotsen)
    [said] = await phone.press("Ty:0")
    assert "Shall we still come" in said.text
    assert [row.state for row in await lotsen.rows("booking")] == ["booked"]
    pushed = await delivered(lotsen, STARTS - timedelta(hours=16))
    assert [each for each in pushed if each.chat_id == phone.id] == []
    assert booked


async def test_who_starts_again_after_a_no_sees_the_question_first(lotsen):
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(NOON)
    await words_change(lotsen)
    await phone.press("Ty:0")
    said = await phone.press("u")
    assert "Ty:1" in data(said[-1])
    [guardian] = await lotsen.rows("guardian")
    assert guardian.consent_asked_at is not None


async def test_after_a_loss_nobody_is_asked(lotsen):
    phone, _ = await a_parent(lotsen)
    lotsen.clock.set(NOON)
    await phone.press("h")
    await words_change(lotsen)
    assert await delivered(lotsen, local("2026-11-20T12:00")) == []


async def test_who_has_said_yes_to_these_words_is_left_alone(lotsen):
    await a_parent(lotsen)
    assert await consent.ask_again(lotsen.db, lotsen.clock.now()) == 0


@pytest.mark.parametrize("code", FOUR)
async def test_a_yes_given_with_one_press_is_taken_back_with_one_message(lotsen, code):
    phone, _ = await a_parent(lotsen, code)
    await phone.write("/stop")
    assert "stopped" in await resting(lotsen.db)
