"""A family whole, as the rules want it: in as few statements as what it has allows."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Table, exists, or_, select

from programme.activities import STANDING, Signup
from programme.ages import Span
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
from storage import areas, bookings, events, notices, proposals, rests, signups, staff, threads
from storage.activity_tables import signup
from storage.database import Tx, near
from storage.tables import area, booking, child, event, family, guardian, item, outbox, rest, summer
from storage.time_tables import proposal
from storage.trust_tables import thread
from storage.written_once import IDS, among

_FEW = 2  # what an act is about: found by numbers, and as little as one family has
CHUNK = 400  # values in one IN list: far under every database's limit
Found = TypeVar("Found")
_Loads = Callable[[Tx, Sequence[int]], Awaitable[Mapping[int, Found]]]


async def load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    """The families with those ids, whole, as the rules want them."""
    if len(ids) <= _FEW:
        with near(tx):
            return await _load(tx, ids) if ids else []
    found: list[Family] = []
    for start in range(0, len(ids), CHUNK):
        found += await _load(tx, ids[start : start + CHUNK])
    return found


def _any(table: Table, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c.family_id == family.c.id, *where)


_OWN = area.alias()
# Most families have few of these: one statement says which, and nobody asks for the others.
_HAS = {
    "skipped": _any(item, item.c.state == "skipped"),
    "bookings": _any(booking),
    "events": _any(event),
    "proposals": _any(proposal),
    "threads": _any(thread),
    "addressed": _any(
        outbox, outbox.c.notice_id.is_not(None), outbox.c.state.in_(("waiting", "sending"))
    ),
    "signups": _any(signup, signup.c.state.in_(list(STANDING))),
    "summers": exists().where(summer.c.area_id == family.c.area_id),
    "rests": or_(
        _any(rest),
        exists().where(rest.c.area_id == family.c.area_id),
        select(rest.c.id)
        .join(guardian, guardian.c.id == rest.c.guardian_id)
        .where(guardian.c.family_id == family.c.id)
        .exists(),
    ),
}
_FAMILIES = (
    select(
        family,
        area.c.name.label("moves_to"),
        _OWN.c.status,
        _OWN.c.bokstart,
        *(any_of.label(f"has_{name}") for name, any_of in _HAS.items()),
    )
    .join(_OWN, _OWN.c.id == family.c.area_id)
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


async def children(tx: Tx, family_id: int) -> list[Child]:
    """The children of one family, in their order."""
    return [_child(row) for row in await _all_of(tx, child, [family_id])]


async def _load(tx: Tx, ids: Sequence[int]) -> list[Family]:
    rows = (await tx.execute(_FAMILIES, among(ids))).all()

    async def those(name: str, load: _Loads[Found]) -> Mapping[int, Found]:
        having = [row.id for row in rows if row._mapping[f"has_{name}"]]
        return await load(tx, having) if having else {}

    adults = _by_family(await _all_of(tx, guardian, ids))
    in_areas = sorted({row.area_id for row in rows})
    around = _Around(
        kids=_by_family(await _all_of(tx, child, ids)),
        adults=adults,
        skipped=await those("skipped", _skipped),
        booked=await those("bookings", bookings.of_families),
        events=await those("events", events.of_families),
        proposals=await those("proposals", proposals.of_families),
        threads=await those("threads", threads.of_families),
        addressed=await those("addressed", notices.addressed),
        signups=await those("signups", signups.of_families),
        summers=await areas.summers(tx, in_areas) if any(row.has_summers for row in rows) else {},
        staff=await staff.of_areas(tx, in_areas),
        rests=await _rests(tx, rows, adults),
    )
    whole = {row.id: _family(row, around) for row in rows}
    return [whole.get(each) or Family(id=each) for each in ids]


async def _rests(
    tx: Tx, rows: Sequence[Row[Any]], adults: Mapping[int, list[Row[Any]]]
) -> rests.Around:
    resting = [row for row in rows if row.has_rests]
    if not resting:
        return rests.Around()
    parents = [each.id for row in resting for each in adults[row.id]]
    in_areas = sorted({row.area_id for row in resting})
    return await rests.around(tx, parents, [row.id for row in resting], in_areas)


@dataclass(frozen=True)
class _Around:
    """What belongs to the families of one chunk, by family or by area."""

    kids: Mapping[int, list[Row[Any]]]
    adults: Mapping[int, list[Row[Any]]]
    skipped: Mapping[int, list[str]]
    booked: Mapping[int, list[Booking]]
    events: Mapping[int, list[Event]]
    proposals: Mapping[int, list[Proposal]]
    threads: Mapping[int, list[Thread]]
    addressed: Mapping[int, list[Addressed]]
    signups: Mapping[int, list[Signup]]
    summers: Mapping[int, tuple[Span, ...]]
    staff: Mapping[int, tuple[StaffMember, ...]]
    rests: rests.Around


async def _all_of(tx: Tx, table: Table, ids: Sequence[int]) -> Iterable[Any]:
    return await tx.execute(_ALL_OF[table], among(ids))


async def _skipped(tx: Tx, ids: Sequence[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in await tx.execute(_SKIPPED, among(ids)):
        found[row.family_id].append(row.key)
    return found


def _by_family(rows: Iterable[Any]) -> defaultdict[int, list[Row[Any]]]:
    grouped: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.family_id].append(row)
    return grouped


def _family(row: Row[Any], around: _Around) -> Family:
    adults, booked = around.adults[row.id], around.booked.get(row.id, ())
    return Family(
        id=row.id,
        children=tuple(_child(each) for each in around.kids[row.id]),
        guardians=tuple(guardian_of(each, around.rests.of_guardian(each.id)) for each in adults),
        bookings=tuple(each for each in booked if each.stands_for is None),
        parted=tuple(each for each in booked if each.stands_for is not None),
        skipped=frozenset(around.skipped.get(row.id, ())),
        area=_area(row, around),
        rests=around.rests.of_family(row.id),
        eligible=row.eligible,
        visits_ended_at=row.visits_ended_at,
        staff=around.staff.get(row.area_id, ()),
        events=tuple(around.events.get(row.id, ())),
        joiners=tuple(_joiner(each) for each in adults if each.asked_name is not None),
        move=Move(area=row.moves_to, asked_at=row.move_asked_at) if row.moves_to else None,
        left_at=row.left_at,
        proposals=tuple(around.proposals.get(row.id, ())),
        threads=tuple(around.threads.get(row.id, ())),
        addressed=tuple(around.addressed.get(row.id, ())),
        signups=tuple(around.signups.get(row.id, ())),
        split_at=row.split_at,
        protected=row.protected,
        waits_since=row.waits_since,
        registered_at=row.registered_at,
        centre_id=row.centre_id,
        why_told_at=row.why_told_at,
    )


def _area(row: Row[Any], around: _Around) -> Area:
    return Area(
        id=row.area_id,
        running=row.status == areas.RUNNING,
        rests=around.rests.of_area(row.area_id),
        summers=around.summers.get(row.area_id, ()),
        bokstart=row.bokstart,
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


def guardian_of(row: Row[Any], rested: tuple[Rest, ...]) -> Guardian:
    """A row of the table as a value."""
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
