"""The broadcast that everybody writes first: a loop over chats, one message after the other."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardMarkup

from bench.loopback import TOKEN
from bench.phones import Body


async def send(url: str, bodies: Sequence[Body]) -> None:
    """All of them; keeps nothing."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot(TOKEN, session=session) as bot:
        for chat, text, keyboard, silent in bodies:
            await bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                disable_notification=silent,
                reply_markup=InlineKeyboardMarkup.model_validate(keyboard) if keyboard else None,
            )
