"""One message that stands on a phone is changed, or taken away (mission E5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from messaging import keyboards, push
from messaging.keyboards import Message, Picture
from programme.notice_letters import NoticeRecall
from services.clearing import DELETES_WITHIN


class Mends(Protocol):
    """Whatever can change and delete messages, and say what came of it."""

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        keyboard: Mapping[str, object] | None,
        picture: Picture | None = None,
    ) -> push.Outcome:
        """What came of changing it."""
        ...

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> push.Outcome | push.Cleared:
        """What came of deleting them."""
        ...


async def reword(pusher: Mends, chat_id: int, message_id: int, words: Message) -> push.Outcome:
    """The message says and shows this from now on."""
    keyboard = keyboards.for_push(words.rows)
    picture = words.file if isinstance(words.file, Picture) else None
    return await pusher.edit(chat_id, message_id, words.text, keyboard, picture)


async def take_away(
    pusher: Mends, chat_id: int, letter: NoticeRecall, instead: Message, now: datetime
) -> push.Outcome:
    """Deleted. After two days Telegram does not: then one line says that it is withdrawn."""
    outcome: push.Outcome | push.Cleared = push.Refused("too old to delete")
    if letter.said_since is None or now - letter.said_since < DELETES_WITHIN:
        outcome = await pusher.delete(chat_id, [letter.message_id])
    if isinstance(outcome, push.Refused):
        return await reword(pusher, chat_id, letter.message_id, instead)
    return push.Sent(letter.message_id) if isinstance(outcome, push.Cleared) else outcome
