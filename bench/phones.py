"""The other end of the sender: nobody, or the real line to a Telegram that listens."""

import asyncio
from collections.abc import Mapping, Sequence

from bench.loopback import TOKEN
from messaging.keyboards import File, Picture
from messaging.push import Cleared, Outcome, Push, Refused, Sent

WIDE_OPEN = 1_000_000.0
Body = tuple[int, str, Mapping[str, object] | None, bool]


class Nowhere:
    """Takes every message, a round trip later: what is left is our own cost."""

    def __init__(self, round_trip: float = 0) -> None:
        self.taken, self._round_trip = 0, round_trip

    def came(self, chat_id: int, text: str) -> None:
        """For who wants to know of each."""

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: File | Picture | None = None,
    ) -> Outcome:
        self.came(chat_id, text)
        if self._round_trip:
            await asyncio.sleep(self._round_trip)
        self.taken += 1
        return Sent(self.taken)

    async def edit(self, *_asked: object) -> Outcome:
        return Sent(1)

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> Cleared:
        return Cleared()

    async def rewrite(self, *_asked: object) -> Cleared:
        return Cleared()

    async def fetch(self, file_id: str) -> Outcome:
        return Refused("nothing here")


class Recording(Push):
    """The real line, which remembers what it was given."""

    def __init__(self, url: str, per_second: float = WIDE_OPEN) -> None:
        super().__init__(TOKEN, url, per_second)
        self.bodies: list[Body] = []

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: File | Picture | None = None,
    ) -> Outcome:
        self.bodies.append((chat_id, text, keyboard, silent))
        return await super().send(chat_id, text, keyboard, silent, file)
