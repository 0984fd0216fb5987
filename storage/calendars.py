"""Private calendars of staff, and the key that names bookings in everybody's."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, or_, select

from programme.busy import CalendarFault
from programme.desks import Unread
from programme.people import StaffMember
from storage import memory, staff
from storage.database import Tx, insert
from storage.tables import booking, booking_staff, event
from storage.tables import memory as remembered
from storage.tables import staff as people

KEY = "calendar_key"


@dataclass(frozen=True)
class Settled:
    """What somebody of the staff has settled about calendars."""

    files: bool  # a file with each change
    feed: bool  # a private calendar that can be subscribed to
    busy_url: str | None  # where their own calendar is read


@dataclass(frozen=True)
class Reading:
    """How the last reading of somebody's own calendar went."""

    at: datetime
    fault: CalendarFault | None  # None: it was read
    since: datetime  # since when it goes like this
    told: bool  # its owner knows of the failure


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
    """Whose private calendar that is, or None; who has ended, or is not let in, has none."""
    row = (
        await tx.execute(
            select(people).where(
                people.c.feed_hash == feed_hash,
                people.c.ended_at.is_(None),
                people.c.rests_since.is_(None),
            )
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


@dataclass(frozen=True)
class Changed:
    """A booking that somebody of the staff has changed."""

    family_id: int
    booking_id: int


async def changed_by_staff(tx: Tx, staff_id: int, at: datetime) -> list[Changed]:
    """What this colleague changed at that very moment: staff hear of it, but for who did it."""
    rows = await tx.execute(
        select(event.c.family_id, event.c.booking_id).where(
            event.c.at == at, event.c.detail == f"by:{staff_id}", event.c.booking_id.is_not(None)
        )
    )
    return [Changed(row.family_id, row.booking_id) for row in rows]


async def address_of(tx: Tx, staff_id: int) -> str | None:
    """Where somebody's own calendar is read; None for nowhere, and for who has ended."""
    found: str | None = await tx.scalar(
        select(people.c.busy_url).where(people.c.id == staff_id, people.c.ended_at.is_(None))
    )
    return found


async def set_address(tx: Tx, staff_id: int, address: str | None) -> None:
    """It is read there, or nowhere; the readings before are forgotten."""
    await staff.change(tx, staff_id, busy_url=address)
    await _forget_reading(tx, staff_id)


async def to_read(tx: Tx, before: datetime) -> list[tuple[int, str]]:
    """Whose calendar was last read before that, and where."""
    rows = await tx.execute(
        select(people.c.id, people.c.busy_url)
        .where(people.c.busy_url.is_not(None), people.c.ended_at.is_(None))
        .order_by(people.c.id)
    )
    found = [(row.id, row.busy_url) for row in rows]
    readings = {number: await reading(tx, number) for number, _ in found}
    return [
        (number, address)
        for number, address in found
        if (last := readings[number]) is None or last.at <= before
    ]


async def reading(tx: Tx, staff_id: int) -> Reading | None:
    """How the last reading of somebody's calendar went; None before the first."""
    value = await memory.recall(tx, _reading(staff_id))
    return _load(value) if value else None


async def note_reading(tx: Tx, staff_id: int, at: datetime, fault: CalendarFault | None) -> None:
    """It was read, or not; a failure that goes on keeps its beginning, and who was told."""
    before = await reading(tx, staff_id)
    goes_on = fault is not None and before is not None and before.fault is not None
    since = before.since if goes_on and before else at
    told = goes_on and before is not None and before.told
    await _keep(tx, staff_id, Reading(at, fault, since, told))


async def failing(tx: Tx) -> dict[int, Unread]:
    """Whose calendar cannot be read, since when and why; not who knows it already."""
    names = remembered.c.name.like(f"{_reading('')}%")
    rows = await tx.execute(select(remembered).where(names))
    found = {int(row.name.partition(":")[2]): _load(row.value) for row in rows}
    return {
        number: Unread(each.since, each.fault)
        for number, each in found.items()
        if each.fault and not each.told
    }


async def note_told(tx: Tx, staff_id: int) -> None:
    """Its owner knows that it could not be read."""
    if found := await reading(tx, staff_id):
        await _keep(tx, staff_id, replace(found, told=True))


async def ended_before(tx: Tx, at: datetime) -> Sequence[int]:
    """Who ended before that and still has something about calendars here."""
    anything = or_(people.c.feed_hash.is_not(None), people.c.busy_url.is_not(None))
    rows = await tx.scalars(select(people.c.id).where(people.c.ended_at < at, anything))
    return sorted(rows)


async def forget(tx: Tx, staff_id: int) -> None:
    """Everything about somebody's calendars."""
    await staff.change(tx, staff_id, calendar=False, feed_hash=None, busy_url=None)
    await _forget_reading(tx, staff_id)


def _reading(staff_id: int | str) -> str:
    return f"calendar_read:{staff_id}"


def _load(value: str) -> Reading:
    facts = json.loads(value)
    return Reading(
        datetime.fromisoformat(facts["at"]),
        CalendarFault(facts["fault"]) if facts["fault"] else None,
        datetime.fromisoformat(facts["since"]),
        facts["told"],
    )


async def _keep(tx: Tx, staff_id: int, value: Reading) -> None:
    facts = {
        "at": value.at.isoformat(),
        "fault": value.fault,
        "since": value.since.isoformat(),
        "told": value.told,
    }
    await memory.remember(tx, _reading(staff_id), json.dumps(facts))


async def _forget_reading(tx: Tx, staff_id: int) -> None:
    await tx.execute(delete(remembered).where(remembered.c.name == _reading(staff_id)))
