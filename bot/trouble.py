"""While nothing can be kept, whoever writes is told so: once in each chat, in every language.

Which language is theirs stands in the database that does not answer. What they wrote is not lost:
Telegram gives it again for a day.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.speaking import Speaker
from messaging.i18n import Languages
from messaging.keyboards import Message
from messaging.replies import say
from messaging.trouble_texts import nothing_can_be_kept

log = logging.getLogger(__name__)

TELL_AFTER = 3  # failures in a row: a server that is restarted is back before that
TELL_SECONDS = 5.0  # a webhook waits for it


class Trouble:
    """Counts how often the database did not answer, and whom it has told."""

    def __init__(self, speaker: Speaker, languages: Languages) -> None:
        self._speaker, self._words = speaker, nothing_can_be_kept(languages)
        self._failures = 0
        self._told: set[int] = set()

    def over(self) -> None:
        """The database answers."""
        self._failures = 0
        self._told.clear()

    async def tell(self, found: Iterable[tuple[int | None, Mapping[str, Any]]]) -> None:
        """These chats wrote what cannot be kept; nothing that goes wrong here is raised."""
        self._failures += 1
        if self._failures < TELL_AFTER:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(TELL_SECONDS):
                for chat, raw in found:
                    await self._tell(chat, raw)

    async def _tell(self, chat: int | None, raw: Mapping[str, Any]) -> None:
        if chat is None or chat <= 0 or chat in self._told:  # only people, and each once
            return
        self._told.add(chat)
        log.warning("a person was told that nothing can be kept")
        press = raw.get("callback_query")
        number = press.get("id") if isinstance(press, dict) else None
        asked = {"id": number, "message_id": None} if isinstance(number, str) else None
        await self._speaker.speak(chat, say(Message(self._words)), asked)
