"""Which families the planner should look at: plain BETWEEN on indexed columns, portable."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from programme.activities import STANDING
from programme.ages import Span
from programme.candidates import Times, Wanted
from programme.consent import ONCE_MORE_AFTER
from storage.activity_tables import occasion, seats, signup
from storage.database import Tx
from storage.tables import booking, child, event, family, guardian, rest, summer
from storage.time_tables import proposal
from storage.trust_tables import thread


async def find(tx: Tx, wanted: Wanted) -> list[int]:
    """The families to which anything may be due: perhaps too many, never too few.

    Those of whom a child's age is all that is known come last: a visit's message waits until no
    thousands of tips are planned.
    """
    found: dict[int, None] = {}
    for query in [*_queries(wanted), *await _of_areas(tx, wanted), *_by_age(wanted)]:
        found |= dict.fromkeys(sorted((await tx.execute(query)).scalars()))
    return list(found)


def _by_age(wanted: Wanted) -> list[Select[int]]:
    days = (
        (child.c.came_home, wanted.homes),
        (child.c.born, wanted.births),
        (child.c.due, wanted.expected),
        (child.c.tips_from, wanted.tips),
    )
    return [select(child.c.family_id).where(_on(column, spans)) for column, spans in days if spans]


def _queries(wanted: Wanted) -> list[Select[int]]:
    queries = []
    if wanted.visits:
        queries.append(select(booking.c.family_id).where(_at(booking.c.starts_at, wanted.visits)))
        queries.append(_signed_up().where(_at(occasion.c.starts_at, wanted.visits)))
    if wanted.joined:
        joined = _at(guardian.c.active_since, wanted.joined)
        queries.append(select(guardian.c.family_id).where(joined))
    if wanted.asked:
        asked = and_(thread.c.answered_at.is_(None), _at(thread.c.asked_at, wanted.asked))
        queries.append(select(thread.c.family_id).where(asked))
    if wanted.waiting:
        queries.append(select(family.c.id).where(_at(family.c.waits_since, wanted.waiting)))
    return [*queries, *_changed(wanted.since, wanted.until)]


async def _of_areas(tx: Tx, wanted: Wanted) -> list[Select[int]]:
    """Of areas whose summer is over, or for which a pause began or ended: nearly always none.

    They are asked for first: joined, SQLite went through all families to find no area.
    """
    queries = []
    if wanted.summers:
        over = select(summer.c.area_id).where(_on(summer.c.last, wanted.summers))
        if areas := (await tx.execute(over)).scalars().all():
            queries.append(select(family.c.id).where(family.c.area_id.in_(areas)))
    begun_or_ended = _begun_or_ended(wanted.since, wanted.until)
    paused = select(rest.c.area_id).where(rest.c.area_id.is_not(None), begun_or_ended)
    if areas := (await tx.execute(paused)).scalars().all():
        # Only families with a visit booked hear of it.
        queries.append(
            select(booking.c.family_id)
            .join(family, family.c.id == booking.c.family_id)
            .where(family.c.area_id.in_(areas), booking.c.starts_at >= wanted.since)
        )
    return queries


def _signed_up() -> Select[int]:
    """Families with a place, an offer or a turn, beside each occasion that it is for."""
    ours = or_(seats.c.occasion_id.is_(None), seats.c.occasion_id == occasion.c.id)
    return (
        select(signup.c.family_id)
        .select_from(occasion)
        .join(seats, and_(seats.c.activity_id == occasion.c.activity_id, ours))
        .join(signup, signup.c.seats_id == seats.c.id)
        .where(signup.c.state.in_(list(STANDING)))
    )


def _on(column: ColumnElement[Any], spans: Sequence[Span]) -> ColumnElement[bool]:
    return or_(*(column.between(span.first, span.last) for span in spans))


def _at(column: ColumnElement[Any], times: Times) -> ColumnElement[bool]:
    return or_(*(column.between(*each) for each in times))


def _then(
    column: ColumnElement[Any], since: datetime, until: datetime, after: timedelta = timedelta(0)
) -> ColumnElement[bool]:
    return and_(column >= since - after, column < until - after)


def _begun_or_ended(since: datetime, until: datetime) -> ColumnElement[bool]:
    return or_(_then(rest.c.since, since, until), _then(rest.c.until, since, until))


def _changed(since: datetime, until: datetime) -> list[Select[int]]:
    """Families of whom a fact has changed, or for whom a rest began or ended, in that time."""

    def then(column: ColumnElement[Any], after: timedelta = timedelta(0)) -> ColumnElement[bool]:
        return _then(column, since, until, after)

    begun_or_ended = _begun_or_ended(since, until)
    return [
        select(booking.c.family_id).where(then(booking.c.changed_at)),
        select(guardian.c.family_id).where(
            or_(
                then(guardian.c.active_since),
                then(guardian.c.asked_at),
                then(guardian.c.consent_asked_at),
                then(guardian.c.consent_asked_at, ONCE_MORE_AFTER),
            )
        ),
        select(family.c.id).where(or_(then(family.c.left_at), then(family.c.move_asked_at))),
        select(event.c.family_id).where(then(event.c.at)),
        select(signup.c.family_id).where(then(signup.c.changed_at)),
        _signed_up().where(then(occasion.c.changed_at)),
        select(proposal.c.family_id).where(
            or_(then(proposal.c.made_at), then(proposal.c.expires_at))
        ),
        select(thread.c.family_id).where(or_(then(thread.c.asked_at), then(thread.c.answered_at))),
        select(rest.c.family_id).where(rest.c.family_id.is_not(None), begun_or_ended),
        select(guardian.c.family_id)
        .join(rest, rest.c.guardian_id == guardian.c.id)
        .where(begun_or_ended),
    ]
