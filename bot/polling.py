"""Long polling: fetch raw updates, store them, and only then acknowledge by asking for the next.

The offset lives in memory: after a start Telegram repeats what was not acknowledged, and the store
knows it. (Ids restart at random after a quiet week, so an old offset must never be trusted.)
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.intake import Intake
from bot.updates import KINDS, can_be_kept
from services.types import Unavailable

log = logging.getLogger(__name__)

WAIT_SECONDS = 25  # how long Telegram holds an empty answer; it allows 50
SLACK_SECONDS = 15  # and how much longer it is waited for
STUCK_SECONDS = 90.0  # one poll with all that belongs to it; then it is begun anew
HUNG_POLLS = 3  # one after the other, each with a new line: then the process may be what is ill
FIRST_REST, LONGEST_REST = 0.5, 30.0
LONGEST_CONFLICT_REST = 60.0  # who is told 409 again and again stands by
CONFLICT_OVER = 300.0  # after so long without one, the next is the first again
TOKEN_ERRORS = (401, 404)
CONFLICT = 409

MayPoll = Callable[[], Awaitable[bool]]


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Deaf(Exception):
    """Poll after poll hangs; only a new process can tell whose fault it is."""


async def always() -> bool:
    """There is nobody else who could poll."""
    return True


class Poller:
    """Asks one bot's updates over and over until stopped."""

    def __init__(
        self,
        api_url: str,
        token: str,
        intake: Intake,
        answered: Callable[[], None] = lambda: None,
        may_poll: MayPoll = always,
    ) -> None:
        self._url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
        self._intake, self._answered, self._may_poll = intake, answered, may_poll
        self._offset: int | None = None
        self._rest = self._conflict_rest = FIRST_REST
        self._conflict_at = 0.0
        self._told: float | None = None
        self._hung = 0
        self._stands_by = False

    async def run(self) -> None:
        """Poll until cancelled; raises TokenRefused or Deaf."""
        timeout = ClientTimeout(total=WAIT_SECONDS + SLACK_SECONDS)
        while True:
            try:
                # After a failure with a new line: an old one may be half dead.
                async with ClientSession(timeout=timeout) as session:
                    await self._poll_on(session)
            except TimeoutError:
                self._count_hung()
                await self._pause()
            except (ClientError, ValueError, RecursionError, Unavailable) as error:
                self._hung = 0
                log.warning("no updates for now", extra={"why": type(error).__name__})
                await self._pause()

    def _count_hung(self) -> None:
        """Nothing came for far longer than Telegram waits; raises Deaf if that goes on."""
        self._hung += 1
        if self._hung >= HUNG_POLLS:
            raise Deaf
        level = logging.WARNING if self._hung == 1 else logging.ERROR
        log.log(level, "a poll hung", extra={"in_a_row": self._hung})

    async def _poll_on(self, session: ClientSession) -> None:
        while True:
            async with asyncio.timeout(STUCK_SECONDS):  # storing may hang as well
                if not await self._its_turn():
                    break
                answered = await self._poll(session)
            self._hung = 0
            if answered:
                self._rest = FIRST_REST
            else:
                await self._pause(self._told)
        await asyncio.sleep(FIRST_REST)

    async def _its_turn(self) -> bool:
        """Two that ask with one token end each other's question: of ours only one asks."""
        ours = await self._may_poll()
        if not ours:
            self._answered()  # to the other one: from this one no silence is told
        if self._stands_by == ours:
            self._stands_by = not ours
            log.info("polling" if ours else "another process polls; standing by")
        return ours

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
        if not isinstance(updates, list) or not all(map(can_be_kept, updates)):
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
        """How long to wait, if Telegram says so or somebody else polls; raises TokenRefused."""
        code = answer.get("error_code")
        if code in TOKEN_ERRORS:
            raise TokenRefused
        if code == CONFLICT:
            log.error("somebody else polls with this token, or a webhook is set")
            return self._conflict()
        wait = (answer.get("parameters") or {}).get("retry_after")
        return float(wait) if wait else None

    def _conflict(self) -> float:
        """Each time longer: after a minute of it the other may go on, and we only look in."""
        now = asyncio.get_running_loop().time()
        if now - self._conflict_at > CONFLICT_OVER:
            self._conflict_rest = FIRST_REST
        rest, self._conflict_at = self._conflict_rest, now
        self._conflict_rest = min(LONGEST_CONFLICT_REST, 2 * rest)
        return rest

    async def _pause(self, seconds: float | None = None) -> None:
        """Rest as long as told, else longer each time."""
        await asyncio.sleep(seconds if seconds is not None else self._rest)
        self._rest = min(LONGEST_REST, self._rest * 2)
