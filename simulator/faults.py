"""Trouble on request: what the next calls of a method shall suffer. Never by chance."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from simulator.errors import ApiError
from simulator.shapes import Json

KINDS = ("error", "html", "garbage", "cut", "hang")
_PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass
class Fault:
    """One kind of trouble for some calls.

    `times` calls suffer (None: all), after `skip` went well; `lasting` seconds at most. With
    `after` the call is obeyed first and only its answer suffers.
    """

    kind: str = "error"
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    skip: int = 0
    after: bool = False
    status: int = 500
    description: str = ""
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    seconds: float = 0.0
    lasting: float | None = None
    id: int = 0
    hits: int = 0
    born: float = field(default_factory=time.monotonic, repr=False)

    def over(self) -> bool:
        """Whether it will not strike any more."""
        if self.times is not None and self.hits >= self.times:
            return True
        return self.lasting is not None and time.monotonic() - self.born >= self.lasting

    def meets(self, method: str, chat: int | None) -> bool:
        """Whether it concerns this call."""
        right_method = self.method in ("*", "") or self.method.lower() == method.lower()
        return right_method and (self.chat is None or self.chat == chat)

    def error(self) -> ApiError:
        """The answer in Telegram's form."""
        parameters: dict[str, int] = {}
        text = self.description or _PREFIX.get(self.status, "Error")
        if self.retry_after is not None:
            wait = self.retry_after
            if self.lasting is not None:
                wait = max(1, round(self.lasting - (time.monotonic() - self.born)))
            parameters["retry_after"] = wait
            text = self.description or f"Too Many Requests: retry after {wait}"
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        return ApiError(self.status, text, **parameters)

    def as_dict(self) -> dict[str, Any]:
        """All fields, for the control interface."""
        return {key: value for key, value in asdict(self).items() if key != "born"}


class Faults:
    """The faults that are set; the first that fits strikes."""

    def __init__(self) -> None:
        self.active: list[Fault] = []
        self.delay_ms = 0.0
        self._last = 0

    def add(self, fault: Fault) -> Fault:
        """Set a fault; it gets a number to remove it by."""
        if fault.kind not in KINDS:
            raise ValueError(f"A fault is one of {', '.join(KINDS)}, not {fault.kind!r}.")
        self._last += 1
        fault.id = self._last
        self.active.append(fault)
        return fault

    def from_dict(self, wanted: dict[str, Any]) -> Fault:
        """Set the fault a control request describes; ValueError names a strange field."""
        known = {one.name for one in fields(Fault)} - {"id", "hits", "born"}
        strange = sorted(set(wanted) - known)
        if strange:
            raise ValueError(f"A fault has no {', '.join(strange)}.")
        return self.add(Fault(**wanted))

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault this call suffers, if any; counts it."""
        self.active = [fault for fault in self.active if not fault.over()]
        for fault in self.active:
            if not fault.meets(method, chat):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            return fault
        return None

    def clear(self, id: int | None = None) -> None:
        """Remove one fault, or all of them."""
        self.active = [fault for fault in self.active if id is not None and fault.id != id]

    def error(
        self, method: str = "*", status: int = 500, description: str = "", **more: Json
    ) -> Fault:
        """The next call answers with this status in Telegram's form."""
        return self.add(Fault("error", method, status=status, description=description, **more))

    def too_many(self, method: str = "*", retry_after: int = 3, **more: Json) -> Fault:
        """The next call answers 429 with `retry_after`."""
        return self.add(Fault("error", method, status=429, retry_after=retry_after, **more))

    def flood(self, seconds: int, method: str = "*", **more: Json) -> Fault:
        """All calls answer 429 for `seconds`, each with what is left of the time."""
        wait = {"retry_after": seconds, "lasting": float(seconds), "times": None}
        wanted: dict[str, Any] = wait | more
        return self.add(Fault("error", method, status=429, **wanted))

    def migrated(self, chat: int, to: int, **more: Json) -> Fault:
        """The next call for `chat` answers that it became the supergroup `to`."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        wanted = {"status": 400, "description": text, "migrate_to_chat_id": to, "chat": chat}
        fields: dict[str, Any] = wanted | more
        return self.add(Fault("error", **fields))

    def html(self, method: str = "*", status: int = 502, **more: Json) -> Fault:
        """The next call is answered by a proxy, with a page."""
        return self.add(Fault("html", method, status=status, **more))

    def garbage(self, method: str = "*", **more: Json) -> Fault:
        """The next call gets half a JSON object."""
        return self.add(Fault("garbage", method, status=200, **more))

    def cut(self, method: str = "*", *, after: bool = False, **more: Json) -> Fault:
        """The next call loses its line, before or after it was obeyed."""
        return self.add(Fault("cut", method, after=after, **more))

    def hang(
        self, method: str = "*", seconds: float = 60, *, after: bool = False, **more: Json
    ) -> Fault:
        """The next call hangs for `seconds`, before or after it was obeyed, then goes on."""
        return self.add(Fault("hang", method, seconds=seconds, after=after, **more))
