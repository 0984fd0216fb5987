"""Places: a counter with a limit that the database holds (docs/decisions/0020).

`taken` is always the people who are in, or to whom a place is offered. It is raised on a
condition, so it never passes what there is, whoever signs up at once. An act locks its family
first, then seats, and several of them by their numbers.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, or_, select, update

from programme.activities import SigningUp, SignupState
from programme.errors import FewerThanSignedUp
from storage.activities import STANDS
from storage.activity_tables import activity, occasion, seats, signup
from storage.database import Tx, note_due

HOLDS_PLACES = (SignupState.IN, SignupState.OFFERED)


@dataclass(frozen=True, kw_only=True)
class Seats:
    """The places of one occasion, or of a whole series."""

    id: int
    activity_id: int
    occasion_id: int | None  # None: one sign-up holds for every occasion
    capacity: int | None  # None: no limit
    taken: int

    @property
    def free(self) -> int | None:
        """How many places are left; None: as many as come."""
        return None if self.capacity is None else self.capacity - self.taken


async def lock(tx: Tx, where: ColumnElement[bool]) -> list[Seats]:
    """Those seats, by number, held until the end of the act: what is read stays true."""
    rows = await tx.execute(select(seats).where(where).order_by(seats.c.id).with_for_update())
    return [_seats(row) for row in rows]


async def lock_one(tx: Tx, number: int) -> Seats | None:
    """One of them, or None if there is none with that number."""
    found = await lock(tx, seats.c.id == number)
    return found[0] if found else None


async def lock_several(tx: Tx, numbers: Sequence[int]) -> list[Seats]:
    """Several of them, by number."""
    return await lock(tx, seats.c.id.in_(numbers))


async def one(tx: Tx, number: int) -> Seats | None:
    """The same, for who only looks."""
    row = (await tx.execute(select(seats).where(seats.c.id == number))).first()
    return _seats(row) if row else None


async def of_activities(tx: Tx, ids: Sequence[int]) -> dict[int, list[Seats]]:
    """The seats of those activities, by activity, in the order in which they were made."""
    rows = await tx.execute(select(seats).where(seats.c.activity_id.in_(ids)).order_by(seats.c.id))
    found: defaultdict[int, list[Seats]] = defaultdict(list)
    for row in rows:
        found[row.activity_id].append(_seats(row))
    return found


async def take(tx: Tx, number: int, people: int) -> bool:
    """Take so many places if there are so many; False if there are not, and nothing is changed."""
    room = or_(seats.c.capacity.is_(None), seats.c.taken + people <= seats.c.capacity)
    done = await tx.execute(
        update(seats).where(seats.c.id == number, room).values(taken=seats.c.taken + people)
    )
    return done.rowcount == 1


async def give_back(tx: Tx, number: int, people: int) -> None:
    """So many places are free again."""
    await tx.execute(update(seats).where(seats.c.id == number).values(taken=seats.c.taken - people))


async def give_back_all(tx: Tx, whose: ColumnElement[bool]) -> None:
    """What those sign-ups hold is free again; the rows themselves are the caller's to end."""
    people = signup.c.adults + signup.c.children
    held = and_(whose, signup.c.state.in_(HOLDS_PLACES))
    await lock(tx, seats.c.id.in_(select(signup.c.seats_id).where(held)))
    rows = await tx.execute(
        select(signup.c.seats_id, func.sum(people).label("people"))
        .where(held)
        .group_by(signup.c.seats_id)
        .order_by(signup.c.seats_id)
    )
    for row in rows.all():
        await give_back(tx, row.seats_id, row.people)


async def ensure(tx: Tx, activity_id: int) -> None:
    """Whatever one signs up for has its places: one row for a series, else one per occasion.

    An occasion that was added later has as many as the one before it.
    """
    kind = (
        await tx.execute(select(activity.c.signing_up).where(activity.c.id == activity_id))
    ).scalar()
    if kind is None or kind == SigningUp.DROP_IN:
        return
    known = (await of_activities(tx, [activity_id])).get(activity_id, [])
    capacity = known[-1].capacity if known else None
    there = {each.occasion_id for each in known}
    for number in await _signed_up_for(tx, activity_id, SigningUp(kind)):
        if number not in there:
            await tx.execute(
                seats.insert().values(
                    activity_id=activity_id, occasion_id=number, capacity=capacity
                )
            )


async def _signed_up_for(tx: Tx, activity_id: int, kind: SigningUp) -> list[int | None]:
    if kind is SigningUp.ONCE:
        return [None]
    rows = await tx.execute(
        select(occasion.c.id)
        .where(occasion.c.activity_id == activity_id, occasion.c.state == STANDS)
        .order_by(occasion.c.starts_at, occasion.c.id)
    )
    return list(rows.scalars())


async def give_up_unused(tx: Tx, activity_id: int) -> bool:
    """Take its seats away, to make others; False if anybody ever signed up: then they stay."""
    theirs = select(seats.c.id).where(seats.c.activity_id == activity_id)
    used = select(signup.c.id).where(signup.c.seats_id.in_(theirs)).limit(1)
    await lock(tx, seats.c.activity_id == activity_id)
    if (await tx.execute(used)).first() is not None:
        return False
    await tx.execute(delete(seats).where(seats.c.activity_id == activity_id))
    return True


async def set_capacity(tx: Tx, activity_id: int, capacity: int | None, now: datetime) -> None:
    """So many people find room at each of its occasions ahead, or in the series; None: no limit.

    Raises FewerThanSignedUp. With more room the waiting list moves by itself, at once.
    """
    note_due(tx)
    await ensure(tx, activity_id)
    passed = select(occasion.c.id).where(occasion.c.starts_at <= now)
    ahead = or_(seats.c.occasion_id.is_(None), seats.c.occasion_id.not_in(passed))
    theirs = await lock(tx, and_(seats.c.activity_id == activity_id, ahead))
    most = max((each.taken for each in theirs), default=0)
    if capacity is not None and most > capacity:
        raise FewerThanSignedUp(most, capacity)
    await tx.execute(
        update(seats).where(seats.c.id.in_([each.id for each in theirs])).values(capacity=capacity)
    )


async def with_somebody_to_ask(tx: Tx, now: datetime) -> list[int]:
    """The numbers of seats that have room for somebody who waits, and an occasion ahead."""
    ours = or_(seats.c.occasion_id.is_(None), seats.c.occasion_id == occasion.c.id)
    waits = exists().where(
        signup.c.seats_id == seats.c.id,
        signup.c.state == SignupState.WAITING,
        or_(
            seats.c.capacity.is_(None),
            signup.c.adults + signup.c.children <= seats.c.capacity - seats.c.taken,
        ),
    )
    rows = await tx.execute(
        select(seats.c.id)
        .distinct()
        .join(occasion, and_(occasion.c.activity_id == seats.c.activity_id, ours))
        .where(occasion.c.starts_at > now, occasion.c.state == STANDS, waits)
        .order_by(seats.c.id)
    )
    return list(rows.scalars())


def _seats(row: Row[Any]) -> Seats:
    return Seats(
        id=row.id,
        activity_id=row.activity_id,
        occasion_id=row.occasion_id,
        capacity=row.capacity,
        taken=row.taken,
    )
