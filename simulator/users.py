"""Who there is: people with phones, and bots. What they can do is in other modules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.limits import Pace
from simulator.updates import Updates


@dataclass
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    phone: str = ""
    deleted: bool = False
    toasts: list[dict[str, Any]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)  # who that is, by the page's language
    in_front: int = 0  # its place on the page before anybody has chosen; 0: not shown then

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name or ''}".strip()

    def as_user(self) -> dict[str, Any]:
        """The person as a bot is told of them."""
        if self.deleted:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        user = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in user.items() if value is not None}


@dataclass
class Webhook:
    """Where a bot wants its updates."""

    url: str
    secret: str = ""
    max_connections: int = 40
    error: str = ""
    error_at: datetime | None = None
    tries: int = 0
    busy: set[str] = field(default_factory=set)


@dataclass
class Bot:
    """One bot: its queue of updates, its settings, its pace."""

    id: int
    username: str
    name: str
    updates: Updates
    adopted: bool = False  # whether a token has come that it belongs to
    webhook: Webhook | None = None
    pace: Pace = field(default_factory=Pace)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # (what, language) -> text
    menus: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_message_id: int = 0
    user: dict[str, Any] = field(default_factory=dict)

    def as_user(self) -> dict[str, Any]:
        """The bot as seen in messages: one object for ever, so a number it gets later is in it."""
        self.user |= {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }
        return self.user

    def as_me(self) -> dict[str, Any]:
        """What getMe answers."""
        return {
            **self.as_user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "supports_guest_queries": False,
            "supports_join_request_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }


def new_bot(id: int, username: str, updates: Callable[[], Updates]) -> Bot:
    """A bot with an empty queue; its shown name is its username without the ending."""
    name = username[:-3] if username.lower().endswith("bot") else username
    return Bot(id, username, name.rstrip("_") or username, updates())
