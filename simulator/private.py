"""What a person can do on their phone with a bot: start, write, send, press, block. No groups."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from simulator import contents
from simulator.chats import Chat, Message
from simulator.contents import Content, Upload
from simulator.errors import Impossible, Unknown
from simulator.links import PAYLOAD, opened_by
from simulator.shapes import Json
from simulator.state import Press, State, Where, Who
from simulator.text import TEXT_LIMIT, clean, found, is_empty, trim, utf16
from simulator.users import Bot, Person
from simulator.voices import TWO_TONES

Button = int | str | None


class Phones(State):
    """The world as people use it."""

    def person(
        self,
        first_name: str,
        language_code: str | None = "sv",
        *,
        id: int | None = None,
        **more: Json,
    ) -> Person:
        """A new person with a phone; `more` may hold last_name, username and phone."""
        number = id if id is not None else self.next_person_id()
        if number in self.people:
            raise Impossible(f"There is a phone {number} already.")
        name = clean(first_name).strip()
        if not name:
            raise Impossible("A person needs a first name.")
        return self.add_person(Person(number, name, language_code or None, **more))

    def start(self, who: Who, payload: str = "", bot: str | None = None) -> Message:
        """Press Start, with a code or without; a blocked bot is unblocked by it."""
        person, chat = self._open(who, bot)
        if payload and not PAYLOAD.fullmatch(payload):
            raise Impossible("A start code has 1 to 64 of A-Z a-z 0-9 _ -.")
        if chat.blocked:
            self.unblock(person, bot)
        chat.started = True
        text = f"/start {payload}" if payload else "/start"
        return self.say(person, chat, {"text": text, "entities": found(text, [])})

    def open_link(self, who: Who, link: str) -> Message:
        """Follow a t.me link to a bot and press Start there."""
        target = opened_by(link)
        if target is None or not target[0]:
            raise Impossible("That is no link to a bot.")
        return self.start(who, target[1], target[0])

    def write(
        self, who: Who, text: str, chat: Where = None, reply_to: int | None = None
    ) -> Message:
        """Write a text; one that is too long goes in pieces, the last is returned."""
        person = self.who(who)
        place = self.where(person, chat)
        text, _ = trim(clean(text), [])
        if is_empty(text):
            raise Impossible("There is nothing to send.")
        if place.kind == "private" and text.split()[0] == "/start":
            place.started = True
        self._can_write(person, place)
        for piece in _pieces(text):
            content: Content = {"text": piece}
            entities = found(piece, [])
            message = self.say(
                person, place, content | ({"entities": entities} if entities else {}), reply_to
            )
        return message

    def send(self, who: Who, kind: str, chat: Where = None, **details: Json) -> Message:
        """Send a sticker, voice, photo, document, contact or location."""
        person = self.who(who)
        place = self.where(person, chat)
        self._can_write(person, place)
        return self.say(person, place, self._content(person, kind, details))

    def _content(self, person: Person, kind: str, details: dict[str, Any]) -> Content:
        caption = {"caption": details.pop("caption")} if details.get("caption") else {}
        if kind == "sticker":
            return contents.sticker(self.files, **details)
        if kind == "location":
            return contents.location(
                details.get("latitude", 57.7089), details.get("longitude", 11.9746)
            )
        if kind == "contact":
            number = details.get("phone_number") or person.phone or "+46700000000"
            return contents.contact(number, details.get("first_name", person.first_name), person.id)
        if kind == "voice":
            upload = Upload("voice.ogg", contents.VOICE, details.get("content") or TWO_TONES)
            return contents.voice(self.files, upload, details.get("duration")) | caption
        if kind == "photo":
            picture = details.get("content") or contents.grey_picture()
            upload = Upload(details.get("name", "photo.png"), "image/png", picture)
            return contents.photo(self.files, upload) | caption
        if kind == "document":
            name, mime = details.get("name", "note.txt"), details.get("mime", "text/plain")
            upload = Upload(name, mime, details.get("content") or b"A note.\n")
            return contents.document(self.files, upload) | caption
        raise Unknown(f"A phone cannot send a {kind} here.")

    def forward(self, who: Who, text: str, origin: str = "Somebody", chat: Where = None) -> Message:
        """Forward a text that `origin`, who hides their account, wrote elsewhere."""
        person = self.who(who)
        place = self.where(person, chat)
        self._can_write(person, place)
        source: dict[str, object] = {"type": "hidden_user", "sender_user_name": origin}
        source["date"] = int(self.now().timestamp())
        return self.say(person, place, {"text": text, "forward_origin": source})

    def edit(self, who: Who, message_id: int, text: str, chat: Where = None) -> Message:
        """Change a text one wrote."""
        person = self.who(who)
        place = self.where(person, chat)
        message = self._message(place, message_id)
        if message.sender is not person or "text" not in message.content:
            raise Impossible("Only one's own texts can be changed.")
        entities = found(text, [])
        content = {"text": text} | ({"entities": entities} if entities else {})
        message.change(content, message.markup, self.now())
        self.changed(place)
        for bot in place.hears():
            self.tell(bot, "edited_message", message.for_bot(), f"chat:{place.id}")
        return message

    def read(self, who: Who, message_id: int, chat: Where = None) -> None:
        """The person has seen everything up to that message; no bot is told."""
        person = self.who(who)
        place = self.where(person, chat)
        place.read[person.id] = max(message_id, place.read.get(person.id, 0))

    def press(
        self,
        who: Who,
        message_id: int | None = None,
        button: Button = None,
        *,
        data: str | None = None,
        chat: Where = None,
    ) -> Press:
        """Press an inline button by its number, its label, or with any `data` as a forger would.

        Without `message_id` it is the newest message with buttons. Works on old and, with `data`,
        on deleted messages, as on a phone that was offline.
        """
        person = self.who(who)
        place = self.where(person, chat)
        if place.blocked:
            raise Impossible(f"{person.name} has blocked the bot.")
        message = self._pressable(place, message_id)
        if data is None:
            data = _data_of(_pick(message, button))
        bot = message.sender if isinstance(message.sender, Bot) else (place.bot or self.bot)
        press = self.new_press(bot, person, place, message.id, data)
        self.tell(bot, "callback_query", _callback(press, message), f"user:{person.id}")
        return press

    def _pressable(self, place: Chat, message_id: int | None) -> Message:
        if message_id is not None:
            return self._message(place, message_id)
        for message in reversed(place.visible()):
            if message.buttons:
                return message
        raise Impossible("There is no button to press.")

    def block(self, who: Who, bot: str | None = None) -> None:
        """Block the bot; it is told by my_chat_member."""
        person, chat = self._open(who, bot)
        if chat.blocked:
            return
        chat.blocked = True
        self._membership(person, chat, "member", "kicked")

    def unblock(self, who: Who, bot: str | None = None) -> None:
        """Come back, without writing anything yet."""
        person, chat = self._open(who, bot)
        if not chat.blocked:
            return
        chat.blocked = False
        self._membership(person, chat, "kicked", "member")

    def delete_account(self, who: Who) -> None:
        """Leave Telegram for good; nobody is told."""
        person = self.who(who)
        person.deleted = True
        self.feed.tell(kind="phone", id=person.id)

    def say(
        self, person: Person, chat: Chat, content: Content, reply_to: int | None = None
    ) -> Message:
        """Put a person's message into a chat and tell the bots that may read it."""
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None  # a phone puts such keys away once it has been used
        message = self.add_message(chat, person, content, reply_to=reply_to)
        for bot in chat.hears():
            if chat.kind == "private" or _concerns(bot, chat, message):
                self.tell(bot, "message", message.for_bot(), f"chat:{chat.id}")
        return message

    def _open(self, who: Who, bot: str | None) -> tuple[Person, Chat]:
        person = self.who(who)
        if person.deleted:
            raise Impossible(f"{person.name} has left Telegram.")
        return person, self.private_chat(self.bot_named(bot), person)

    def _can_write(self, person: Person, chat: Chat) -> None:
        if person.deleted:
            raise Impossible(f"{person.name} has left Telegram.")
        if chat.blocked:
            raise Impossible(f"{person.name} has blocked the bot.")
        if chat.kind == "private" and not chat.started:
            raise Impossible(f"{person.name} has not pressed Start.")
        if chat.moved_to is not None or chat.closed:
            raise Impossible("That group is no more.")

    def _message(self, chat: Chat, message_id: int) -> Message:
        if message_id not in chat.messages:
            raise Unknown(f"There is no message {message_id} in that chat.")
        return chat.messages[message_id]

    def _membership(self, person: Person, chat: Chat, old: str, new: str) -> None:
        assert chat.bot is not None
        body = membership(chat, person, chat.bot, old, new, int(self.now().timestamp()))
        self.tell(chat.bot, "my_chat_member", body, f"chat:{chat.id}")
        self.changed(chat)


def membership(chat: Chat, by: Person, bot: Bot, old: str, new: str, date: int) -> dict[str, Any]:
    """A ChatMemberUpdated: the bot's place in a chat changed."""

    def member(status: str) -> dict[str, Any]:
        body = {"status": status, "user": bot.as_user()}
        return body | ({"until_date": 0} if status == "kicked" else {})

    return {
        "chat": chat.for_bot(),
        "from": by.as_user(),
        "date": date,
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }


def _callback(press: Press, message: Message) -> dict[str, Any]:
    shown = message.for_bot()
    if message.deleted:
        shown = {"chat": press.chat.for_bot(), "message_id": message.id, "date": 0}
    return {
        "id": press.id,
        "from": press.person.as_user(),
        "message": shown,
        "chat_instance": str(crc32(f"{press.bot.username} {press.chat.id}".encode()) * 1_000_003),
        "data": press.data,
    }


def _pick(message: Message, button: Button) -> dict[str, Any]:
    flat = [one for row in message.buttons for one in row]
    if isinstance(button, int) and 0 <= button < len(flat):
        return flat[button]
    if isinstance(button, str):
        exact = [one for one in flat if one["text"] == button]
        near = exact or [one for one in flat if button in one["text"]]
        if len(near) == 1:
            return near[0]
    labels = ", ".join(repr(one["text"]) for one in flat) or "none"
    raise Impossible(f"No such button: {button!r}. Buttons here: {labels}.")


def _data_of(button: dict[str, Any]) -> str:
    if "callback_data" not in button:
        raise Impossible(f"The button {button['text']!r} sends nothing to the bot.")
    return str(button["callback_data"])


def _pieces(text: str) -> list[str]:
    """`text` in parts of at most one message each, as phones cut it."""
    pieces, rest = [], text
    while utf16(rest) > TEXT_LIMIT:
        size = TEXT_LIMIT
        while utf16(rest[:size]) > TEXT_LIMIT:
            size -= 1
        pieces.append(rest[:size])
        rest = rest[size:]
    return [*pieces, rest]


def _concerns(bot: Bot, chat: Chat, message: Message) -> bool:
    """In groups a bot reads only what is meant for it (Telegram's privacy mode)."""
    if "text" not in message.content and "caption" not in message.content:
        return any(key.startswith(("new_chat", "left_chat", "migrate")) for key in message.content)
    text, name = message.text.lower(), f"@{bot.username.lower()}"
    if name in text:
        return True
    first = text.split()[0] if text.split() else ""
    if first.startswith("/") and "@" not in first:
        return True
    replied = chat.messages.get(message.reply_to or 0)
    return replied is not None and replied.sender is bot
