"""Between any two steps of a dialog: a restart, a new version that forgot, yesterday's buttons."""

import random
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData

from programme.people import Role
from services import inbox
from tests.colleagues import at_work
from tests.effort import THOROUGH, tries
from tests.handlers.home import with_visit
from tests.handlers.phone import BOT_ID
from tests.handlers.test_conversations import names_waited_for
from tests.messaging.test_keyboards import all_buttons


def failures(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]


pytestmark = pytest.mark.slow


@pytest.fixture
async def people(lotsen, office):
    """A parent with a visit, a coordinator, an administrator, and nobody we know."""
    parent, _ = await with_visit(lotsen)
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, 2001)
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, 2002)
    return [parent, lotsen.phone(2001), lotsen.phone(2002), lotsen.phone()]


CONTENT = (
    {"text": "12 something"},
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
    {"location": {"latitude": 57.7, "longitude": 11.9}},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
    {},  # a press
)


async def test_whatever_is_waited_for_a_dialog_that_forgot_all_is_begun_anew(
    lotsen, people, caplog
):
    """As after a new version that keeps other things: nobody meets an error or silence."""
    for n, name in enumerate(sorted(names_waited_for())):
        for m, who in enumerate(people):
            place, now = (BOT_ID, who.id, who.id), lotsen.clock.now()
            for content in CONTENT if THOROUGH else [CONTENT[(n + m) % 5], CONTENT[0]]:
                async with lotsen.db.write() as tx:
                    await inbox.write_conversation(tx, place, name, {}, now)
                said = await (who.send(**content) if content else who.press("c:1"))
                assert said, (name, content)
                assert failures(caplog) == [], (name, content)
    assert "begun anew" in caplog.text


def forged(kind: type[CallbackData], dice: random.Random) -> str:
    """A button of that kind with anything in it that its fields may hold, or nearly."""
    values = ("0", "1", "2", "7", "-1", "99999999999", "x", "yes", "en", "2026-11-09", "", "tip")
    data = ":".join([kind.__prefix__, *(dice.choice(values) for _ in kind.model_fields)])
    return data[:64]


async def test_forged_buttons_of_every_kind_are_answered_and_fail_for_nobody(
    lotsen, people, caplog
):
    for seed in range(tries(1, 20)):
        dice = random.Random(seed)
        for kind in all_buttons():
            who, data = dice.choice(people), forged(kind, dice)
            await who.press(data)
            assert failures(caplog) == [], f"seed {seed}: {data}"


async def test_buttons_of_yesterday_are_answered_and_fail_for_nobody(lotsen, people, caplog):
    """A walk by chance, a restart between any two steps; the next day all of it is pressed."""
    lotsen.restarts = True
    dice = random.Random(8)
    for who in people[:3]:
        await who.write("/help")
        for _ in range(tries(4, 60)):
            number, data = dice.choice(buttons(who))
            await who.press(data, number)
    lotsen.clock.set(lotsen.clock.now() + timedelta(days=1))
    for who in people[:3]:
        for number, data in buttons(who)[: tries(6, 200)]:
            await who.press(data, number)
            assert failures(caplog) == [], data


def buttons(who) -> list[tuple[int, str]]:
    """Every button on that phone, with the number of its message."""
    return [(n, data) for n, shown in who.screen.items() for _, data in shown.buttons]
