"""Personal links: stored as a hash, used once, gone after a time (mission B1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update

from programme.people import GuardianRole
from storage.database import Tx
from storage.tables import booking, family, guardian, invite


@dataclass(frozen=True)
class Invite:
    """One personal link, as far as it may be known."""

    id: int
    family_id: int
    expires_at: datetime
    used_at: datetime | None
    guardian_id: int | None
    role: GuardianRole | None  # what whoever joins by it is to the child, if staff said so
    made_by: int | None  # the parent who made it
    renews_id: int | None  # the guardian who gets a new chat by it


@dataclass(frozen=True)
class Unused:
    """A family that nobody of has ever joined."""

    family_id: int
    area_id: int


async def add(
    tx: Tx,
    family_id: int,
    code_hash: str,
    now: datetime,
    expires_at: datetime,
    **facts: object,
) -> None:
    """Keep a new link of a family; `facts`: its role, who made it, or whom it renews."""
    await tx.execute(
        invite.insert().values(
            family_id=family_id, code_hash=code_hash, made_at=now, expires_at=expires_at, **facts
        )
    )


async def find(tx: Tx, code_hash: str) -> Invite | None:
    """The link with that hash, or None."""
    row = (await tx.execute(select(invite).where(invite.c.code_hash == code_hash))).first()
    if row is None:
        return None
    return Invite(
        id=row.id,
        family_id=row.family_id,
        expires_at=row.expires_at,
        used_at=row.used_at,
        guardian_id=row.guardian_id,
        role=GuardianRole(row.role) if row.role else None,
        made_by=row.made_by,
        renews_id=row.renews_id,
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


async def forget_renewals(tx: Tx, guardian_id: int) -> None:
    """Links for a new phone of this guardian that nobody has used die."""
    await tx.execute(
        delete(invite).where(invite.c.renews_id == guardian_id, invite.c.used_at.is_(None))
    )


async def forget_open(tx: Tx, family_id: int) -> None:
    """Links for a further parent that staff have made and nobody has used die."""
    await tx.execute(
        delete(invite).where(
            invite.c.family_id == family_id,
            invite.c.used_at.is_(None),
            invite.c.made_by.is_(None),
            invite.c.renews_id.is_(None),
        )
    )


async def forget_all_open(tx: Tx, family_id: int) -> None:
    """Every link of that family that nobody has used dies."""
    await tx.execute(
        delete(invite).where(invite.c.family_id == family_id, invite.c.used_at.is_(None))
    )


async def of_nobody(tx: Tx, before: datetime) -> list[Unused]:
    """Families whose every link is older than that and unused, with no visit ever booked."""
    used_or_young = or_(invite.c.used_at.is_not(None), invite.c.made_at > before)
    rows = await tx.execute(
        select(family.c.id, family.c.area_id)
        .where(
            exists().where(invite.c.family_id == family.c.id),
            ~exists().where(invite.c.family_id == family.c.id, used_or_young),
            ~exists().where(guardian.c.family_id == family.c.id),
            ~exists().where(booking.c.family_id == family.c.id),
        )
        .order_by(family.c.id)
    )
    return [Unused(row.id, row.area_id) for row in rows]


async def forget_family(tx: Tx, family_id: int) -> None:
    """A family's record vanishes, with its links and children."""
    await tx.execute(delete(family).where(family.c.id == family_id))


async def forget_unused(tx: Tx, before: datetime) -> int:
    """Links that nobody has used vanish; how many."""
    done = await tx.execute(
        delete(invite).where(invite.c.used_at.is_(None), invite.c.made_at <= before)
    )
    return done.rowcount
