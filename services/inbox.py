"""Updates come in, take effect once, and are answered after the commit (docs/architecture.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services import clearing
from storage import conversations, erasing, inbox, said
from storage.database import Database, Tx
from storage.inbox import Arrived, Open, State

STALE_ANSWER = timedelta(minutes=10)  # an older answer left by a crash only confuses
KEPT = timedelta(hours=48)  # longer than Telegram repeats an update
HALF_WAY_KEPT = timedelta(days=30)  # as long as the link lives that began the conversation

__all__ = ["KEPT", "STALE_ANSWER", "Arrived", "Open", "State", "Told"]


async def keep(db: Database, bot_id: int, updates: Sequence[Arrived], now: datetime) -> None:
    """Store a batch before it is acknowledged; repeats change nothing."""
    async with db.write() as tx:
        await inbox.keep(tx, bot_id, updates, now)


async def unfinished(db: Database, bot_id: int, after: int) -> list[Open]:
    """What is new or still has an answer to say, from `after` on, in order."""
    async with db.glance() as tx:
        return await inbox.unfinished(tx, bot_id, after)


async def look_again(db: Database, row_id: int) -> Open | None:
    """That update as it is now; None if another process has finished it."""
    async with db.glance() as tx:
        return await inbox.look_again(tx, row_id)


async def done(tx: Tx, row_id: int, answer: str | None, now: datetime) -> bool:
    """In the update's own transaction: it has taken effect. False: it had already."""
    return await inbox.done(tx, row_id, answer, now)


async def still_to_say(db: Database, take: Callable[[], Sequence[int]]) -> list[bool]:
    """Of each of these updates whether its answer has neither been said nor been taken back.

    `take`: called when the database is there; what it returns is asked for.
    """
    async with db.glance() as tx:
        rows = take()
        waiting = await inbox.still_to_say(tx, rows)
        return [each in waiting for each in rows]


async def set_aside(db: Database, row_id: int) -> None:
    """An update that cannot be read is put away."""
    async with db.write() as tx:
        await inbox.set_aside(tx, row_id)


async def heard(tx: Tx, chat_id: int, message_id: int, now: datetime, fades: bool = False) -> None:
    """A person's own message is in the chat: a safe exit deletes it as well."""
    await said.note(tx, chat_id, message_id, said.HEARD, None, now)
    if fades:
        await clearing.fade(tx, chat_id, [message_id], now, None)


@dataclass(frozen=True)
class Told:
    """An answer that has been said: to which update, when, and the ids of what was said.

    `fades`, `forgets`: as the reply says it (`messaging/replies.py`).
    """

    row_id: int
    chat_id: int | None
    message_ids: Sequence[int]
    at: datetime
    fades: str | None = None
    forgets: bool = False


async def mark_said(db: Database, take: Callable[[], Sequence[Told]]) -> list[None]:
    """These are said; the ids of what was said are kept, or else nothing of the chat.

    `take`: as above.
    """
    async with db.write() as tx:
        # By their numbers, as every process does: so that no two wait for each other.
        all_told = sorted(take(), key=lambda each: each.row_id)
        await inbox.said(tx, [each.row_id for each in all_told])
        kept = [each for each in all_told if not each.forgets]
        await said.note_all(tx, [one for each in kept for one in _said(each)])
        for each in all_told:
            await _put_away(tx, each)
    return [None for _ in all_told]


def _said(told: Told) -> list[said.Said]:
    """What was said, as it is kept."""
    if told.chat_id is None:
        return []
    return [said.Said(told.chat_id, each, "answer", None, told.at) for each in told.message_ids]


async def _put_away(tx: Tx, told: Told) -> None:
    if told.chat_id is None:
        return
    if told.forgets:
        await erasing.chat(tx, told.chat_id)
    elif told.fades:
        await clearing.fade(tx, told.chat_id, told.message_ids, told.at, told.fades)


async def purge(db: Database, now: datetime) -> int:
    """Forget updates, message ids and conversations that nobody needs any more; how many."""
    async with db.write() as tx:
        gone = await inbox.purge(tx, now - KEPT)
        gone += await conversations.purge(tx, now - KEPT, now - HALF_WAY_KEPT)
        return gone + await said.purge(tx, now - KEPT)


read_conversation = conversations.read
write_conversation = conversations.write
