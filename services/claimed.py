"""A message that is being sent, and what it takes to send one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from messaging import keyboards, push
from programme.letters import Letter
from services.calendar import Enclosed
from services.clearing import Clears
from services.mending import Mends
from services.recording_fetch import Fetches
from storage.outbox import Waiting


class Pusher(Clears, Fetches, Mends, Protocol):
    """Whatever can send a message, change it or take it away, and say what came of it."""

    async def send(
        self,
        chat_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        silent: bool,
        file: keyboards.File | keyboards.Picture | None = None,
    ) -> push.Outcome:
        """What came of it."""
        ...


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send now, as the facts are now."""

    message: Waiting
    language: str
    letters: tuple[Letter, ...]
    at: datetime  # when that was looked at
    folded: bool
    label: str | None = None  # of the family, if staff are the readers
    enclosed: Enclosed | None = None  # for the reader's calendar
    listen: str | None = None  # what *Listen* under it sends, if it can be heard
