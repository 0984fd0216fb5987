"""What a handler wants said in the chat that wrote: kept sealed until it is said."""

import json
from dataclasses import asdict, dataclass

from messaging.keyboards import Button, Message


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Messages for the chat that wrote; `instead`: the first one replaces the pressed message.

    `menu`: from now on this chat's command menu is in that language.
    """

    messages: tuple[Message, ...] = ()
    instead: bool = False
    menu: str | None = None

    def dump(self) -> str:
        """As text, to be kept until it is said."""
        return json.dumps(asdict(self), ensure_ascii=False)


def load(kept: str) -> Reply:
    """The reply that `dump` kept."""
    facts = json.loads(kept)
    return Reply(
        messages=tuple(_message(each) for each in facts["messages"]),
        instead=facts["instead"],
        menu=facts["menu"],
    )


def _message(facts: dict[str, object]) -> Message:
    rows = facts["rows"]
    assert isinstance(rows, list)  # written by `dump`
    return Message(
        text=str(facts["text"]),
        rows=tuple(tuple(Button(**button) for button in row) for row in rows),
        silent=bool(facts["silent"]),
    )


def say(*messages: Message) -> Reply:
    """New messages under what was written."""
    return Reply(messages=messages)


def instead(*messages: Message) -> Reply:
    """The first message takes the place of the one whose button was pressed."""
    return Reply(messages=messages, instead=True)
