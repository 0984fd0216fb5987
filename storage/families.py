"""Families, their children and guardians: register, find, read as values, change one fact."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from programme.ages import Span
from programme.people import Booking, Child, Family, Guardian
from storage import bookings
from storage.database import Tx
from storage.tables import answer, area, booking, child, family, guardian, item

CHUNK = 400  # values in one IN list: far under every database's limit


async def area_names(tx: Tx) -> list[str]:
    """The names of all areas, in alphabetical order."""
    return list((await tx.execute(select(area.c.name).order_by(area.c.name))).scalars())


async def area_id(tx: Tx, name: str) -> int | None:
    """The id of the area with that name, or None."""
    return (await tx.execute(select(area.c.id).where(area.c.name == name))).scalar()


async def area_exists(tx: Tx, number: int) -> bool:
    """Whether there is an area with that id."""
    return (await tx.execute(select(area.c.id).where(area.c.id == number))).first() is not None


async def add_area(tx: Tx, name: str, employer: str | None = None) -> int:
    """The id of a new area."""
    row = await tx.execute(
        area.insert().values(name=name, employer=employer, status="running").returning(area.c.id)
    )
    return int(row.scalar_one())


@dataclass(frozen=True)
class Home:
    """The area of a family, as far as texts and figures need it."""

    area_id: int
    employer: str | None


async def home(tx: Tx, family_id: int) -> Home:
    """The area a family belongs to."""
    row = await tx.execute(
        select(area.c.id, area.c.employer)
        .join(family, family.c.area_id == area.c.id)
        .where(family.c.id == family_id)
    )
    found = row.one()
    return Home(found.id, found.employer)


async def register(tx: Tx, in_area: int, label: str | None, now: datetime) -> int:
    """The id of a new family without children or guardians."""
    row = await tx.execute(
        family.insert()
        .values(area_id=in_area, label=label, registered_at=now)
        .returning(family.c.id)
    )
    return int(row.scalar_one())


async def add_child(tx: Tx, family_id: int, born: date | None, due: date | None) -> int:
    """The id of a new child of that family."""
    value = Child(id=0, born=born, due=due)
    row = await tx.execute(
        child.insert()
        .values(family_id=family_id, born=born, due=due, tips_from=value.tips_from)
        .returning(child.c.id)
    )
    return int(row.scalar_one())


async def add_guardian(
    tx: Tx, family_id: int, chat_id: int | None, language: str, active_since: datetime | None
) -> int:
    """The id of a new guardian who reads in that chat."""
    row = await tx.execute(
        guardian.insert()
        .values(family_id=family_id, chat_id=chat_id, language=language, active_since=active_since)
        .returning(guardian.c.id)
    )
    return int(row.scalar_one())


async def set_guardian(tx: Tx, guardian_id: int, **facts: object) -> None:
    """Write new facts of one guardian."""
    await tx.execute(update(guardian).where(guardian.c.id == guardian_id).values(**facts))


async def set_eligible(tx: Tx, family_id: int, eligible: bool) -> None:
    """Write the answer to the one question (mission A2)."""
    await tx.execute(update(family).where(family.c.id == family_id).values(eligible=eligible))


async def exists(tx: Tx, family_id: int) -> bool:
    """Whether there is a family with that id."""
    row = await tx.execute(select(family.c.id).where(family.c.id == family_id))
    return row.first() is not None


async def guardian_of_chat(tx: Tx, chat_id: int) -> tuple[int, Guardian] | None:
    """The family's id and the guardian who reads in that chat, or None."""
    row = (await tx.execute(select(guardian).where(guardian.c.chat_id == chat_id))).first()
    return (row.family_id, _guardian(row)) if row else None


async def load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    """The families with those ids, whole, as the rules want them."""
    found: list[Family] = []
    for start in range(0, len(ids), CHUNK):
        found += await _load(tx, ids[start : start + CHUNK])
    return found


async def _load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    children = await tx.execute(
        select(child).where(child.c.family_id.in_(ids)).order_by(child.c.id)
    )
    guardians = await tx.execute(
        select(guardian).where(guardian.c.family_id.in_(ids)).order_by(guardian.c.id)
    )
    skips = await tx.execute(
        select(item.c.family_id, item.c.key).where(
            item.c.family_id.in_(ids), item.c.state == "skipped"
        )
    )
    kids, adults = _by_family(children), _by_family(guardians)
    skipped = _by_family(skips)
    booked: dict[int, list[Booking]] = defaultdict(list)
    for owner, value in await bookings.of_families(tx, ids):
        booked[owner].append(value)
    return [
        Family(
            id=each,
            children=tuple(_child(row) for row in kids[each]),
            guardians=tuple(_guardian(row) for row in adults[each]),
            bookings=tuple(booked[each]),
            skipped=frozenset(row.key for row in skipped[each]),
        )
        for each in ids
    ]


def _by_family(rows: Iterable[Any]) -> defaultdict[int, list[Row[Any]]]:
    grouped: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.family_id].append(row)
    return grouped


def _child(row: Row[Any]) -> Child:
    return Child(id=row.id, born=row.born, due=row.due, corrected=row.corrected)


def _guardian(row: Row[Any]) -> Guardian:
    return Guardian(
        id=row.id,
        language=row.language,
        active_since=row.active_since,
        stopped_at=row.stopped_at,
        unreachable_since=row.unreachable_since,
        fewer=row.fewer,
    )


async def with_births(tx: Tx, births: Sequence[Span]) -> set[int]:
    """The families with a child whose tips count from one of those days."""
    if not births:
        return set()
    within = [child.c.tips_from.between(span.first, span.last) for span in births]
    return set((await tx.execute(select(child.c.family_id).where(or_(*within)))).scalars())


async def with_bookings(tx: Tx, starts: Sequence[tuple[datetime, datetime]]) -> set[int]:
    """The families with a booking that begins within one of those times."""
    if not starts:
        return set()
    within = [booking.c.starts_at.between(*each) for each in starts]
    return set((await tx.execute(select(booking.c.family_id).where(or_(*within)))).scalars())


async def with_news(tx: Tx, since: datetime, until: datetime) -> set[int]:
    """The families with a booking changed, or a guardian who came, in that time."""
    changed = select(booking.c.family_id).where(
        booking.c.changed_at >= since, booking.c.changed_at < until
    )
    came = select(guardian.c.family_id).where(
        and_(guardian.c.active_since >= since, guardian.c.active_since < until)
    )
    return set((await tx.execute(changed.union(came))).scalars())


async def first_moment(tx: Tx) -> datetime | None:
    """When the first guardian joined, or None: before that there was nothing to plan."""
    row = await tx.execute(
        select(guardian.c.active_since)
        .where(guardian.c.active_since.is_not(None))
        .order_by(guardian.c.active_since)
        .limit(1)
    )
    return row.scalar()


async def chat_of(tx: Tx, guardian_id: int) -> int | None:
    """The chat a guardian reads in, or None."""
    row = await tx.execute(select(guardian.c.chat_id).where(guardian.c.id == guardian_id))
    return row.scalar()


async def choices_of(tx: Tx, booking_id: int, revision: int) -> list[str]:
    """The answers given to a booking as it stands."""
    row = await tx.execute(
        select(answer.c.choice).where(
            answer.c.booking_id == booking_id, answer.c.revision == revision
        )
    )
    return list(row.scalars())
