"""Long polling: fetch raw updates, store them, and only then acknowledge by asking for the next.

The offset lives in memory: after a start Telegram repeats what was not acknowledged, and the store
knows it. (Ids restart at random after a quiet week, so an old offset must never be trusted.)
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.intake import KINDS, Intake
from services.types import Unavailable

log = logging.getLogger(__name__)

WAIT_SECONDS = 25  # how long Telegram holds an empty answer; it allows 50
STUCK_SECONDS = 90.0  # one poll with all that belongs to it; then it is begun anew
FIRST_REST, LONGEST_REST = 0.5, 30.0
TOKEN_ERRORS = (401, 404)
CONFLICT = 409


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Poller:
    """Asks one bot's updates over and over until stopped."""

    def __init__(
        self,
        api_url: str,
        token: str,
        intake: Intake,
        answered: Callable[[], None] = lambda: None,
    ) -> None:
        self._url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
        self._intake, self._answered = intake, answered
        self._offset: int | None = None
        self._rest = FIRST_REST
        self._told: float | None = None

    async def run(self) -> None:
        """Poll until cancelled; raises TokenRefused."""
        timeout = ClientTimeout(total=WAIT_SECONDS + 15)
        while True:
            try:
                # After a failure with a new line: an old one may be half dead.
                async with ClientSession(timeout=timeout) as session:
                    await self._poll_on(session)
            except (ClientError, TimeoutError, ValueError, Unavailable) as error:
                log.warning("no updates for now", extra={"why": type(error).__name__})
                await self._pause()

    async def _poll_on(self, session: ClientSession) -> None:
        while True:
            async with asyncio.timeout(STUCK_SECONDS):  # storing may hang as well
                answered = await self._poll(session)
            if answered:
                self._rest = FIRST_REST
            else:
                await self._pause(self._told)

    async def _poll(self, session: ClientSession) -> bool:
        """One question; whether Telegram answered it with updates, be it none."""
        question: dict[str, Any] = {"timeout": WAIT_SECONDS, "allowed_updates": list(KINDS)}
        if self._offset is not None:
            question["offset"] = self._offset
        async with session.post(self._url, json=question) as response:
            answer = await response.json(content_type=None)
        if not isinstance(answer, dict):
            raise ValueError("not an answer of Telegram's")
        if not answer.get("ok"):
            self._told = self._refused(answer)
            return False
        updates = answer.get("result")
        if not isinstance(updates, list) or not all(map(_is_update, updates)):
            raise ValueError("not an answer of Telegram's")
        await self._store(updates)
        self._answered()
        return True

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        if updates:
            await self._intake.keep(updates)
        # Asked once, everything before it is acknowledged: an old one could only hide low ids.
        self._offset = max(update["update_id"] for update in updates) + 1 if updates else None

    def _refused(self, answer: dict[str, Any]) -> float | None:
        """How long Telegram says to wait, if it does; raises TokenRefused."""
        code = answer.get("error_code")
        if code in TOKEN_ERRORS:
            raise TokenRefused
        if code == CONFLICT:
            log.error("somebody else polls with this token, or a webhook is set")
        wait = (answer.get("parameters") or {}).get("retry_after")
        return float(wait) if wait else None

    async def _pause(self, seconds: float | None = None) -> None:
        """Rest as long as told, else longer each time."""
        await asyncio.sleep(seconds if seconds is not None else self._rest)
        self._rest = min(LONGEST_REST, self._rest * 2)


def _is_update(found: object) -> bool:
    """Whether it can be stored; what is in it is nobody's business here."""
    return isinstance(found, dict) and isinstance(found.get("update_id"), int)
