"""Who tries links of nobody's, one after the other, is told to wait for an hour (mission H1).

A code has 128 random bits: nobody guesses one. This is against who tries all the same, so a code of
ours always opens: links are deleted in time, and a parent who taps an old one counts as who tries.
"""

from datetime import datetime, timedelta

from services.enrolment import hash_of
from storage import guesses
from storage.database import Tx

MOST, WITHIN, KEPT = 5, timedelta(hours=1), timedelta(days=1)


async def too_many(tx: Tx, chat_id: int, code: str, now: datetime) -> bool:
    """Whether this chat must wait with a code of nobody's, which is counted."""
    if await guesses.exists(tx, hash_of(code)):
        return False
    if await guesses.many(tx, chat_id, now - WITHIN) >= MOST:
        return True
    await guesses.count(tx, chat_id, now, now - WITHIN)
    return False


async def purge(tx: Tx, now: datetime) -> None:
    """What was tried yesterday is forgotten."""
    await guesses.forget(tx, now - KEPT)
