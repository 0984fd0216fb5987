"""Where a person is in a conversation: survives a restart."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select

from storage.database import Tx, insert, near
from storage.tables import conversation

Place = tuple[int, int, int]  # bot, chat, user


def _here(place: Place) -> ColumnElement[bool]:
    bot_id, chat_id, user_id = place
    return and_(
        conversation.c.bot_id == bot_id,
        conversation.c.chat_id == chat_id,
        conversation.c.user_id == user_id,
    )


_READ = select(conversation.c.state, conversation.c.data).where(
    conversation.c.bot_id == bindparam("bot"),
    conversation.c.chat_id == bindparam("chat"),
    conversation.c.user_id == bindparam("user"),
)


async def read(tx: Tx, place: Place) -> tuple[str | None, dict[str, Any]]:
    """The state and the data of a conversation; (None, {}) where there is none."""
    bot_id, chat_id, user_id = place
    with near(tx):
        rows = await tx.execute(_READ, {"bot": bot_id, "chat": chat_id, "user": user_id})
    row = rows.first()
    return (row.state, json.loads(row.data or "{}")) if row else (None, {})


async def write(
    tx: Tx, place: Place, state: str | None, data: dict[str, Any], now: datetime
) -> None:
    """Keep state and data of a conversation; one without either is forgotten."""
    if state is None and not data:
        await tx.execute(delete(conversation).where(_here(place)))
        return
    facts = {"state": state, "data": json.dumps(data), "updated_at": now}
    bot_id, chat_id, user_id = place
    row = insert(tx, conversation).values(bot_id=bot_id, chat_id=chat_id, user_id=user_id, **facts)
    await tx.execute(
        row.on_conflict_do_update(index_elements=["bot_id", "chat_id", "user_id"], set_=facts)
    )


async def forget_chat(tx: Tx, chat_id: int) -> None:
    """What was begun in that chat is forgotten."""
    await tx.execute(delete(conversation).where(conversation.c.chat_id == chat_id))


async def purge(tx: Tx, idle_before: datetime, open_before: datetime) -> int:
    """Forget conversations that ended, or stopped midway, before those moments; how many."""
    ended = and_(conversation.c.state.is_(None), conversation.c.updated_at < idle_before)
    gone = await tx.execute(
        delete(conversation).where(or_(ended, conversation.c.updated_at < open_before))
    )
    return gone.rowcount
