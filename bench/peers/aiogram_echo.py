"""A bare aiogram bot that says everything back and keeps nothing: the ceiling of answering."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message

AT_ONCE = 100  # as many as one look at Telegram brings


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def answer(bot: Bot, updates: Sequence[dict[str, Any]]) -> None:
    """All of them; of each hundred, all side by side."""
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    for start in range(0, len(updates), AT_ONCE):
        async with asyncio.TaskGroup() as tasks:
            for update in updates[start : start + AT_ONCE]:
                tasks.create_task(dispatcher.feed_raw_update(bot, update))
