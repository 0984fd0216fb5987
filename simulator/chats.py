"""Where people and bots meet: private chats and groups, with everything said there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.users import Bot, Person

Sender = Person | Bot


@dataclass
class Message:
    """One message; `content` is in the Bot API's own form (text, entities, photo, ...)."""

    id: int
    chat: Chat
    sender: Sender
    date: datetime
    content: dict[str, Any]
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    edited: datetime | None = None
    deleted: bool = False
    earlier: list[tuple[dict[str, Any], dict[str, Any] | None]] = field(default_factory=list)
    revision: int = 0  # counts everything that changed its look, for the page

    @property
    def text(self) -> str:
        """The text or the caption, empty if it has neither."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons under it now."""
        return list((self.markup or {}).get("inline_keyboard", []))

    def change(
        self, content: dict[str, Any], markup: dict[str, Any] | None, at: datetime | None
    ) -> None:
        """Replace content and keyboard, remembering what was there; `at` marks it as edited."""
        self.earlier.append((self.content, self.markup))
        self.content, self.markup = content, markup
        self.edited = at or self.edited
        self.revision += 1

    def for_bot(self) -> dict[str, Any]:
        """The Message object of the Bot API."""
        body: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_user(),
            "chat": self.chat.for_bot(),
            "date": int(self.date.timestamp()),
        }
        if self.edited:
            body["edit_date"] = int(self.edited.timestamp())
        replied = self.chat.messages.get(self.reply_to or 0)
        if replied and not replied.deleted:
            body["reply_to_message"] = {**replied._plain()}
        body |= self.content
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body

    def _plain(self) -> dict[str, Any]:
        body = {"message_id": self.id, "from": self.sender.as_user(), "chat": self.chat.for_bot()}
        return {**body, "date": int(self.date.timestamp()), **self.content}


@dataclass
class Chat:
    """A private chat of one person with one bot, or a group."""

    id: int
    kind: str  # private, group or supergroup
    person: Person | None = None
    bot: Bot | None = None
    title: str = ""
    members: dict[int, Person] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)  # bots inside, by username
    gone: set[str] = field(default_factory=set)  # bots that were thrown out
    messages: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    closed: bool = False  # a group that was deleted
    moved_to: int | None = None
    last_message_id: int = 0
    keyboard: dict[str, Any] | None = None
    action: tuple[str, datetime] | None = None
    read: dict[int, int] = field(default_factory=dict)  # by person: the newest message they saw

    def for_bot(self) -> dict[str, Any]:
        """The Chat object of the Bot API."""
        if self.person is not None:
            user = self.person.as_user()
            names = ("first_name", "last_name", "username")
            body = {name: user[name] for name in names if name in user}
            return {"id": self.id, **body, "type": "private"}
        return {"id": self.id, "title": self.title, "type": self.kind}

    def visible(self) -> list[Message]:
        """Messages that were not deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def unread(self, person: Person) -> int:
        """How many messages of others that person has not seen."""
        seen = self.read.get(person.id, 0)
        return sum(one.id > seen and one.sender is not person for one in self.visible())

    def hears(self) -> list[Bot]:
        """The bots that get updates from here."""
        return [self.bot] if self.bot is not None else list(self.bots.values())
