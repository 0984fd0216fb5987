"""Who tries link after link is answered alike for an hour, whether one opens or not (mission H1).

A code has 128 random bits: nobody guesses one. This is against who tries all the same.
"""

from datetime import datetime, timedelta

from services.enrolment import hash_of
from storage import guesses
from storage.database import Tx

MOST, WITHIN, KEPT = 5, timedelta(hours=1), timedelta(days=1)


async def too_many(tx: Tx, chat_id: int, code: str, now: datetime) -> bool:
    """Whether this chat must wait, whatever the code is; a code of nobody's is counted."""
    if await guesses.many(tx, chat_id, now - WITHIN) >= MOST:
        return True
    if not await guesses.exists(tx, hash_of(code)):
        await guesses.count(tx, chat_id, now, now - WITHIN)
    return False


async def purge(tx: Tx, now: datetime) -> None:
    """What was tried yesterday is forgotten."""
    await guesses.forget(tx, now - KEPT)
