"""Who has which quarter of an hour: booked, or held for a family (mission D5).

The guarantee against double booking is the primary key of `quarter`: a person has a quarter once,
whatever anybody looked at before. No check here replaces it; the locks only keep two acts from
waiting for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.database import Tx, insert
from storage.time_tables import quarter
from storage.turns import lock_staff

Footprints = Mapping[int, Iterable[datetime]]  # the quarters wanted, by staff member


class _Taken(Exception):
    """Somebody has one of them: nothing is taken."""


async def take(
    tx: Tx,
    footprints: Footprints,
    now: datetime,
    *,
    booking_id: int | None = None,
    slot_id: int | None = None,
    held_until: datetime | None = None,
) -> bool:
    """All of those quarters, or none and False; holds that have run out are no hindrance."""
    rows = [
        {
            "staff_id": staff_id,
            "starts_at": at,
            "booking_id": booking_id,
            "slot_id": slot_id,
            "held_until": held_until,
        }
        for staff_id in sorted(footprints)
        for at in sorted(footprints[staff_id])
    ]
    if not rows:
        return True
    await lock_staff(tx, list(footprints))
    await _sweep(tx, list(footprints), now)
    try:
        async with tx.begin_nested():
            await _insert(tx, rows)
    except _Taken:
        return False
    return True


async def _insert(tx: Tx, rows: Sequence[Mapping[str, object]]) -> None:
    wanted = insert(tx, quarter).values(rows).on_conflict_do_nothing()
    got = (await tx.execute(wanted.returning(quarter.c.starts_at))).all()
    if len(got) < len(rows):
        raise _Taken


async def _sweep(tx: Tx, staff_ids: Sequence[int], now: datetime) -> None:
    await tx.execute(
        delete(quarter).where(quarter.c.staff_id.in_(staff_ids), quarter.c.held_until <= now)
    )


async def whose(tx: Tx, booking_id: int) -> list[int]:
    """Whose time that booking takes."""
    ours = quarter.c.booking_id == booking_id
    rows = await tx.execute(select(quarter.c.staff_id).where(ours).distinct())
    return list(rows.scalars())


async def free(tx: Tx, *, booking_id: int | None = None, slot_id: int | None = None) -> None:
    """What that booking or that slot took is free again."""
    ours = quarter.c.booking_id == booking_id if booking_id else quarter.c.slot_id == slot_id
    found = await tx.execute(select(quarter.c.staff_id).where(ours).distinct())
    await lock_staff(tx, list(found.scalars()))
    await tx.execute(delete(quarter).where(ours))


async def give(tx: Tx, slot_id: int, booking_id: int) -> bool:
    """What was held for that slot is the booking's; False if nothing is held for it any more."""
    done = await tx.execute(
        update(quarter)
        .where(quarter.c.slot_id == slot_id)
        .values(booking_id=booking_id, slot_id=None, held_until=None)
    )
    return done.rowcount > 0


async def taken(
    tx: Tx, staff_ids: Sequence[int], since: datetime, until: datetime, now: datetime
) -> dict[int, frozenset[datetime]]:
    """The quarters each of them has between those moments, booked or still held."""
    rows = await tx.execute(
        select(quarter.c.staff_id, quarter.c.starts_at).where(
            quarter.c.staff_id.in_(staff_ids),
            quarter.c.starts_at >= since,
            quarter.c.starts_at < until,
            quarter.c.held_until.is_(None) | (quarter.c.held_until > now),
        )
    )
    found: defaultdict[int, set[datetime]] = defaultdict(set)
    for row in rows:
        found[row.staff_id].add(row.starts_at)
    return {each: frozenset(found[each]) for each in staff_ids}


async def expire(tx: Tx, now: datetime) -> int:
    """Holds that have run out are gone; how many quarters. Who takes time does it as well."""
    ran_out = quarter.c.held_until <= now
    found = await tx.execute(select(quarter.c.staff_id).where(ran_out).distinct())
    await lock_staff(tx, list(found.scalars()))
    return (await tx.execute(delete(quarter).where(ran_out))).rowcount
