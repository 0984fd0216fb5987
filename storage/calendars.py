"""Private calendars of staff, and the key that names bookings in everybody's."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from programme.people import StaffMember
from storage import memory, staff
from storage.database import Tx, insert
from storage.tables import booking, booking_staff
from storage.tables import memory as remembered
from storage.tables import staff as people

KEY = "calendar_key"


@dataclass(frozen=True)
class Settled:
    """What somebody of the staff has settled about calendars."""

    files: bool  # a file with each change
    feed: bool  # a private calendar that can be subscribed to
    busy_url: str | None  # where their own calendar is read


async def key(tx: Tx) -> bytes:
    """What names bookings in calendars for ever; made on first use, in a transaction that writes.

    Not the key that seals: that one is changed now and then, and every visit would come twice.
    """
    row = insert(tx, remembered).values(name=KEY, value=secrets.token_hex(32))
    if (known := await known_key(tx)) is not None:
        return known
    await tx.execute(row.on_conflict_do_nothing(index_elements=["name"]))
    made = await known_key(tx)
    assert made is not None
    return made


async def known_key(tx: Tx) -> bytes | None:
    """The same for who only reads; None before the first use."""
    value = await memory.recall(tx, KEY)
    return bytes.fromhex(value) if value else None


async def settled(tx: Tx, staff_id: int) -> Settled:
    """What somebody has settled."""
    row = (await tx.execute(select(people).where(people.c.id == staff_id))).one()
    return Settled(row.calendar, row.feed_hash is not None, row.busy_url)


async def owner(tx: Tx, feed_hash: str) -> StaffMember | None:
    """Whose private calendar that is, or None; who has ended has none."""
    row = (
        await tx.execute(
            select(people).where(people.c.feed_hash == feed_hash, people.c.ended_at.is_(None))
        )
    ).first()
    return staff.member(row) if row else None


async def families_of(tx: Tx, staff_id: int, since: datetime) -> Sequence[int]:
    """The families that somebody is booked with since then."""
    rows = await tx.scalars(
        select(booking.c.family_id)
        .join(booking_staff, booking_staff.c.booking_id == booking.c.id)
        .where(booking_staff.c.staff_id == staff_id, booking.c.starts_at >= since)
        .distinct()
    )
    return sorted(rows)


async def changed_by(tx: Tx, family_id: int, guardian_id: int, at: datetime) -> Sequence[int]:
    """The bookings of that family that this parent changed at that very moment."""
    rows = await tx.scalars(
        select(booking.c.id).where(
            booking.c.family_id == family_id,
            booking.c.changed_by == guardian_id,
            booking.c.changed_at == at,
        )
    )
    return sorted(rows)


async def with_address(tx: Tx) -> list[tuple[int, str]]:
    """Whose own calendar is read at which address; who has ended has none."""
    rows = await tx.execute(
        select(people.c.id, people.c.busy_url)
        .where(people.c.busy_url.is_not(None), people.c.ended_at.is_(None))
        .order_by(people.c.id)
    )
    return [(row.id, row.busy_url) for row in rows]
