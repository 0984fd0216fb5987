"""From the link to the first pushed messages, against a Bot API server that nobody here wrote.

Where it and our own simulator disagree, by the Bot API reference (core.telegram.org/bots/api):
- getMe: the emulator gives no `username` and always id 7. A bot's User has a username, and its id
  is the number its token begins with: the simulator is right, so `username` is added here.
- sendMessage: the emulator's results are dated 1 and have no sender; both take our calls.
- getUpdates: at a second poll the emulator refuses the new one with 409. The reference only says
  that polls must not overlap; Telegram ends the older one, as the simulator does.
- editMessageText and answerCallbackQuery: the emulator takes any message and any press, edits
  without change too. Telegram answers "message is not modified", "message to edit not found" and
  "query is too old": the simulator is right and the stricter one.
- link_preview_options and protect_content are refused as unknown by the emulator; the reference
  has both. Lotsen uses neither.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from messaging import join_texts, visit_texts
from messaging.i18n import Tongue
from tests.cast import local
from tests.end_to_end.town import BOT, RULES, Installation, Telegram

pytestmark = pytest.mark.slow

TOKEN = "7:a-token-for-the-emulator"
AMINA = 1001
QUICKER = {"scheduler.runner.PLAN_EVERY": timedelta(seconds=1)}
NOON, EVE = local("2026-11-03T12:00"), local("2026-11-03T17:00")
VISIT, TIP_HOUR = local("2026-11-04T14:00"), local("2026-11-04T10:00")


class Emulator(LoBotApiEmulator):
    """Remembers texts and buttons, and has a user name."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[int, dict[str, Any]] = {}
        self.pressed: list[str] = []

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            return result | {"username": BOT}
        if method in {"sendMessage", "editMessageText"}:
            self.shown[result["message_id"]] = result
        if method == "answerCallbackQuery":
            self.pressed.append(fields["callback_query_id"])
        return result

    @property
    def refusals(self) -> list[dict[str, Any]]:
        return [call for call in self.requests if call["status"] != 200]


class EmulatorPhone:
    """Amina's phone before the emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator, self._numbers = emulator, itertools.count(1)

    def shown(self) -> Iterator[tuple[int, str, list[str]]]:
        """Each message of the bot, oldest first: number, text, what its buttons send."""
        for number, message in sorted(self.emulator.shown.items()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            yield number, message["text"], [each["callback_data"] for row in rows for each in row]

    async def start(self, code: str) -> None:
        command = {"type": "bot_command", "offset": 0, "length": len("/start")}
        text = {"text": f"/start {code}", "entities": [command]}
        await self._tell("message", self._message(next(self._numbers)) | text)

    async def press(self, number: int, data: str) -> str:
        press = {"id": str(next(self._numbers)), "from": self._person(), "chat_instance": "1"}
        await self._tell("callback_query", press | {"data": data, "message": self._message(number)})
        return press["id"]

    def calls(self) -> list[tuple[str, list[str]]]:
        return [(call["method"], call["fields"]) for call in self.emulator.requests]

    async def _tell(self, kind: str, body: dict[str, Any]) -> None:
        await self.emulator.enqueue_update({kind: body}, token=TOKEN)

    def _person(self) -> dict[str, Any]:
        return {"id": AMINA, "is_bot": False, "first_name": "Amina", "language_code": "so"}

    def _message(self, number: int) -> dict[str, Any]:
        chat = {"id": AMINA, "type": "private", "first_name": "Amina"}
        return {"message_id": number, "date": 1, "chat": chat, "from": self._person()}


class SimulatorPhone:
    """The same phone before our own simulator."""

    def __init__(self, telegram: Telegram) -> None:
        self.world = telegram.world
        self.person = telegram.world.person("Amina", "so", id=AMINA)

    def shown(self) -> Iterator[tuple[int, str, list[str]]]:
        for message in self.world.from_bot(self.person):
            data = [each["callback_data"] for row in message.buttons for each in row]
            yield message.id, message.text, data

    async def start(self, code: str) -> None:
        self.world.start(self.person, code)

    async def press(self, number: int, data: str) -> str:
        return self.world.press(self.person, number, data=data).id

    def calls(self) -> list[tuple[str, list[str]]]:
        return [(call.method, sorted(call.params)) for call in self.world.journal.entries]


Phone = EmulatorPhone | SimulatorPhone


async def until(found: Callable[[], Any], within: float = 20) -> Any:
    """What is found at last."""
    async with asyncio.timeout(within):
        while not (result := found()):  # noqa: ASYNC110 - looks at processes from outside
            await asyncio.sleep(0.02)
    return result


def texts(phone: Phone) -> list[str]:
    return [text.strip() for _, text, _ in phone.shown()]


async def press(phone: Phone, begins: str) -> str:
    """Press the newest button whose data begins so, once it is there; the press's id."""

    def there() -> tuple[int, str] | None:
        found = [(n, d) for n, _, data in phone.shown() for d in data if d.startswith(begins)]
        return found[-1] if found else None

    return await phone.press(*await until(there))


async def story(lotsen: Installation, phone: Phone, t: Tongue) -> list[str]:
    """Invited, joined, booked, reminded, answered, advised; the ids of the presses."""
    work = lotsen.start("run", now=NOON, quicker=QUICKER)
    await until(lambda: lotsen.look("SELECT * FROM memory WHERE name = 'bot_name'"))
    invited = await lotsen.command(
        "family", "invite", "--area", "Hjällbo", "--born", "2026-10-31", now=NOON
    )
    link = invited.out.splitlines()[-1]
    assert link.startswith(f"https://t.me/{BOT}?start=")
    await phone.start(link.partition("=")[2])
    presses = [await press(phone, data) for data in ("l:so", "c:1", "e:1")]
    await until(lambda: join_texts.trust_note(t) in texts(phone))
    when = ("--at", "2026-11-04T14:00", "--staff", "Anna,Bo")
    booked = await lotsen.command("visit", "book", "1", "1", *when, now=NOON)
    assert booked.code == 0, booked.err
    await until(lambda: any("v:1:0:yes" in data for _, _, data in phone.shown()))
    assert (await work.stop()).code == 0

    before = len(texts(phone))
    work = lotsen.start("run", now=EVE, quicker=QUICKER)
    await until(lambda: len(texts(phone)) == before + 1)
    presses.append(await press(phone, "v:1:0:yes"))
    await until(lambda: visit_texts.confirmed(t, VISIT, RULES.zone) in texts(phone))
    assert (await work.stop()).code == 0

    assert (await lotsen.tick(TIP_HOUR))["sent"] == 1
    return presses


@pytest.fixture
async def emulator() -> AsyncIterator[tuple[Emulator, str]]:
    """The emulator and its address."""
    emulator = Emulator()
    runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield emulator, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_from_the_link_to_the_first_reminder_and_tip(lotsen, emulator, languages):
    server, url = emulator
    lotsen.settings |= {"LOTSEN_API_URL": url, "LOTSEN_BOT_TOKEN": TOKEN}
    phone, t = EmulatorPhone(server), languages.get("so")

    presses = await story(lotsen, phone, t)

    assert server.pressed == presses
    assert server.refusals == []
    assert texts(phone)[-1].startswith(t.gettext("A tip from Lotsen"))
    sent = lotsen.look("SELECT kind FROM item WHERE state = 'sent' ORDER BY id")
    assert [row["kind"] for row in sent] == ["visit_booked", "day_before", "tip"]
    assert [row["choice"] for row in lotsen.look("SELECT choice FROM answer")] == ["yes"]


async def test_our_own_simulator_gets_the_same_calls_and_shows_the_same_phone(
    install, telegram, emulator, languages
):
    server, url = emulator
    strange = install("strange", LOTSEN_API_URL=url, LOTSEN_BOT_TOKEN=TOKEN)
    theirs, ours = EmulatorPhone(server), SimulatorPhone(telegram)

    await story(strange, theirs, languages.get("so"))
    await story(install("ours"), ours, languages.get("so"))

    assert [text for _, text, _ in theirs.shown()] != []
    assert _without_polls(theirs.calls()) == _without_polls(ours.calls())
    assert [data for _, _, data in theirs.shown()] == [data for _, _, data in ours.shown()]


def _without_polls(calls: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    return [call for call in calls if call[0] != "getUpdates"]
