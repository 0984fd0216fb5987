"""What the small Telegram remembers, and how it changes. Who may do what is decided above."""

from __future__ import annotations

import itertools
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.chats import Chat, Message, Sender
from simulator.errors import ApiError, Impossible, Unknown, bad
from simulator.faults import Faults
from simulator.feed import Feed
from simulator.files import Files
from simulator.journal import Journal
from simulator.limits import Limits
from simulator.shapes import Json
from simulator.updates import PRESS_LIFE, Updates
from simulator.users import Bot, Person, new_bot

TOKEN = re.compile(r"(\d+):[A-Za-z0-9_-]{10,}")
FIRST_PERSON = 5_200_000_001
UNBORN_BOT = 7_000_000_001
PRESSES_KEPT = 1000

Who = Person | int
Where = str | int | Chat | None


@dataclass
class Press:
    """One press of a button, and what the bot said to it."""

    id: str
    bot: Bot
    person: Person
    chat: Chat
    message_id: int
    data: str
    at: datetime
    answer: dict[str, Any] | None = None

    @property
    def answered(self) -> bool:
        """Whether the bot has answered, be it with nothing."""
        return self.answer is not None


class State:
    """Bots, people, chats, files, faults, the journal and the feed."""

    def __init__(
        self,
        now: Callable[[], datetime],
        tokens: frozenset[str] | None = None,
        username: str = "LotsenDemoBot",
        *,
        limits: Limits | None = None,
        zone: str = "Europe/Stockholm",
    ) -> None:
        self.now = now
        self.tokens = tokens
        self.limits = limits or Limits()
        self.zone = zone  # where the phones are
        self.trusted: ssl.SSLContext | None = None  # whom a webhook may be, if not a public one
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[str, int], Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files = Files()
        self.faults = Faults()
        self.journal = Journal()
        self.feed = Feed()
        self._ids = itertools.count(FIRST_PERSON)
        self._group_ids = itertools.count(4_100_000_001)
        self._press_ids = itertools.count(4_382_000_000_000_001)
        self.bots = self._first_bots(username)

    def _first_bots(self, username: str) -> list[Bot]:
        """The bots there are from the start; without known tokens one that waits for its token."""
        numbers = sorted(int(token.split(":")[0]) for token in self.tokens or ())
        names = [username, *(f"{username[:-3]}{number}Bot" for number in numbers[1:])]
        bots = [self._bot(n, name) for n, name in zip(numbers or [UNBORN_BOT], names, strict=False)]
        for bot in bots:
            bot.adopted = self.tokens is not None
        return bots

    def _bot(self, number: int, username: str) -> Bot:
        return new_bot(number, username, lambda: Updates(self.now))

    @property
    def bot(self) -> Bot:
        """The bot people mean if they name none."""
        return self.bots[0]

    def bot_for(self, token: str) -> Bot:
        """The bot of a token, or the 401."""
        match = TOKEN.fullmatch(token)
        if match is None:
            raise ApiError(401, "Unauthorized: invalid token specified")
        if self.tokens is not None and token not in self.tokens:
            raise ApiError(401, "Unauthorized")
        number = int(match[1])
        for bot in self.bots:
            if bot.id == number and bot.adopted:
                return bot
        return self._adopt(number)

    def _adopt(self, number: int) -> Bot:
        if not self.bot.adopted:
            bot = self.bot
            bot.id = number
            bot.as_user()
        else:
            bot = self._bot(number, f"{self.bot.username[:-3]}{number}Bot")
            self.bots.append(bot)
        bot.adopted = True
        return bot

    def bot_named(self, username: str | None) -> Bot:
        """The bot of this username (any case, @ or not); the main one for None."""
        if not username:
            return self.bot
        wanted = username.removeprefix("@").lower()
        for bot in self.bots:
            if bot.username.lower() == wanted:
                return bot
        raise Unknown(f"There is no bot @{wanted}.")

    def who(self, person: Who) -> Person:
        """The person, by themselves or by their number."""
        number = person.id if isinstance(person, Person) else person
        if number not in self.people:
            raise Unknown(f"There is no phone {number}.")
        return self.people[number]

    def add_person(self, person: Person) -> Person:
        """Remember a new person."""
        self.people[person.id] = person
        self.feed.tell(kind="phone", id=person.id)
        return person

    def next_person_id(self) -> int:
        """A number nobody has."""
        return next(number for number in self._ids if number not in self.people)

    def next_group_id(self) -> int:
        """A number no group has."""
        return -next(self._group_ids)

    def private_chat(self, bot: Bot, person: Person) -> Chat:
        """The chat of these two, empty if they never met."""
        key = (bot.username, person.id)
        if key not in self.private:
            self.private[key] = Chat(person.id, "private", person=person, bot=bot)
        return self.private[key]

    def group(self, id: int) -> Chat:
        """The group of this number."""
        if id not in self.groups:
            raise Unknown(f"There is no group {id}.")
        return self.groups[id]

    def where(self, person: Person, chat: Where) -> Chat:
        """The chat a person means: a group's number, a bot's name, or None for the main bot."""
        if isinstance(chat, Chat):
            return chat
        if isinstance(chat, int) and chat < 0:
            group = self.group(chat)
            if person.id not in group.members:
                raise Impossible(f"{person.name} is not in that group.")
            return group
        return self.private_chat(self.bot_named(chat if isinstance(chat, str) else None), person)

    def chat_for(self, bot: Bot, chat_id: int | str) -> Chat:
        """The chat a bot means, or the 400 it gets."""
        try:
            number = int(chat_id)
        except ValueError:
            raise bad("chat not found") from None
        if number in self.people:
            return self.private_chat(bot, self.people[number])
        group = self.groups.get(number)
        if group is None or (bot.username not in group.bots and bot.username not in group.gone):
            raise bad("chat not found")
        return group

    def add_message(
        self, chat: Chat, sender: Sender, content: dict[str, Any], **more: Json
    ) -> Message:
        """Say something in a chat; nobody is told yet."""
        owner = chat.bot or chat
        owner.last_message_id += 1
        message = Message(owner.last_message_id, chat, sender, self.now(), content, **more)
        chat.messages[message.id] = message
        chat.action = None
        self.changed(chat)
        return message

    def changed(self, chat: Chat) -> None:
        """Tell page and tests that a chat looks different now."""
        for id in [chat.person.id] if chat.person else list(chat.members):
            self.feed.tell(kind="phone", id=id)
        if chat.person is None:
            self.feed.tell(kind="group", id=chat.id)

    def tell(self, bot: Bot, kind: str, body: dict[str, Any], queue: str) -> None:
        """Queue an update for a bot."""
        bot.updates.add(kind, {kind: body}, queue)

    def new_press(self, bot: Bot, person: Person, chat: Chat, message_id: int, data: str) -> Press:
        """Remember a press, and forget those nobody can answer any more."""
        now = self.now()
        if len(self.presses) > PRESSES_KEPT:
            self.presses = {k: p for k, p in self.presses.items() if now - p.at < PRESS_LIFE}
        press = Press(str(next(self._press_ids)), bot, person, chat, message_id, data, now)
        self.presses[press.id] = press
        return press
