"""Staff: who they are, where they work, and the chat they read in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, or_, select, union_all, update

from programme.people import BookingState, Role, StaffMember
from storage.database import Tx
from storage.tables import area, booking, booking_staff, family, staff
from storage.time_tables import staff_area
from storage.written_once import IDS, among

MEET_FAMILIES = (Role.NURSE, Role.PARENT_SUPPORTER)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff as they stand before the door."""

    member: StaffMember
    area_id: int
    chat_id: int | None
    others: tuple[int, ...] = ()  # areas they work in besides their own

    @property
    def areas(self) -> tuple[int, ...]:
        """Every area they work in, their own first."""
        return (self.area_id, *(each for each in self.others if each != self.area_id))


@dataclass(frozen=True)
class Listed:
    """Somebody of the staff and the name of their area."""

    area: str
    member: StaffMember


@dataclass(frozen=True)
class Coming:
    """A visit that somebody is booked for."""

    family_id: int
    visit: int
    starts_at: datetime
    area_id: int


def member(row: Row[Any]) -> StaffMember:
    """A row of the table as a value."""
    return StaffMember(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        language=row.language,
        in_chat=row.chat_id is not None and row.ended_at is None and row.rests_since is None,
    )


async def add(tx: Tx, area_id: int, name: str, role: Role) -> int:
    """The id of a new staff member, who has no chat yet."""
    row = await tx.execute(
        staff.insert().values(area_id=area_id, name=name, role=role).returning(staff.c.id)
    )
    return int(row.scalar_one())


async def change(tx: Tx, staff_id: int, **facts: object) -> None:
    """Write new facts of one staff member."""
    await tx.execute(update(staff).where(staff.c.id == staff_id).values(**facts))


_MEETS = staff.c.ended_at.is_(None) & staff.c.role.in_(MEET_FAMILIES)
_AS_A_VALUE = [
    staff.c[name]
    for name in ("id", "name", "role", "language", "chat_id", "ended_at", "rests_since")
]
_OF_AREAS = union_all(
    select(staff.c.area_id.label("in_area"), *_AS_A_VALUE).where(staff.c.area_id.in_(IDS), _MEETS),
    select(staff_area.c.area_id, *_AS_A_VALUE)
    .join(staff, staff_area.c.staff_id == staff.c.id)
    .where(staff_area.c.area_id.in_(IDS), _MEETS),
)


async def of_areas(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[StaffMember, ...]]:
    """Who meets families in those areas, by area: their own, or one they work in besides."""
    found: defaultdict[int, dict[int, StaffMember]] = defaultdict(dict)
    for row in await tx.execute(_OF_AREAS, among(ids)):
        found[row.in_area][row.id] = member(row)
    return {key: tuple(team[each] for each in sorted(team)) for key, team in found.items()}


def works_in(area_id: int) -> ColumnElement[bool]:
    """Whose area that is, or who works there besides."""
    besides = exists().where(staff_area.c.staff_id == staff.c.id, staff_area.c.area_id == area_id)
    return or_(staff.c.area_id == area_id, besides)


async def other_areas(tx: Tx, staff_id: int) -> tuple[int, ...]:
    """The areas somebody works in besides their own."""
    rows = await tx.execute(
        select(staff_area.c.area_id)
        .where(staff_area.c.staff_id == staff_id)
        .order_by(staff_area.c.area_id)
    )
    return tuple(rows.scalars())


async def find(tx: Tx, area_id: int, name: str) -> Colleague | None:
    """Who works in that area, has that first name and has not ended, or None."""
    return await _one(tx, works_in(area_id), staff.c.name == name, staff.c.ended_at.is_(None))


async def by_chat(tx: Tx, chat_id: int) -> Colleague | None:
    """Who reads in that chat and is let in, or None."""
    let_in = (staff.c.ended_at.is_(None), staff.c.rests_since.is_(None))
    return await _one(tx, staff.c.chat_id == chat_id, *let_in)


async def resting_in(tx: Tx, chat_id: int) -> StaffMember | None:
    """Who of the staff is not let in for now, of that chat; or None."""
    rests = (staff.c.ended_at.is_(None), staff.c.rests_since.is_not(None))
    row = (await tx.execute(select(staff).where(staff.c.chat_id == chat_id, *rests))).first()
    return member(row) if row else None


async def leave_chat(tx: Tx, chat_id: int) -> None:
    """That chat is nobody's of the staff any more: it becomes a parent's."""
    await tx.execute(update(staff).where(staff.c.chat_id == chat_id).values(chat_id=None))


async def listed(tx: Tx, area_id: int | None = None) -> list[Listed]:
    """Everybody who has not ended, of one area or of all, by area and name."""
    query = (
        select(staff, area.c.name.label("area"))
        .join(area, area.c.id == staff.c.area_id)
        .where(staff.c.ended_at.is_(None))
        .order_by(area.c.name, staff.c.name, staff.c.id)
    )
    if area_id is not None:
        query = query.where(works_in(area_id))
    return [Listed(row.area, member(row)) for row in await tx.execute(query)]


async def administrators(tx: Tx) -> list[int]:
    """The numbers of those who run every area and have not ended."""
    theirs = (staff.c.role == Role.ADMINISTRATOR, staff.c.ended_at.is_(None))
    return list((await tx.execute(select(staff.c.id).where(*theirs))).scalars())


async def area_name(tx: Tx, area_id: int) -> str:
    """The name of the area that somebody works in."""
    row = await tx.execute(select(area.c.name).where(area.c.id == area_id))
    return str(row.scalar_one())


async def make_link(tx: Tx, staff_id: int, link_hash: str, expires_at: datetime) -> None:
    """A new link; the one before opens nothing any more."""
    await change(tx, staff_id, link_hash=link_hash, link_expires_at=expires_at)


async def by_link(tx: Tx, link_hash: str) -> tuple[Colleague, datetime | None] | None:
    """Whose link that is, and until when it opens: None once it is used. Or None for no link."""
    row = (await tx.execute(select(staff).where(staff.c.link_hash == link_hash))).first()
    return (await _colleague(tx, row), row.link_expires_at) if row else None


async def end(tx: Tx, staff_id: int, now: datetime) -> None:
    """Somebody has left: their chat and their link open nothing from this commit on."""
    gone = {"chat_id": None, "link_hash": None, "link_expires_at": None, "feed_hash": None}
    await change(tx, staff_id, ended_at=now, rests_since=None, rests_why=None, **gone)


async def coming(tx: Tx, staff_id: int, now: datetime) -> list[Coming]:
    """The visits that somebody is booked for and that lie ahead, in order of time."""
    rows = await tx.execute(
        select(booking.c.family_id, booking.c.visit, booking.c.starts_at, family.c.area_id)
        .join(booking_staff, booking_staff.c.booking_id == booking.c.id)
        .join(family, family.c.id == booking.c.family_id)
        .where(
            booking_staff.c.staff_id == staff_id,
            booking.c.state == BookingState.BOOKED,
            booking.c.starts_at > now,
        )
        .order_by(booking.c.starts_at)
    )
    return [Coming(row.family_id, row.visit, row.starts_at, row.area_id) for row in rows]


async def _one(tx: Tx, *where: ColumnElement[bool]) -> Colleague | None:
    row = (await tx.execute(select(staff).where(*where).order_by(staff.c.id))).first()
    return await _colleague(tx, row) if row else None


async def _colleague(tx: Tx, row: Row[Any]) -> Colleague:
    others = await other_areas(tx, row.id)
    return Colleague(member(row), row.area_id, row.chat_id, others)


async def use_link(tx: Tx, link_hash: str, chat_id: int, language: str, now: datetime) -> bool:
    """Tie that link's owner to the chat; False if somebody was faster."""
    done = await tx.execute(
        update(staff)
        .where(staff.c.link_hash == link_hash, staff.c.ended_at.is_(None))
        .where(staff.c.link_expires_at.is_not(None))
        .values(
            chat_id=chat_id,
            language=language,
            link_expires_at=None,
            confirmed_at=now,
            rests_since=None,
            rests_why=None,
        )
    )
    return done.rowcount == 1
