"""Personal links: stored as a hash, used once, gone after a time (mission B1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.database import Tx
from storage.tables import invite


@dataclass(frozen=True)
class Invite:
    """One personal link, as far as it may be known."""

    id: int
    family_id: int
    expires_at: datetime
    used_at: datetime | None
    guardian_id: int | None


async def add(tx: Tx, family_id: int, code_hash: str, now: datetime, expires_at: datetime) -> None:
    """Keep a new link of a family."""
    await tx.execute(
        invite.insert().values(
            family_id=family_id, code_hash=code_hash, made_at=now, expires_at=expires_at
        )
    )


async def find(tx: Tx, code_hash: str) -> Invite | None:
    """The link with that hash, or None."""
    row = (await tx.execute(select(invite).where(invite.c.code_hash == code_hash))).first()
    return (
        Invite(row.id, row.family_id, row.expires_at, row.used_at, row.guardian_id) if row else None
    )


async def use(tx: Tx, invite_id: int, now: datetime) -> bool:
    """Mark a link as used; False if somebody was faster."""
    done = await tx.execute(
        update(invite)
        .where(invite.c.id == invite_id, invite.c.used_at.is_(None))
        .values(used_at=now)
    )
    return done.rowcount == 1


async def opened_by(tx: Tx, invite_id: int, guardian_id: int) -> None:
    """Write who came in by a link."""
    await tx.execute(update(invite).where(invite.c.id == invite_id).values(guardian_id=guardian_id))
