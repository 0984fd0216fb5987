"""What comes in: people who tap and write, forgers, and whatever Telegram might send."""

import json
from collections import deque
from random import Random
from typing import Any

from messaging.commands import COMMANDS
from tests.fuzz import odd, presses, shapes
from tests.fuzz.town import Town, name_of, words_of
from tests.handlers.phone import Line

GROUP, CHANNEL = -4_100_000_001, -1_009_000_000_001
TYPED = (
    *("ja", "nej", "hej", "2026-11-20", "20/11", "kl 9.30", "10:00", "9-12", "9-12, 13-15", "12"),
    *("5", "0", "100", "Anna", "Angered", "öppen förskola", "when can I see the nurse?", "hjälp"),
    *("feber", "https://example.org/x.ics", "https://10.0.0.1/x.ics", "file:///etc/passwd", "."),
    *("مرحبا", "waan ku faraxsanahay", "Title\nBody of it", "blod 112", "forty-one", "57.7, 11.9"),
)
WORDS = (*COMMANDS, "start", "staff", "danger", "exit", "where", "x", "start@test_bot")
DAY = 1_793_700_000


class Grammar:
    """Makes one update after the other, out of a seed and of what stands on the phones."""

    def __init__(self, draw: Random, town: Town, line: Line) -> None:
        self._draw, self._town, self._line = draw, town, line
        self._number = 1
        self._messages = 1_000_000
        self._past: deque[dict[str, Any]] = deque(maxlen=60)  # recorded, to be mutated and repeated

    def next(self) -> bytes:
        """The next update as it comes over the wire."""
        self._number += 1
        made = {"update_id": self._number, **self._body()}
        if "update_id" in made and self._draw.random() < 0.002:
            made["update_id"] = odd.value(self._draw)
        return json.dumps(made).encode()

    def _body(self) -> dict[str, Any]:
        kind = self._draw.random()
        if kind < 0.12 and self._past:
            return odd.spoil(self._draw, self._draw.choice(self._past))
        if kind < 0.20:
            return self._by_shape()
        if kind < 0.22:
            return odd.spoil(self._draw, self._by_shape())
        if kind < 0.26:
            return self._elsewhere()
        made = self._press() if kind < 0.72 else {"message": self._message(self._content())}
        self._past.append(made)
        return made

    def _chat(self) -> int:
        town, kind = self._town, self._draw.random()
        if kind < 0.5:
            return self._draw.choice(town.parents)
        return self._draw.choice(town.colleagues if kind < 0.9 else town.strangers)

    def _user(self, chat: int) -> dict[str, Any]:
        return {
            "id": chat,
            "is_bot": False,
            "first_name": name_of(chat),
            "language_code": self._draw.choice(("sv", "en", "ar", "de", "xx")),
        }

    def _here(self, chat: int) -> dict[str, Any]:
        return {"id": chat, "type": "private", "first_name": name_of(chat)}

    def _message(self, content: dict[str, Any], chat: int | None = None) -> dict[str, Any]:
        chat = chat or self._chat()
        self._messages += 1
        if self._draw.random() < 0.25:
            content = own_words(chat, content)
        user, here = self._user(chat), self._here(chat)
        return {"message_id": self._messages, "from": user, "chat": here, "date": DAY} | content

    def _content(self) -> dict[str, Any]:
        draw, kind = self._draw, self._draw.random()
        if kind < 0.25:
            return _command(draw.choice(WORDS))
        if kind < 0.30:
            return _command("start", draw.choice((*self._town.codes, "x" * 22, "p_" + "y" * 20)))
        if kind < 0.60:
            return {"text": draw.choice(TYPED)}
        if kind < 0.75:
            return {"text": odd.string(draw)}
        return (
            {draw.choice(("text", "caption")): "…"} | self._file() if kind < 0.95 else self._file()
        )

    def _file(self) -> dict[str, Any]:
        """A photo, a place, a voice: any one thing that a message may be."""
        whole = shapes.of_kind(self._draw, "message")
        parts = {k: v for k, v in whole.items() if k not in {"from", "chat", "date", "message_id"}}
        spot = {"latitude": 57.7 + self._draw.random(), "longitude": 11.9}
        known = {"location": spot, "voice": _file(7), "photo": [_file(0)], "dice": _DICE}
        parts.update(self._draw.sample(sorted(known.items()), self._draw.choice((0, 1, 1))))
        return parts

    def _press(self) -> dict[str, Any]:
        draw, chat = self._draw, self._chat()
        shown = self._line.chats[chat]
        kind = draw.random()
        number = draw.choice((max(shown, default=1), *sorted(shown)[-5:], 1, 10**6))
        if kind < 0.55 and shown:  # a person taps what stands there
            with_buttons = [n for n in sorted(shown)[-6:] if shown[n].buttons]
            if with_buttons:
                number = draw.choice(with_buttons)
                return self._tap(chat, draw.choice(shown[number].buttons)[1], number)
        if kind < 0.7:  # a button from somebody else's phone
            other = self._line.chats[self._chat()]
            buttons = [b for n in sorted(other)[-6:] for b in other[n].buttons]
            if buttons:
                return self._tap(chat, draw.choice(buttons)[1], number)
        data = odd.string(draw)[:80] if kind > 0.97 else presses.forged(draw)
        return self._tap(chat, data, number)

    def _tap(self, chat: int, data: str | None, number: int) -> dict[str, Any]:
        self._messages += 1
        press = {"id": str(self._messages), "from": self._user(chat), "chat_instance": "1"}
        held = self._draw.random()
        if held < 0.9:
            old = held < 0.4  # too old to be held
            text = {} if old else {"text": "x", "from": _BOT}
            press["message"] = {"message_id": number, "chat": self._here(chat)} | text
            press["message"]["date"] = 0 if old else DAY
        elif held < 0.95:
            press["inline_message_id"] = "abc"
        return {"callback_query": press | ({"data": data} if data else {"game_short_name": "g"})}

    def _by_shape(self) -> dict[str, Any]:
        """Any kind of update with any parts, often from somebody here."""
        kind = self._draw.choice(shapes.kinds())
        body = shapes.of_kind(self._draw, kind)
        if isinstance(body, dict) and self._draw.random() < 0.8:
            chat = self._chat()
            for holder in (body, body.get("message")):
                if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
                    holder["chat"] |= {"id": chat, "type": "private"}
            if isinstance(body.get("from"), dict):
                body["from"]["id"] = chat
        return {kind: body}

    def _elsewhere(self) -> dict[str, Any]:
        """Groups, channels, edits, business chats, supergroups, people who block and come back."""
        draw, chat = self._draw, self._chat()
        place = draw.choice((GROUP, CHANNEL, -chat))
        kind = draw.choice(("group", "supergroup", "channel"))
        there = {"id": place, "type": kind, "title": "x"}
        message = self._message(self._content(), chat)
        moved = {"migrate_to_chat_id": -(10**12) - 5} if draw.random() < 0.5 else {}
        moved = moved or {"migrate_from_chat_id": chat}
        pressed = self._press()
        if isinstance(pressed["callback_query"].get("message"), dict):
            pressed["callback_query"]["message"]["chat"] = there
        return draw.choice(
            (
                {"message": message | {"chat": there}},
                {"message": message | {"chat": there} | moved},
                {"message": message | moved},
                {"edited_message": message | {"edit_date": DAY + 5}},
                {"channel_post": message | {"chat": there, "sender_chat": there}},
                {"business_message": message | {"business_connection_id": "b"}},
                {"my_chat_member": self._member(chat)},
                pressed,
                {"message": message, **pressed},
            )
        )

    def _member(self, chat: int) -> dict[str, Any]:
        gone = {"status": "kicked", "user": _BOT, "until_date": 0}
        there = {"status": "member", "user": _BOT}
        old, new = self._draw.sample((gone, there), 2)
        who = {"chat": self._here(chat), "from": self._user(chat), "date": DAY}
        return who | {"old_chat_member": old, "new_chat_member": new}


_BOT = {"id": 4242, "is_bot": True, "first_name": "Lotsen", "username": "test_bot"}
_DICE = {"emoji": "🎲", "value": 3}


def _file(seconds: int) -> dict[str, Any]:
    kept = {"file_id": "f1", "file_unique_id": "u1", "width": 90, "height": 90, "file_size": 10}
    return kept | ({"duration": seconds, "mime_type": "audio/ogg"} if seconds else {})


def _command(name: str, rest: str = "") -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
    return {"text": f"/{name} {rest}".strip(), "entities": [entity]}


def own_words(chat: int, body: dict[str, Any]) -> dict[str, Any]:
    """The same message with the planted words of whoever writes it."""
    text = body.get("text")
    if isinstance(text, str) and not text.startswith("/") and len(text) < 60:
        return body | {"text": f"{text} {words_of(chat)}"}
    return body
