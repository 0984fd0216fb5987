"""Links that open nothing, counted by chat: nobody may try one after the other (mission H1)."""

from datetime import datetime

from sqlalchemy import case, delete, select, union_all

from storage.database import Tx, insert
from storage.tables import invite, staff
from storage.time_tables import poster
from storage.trust_tables import guess


async def exists(tx: Tx, code_hash: str) -> bool:
    """Whether a link was ever made with that code, of whatever kind."""
    kinds = (
        (invite.c.id, invite.c.code_hash),
        (staff.c.id, staff.c.link_hash),
        (poster.c.id, poster.c.code_hash),
    )
    every = union_all(*(select(number).where(column == code_hash) for number, column in kinds))
    return (await tx.execute(every.limit(1))).first() is not None


async def count(tx: Tx, chat_id: int, now: datetime, since: datetime) -> int:
    """One more; how many there were since then. Earlier ones are forgotten."""
    row = insert(tx, guess).values(chat_id=chat_id, since=now, many=1)
    over = guess.c.since < since
    again = row.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={
            "many": case((over, 1), else_=guess.c.many + 1),
            "since": case((over, now), else_=guess.c.since),
        },
    )
    return int((await tx.execute(again.returning(guess.c.many))).scalar_one())


async def many(tx: Tx, chat_id: int, since: datetime) -> int:
    """How many there were in that chat since then."""
    query = select(guess.c.many).where(guess.c.chat_id == chat_id, guess.c.since >= since)
    return await tx.scalar(query) or 0


async def forget(tx: Tx, before: datetime) -> None:
    """What was tried before that is forgotten."""
    await tx.execute(delete(guess).where(guess.c.since < before))


async def forget_chat(tx: Tx, chat_id: int) -> None:
    """What was tried in that chat is forgotten."""
    await tx.execute(delete(guess).where(guess.c.chat_id == chat_id))
