"""Who said yes to which words, and when (mission B5)."""

from datetime import datetime

from storage.database import Tx
from storage.tables import consent


async def note(tx: Tx, guardian_id: int, version: int, language: str, now: datetime) -> None:
    """Keep a yes to the question in that version and language."""
    await tx.execute(
        consent.insert().values(
            guardian_id=guardian_id, version=version, language=language, given_at=now
        )
    )
