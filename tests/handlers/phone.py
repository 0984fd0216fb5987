"""A phone before the whole chat: intake, dispatcher, handlers and database are the real ones.

Only the line to Telegram is teremok's, which refuses what Telegram would refuse.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SendVoice,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import ReplyKeyboardMarkup, ReplyKeyboardRemove
from teremok.session import MockedSession

from bot.app import House, make_dispatcher, make_intake
from bot.clock import StoppedClock
from bot.intake import Intake
from bot.settings import Settings
from messaging.i18n import Languages
from services import enrolment
from simulator.text import found
from storage.database import Database
from tests import overheard
from tests.cast import AREA, BORN, RULES
from tests.effort import THOROUGH
from tests.rows import rows

TOKEN = "4242:a-token-that-opens-nothing"
BOT_ID, BOT_NAME = 4242, "test_bot"
GROUP = -4_100_000_001
_numbers = itertools.count(5001)


# Putting the chat together takes longer than most tests; it remembers nothing and can be shared.
the_whole_chat = cache(make_dispatcher)

Says = SendMessage | EditMessageText | SendPhoto | SendDocument | SendVenue | SendVoice


@dataclass(frozen=True)
class Shown:
    """One message as it stands on a phone: its text, and (label, data) of each button."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    file: bytes | None = None
    pin: tuple[float, float] | None = None
    keys: tuple[str, ...] | None = None  # in the place of the phone's own; empty: taken away

    def data(self, label: str) -> str:
        """What the button with that label sends."""
        return dict(self.buttons)[label]


class Line(MockedSession):
    """Telegram's side: what stands in which chat, which presses were answered, whose menu."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: defaultdict[int, dict[int, Shown]] = defaultdict(dict)
        self.said: list[tuple[int, Shown]] = []
        self.answered: list[str] = []
        self.menus: dict[int, list[str]] = {}

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> Any:
        if isinstance(method, EditMessageText):
            self._must_stand(bot, method)
        result = await super().make_request(bot, method, timeout)
        match method:
            case SendMessage() | SendPhoto() | SendDocument() | SendVenue() | SendVoice():
                self._show(method.chat_id, result.message_id, method)
            case EditMessageText():
                self._show(method.chat_id, method.message_id, method)
            case AnswerCallbackQuery():
                self.answered.append(method.callback_query_id)
            case SetMyCommands():
                self.menus[method.scope.chat_id] = [each.description for each in method.commands]
        return result

    def _must_stand(self, bot: Bot, method: EditMessageText) -> None:
        if method.message_id in self.chats[method.chat_id]:
            return
        said = "Bad Request: message to edit not found"
        body = {"ok": False, "error_code": 400, "description": said}
        self.check_response(bot=bot, method=method, status_code=400, content=json.dumps(body))

    def _show(self, chat_id: int, message_id: int, method: Says) -> None:
        keyboard = getattr(method.reply_markup, "inline_keyboard", [])
        buttons = tuple((each.text, each.callback_data) for row in keyboard for each in row)
        match method:
            case SendPhoto(photo=str() as number):  # a picture that Telegram keeps already
                shown = Shown(method.caption or "", buttons, number.encode())
            case SendPhoto():
                shown = Shown(method.caption or "", buttons, method.photo.data)
            case SendDocument():
                shown = Shown(method.caption or "", buttons, method.document.data)
            case SendVoice():
                shown = Shown(method.caption or "", buttons, method.voice.data)
            case SendVenue():
                shown = Shown(method.title, buttons, pin=(method.latitude, method.longitude))
            case _:
                shown = Shown(method.text, buttons, keys=_keys(method.reply_markup))
        self.chats[chat_id][message_id] = shown
        self.said.append((chat_id, shown))


def _keys(markup: object) -> tuple[str, ...] | None:
    match markup:
        case ReplyKeyboardMarkup():
            return tuple(key.text for row in markup.keyboard for key in row)
        case ReplyKeyboardRemove():
            return ()
    return None


@dataclass
class Lotsen:
    """The chat's side, and how tests look into it."""

    db: Database
    languages: Languages
    settings: Settings
    clock: StoppedClock
    line: Line = field(default_factory=Line)
    restarts: bool = THOROUGH  # between any two acts
    _intake: Intake | None = None
    _taking: int = 0  # acts at the same time
    _drains: set[asyncio.Future[None]] = field(default_factory=set)  # of acts at the same time

    def intake(self) -> Intake:
        """The intake with the whole chat behind it; a new one after a restart."""
        if self._intake is None or (self.restarts and self._taking < 2):
            house = House(self.settings, self.clock, self.db, self.languages)
            make = make_dispatcher if self.restarts else the_whole_chat
            self._intake = make_intake(house, Bot(TOKEN, session=self.line), make=make)
        self._intake.stopping = False
        return self._intake

    async def take(self, *updates: dict[str, Any]) -> list[Shown]:
        """See these updates through to their answers; what was said."""
        self._taking += 1
        try:
            intake, before = self.intake(), len(self.line.said)
            await intake.keep([{"update_id": next(_numbers), **each} for each in updates])
            self._drains.add(asyncio.ensure_future(intake.drain()))
            while self._drains:  # another's drain may have taken up these updates as well
                done, _ = await asyncio.wait(self._drains)
                self._drains -= done
                for each in done:
                    each.result()
        finally:
            self._taking -= 1
        return [shown for _, shown in self.line.said[before:]]

    async def invite(self, born: date = BORN, area: str = AREA) -> str:
        """The code of a new family's link."""
        now = self.clock.now()
        async with self.db.write() as tx:
            new = await enrolment.register_family(tx, area, born, None, None, now, RULES.zone)
        return new.code

    async def rows(self, table: str, **where: object) -> list[Any]:
        """The rows of a table."""
        return await rows(self.db, table, **where)

    def phone(self, chat_id: int | None = None, setting: str = "en") -> "Phone":
        """Somebody's phone; `setting` is the language it is set to, which must not matter."""
        return Phone(self, chat_id or next(_numbers), setting)


@dataclass
class Phone:
    """One person and their chat with the bot."""

    lotsen: Lotsen
    id: int
    setting: str
    taps: int = 0

    @property
    def user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": "Plantedname",
            "last_name": "Plantedsurname",
            "username": "planted_user",
            "language_code": self.setting,
        }

    @property
    def here(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Plantedname"}

    @property
    def screen(self) -> dict[int, Shown]:
        """What the bot has written here, as it stands now."""
        return self.lotsen.line.chats[self.id]

    @property
    def last(self) -> Shown:
        return self.screen[max(self.screen)]

    def message(self, chat: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
        """A message of this person's, as Telegram tells of it."""
        text = content.get("text")
        entities = found(text, []) if text else []
        return {
            "message_id": next(_numbers),
            "from": self.user,
            "chat": chat or self.here,
            "date": int(self.lotsen.clock.now().timestamp()),
            **content,
            **({"entities": entities} if entities else {}),
        }

    async def send(self, **content: Any) -> list[Shown]:
        """Send a message with that content; what is said to it."""
        overheard.typed(content.get("text") or content.get("caption"))
        return await self.lotsen.take({"message": self.message(**content)})

    async def write(self, text: str) -> list[Shown]:
        return await self.send(text=text)

    async def start(self, code: str = "") -> list[Shown]:
        """Press Start, with a personal link or without."""
        self.taps += 1
        return await self.write(f"/start {code}".strip())

    def press_of(self, data: str | None, message_id: int | None = None) -> dict[str, Any]:
        """A press as Telegram tells of it; the message may be one that is not there any more."""
        number = message_id or max(self.screen, default=1)
        shown = {"message_id": number, "chat": self.here, "date": 0}
        press = {"id": str(next(_numbers)), "from": self.user, "chat_instance": "1"}
        return {"callback_query": press | {"message": shown} | ({"data": data} if data else {})}

    async def press(self, data: str | None, message_id: int | None = None) -> list[Shown]:
        """Send that button data, as a phone or as a forger does; the press must be answered."""
        press = self.press_of(data, message_id)
        said = await self.lotsen.take(press)
        assert press["callback_query"]["id"] in self.lotsen.line.answered
        return said

    async def tap(self, label: str) -> list[Shown]:
        """Press the newest button with that label."""
        self.taps += 1
        for number in sorted(self.screen, reverse=True):
            if label in dict(self.screen[number].buttons):
                return await self.press(self.screen[number].data(label), number)
        raise AssertionError(f"no button {label!r} on {self.screen}")

    async def tap_data(self, begins: str) -> list[Shown]:
        """Press the newest button whose data begins so."""
        for number in sorted(self.screen, reverse=True):
            for label, data in self.screen[number].buttons:
                if data.startswith(begins):
                    return await self.tap(label)
        raise AssertionError(f"no button {begins!r} on {self.screen}")

    async def join(self, language: str = "en", code: str | None = None) -> list[Shown]:
        """The whole way in; everything that was said after the choice of language."""
        await self.start(code or await self.lotsen.invite())
        said = await self.tap_data(f"l:{language}")
        said += await self.tap_data("c:1")
        return said + await self.tap_data("e:1")
