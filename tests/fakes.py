"""Doubles with the real interface: a Telegram that does as told, a clock that can be moved."""

import asyncio
import socket
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from messaging import push
from messaging.keyboards import File, Picture
from storage.database import Database, Tx, Unavailable

Script = push.Outcome | Exception


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


class FakeMonotonic:
    """A monotonic clock; asyncio.sleep on it takes no time at all."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True)
class Said:
    """One message as Telegram got it."""

    chat_id: int
    text: str
    keyboard: Mapping[str, object] | None
    silent: bool
    file: File | Picture | None = None


class FakePush:
    """A services.claimed.Pusher: plays what is scripted for a chat, else what `usually` says."""

    def __init__(self, usually: Callable[[], Script] | None = None) -> None:
        self.attempts: list[Said] = []
        self.arrived: list[Said] = []
        self.deleted: list[tuple[int, int]] = []
        self.rewritten: list[tuple[int, int, str]] = []
        self.edited: list[tuple[int, int, str]] = []
        self.pictures: list[str] = []  # that took another's place
        self.clears: deque[push.Outcome | push.Cleared] = deque()  # what comes of the next ones
        self.files: dict[str, push.Fetched | push.Outcome] = {}  # what people have sent
        self.fetched: list[str] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.at_once: defaultdict[int, int] = defaultdict(int)
        self.most_at_once = 0  # to one chat
        self.takes = 0.0  # seconds a send is on the wire
        self.on_send: Callable[[Said], None] = lambda said: None
        self.door: asyncio.Event | None = None  # set: every send waits for it
        self._usually = usually
        self._scripts: defaultdict[int, deque[Script]] = defaultdict(deque)

    def script(self, chat_id: int, *outcomes: Script) -> None:
        """What comes of the next sends to that chat, in order."""
        self._scripts[chat_id].extend(outcomes)

    @property
    def chats(self) -> list[int]:
        """The chats that got something, in order."""
        return [said.chat_id for said in self.arrived]

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: File | Picture | None = None,
    ) -> push.Outcome:
        said = Said(chat_id, text, keyboard, silent, file)
        self.attempts.append(said)
        number = len(self.attempts)  # its own, also where others are on their way
        self.on_send(said)
        self._enter(chat_id)
        try:
            await asyncio.sleep(self.takes)
            if self.door is not None:
                await self.door.wait()
        finally:
            self.in_flight -= 1
            self.at_once[chat_id] -= 1
        return self._outcome(said, number)

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> push.Outcome | push.Cleared:
        self.deleted += [(chat_id, each) for each in message_ids]
        return self.clears.popleft() if self.clears else push.Cleared()

    async def rewrite(
        self, chat_id: int, message_id: int, text: str
    ) -> push.Outcome | push.Cleared:
        self.rewritten.append((chat_id, message_id, text))
        return self.clears.popleft() if self.clears else push.Cleared()

    async def fetch(self, file_id: str) -> push.Fetched | push.Outcome:
        self.fetched.append(file_id)
        return self.files.get(file_id, push.Refused("invalid file_id"))

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        picture: Picture | None = None,
    ) -> push.Outcome:
        script = self._scripts[chat_id]
        outcome = script.popleft() if script else push.Sent(message_id)
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, push.Sent):
            self.edited.append((chat_id, message_id, text))
            self.pictures += [picture.number] if picture else []
        return outcome

    def _enter(self, chat_id: int) -> None:
        self.in_flight += 1
        self.at_once[chat_id] += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.most_at_once = max(self.most_at_once, self.at_once[chat_id])

    def _outcome(self, said: Said, number: int) -> push.Outcome:
        script = self._scripts[said.chat_id]
        if script:
            outcome = script.popleft()
        else:
            outcome = self._usually() if self._usually else push.Sent(number)
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, push.Sent):
            self.arrived.append(said)
        return outcome


class FlakyDatabase:
    """A database whose every n-th commit fails as if another process held the file."""

    def __init__(self, real: Database, every: int) -> None:
        self._real, self._every = real, every
        self.commits = 0
        self.failed = 0

    @asynccontextmanager
    async def write(self, brief: bool = False) -> AsyncIterator[Tx]:
        async with self._real.write(brief) as tx:
            yield tx
            self.commits += 1
            if self.commits % self._every == 0:
                self.failed += 1
                raise Unavailable("COMMIT", None, Exception("database is locked"))

    def read(self) -> AbstractAsyncContextManager[Tx]:
        return self._real.read()

    def glance(self) -> AbstractAsyncContextManager[Tx]:
        return self._real.glance()

    @property
    def recalls(self) -> int:
        return self._real.recalls
