"""Who said yes to which words, and when (mission B5)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, update

from storage.database import Tx
from storage.tables import consent, guardian

CHUNK = 400


async def note(tx: Tx, guardian_id: int, version: int, language: str, now: datetime) -> None:
    """Keep a yes to the question in that version and language; the question is answered."""
    await tx.execute(
        consent.insert().values(
            guardian_id=guardian_id, version=version, language=language, given_at=now
        )
    )
    await tx.execute(
        update(guardian).where(guardian.c.id == guardian_id).values(consent_asked_at=None)
    )


async def outdated(tx: Tx, version: int) -> list[int]:
    """Parents whose latest yes is to older words, and who have not been asked anew."""
    newer = consent.alias("newer")
    rows = await tx.execute(
        select(guardian.c.id)
        .where(
            # By its index: at every start it is asked, and as good as always there are none.
            guardian.c.id.in_(select(consent.c.guardian_id).where(consent.c.version < version)),
            guardian.c.active_since.is_not(None),
            guardian.c.consent_asked_at.is_(None),
            ~exists().where(newer.c.guardian_id == guardian.c.id, newer.c.version >= version),
        )
        .order_by(guardian.c.id)
    )
    return list(rows.scalars())


async def ask(tx: Tx, guardian_ids: Sequence[int], now: datetime) -> None:
    """They are asked from now on."""
    for start in range(0, len(guardian_ids), CHUNK):
        some = guardian_ids[start : start + CHUNK]
        await tx.execute(
            update(guardian).where(guardian.c.id.in_(some)).values(consent_asked_at=now)
        )
