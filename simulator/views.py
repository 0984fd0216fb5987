"""How a phone looks, as JSON: for the page and for tests over HTTP. Nothing changes by looking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from simulator import profile
from simulator.chats import Chat, Message
from simulator.shapes import Json
from simulator.users import Bot, Person

if TYPE_CHECKING:
    from simulator.state import State

MEDIA = ("photo", "voice", "document", "venue", "location", "contact", "sticker")
SERVICE = {
    "new_chat_members": "joined the group",
    "migrate_to_chat_id": "made the group a supergroup",
    "migrate_from_chat_id": "made the group a supergroup",
}
TYPING = timedelta(seconds=6)
TOASTS_SHOWN = 20


def phone(state: State, person: Person) -> dict[str, Any]:
    """One phone with all its chats."""
    chats = _chats(state, person)
    if not any(chat.bot is state.bot for chat in chats):
        chats.insert(0, Chat(person.id, "private", person=person, bot=state.bot))
    return {**summary(state, person), "chats": [_chat(state, chat, person) for chat in chats]}


def _chats(state: State, person: Person) -> list[Chat]:
    chats = [chat for chat in state.private.values() if chat.person is person]
    return chats + [group for group in state.groups.values() if person.id in group.members]


def summary(state: State, person: Person) -> dict[str, Any]:
    """The phone without its messages, for a list."""
    chat = state.private.get((state.bot.username, person.id))
    last = chat.visible()[-1:] if chat else []
    return {
        "id": person.id,
        "name": person.name,
        "first_name": person.first_name,
        "language_code": person.language_code,
        "deleted": person.deleted,
        "blocked": bool(chat and chat.blocked),
        "started": bool(chat and chat.started),
        "last": last[0].text[:80] if last else "",
        "last_at": last[0].date.isoformat() if last else None,
        "unread": sum(chat.unread(person) for chat in _chats(state, person)),
        "about": person.about,
        "in_front": person.in_front,
        "toasts": person.toasts[-TOASTS_SHOWN:],
    }


def _chat(state: State, chat: Chat, person: Person) -> dict[str, Any]:
    bot = chat.bot or state.bot
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": bot.name if chat.bot else chat.title,
        "bot": bot.username,
        "key": bot.username if chat.bot else chat.id,
        "started": chat.started,
        "blocked": chat.blocked,
        "over": chat.closed or chat.moved_to is not None,
        "description": profile.word(bot, "description", person.language_code),
        "commands": profile.commands_for(bot, chat.id, person.language_code, chat.kind),
        "keyboard": chat.keyboard,
        "read": chat.read.get(person.id, 0),
        "unread": chat.unread(person),
        "typing": _typing(chat, state.now()),
        "messages": [message_view(message, person) for message in chat.messages.values()],
    }


def _typing(chat: Chat, now: datetime) -> str | None:
    if chat.action is None or abs(now - chat.action[1]) > TYPING:
        return None
    return chat.action[0]


def message_view(message: Message, person: Person) -> dict[str, Any]:
    """One bubble."""
    content = message.content
    sender = message.sender
    body = {
        "id": message.id,
        "mine": sender is person,
        "from": sender.name,
        "from_bot": isinstance(sender, Bot),
        "at": message.date.isoformat(),
        "edited": message.edited.isoformat() if message.edited else None,
        "deleted": message.deleted,
        "revision": message.revision,
        "text": message.text,
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "buttons": message.buttons,
        "reply_to": message.reply_to,
    }
    kind = next((one for one in MEDIA if one in content), None)
    if kind:
        body["media"] = {"kind": kind, **_details(content[kind])}
    for change, words in SERVICE.items():
        if change in content:
            body["service"] = words
    if "forward_origin" in content:
        body["forwarded"] = content["forward_origin"].get("sender_user_name", "")
    if content.get("has_protected_content"):
        body["protected"] = True
    return body


def _details(media: Json) -> dict[str, Any]:
    return dict(media[-1] if isinstance(media, list) else media)
