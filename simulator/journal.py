"""Every call of a bot, in order, with the exact bytes it sent, without its token."""

from __future__ import annotations

import base64
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KEPT = 50_000


@dataclass
class Call:
    """One call and what became of it; `status` is 0 while it is under way or its line was cut."""

    n: int
    at: datetime
    bot: int
    method: str
    body: bytes
    content_type: str
    params: dict[str, Any] = field(default_factory=dict)
    chat: int | None = None
    status: int = 0
    answer: bytes = b""
    fault: str | None = None
    obeyed: bool = False  # whether Telegram did what was asked
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The call for the control interface; bodies that are no text come in base64."""
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "bot": self.bot,
            "method": self.method,
            "chat": self.chat,
            "params": self.params,
            "content_type": self.content_type,
            **_shown("body", self.body),
            "status": self.status,
            **_shown("answer", self.answer),
            "fault": self.fault,
            "obeyed": self.obeyed,
            "seconds": round(self.seconds, 4),
        }


class Journal:
    """The last calls, oldest first."""

    def __init__(self, kept: int = KEPT) -> None:
        self.entries: deque[Call] = deque(maxlen=kept)
        self.count = 0

    def open(self, at: datetime, bot: int, method: str, body: bytes, content_type: str) -> Call:
        """Write down a call that just came in."""
        self.count += 1
        call = Call(self.count, at, bot, method, body, content_type)
        self.entries.append(call)
        return call

    def calls(
        self, method: str | None = None, *, chat: int | None = None, since: int = 0
    ) -> list[Call]:
        """The calls after number `since`, of one method or chat if given."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self.entries
            if call.n > since
            and (wanted is None or call.method.lower() == wanted)
            and (chat is None or call.chat == chat)
        ]


def _shown(name: str, content: bytes) -> dict[str, str]:
    try:
        return {name: content.decode()}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(content).decode()}
