"""Sending to Telegram of our own accord, and what came of it. The home of python-telegram-bot.

No exception of the library leaves this module: every send ends in one of the outcomes below. What
each means for the message is decided in `services/delivery.py`.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from telegram import InputFile, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import AIORateLimiter, ExtBot

from messaging.keyboards import File, FileKind, Picture
from messaging.line import NEVER_LEFT, Line
from messaging.plain import plain

log = logging.getLogger(__name__)

IN_FLIGHT = 16  # connections, and messages that may be in doubt after a kill
SECONDS = 20.0  # how long an answer may take before the outcome is called unknown

FRESH = timedelta(minutes=1)  # from the decision to the wire

_began: ContextVar[datetime | None] = ContextVar("began", default=None)  # when a send was decided

_UNREADABLE = "can't parse entities"
_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


@dataclass(frozen=True)
class Sent:
    """It arrived."""

    message_id: int


@dataclass(frozen=True)
class FloodWait:
    """Telegram says: not before so many seconds."""

    seconds: float


@dataclass(frozen=True)
class NotSent:
    """It certainly did not leave: no connection."""

    reason: str


@dataclass(frozen=True)
class InDoubt:
    """Nobody knows whether it arrived: the line was cut, or the server failed."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """This person cannot be written to: blocked, or gone."""

    reason: str


@dataclass(frozen=True)
class ChatNotFound:
    """Telegram knows no such chat: one is a person gone, many are a wrong token."""


@dataclass(frozen=True)
class Moved:
    """The chat has a new id."""

    chat_id: int


@dataclass(frozen=True)
class Refused:
    """Telegram will never take this message: a fault of ours."""

    reason: str


@dataclass(frozen=True)
class WrongToken:
    """The token is not, or no longer, a bot's."""


@dataclass(frozen=True)
class Cleared:
    """It is deleted or rewritten, or has been before."""


@dataclass(frozen=True)
class Fetched:
    """A file that somebody sent."""

    content: bytes


@dataclass(frozen=True)
class Vanished:
    """The message that was to be changed is not there any more, or cannot be changed."""

    reason: str


Waits = FloodWait | NotSent | Moved | WrongToken  # the same message, another time
Outcome = Sent | InDoubt | Unreachable | ChatNotFound | Refused | Vanished | Waits


class Stale(Exception):
    """So long ago was it decided that nobody knows whether it still holds: it does not leave."""


class Push:
    """One bot that can only speak; use it as an async context manager."""

    def __init__(
        self,
        token: str,
        api_url: str,
        per_second: float,
        now: Callable[[], datetime] | None = None,  # None: nobody's clock is set or stands still
    ) -> None:
        base, self._now = api_url.rstrip("/"), now
        line = Line(IN_FLIGHT, SECONDS, self._leaving)
        # The limiter is the safety net; delivery paces itself. The bucket of one does not burst
        # (measured: a bucket of 30 lets 60 through in one second). Retries are delivery's matter.
        net = AIORateLimiter(
            overall_max_rate=1, overall_time_period=1 / (per_second * 1.2), max_retries=0
        )
        self._bot: ExtBot[Any] = ExtBot(
            token=token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=line,
            get_updates_request=line,  # nothing is received; its own would be made for nothing
            rate_limiter=net,
        )

    async def __aenter__(self) -> Self:
        """Open the connections; Telegram is not asked yet."""
        await self._bot.request.initialize()
        if self._bot.rate_limiter is not None:
            await self._bot.rate_limiter.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        if self._bot.rate_limiter is not None:
            await self._bot.rate_limiter.shutdown()
        await self._bot.request.shutdown()

    def _leaving(self) -> None:
        """The last moment before the first byte: opening a line may have taken a week of sleep."""
        began = _began.get()
        if self._now is None or began is None:
            return
        if abs(self._now() - began) > FRESH:
            raise Stale

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, Any] | None,
        silent: bool,
        file: File | Picture | None = None,
    ) -> Outcome:
        """What came of sending this HTML text, perhaps under a file, to that chat."""
        common: dict[str, Any] = {
            "parse_mode": ParseMode.HTML,
            "disable_notification": silent,
            "api_kwargs": {"reply_markup": dict(keyboard)} if keyboard else None,
        }
        _began.set(self._now() if self._now else None)
        try:
            message = await self._readable(chat_id, text, file, common)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message.message_id)

    async def _readable(
        self, chat_id: int, text: str, file: File | Picture | None, common: dict[str, Any]
    ) -> Message:
        """A reminder without bold letters is better than none: refused for them, it goes plain."""
        try:
            return await self._call(chat_id, text, file, dict(common))
        except BadRequest as error:
            if _UNREADABLE not in error.message.lower():
                raise
            log.error("Telegram could not read a text; sent without its marks")
            return await self._call(chat_id, plain(text), file, common | {"parse_mode": None})

    async def _call(
        self, chat_id: int, text: str, file: File | Picture | None, common: dict[str, Any]
    ) -> Message:
        if file is None:
            return await self._bot.send_message(chat_id, text, **common)
        if isinstance(file, Picture):
            return await self._bot.send_photo(chat_id, file.number, caption=text, **common)
        content = InputFile(file.content, filename=file.name)
        if file.kind is FileKind.PHOTO:
            return await self._bot.send_photo(chat_id, content, caption=text, **common)
        if file.kind is FileKind.VOICE:
            common["duration"] = file.seconds
            return await self._bot.send_voice(chat_id, content, caption=text, **common)
        return await self._bot.send_document(chat_id, content, caption=text, **common)

    async def fetch(self, file_id: str) -> Fetched | Outcome:
        """The file that Telegram keeps under that id, or why not."""
        try:
            file = await self._bot.get_file(file_id)
            return Fetched(bytes(await file.download_as_bytearray()))
        except TelegramError as error:
            return outcome_of(error)

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> Outcome | Cleared:
        """What came of deleting these messages; those that are gone already are passed over."""
        try:
            await self._bot.delete_messages(chat_id, message_ids)
        except TelegramError as error:
            return outcome_of(error)
        return Cleared()

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        keyboard: Mapping[str, Any] | None,
        picture: Picture | None = None,
    ) -> Outcome:
        """What came of giving a message this HTML text, or a picture this caption.

        `picture`: takes the place of the one that stands there; a message without one gets none.
        """
        where: dict[str, Any] = {
            "chat_id": chat_id,
            "message_id": message_id,
            "parse_mode": ParseMode.HTML,
            "api_kwargs": {"reply_markup": dict(keyboard)} if keyboard else None,
        }
        _began.set(self._now() if self._now else None)
        try:
            await self._bot.edit_message_text(text, **where)
        except BadRequest as error:
            if "no text" not in error.message:
                return _of_edit(error, message_id)
            if picture is not None:
                return await self._exchange(picture, text, message_id, where)
            return await self._edit_caption(text, message_id, where)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message_id)

    async def _exchange(
        self, picture: Picture, text: str, message_id: int, where: Mapping[str, Any]
    ) -> Outcome:
        kept = {name: value for name, value in where.items() if name != "parse_mode"}
        media = InputMediaPhoto(picture.number, caption=text, parse_mode=ParseMode.HTML)
        try:
            await self._bot.edit_message_media(media, **kept)
        except BadRequest as error:
            if "not modified" in error.message:
                return Sent(message_id)
            # A picture that Telegram does not take must not keep the words wrong.
            return await self._edit_caption(text, message_id, where)
        except TelegramError as error:
            return _of_edit(error, message_id)
        return Sent(message_id)

    async def _edit_caption(self, text: str, message_id: int, where: Mapping[str, Any]) -> Outcome:
        try:
            await self._bot.edit_message_caption(caption=text, **where)
        except TelegramError as error:
            return _of_edit(error, message_id)
        return Sent(message_id)

    async def rewrite(self, chat_id: int, message_id: int, text: str) -> Outcome | Cleared:
        """What came of making a message say only this; of a file its caption, without buttons."""
        where: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
        try:
            await self._bot.edit_message_text(text, **where)
        except BadRequest as error:
            if "no text" not in error.message:
                return Cleared() if "not modified" in error.message else outcome_of(error)
            return await self._recaption(text, where)
        except TelegramError as error:
            return outcome_of(error)
        return Cleared()

    async def _recaption(self, text: str, where: Mapping[str, Any]) -> Outcome | Cleared:
        try:
            await self._bot.edit_message_caption(caption=text, **where)
        except TelegramError as error:
            return outcome_of(error)
        return Cleared()


def outcome_of(error: TelegramError) -> Outcome:
    """What an error of the library means for the message (docs/architecture.md)."""
    match error:
        case RetryAfter():
            seconds = error.retry_after
            return FloodWait(
                seconds if isinstance(seconds, int | float) else seconds.total_seconds()
            )
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case InvalidToken():
            return WrongToken()
        case Forbidden():
            return _forbidden(error.message)
        case BadRequest():  # before NetworkError, of which the library makes it a subclass
            return _bad_request(error.message)
        case NetworkError():
            return _network(error)
        case _:
            return InDoubt(error.message[:80])


def _of_edit(error: TelegramError, message_id: int) -> Outcome:
    """It says so already: well. It is gone: an outcome too, and no fault of ours."""
    if "not modified" in error.message:
        return Sent(message_id)
    if any(words in error.message for words in _GONE):
        return Vanished(error.message[:80])
    return outcome_of(error)


def _forbidden(said: str) -> Outcome:
    return Unreachable("blocked" if "blocked" in said else "gone")


def _bad_request(said: str) -> Outcome:
    return ChatNotFound() if "chat not found" in said.lower() else Refused(said[:80])


def _network(error: NetworkError) -> Outcome:
    """A connection that was never made carried nothing; anything later may have arrived."""
    cause = error.__cause__
    if isinstance(cause, NEVER_LEFT):
        return NotSent("no connection")
    if isinstance(cause, Stale):
        return NotSent("paused before it left")
    why = type(cause).__name__ if cause else error.message
    return InDoubt(f"outcome unknown: {why}"[:80])
