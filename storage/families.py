"""Families, their children and guardians: register, find, read as values, change one fact."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, select, update

from programme.activities import Signup
from programme.news import Event
from programme.notices import Addressed
from programme.people import (
    Area,
    Booking,
    Child,
    Family,
    Guardian,
    GuardianRole,
    InterpreterWish,
    Proposal,
    Rest,
    StaffMember,
)
from programme.questions import Joiner, Move, Thread
from storage import (
    areas,
    bookings,
    events,
    notices,
    proposals,
    rests,
    signups,
    staff,
    threads,
)
from storage.database import Tx
from storage.tables import area, booking, child, family, guardian, item
from storage.written_once import IDS, among

CHUNK = 400  # values in one IN list: far under every database's limit


@dataclass(frozen=True)
class Home:
    """The area of a family, as far as texts and figures need it."""

    area_id: int
    employer: str | None
    centre_id: int | None = None  # their health centre, where the area has several


async def home(tx: Tx, family_id: int) -> Home:
    """The area a family belongs to."""
    row = await tx.execute(
        select(area.c.id, area.c.employer, family.c.centre_id)
        .join(family, family.c.area_id == area.c.id)
        .where(family.c.id == family_id)
    )
    found = row.one()
    return Home(found.id, found.employer, found.centre_id)


async def register(tx: Tx, in_area: int, label: str | None, now: datetime) -> int:
    """The id of a new family without children or guardians."""
    row = await tx.execute(
        family.insert()
        .values(area_id=in_area, label=label, registered_at=now)
        .returning(family.c.id)
    )
    return int(row.scalar_one())


async def add_child(
    tx: Tx, family_id: int, born: date | None, due: date | None, corrected: bool = False
) -> int:
    """The id of a new child of that family."""
    value = Child(id=0, born=born, due=due, corrected=corrected)
    row = await tx.execute(
        child.insert()
        .values(
            family_id=family_id,
            born=born,
            due=due,
            corrected=corrected,
            tips_from=value.tips_from,
        )
        .returning(child.c.id)
    )
    return int(row.scalar_one())


async def add_guardian(
    tx: Tx,
    family_id: int,
    chat_id: int | None,
    language: str,
    active_since: datetime | None,
    **facts: object,
) -> int:
    """The id of a new guardian who reads in that chat."""
    row = await tx.execute(
        guardian.insert()
        .values(
            family_id=family_id,
            chat_id=chat_id,
            language=language,
            active_since=active_since,
            **facts,
        )
        .returning(guardian.c.id)
    )
    return int(row.scalar_one())


async def set_guardian(tx: Tx, guardian_id: int, **facts: object) -> None:
    """Write new facts of one guardian."""
    await tx.execute(update(guardian).where(guardian.c.id == guardian_id).values(**facts))


async def set_family(tx: Tx, family_id: int, **facts: object) -> None:
    """Write new facts of one family."""
    await tx.execute(update(family).where(family.c.id == family_id).values(**facts))


async def set_child(tx: Tx, value: Child) -> None:
    """Write all facts of a child that is there; the day its tips count from follows by itself."""
    await tx.execute(
        update(child)
        .where(child.c.id == value.id)
        .values(
            born=value.born,
            due=value.due,
            corrected=value.corrected,
            tips_from=value.tips_from,
            came_home=value.came_home,
            silent=value.silent,
        )
    )


async def exists(tx: Tx, family_id: int) -> bool:
    """Whether there is a family with that id."""
    row = await tx.execute(select(family.c.id).where(family.c.id == family_id))
    return row.first() is not None


_READER = (
    select(guardian, family.c.protected)
    .join(family, family.c.id == guardian.c.family_id)
    .where(guardian.c.chat_id == bindparam("chat"))
)


async def guardian_of_chat(tx: Tx, chat_id: int) -> tuple[int, Guardian] | None:
    """The family's id and the guardian who reads in that chat, or None.

    Who still waits for another parent's yes has no guardian's rights: None; and neither has
    anybody of a family with a protected identity, which has no chat.
    """
    row = (await tx.execute(_READER, {"chat": chat_id})).first()
    if row is None or row.active_since is None or row.protected:
        return None
    rested = await rests.of(tx, "guardian_id", [row.id])
    return row.family_id, _guardian(row, rested.get(row.id, ()))


async def chat_is_taken(tx: Tx, chat_id: int) -> bool:
    """Whether any parent reads in that chat, or waits there for another parent's yes."""
    row = await tx.execute(select(guardian.c.id).where(guardian.c.chat_id == chat_id))
    return row.first() is not None


async def load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    """The families with those ids, whole, as the rules want them."""
    found: list[Family] = []
    for start in range(0, len(ids), CHUNK):
        found += await _load(tx, ids[start : start + CHUNK])
    return found


_FAMILIES = (
    select(family, area.c.name.label("moves_to"))
    .outerjoin(area, area.c.id == family.c.move_to)
    .where(family.c.id.in_(IDS))
)
_ALL_OF = {
    table: select(table).where(table.c.family_id.in_(IDS)).order_by(table.c.id)
    for table in (child, guardian)
}
_SKIPPED = select(item.c.family_id, item.c.key).where(
    item.c.family_id.in_(IDS), item.c.state == "skipped"
)


async def _load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    rows = (await tx.execute(_FAMILIES, among(ids))).all()
    in_areas = list({row.area_id for row in rows})
    around = _Around(
        kids=_by_family(await _all_of(tx, child, ids)),
        adults=_by_family(await _all_of(tx, guardian, ids)),
        skipped=_by_family(await _skipped(tx, ids)),
        booked=await bookings.of_families(tx, ids),
        events=await events.of_families(tx, ids),
        proposals=await proposals.of_families(tx, ids),
        threads=await threads.of_families(tx, ids),
        addressed=await notices.addressed(tx, ids),
        signups=await signups.of_families(tx, ids),
        areas=await areas.load(tx, in_areas),
        staff=await staff.of_areas(tx, in_areas),
        family_rests=await rests.of(tx, "family_id", ids),
    )
    adults = [row.id for rows in around.adults.values() for row in rows]
    guardian_rests = await rests.of(tx, "guardian_id", adults)
    whole = {row.id: _family(row, around, guardian_rests) for row in rows}
    return [whole.get(each) or Family(id=each) for each in ids]


@dataclass(frozen=True)
class _Around:
    """What belongs to the families of one chunk, by family or by area."""

    kids: Mapping[int, list[Row[Any]]]
    adults: Mapping[int, list[Row[Any]]]
    skipped: Mapping[int, list[Row[Any]]]
    booked: Mapping[int, list[Booking]]
    events: Mapping[int, list[Event]]
    proposals: Mapping[int, list[Proposal]]
    threads: Mapping[int, list[Thread]]
    addressed: Mapping[int, list[Addressed]]
    signups: Mapping[int, list[Signup]]
    areas: Mapping[int, Area]
    staff: Mapping[int, tuple[StaffMember, ...]]
    family_rests: Mapping[int, tuple[Rest, ...]]


async def _all_of(tx: Tx, table: Table, ids: Sequence[int]) -> Iterable[Any]:
    return await tx.execute(_ALL_OF[table], among(ids))


async def _skipped(tx: Tx, ids: Sequence[int]) -> Iterable[Any]:
    return await tx.execute(_SKIPPED, among(ids))


def _by_family(rows: Iterable[Any]) -> defaultdict[int, list[Row[Any]]]:
    grouped: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.family_id].append(row)
    return grouped


def _family(
    row: Row[Any], around: _Around, guardian_rests: Mapping[int, tuple[Rest, ...]]
) -> Family:
    adults, booked = around.adults[row.id], around.booked[row.id]
    return Family(
        id=row.id,
        children=tuple(_child(each) for each in around.kids[row.id]),
        guardians=tuple(_guardian(each, guardian_rests.get(each.id, ())) for each in adults),
        bookings=tuple(each for each in booked if each.stands_for is None),
        parted=tuple(each for each in booked if each.stands_for is not None),
        skipped=frozenset(each.key for each in around.skipped[row.id]),
        area=around.areas[row.area_id],
        rests=around.family_rests.get(row.id, ()),
        eligible=row.eligible,
        visits_ended_at=row.visits_ended_at,
        staff=around.staff.get(row.area_id, ()),
        events=tuple(around.events[row.id]),
        joiners=tuple(_joiner(each) for each in adults if each.asked_name is not None),
        move=Move(area=row.moves_to, asked_at=row.move_asked_at) if row.moves_to else None,
        left_at=row.left_at,
        proposals=tuple(around.proposals[row.id]),
        threads=tuple(around.threads[row.id]),
        addressed=tuple(around.addressed[row.id]),
        signups=tuple(around.signups[row.id]),
        split_at=row.split_at,
        protected=row.protected,
        waits_since=row.waits_since,
        registered_at=row.registered_at,
        centre_id=row.centre_id,
        why_told_at=row.why_told_at,
    )


def _child(row: Row[Any]) -> Child:
    return Child(
        id=row.id,
        born=row.born,
        due=row.due,
        corrected=row.corrected,
        came_home=row.came_home,
        silent=row.silent,
    )


def _guardian(row: Row[Any], rested: tuple[Rest, ...]) -> Guardian:
    return Guardian(
        id=row.id,
        language=row.language,
        active_since=row.active_since,
        rests=rested,
        fewer=row.fewer,
        quiet_days=frozenset(int(day) for day in row.quiet_days),
        role=GuardianRole(row.role) if row.role else None,
        by_parent=row.asked_by is not None,
        by_poster=row.asked_at is not None and row.asked_by is None,
        home=row.home,
        calendar=row.calendar,
        interpreter_wish=InterpreterWish(row.interpreter_wish) if row.interpreter_wish else None,
        consent_asked_at=row.consent_asked_at,
        why_told_at=row.why_told_at,
    )


def _joiner(row: Row[Any]) -> Joiner:
    return Joiner(id=row.id, asked_by=row.asked_by, name=row.asked_name, asked_at=row.asked_at)


async def awaiting_visit(tx: Tx, area_id: int, now: datetime) -> list[int]:
    """The ids of the families of an area that have a booking ahead."""
    rows = await tx.execute(
        select(family.c.id)
        .distinct()
        .join(booking, booking.c.family_id == family.c.id)
        .where(family.c.area_id == area_id, booking.c.starts_at > now)
        .order_by(family.c.id)
    )
    return list(rows.scalars())


async def first_moment(tx: Tx) -> datetime | None:
    """When the first family was registered, or None: before that there was nothing to plan."""
    row = await tx.execute(select(family.c.registered_at).order_by(family.c.registered_at).limit(1))
    return row.scalar()


async def chat_of(tx: Tx, guardian_id: int) -> int | None:
    """The chat a guardian reads in, or None."""
    row = await tx.execute(select(guardian.c.chat_id).where(guardian.c.id == guardian_id))
    return row.scalar()
