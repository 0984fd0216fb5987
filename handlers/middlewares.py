"""Who is this, and in which language do they read: known before any handler runs."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject

from handlers.errors import Refused
from messaging import texts
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message as Said
from messaging.replies import say
from programme.errors import Broken
from services import access, preferences
from services.access import Reader


async def know_the_person(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> object:
    """Give every handler `reader` and `t`, each None if unknown; word a broken rule."""
    chat_id = _chat_of(event)
    reader = await access.reader_of(data["tx"], chat_id) if chat_id is not None else None
    if reader and not isinstance(event, ChatMemberUpdated):
        await preferences.within_reach(data["tx"], reader, data["now"], data["rules"])
    data["reader"] = reader
    data["t"] = await _tongue(data["languages"], reader, data.get("state"))
    try:
        return await handler(event, data)
    except Broken as broken:
        tongue = data["t"] or next(iter(data["languages"]))
        rows = texts.menu_rows(tongue) if reader else ()
        raise Refused(say(Said(texts.old_button(tongue), rows))) from broken


def _chat_of(event: TelegramObject) -> int | None:
    match event:
        case Message() | ChatMemberUpdated():
            return event.chat.id
        case CallbackQuery():
            return event.message.chat.id if event.message else event.from_user.id
        case _:
            return None


async def _tongue(
    languages: Languages, reader: Reader | None, state: FSMContext | None
) -> Tongue | None:
    """The parent's language, or the one a newcomer has just chosen; never the phone's."""
    chosen = reader.guardian.language if reader else None
    if chosen is None and state is not None:
        chosen = (await state.get_data()).get("language")
    return languages.get(chosen) if chosen in languages.codes else None
