"""Permission is routing: who may reach a router, asked in one place. Staff: see `desk.py`."""

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject

from messaging.i18n import Tongue
from services.access import Reader


async def is_parent(_event: TelegramObject, reader: Reader | None) -> bool:
    """Somebody who has joined."""
    return reader is not None


async def has_language(_event: TelegramObject, t: Tongue | None) -> bool:
    """Somebody whose language is known."""
    return t is not None


async def pressed_in_private(query: CallbackQuery) -> bool:
    """A button in a chat of one's own: in a group a press can only be forged."""
    return query.message is None or query.message.chat.type == ChatType.PRIVATE


async def written_in_private(message: Message) -> bool:
    """Words in a chat of one's own. Nobody's words are nobody's act: without a sender there is no
    conversation to go on with."""
    return message.chat.type == ChatType.PRIVATE and message.from_user is not None


async def written_in_company(message: Message) -> bool:
    """In a group or a channel."""
    return message.chat.type != ChatType.PRIVATE
