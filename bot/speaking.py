"""Say an answer in the chat that wrote. Every other chat is written to through the outbox."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import BotCommand, BotCommandScopeChat, BufferedInputFile
from aiogram.types import Message as Sent

from messaging import keyboards
from messaging.commands import commands
from messaging.i18n import Languages
from messaging.keyboards import FileKind, Message, Picture
from messaging.plain import plain
from messaging.replies import Reply

log = logging.getLogger(__name__)

TRIES = 4

# aiogram builds the form of an answer anew for each call, which takes longer than the call itself,
# unless somebody holds the one before: these are all that what we say is answered with.
ANSWERS = (Response[Sent], Response[Sent | bool], Response[bool])

UNREADABLE = "can't parse entities"  # our fault; the words are an answer without their bold letters

T = TypeVar("T")

_may: ContextVar[Callable[[], Awaitable[bool]]] = ContextVar("may")  # of the answer being said


class Interrupted(Exception):
    """Told to stop while waiting to say it: it is said at the next start."""


class TurnLost(Exception):
    """Another process serves the chat now, and says it."""


async def always() -> bool:
    """Nobody else could say it."""
    return True


class Speaker:
    """Answers presses and says replies; whatever Telegram says, the update is finished after it."""

    def __init__(self, bot: Bot, languages: Languages) -> None:
        self._bot, self._languages = bot, languages
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Wait no longer where Telegram said *wait*: that may be an hour."""
        self._stopped.set()

    async def speak(
        self,
        chat_id: int | None,
        reply: Reply,
        press: dict[str, Any] | None,
        may: Callable[[], Awaitable[bool]] = always,
    ) -> list[int]:
        """The ids of what was said; the press is answered first. Raises Interrupted.

        `may`: asked before each word; raises TurnLost once it says no.
        """
        _may.set(may)
        if press:
            await self._quietly(lambda: self._bot.answer_callback_query(press["id"]))
        said: list[int] = []
        messages = [part for each in reply.messages for part in keyboards.parts(each)]
        for n, message in enumerate(messages):
            replaced = press["message_id"] if press and reply.instead and n == 0 else None
            number = await self._say(chat_id, message, replaced) if chat_id is not None else None
            said += [number] if number is not None else []
        if reply.menu and chat_id is not None:
            await self._show_menu(chat_id, reply.menu)
        return said

    async def _show_menu(self, chat_id: int, language: str) -> None:
        """The phone's own language decides the command menu, unless this chat has one."""
        menu = [
            BotCommand(command=name, description=text)
            for name, text in commands(self._languages.get(language))
        ]
        scope = BotCommandScopeChat(chat_id=chat_id)
        await self._quietly(lambda: self._bot.set_my_commands(menu, scope=scope))

    async def _say(self, chat_id: int, message: Message, replaced: int | None) -> int | None:
        only_text = message.file is None and message.pin is None and message.keys is None
        if replaced is not None and only_text and await self._replace(chat_id, message, replaced):
            return replaced
        sent = await self._quietly(lambda: self._send(chat_id, message))
        return sent.message_id if sent else None

    async def _send(self, chat_id: int, message: Message) -> Sent:
        """Once more without its file, if Telegram does not take that: the words are an answer.

        Somebody may forbid voice messages on their phone: then it comes as a file.
        """
        try:
            return await self._bot(_sending(chat_id, message))
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            if UNREADABLE in error.message:
                log.error("Telegram could not read a text; said without its marks")
                bare = _sending(chat_id, replace(message, text=plain(message.text)))
                again = bare.model_copy(update={"parse_mode": None})
            elif other := keyboards.as_file(message):
                again = _sending(chat_id, other)
            elif message.file is None or not message.text:
                raise
            else:
                log.exception("a file was not taken")
                again = _sending(chat_id, replace(message, file=None))
        return await _if_it_may(lambda: self._bot(again))

    async def _replace(self, chat_id: int, message: Message, message_id: int) -> bool:
        """Whether the pressed message now says this; an old one may not be there any more."""

        async def edit() -> bool:
            try:
                await self._bot.edit_message_text(
                    message.text,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode="HTML",
                    reply_markup=keyboards.for_aiogram(message.rows),
                )
            except TelegramBadRequest as error:
                return "not modified" in error.message
            return True

        return await self._quietly(edit) or False

    async def _quietly(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """The call's result; waits where Telegram says wait, gives up where trying is useless."""
        for attempt in range(TRIES):
            try:
                return await _if_it_may(call)
            except TelegramRetryAfter as error:
                await self._wait(error.retry_after)
            except (TelegramNetworkError, TelegramServerError):
                await self._wait(0.5 * 2**attempt)
            except ClientDecodeError as error:  # no TelegramAPIError: it would stop everything
                if not isinstance(error.data, str):
                    return None  # it was obeyed, and told of in a form that is new to us
                await self._wait(0.5 * 2**attempt)  # a proxy's page
            except (TelegramBadRequest, TelegramForbiddenError) as error:
                # A press that is too old, or a person who blocked us meanwhile: nobody to tell.
                log.info("an answer was not taken", extra={"why": type(error).__name__})
                return None
            except TelegramAPIError:
                log.exception("an answer could not be said")
                return None
        log.error("an answer could not be said: no connection")
        return None

    async def _wait(self, seconds: float) -> None:
        """Wait; raises Interrupted if told to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
            raise Interrupted


async def _if_it_may(call: Callable[[], Awaitable[T]]) -> T:
    if not await _may.get()():
        raise TurnLost
    return await call()


def _sending(chat_id: int, message: Message) -> TelegramMethod[Sent]:
    """The call that says this message: as text, as a file with its text, or as a pin."""
    keys = message.keys
    markup = keyboards.keys_for_aiogram(keys) if keys else keyboards.for_aiogram(message.rows)
    common: dict[str, Any] = {
        "chat_id": chat_id,
        "reply_markup": markup,
        "disable_notification": message.silent,
    }
    if pin := message.pin:
        return SendVenue(
            latitude=pin.latitude,
            longitude=pin.longitude,
            title=pin.title,
            address=pin.address,
            **common,
        )
    if message.file is None:
        return SendMessage(text=message.text, parse_mode="HTML", **common)
    if isinstance(message.file, Picture):
        number = message.file.number
        return SendPhoto(photo=number, caption=message.text, parse_mode="HTML", **common)
    file = BufferedInputFile(message.file.content, message.file.name)
    if message.file.kind is FileKind.PHOTO:
        return SendPhoto(photo=file, caption=message.text, parse_mode="HTML", **common)
    if message.file.kind is FileKind.VOICE:
        seconds = message.file.seconds
        return SendVoice(
            voice=file, caption=message.text, parse_mode="HTML", duration=seconds, **common
        )
    return SendDocument(document=file, caption=message.text, parse_mode="HTML", **common)
