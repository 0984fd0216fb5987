"""What a handler wants said in the chat that wrote: kept sealed until it is said."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from messaging.keyboards import Button, File, FileKind, Keys, Message, Picture, Pin


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Messages for the chat that wrote; `instead`: the first one replaces the pressed message.

    `menu`: from now on this chat's command menu is in that language. `fades`: what is said, and
    what it answers, is gone in ten minutes; where it cannot be deleted, that language says nothing.
    `forgets`: once it is said, nothing is kept of this chat.
    """

    messages: tuple[Message, ...] = ()
    instead: bool = False
    menu: str | None = None
    fades: str | None = None
    forgets: bool = False

    def dump(self) -> str:
        """As text, to be kept until it is said."""
        return json.dumps(vars(self), ensure_ascii=False, default=_as_kept)


def _as_kept(value: object) -> object:
    """The fields of a part of a message, or a file's content as text."""
    return b64encode(value).decode() if isinstance(value, bytes) else vars(value)


def load(kept: str) -> Reply:
    """The reply that `dump` kept."""
    facts = json.loads(kept)
    return Reply(
        messages=tuple(_message(each) for each in facts["messages"]),
        instead=facts["instead"],
        menu=facts["menu"],
        fades=facts.get("fades"),  # kept before there was such a thing: not
        forgets=facts.get("forgets", False),
    )


def _message(facts: dict[str, Any]) -> Message:
    return Message(
        text=facts["text"],
        rows=tuple(tuple(Button(**button) for button in row) for row in facts["rows"]),
        silent=facts["silent"],
        file=_file(facts.get("file")),  # kept before there were files: none
        pin=Pin(**facts["pin"]) if facts.get("pin") else None,
        keys=Keys(**facts["keys"]) if facts.get("keys") else None,
    )


def _file(facts: dict[str, Any] | None) -> File | Picture | None:
    if facts is None:
        return None
    if "number" in facts:
        return Picture(facts["number"])
    content, seconds = b64decode(facts["content"]), facts.get("seconds", 0)
    return File(FileKind(facts["kind"]), facts["name"], content, seconds)


def say(*messages: Message) -> Reply:
    """New messages under what was written."""
    return Reply(messages=messages)


def instead(*messages: Message) -> Reply:
    """The first message takes the place of the one whose button was pressed."""
    return Reply(messages=messages, instead=True)
