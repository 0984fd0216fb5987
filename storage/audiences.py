"""Everybody a notice could be for, as the rules want them: SQL finds, `programme.audience` decides.

Family by family in chunks, so that a press never waits long while 30,000 people are counted.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from programme.activities import ActivityKind, SignupState
from programme.audience import Person
from programme.kinds import CAP, CAP_DAYS, KINDS
from programme.notices import Audience
from programme.people import Child, GuardianRole, Rest, Why
from storage.activity_tables import follow, seats, signup
from storage.database import Tx
from storage.items import ItemState
from storage.outbox import State
from storage.tables import child, family, guardian, item, outbox, rest

CHUNK = 400  # families in one IN list: far under every database's limit

_CAPPED = [kind for kind, rule in KINDS.items() if rule.capped]
_HAVE_A_PLACE = (SignupState.IN, SignupState.OFFERED)


async def people(
    tx: Tx, audience: Audience, activity_id: int | None, now: datetime
) -> AsyncIterator[Person]:
    """Every parent of those areas, and a person without a number for a family that has none.

    As they are at `now`; who has left the programme, or is not let in yet, is not among them.
    """
    paused, after = await _paused(tx, audience.areas, now), 0
    while ids := await homes(tx, audience.areas, after):
        for person in await _chunk(tx, ids, activity_id, paused, now):
            yield person
        after = ids[-1]
        await asyncio.sleep(0)  # let a press come in between


async def homes(tx: Tx, areas: Sequence[int], after: int) -> list[int]:
    """The next CHUNK families of those areas behind that number, in order; fewer are the last."""
    rows = select(family.c.id).where(_lives_in(areas), family.c.id > after)
    return list((await tx.execute(rows.order_by(family.c.id).limit(CHUNK))).scalars())


async def some(
    tx: Tx, ids: Sequence[int], audience: Audience, activity_id: int | None, now: datetime
) -> list[Person]:
    """The people of those families only."""
    paused = await _paused(tx, audience.areas, now)
    return await _chunk(tx, ids, activity_id, paused, now)


def _lives_in(areas: Sequence[int]) -> ColumnElement[bool]:
    return and_(
        family.c.area_id.in_(areas), family.c.left_at.is_(None), family.c.waits_since.is_(None)
    )


async def _paused(tx: Tx, areas: Sequence[int], at: datetime) -> set[int]:
    rows = await tx.execute(select(rest.c.area_id).where(rest.c.area_id.in_(areas), _covers(at)))
    return set(rows.scalars())


def _covers(at: datetime) -> ColumnElement[bool]:
    return and_(rest.c.since <= at, or_(rest.c.until.is_(None), rest.c.until > at))


@dataclass
class _Around:
    """What belongs to the families and parents of one chunk, by their ids."""

    paused: set[int]
    children: defaultdict[int, list[Child]] = field(default_factory=lambda: defaultdict(list))
    rests: defaultdict[int, list[Rest]] = field(default_factory=lambda: defaultdict(list))
    own_rests: defaultdict[int, list[Rest]] = field(default_factory=lambda: defaultdict(list))
    follows: defaultdict[int, set[ActivityKind]] = field(default_factory=lambda: defaultdict(set))
    signed_up: set[int] = field(default_factory=set)
    lately: defaultdict[int, set[datetime]] = field(default_factory=lambda: defaultdict(set))


async def _chunk(
    tx: Tx, ids: Sequence[int], activity_id: int | None, paused: set[int], now: datetime
) -> list[Person]:
    around = _Around(paused)
    for row in await tx.execute(
        select(child).where(child.c.family_id.in_(ids)).order_by(child.c.id)
    ):
        around.children[row.family_id].append(_child(row))
    joined = family.outerjoin(guardian, guardian.c.family_id == family.c.id)
    everybody: Select[Any] = select(*_COLUMNS).select_from(joined).where(family.c.id.in_(ids))
    rows = (await tx.execute(everybody.order_by(family.c.id, guardian.c.id))).all()
    parents = [row.guardian_id for row in rows if row.guardian_id is not None]
    await _rests(tx, ids, parents, around, now)
    for row in await tx.execute(select(follow).where(follow.c.guardian_id.in_(parents))):
        around.follows[row.guardian_id].add(ActivityKind(row.kind))
    if activity_id is not None:
        around.signed_up |= await _signed_up(tx, ids, activity_id)
    await _lately(tx, ids, around, now)
    return [_person(row, around) for row in rows]


_COLUMNS: tuple[ColumnElement[Any], ...] = (
    family.c.id.label("family_id"),
    family.c.area_id,
    family.c.protected,
    family.c.eligible,
    guardian.c.id.label("guardian_id"),
    guardian.c.chat_id,
    guardian.c.language,
    guardian.c.role,
    guardian.c.active_since,
    guardian.c.consent_asked_at,
)


async def _rests(
    tx: Tx, ids: Sequence[int], parents: Sequence[int], around: _Around, now: datetime
) -> None:
    for row in await tx.execute(select(rest).where(rest.c.family_id.in_(ids), _covers(now))):
        around.rests[row.family_id].append(_rest(row))
    for row in await tx.execute(select(rest).where(rest.c.guardian_id.in_(parents), _covers(now))):
        around.own_rests[row.guardian_id].append(_rest(row))


async def _signed_up(tx: Tx, ids: Sequence[int], activity_id: int) -> set[int]:
    rows = await tx.execute(
        select(signup.c.guardian_id)
        .join(seats, seats.c.id == signup.c.seats_id)
        .where(
            signup.c.family_id.in_(ids),
            seats.c.activity_id == activity_id,
            signup.c.state.in_(_HAVE_A_PLACE),
        )
    )
    return set(rows.scalars())


async def _lately(tx: Tx, ids: Sequence[int], around: _Around, now: datetime) -> None:
    """When tips and notices came, of who has had so many that their week may be full.

    The same that `claims.said_since` says of one parent.
    """
    came = and_(
        outbox.c.family_id.in_(ids),
        outbox.c.state == State.SENT,
        outbox.c.ended_at >= now - timedelta(days=CAP_DAYS),
        item.c.kind.in_(_CAPPED),
        item.c.state.in_((ItemState.SENT, ItemState.FOLDED)),
    )
    carried = outbox.join(item, item.c.outbox_id == outbox.c.id)
    many = func.count(outbox.c.id.distinct()) >= CAP
    reader = outbox.c.guardian_id
    found = await tx.execute(
        select(reader).select_from(carried).where(came).group_by(reader).having(many)
    )
    if full := list(found.scalars()):
        times = select(reader, outbox.c.ended_at).select_from(carried)
        for row in await tx.execute(times.where(came, reader.in_(full))):
            around.lately[row.guardian_id].add(row.ended_at)


def _child(row: Row[Any]) -> Child:
    return Child(id=row.id, born=row.born, due=row.due, silent=row.silent)


def _rest(row: Row[Any]) -> Rest:
    return Rest(id=row.id, why=Why(row.why), since=row.since, until=row.until)


def _person(row: Row[Any], around: _Around) -> Person:
    number = row.guardian_id or 0
    return Person(
        guardian_id=number,
        family_id=row.family_id,
        area_id=row.area_id,
        language=row.language or "",
        role=GuardianRole(row.role) if row.role else None,
        in_chat=row.chat_id is not None,
        active_since=row.active_since,
        asked_anew_at=row.consent_asked_at,
        protected=row.protected,
        area_paused=row.area_id in around.paused,
        rests=(*around.own_rests[number], *around.rests[row.family_id]),
        children=tuple(around.children[row.family_id]),
        eligible=row.eligible,
        follows=frozenset(around.follows[number]),
        signed_up=number in around.signed_up,
        capped_lately=tuple(sorted(around.lately[number])),
    )
