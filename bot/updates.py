"""What an update says of itself before anything is done with it: its number, its chat, its kind."""

import json
import logging
from contextlib import suppress
from typing import Any

from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

log = logging.getLogger(__name__)

BIGGEST_ID = 2**63  # what a database can count to
LARGEST_UPDATE = 1_000_000  # bytes; Telegram's are a few thousand
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def can_be_kept(found: object) -> bool:
    """Whether it has a number that a database can count to; what is in it is read later."""
    number = found.get("update_id") if isinstance(found, dict) else None
    return type(number) is int and abs(number) < BIGGEST_ID


def written(raw: dict[str, Any]) -> str:
    """The update as it is stored: without signs of no sign, which PostgreSQL takes in no text.

    Of one that is far larger than any of Telegram's only the number is kept.
    """
    text = json.dumps(raw)
    if len(text) > LARGEST_UPDATE:
        log.error("an update is too large; left out", extra={"update": raw["update_id"]})
        return json.dumps({"update_id": raw["update_id"]})
    return json.dumps(_without_nulls(raw)) if "\\u0000" in text else text


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can be
    match value:
        case str():
            return value.replace("\0", "")
        case dict():
            return {_without_nulls(key): _without_nulls(inner) for key, inner in value.items()}
        case list():
            return [_without_nulls(inner) for inner in value]
    return value


def chat_of(raw: dict[str, Any]) -> int | None:
    """The chat a raw update belongs to, or None where it names none that can be read."""
    for kind in KINDS:
        body = raw.get(kind)
        if isinstance(body, dict):
            message = body.get("message") if kind == "callback_query" else body
            for holder in (message, {"chat": body.get("from")}):
                chat = holder.get("chat") if isinstance(holder, dict) else None
                number = chat.get("id") if isinstance(chat, dict) else None
                if type(number) is int and abs(number) < BIGGEST_ID:
                    return number
    return None


def kind_of(update: Update) -> str | None:
    """The kind that handlers would get, or None for one that we did not ask for."""
    with suppress(UpdateTypeLookupError):
        return update.event_type if update.event_type in KINDS else None
    return None


def is_of(update: Update, chat_id: int | None) -> bool:
    """Whether it is about the chat it was stored for, in numbers that a database can keep.

    aiogram reads `true`, `5.0` and `"5"` as numbers: the handler would look at another chat than
    the one that is answered.
    """
    kind = kind_of(update)
    if kind is None:
        return True
    body = getattr(update, kind)
    message = body.message if kind == "callback_query" else body
    chat = message.chat if message else body.from_user
    numbers = (getattr(message, "message_id", 0), body.from_user.id if body.from_user else 0)
    return bool(chat.id == chat_id) and all(0 <= each < BIGGEST_ID for each in numbers)


def press_of(update: Update) -> dict[str, Any] | None:
    """What is needed to answer a press."""
    query = update.callback_query
    if query is None:
        return None
    return {"id": query.id, "message_id": query.message.message_id if query.message else None}
