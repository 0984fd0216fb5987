"""Activities and their occasions, as values of the rules."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, delete, func, literal, select, update

from programme.activities import (
    Activity,
    ActivityKind,
    ActivityState,
    ForWhom,
    Interpreter,
    Occasion,
    SigningUp,
    Words,
)
from programme.places import Venue
from storage import places, wordings
from storage.activity_tables import activity, activity_area, occasion
from storage.database import Tx

CANCELLED, STANDS = "cancelled", "stands"


async def load(tx: Tx, ids: Sequence[int]) -> dict[int, Activity]:
    """Those activities, by id; one that is not there is left out."""
    if not ids:
        return {}
    rows = (await tx.execute(select(activity).where(activity.c.id.in_(ids)))).all()
    words = await wordings.approved(tx, "activity_id", ids)
    areas: defaultdict[int, list[int]] = defaultdict(list)
    theirs = select(activity_area).where(activity_area.c.activity_id.in_(ids))
    for row in await tx.execute(theirs.order_by(activity_area.c.area_id)):
        areas[row.activity_id].append(row.area_id)
    wanted = {row.place_id for row in rows if row.place_id is not None}
    venues = {each.id: each for each in await places.listed(tx)} if wanted else {}
    return {row.id: _activity(row, words.get(row.id, {}), areas[row.id], venues) for row in rows}


async def of_areas(tx: Tx, areas: Sequence[int]) -> list[int]:
    """The ids of every activity of those areas, the newest first."""
    rows = await tx.execute(
        select(activity_area.c.activity_id)
        .distinct()
        .where(activity_area.c.area_id.in_(areas))
        .order_by(activity_area.c.activity_id.desc())
    )
    return list(rows.scalars())


async def add(tx: Tx, areas: Sequence[int], **facts: object) -> int:
    """The id of a new activity; `facts` are columns of its table."""
    row = await tx.execute(activity.insert().values(**facts).returning(activity.c.id))
    number = int(row.scalar_one())
    await set_areas(tx, number, areas)
    return number


async def change(tx: Tx, number: int, **facts: object) -> None:
    """Write new facts of one activity; its revision rises."""
    kept = {**facts, "revision": activity.c.revision + 1}
    await tx.execute(update(activity).where(activity.c.id == number).values(**kept))


async def set_areas(tx: Tx, number: int, areas: Sequence[int]) -> None:
    """Whose activity it is."""
    await tx.execute(delete(activity_area).where(activity_area.c.activity_id == number))
    for area_id in dict.fromkeys(areas):
        await tx.execute(activity_area.insert().values(activity_id=number, area_id=area_id))


async def occasions(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[Occasion, ...]]:
    """The occasions of those activities, by activity, in order of time; cancelled ones too."""
    query = select(occasion).where(occasion.c.activity_id.in_(ids))
    found: defaultdict[int, list[Occasion]] = defaultdict(list)
    for row in await tx.execute(query.order_by(occasion.c.starts_at, occasion.c.id)):
        found[row.activity_id].append(_occasion(row))
    return {number: tuple(each) for number, each in found.items()}


async def between(
    tx: Tx, areas: Sequence[int], since: datetime, until: datetime
) -> list[tuple[int, Occasion]]:
    """What begins in [since, until) in those areas: the activity's id and the occasion, by time."""
    rows = await tx.execute(
        select(occasion)
        .join(activity, activity.c.id == occasion.c.activity_id)
        .where(
            activity.c.state == ActivityState.OPEN,
            occasion.c.starts_at >= since,
            occasion.c.starts_at < until,
            activity.c.id.in_(
                select(activity_area.c.activity_id).where(activity_area.c.area_id.in_(areas))
            ),
        )
        .order_by(occasion.c.starts_at, occasion.c.id)
    )
    return [(row.activity_id, _occasion(row)) for row in rows]


async def activity_of(tx: Tx, number: int) -> int | None:
    """Which activity that occasion belongs to, or None if it is not there."""
    row = await tx.execute(select(occasion.c.activity_id).where(occasion.c.id == number))
    return row.scalar()


async def add_occasion(
    tx: Tx, activity_id: int, starts_at: datetime, minutes: int, now: datetime
) -> int:
    """The id of a new occasion."""
    row = await tx.execute(
        occasion.insert()
        .values(
            activity_id=activity_id,
            starts_at=starts_at,
            minutes=minutes,
            state=STANDS,
            changed_at=now,
        )
        .returning(occasion.c.id)
    )
    return int(row.scalar_one())


async def move_occasion(
    tx: Tx, number: int, starts_at: datetime, minutes: int, now: datetime, unheard: bool = False
) -> None:
    """Another time; what it was is kept for who has read it.

    `unheard`: somebody has not heard of the time before this one: they know the one before that.
    """
    before: ColumnElement[datetime] = occasion.c.starts_at
    if unheard:
        known = func.coalesce(occasion.c.previous_starts_at, before)
        before = case((known != literal(starts_at, known.type), known), else_=before)
    await tx.execute(
        update(occasion)
        .where(occasion.c.id == number)
        .values(
            previous_starts_at=before,
            starts_at=starts_at,
            minutes=minutes,
            revision=occasion.c.revision + 1,
            changed_at=now,
        )
    )


async def touch(tx: Tx, numbers: Sequence[int], now: datetime, unheard: Collection[int]) -> None:
    """These are somewhere else, at the same time: who counts on them must hear of it.

    `unheard`: of those somebody has not heard of another hour yet, so that is told with it.
    """
    for number in numbers:
        known = {} if number in unheard else {"previous_starts_at": occasion.c.starts_at}
        await tx.execute(
            update(occasion)
            .where(occasion.c.id == number, occasion.c.state == STANDS)
            .values(revision=occasion.c.revision + 1, changed_at=now, **known)
        )


async def cancel_occasion(tx: Tx, number: int, now: datetime) -> bool:
    """It does not take place; False if it did not already: of two who press, one has done it."""
    done = await tx.execute(
        update(occasion)
        .where(occasion.c.id == number, occasion.c.state == STANDS)
        .values(state=CANCELLED, revision=occasion.c.revision + 1, changed_at=now)
    )
    return done.rowcount == 1


async def merge_areas(tx: Tx, gone: int, into: int) -> None:
    """Before one area becomes part of another: its activities become the other's."""
    rows = await tx.execute(
        select(activity_area.c.activity_id).where(activity_area.c.area_id == gone)
    )
    for number in list(rows.scalars()):
        theirs = (await load(tx, [number]))[number].areas
        await set_areas(tx, number, [into if each == gone else each for each in theirs])


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(
        id=row.id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        cancelled=row.state == CANCELLED,
        revision=row.revision,
        previous_starts_at=row.previous_starts_at,
        changed_at=row.changed_at,
    )


def codes(joined: str) -> tuple[str, ...]:
    """The codes of a column that keeps them by commas."""
    return tuple(each for each in joined.split(",") if each)


def _activity(
    row: Row[Any], words: Mapping[str, Words], areas: Sequence[int], venues: Mapping[int, Venue]
) -> Activity:
    return Activity(
        id=row.id,
        kind=ActivityKind(row.kind),
        state=ActivityState(row.state),
        words=words,
        areas=tuple(areas),
        venue=venues.get(row.place_id),
        link=row.link,
        spoken=codes(row.spoken),
        interpreter=Interpreter(row.interpreter) if row.interpreter else None,
        interpreted=codes(row.interpreted),
        for_whom=ForWhom(row.for_whom),
        months_from=row.months_from,
        months_to=row.months_to,
        childcare=row.childcare,
        free=row.free,
        signing_up=SigningUp(row.signing_up),
        picture=row.picture,
        checked_on=row.checked_on,
        revision=row.revision,
    )
