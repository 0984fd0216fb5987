"""Groups: made by people, joined by bots, upgraded to supergroups."""

from __future__ import annotations

from simulator.chats import Chat
from simulator.errors import Impossible
from simulator.private import Phones, membership
from simulator.state import Who

SUPERGROUP = 1_000_000_000_000


class Groups(Phones):
    """The world with groups."""

    def make_group(self, title: str, owner: Who, members: tuple[Who, ...] = ()) -> Chat:
        """A new basic group of these people, without a bot yet."""
        people = [self.who(one) for one in (owner, *members)]
        group = Chat(self.next_group_id(), "group", title=title, started=True)
        group.members = {person.id: person for person in people}
        self.groups[group.id] = group
        self.changed(group)
        return group

    def add_bot(self, group: int, by: Who, bot: str | None = None) -> Chat:
        """Bring a bot into a group; it is told so."""
        chat, person, one = self.group(group), self.who(by), self.bot_named(bot)
        if one.username in chat.bots:
            raise Impossible("The bot is in that group already.")
        chat.bots[one.username] = one
        chat.gone.discard(one.username)
        now = int(self.now().timestamp())
        body = membership(chat, person, one, "left", "member", now)
        self.tell(one, "my_chat_member", body, f"chat:{chat.id}")
        self.say(person, chat, {"new_chat_members": [one.as_user()]})
        return chat

    def remove_bot(self, group: int, by: Who, bot: str | None = None) -> Chat:
        """Throw a bot out of a group; it is told so and cannot write there any more."""
        chat, person, one = self.group(group), self.who(by), self.bot_named(bot)
        if one.username not in chat.bots:
            raise Impossible("The bot is not in that group.")
        now = int(self.now().timestamp())
        body = membership(chat, person, one, "member", "kicked", now)
        del chat.bots[one.username]
        chat.gone.add(one.username)
        self.tell(one, "my_chat_member", body, f"chat:{chat.id}")
        self.changed(chat)
        return chat

    def upgrade(self, group: int, by: Who | None = None) -> Chat:
        """Make a group a supergroup with a new number; both chats say so."""
        old = self.group(group)
        if old.kind != "group" or old.moved_to is not None:
            raise Impossible("Only a basic group can be upgraded, and only once.")
        person = self.who(by) if by is not None else next(iter(old.members.values()))
        new = Chat(old.id - SUPERGROUP, "supergroup", title=old.title, started=True)
        new.members, new.bots = dict(old.members), dict(old.bots)
        self.groups[new.id] = new
        self.say(person, old, {"migrate_to_chat_id": new.id})
        old.moved_to = new.id
        self.say(person, new, {"migrate_from_chat_id": old.id})
        return new
