"""Who has signed up for what, as values of the rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, update

from programme.activities import STANDING, Activity, Occasion, Signup, SignupState
from programme.seats import Turn
from storage import activities
from storage.activity_tables import seats, signup
from storage.database import Tx
from storage.written_once import IDS, among

Asked = tuple[int, Signup]  # of which family, and what


async def of_families(tx: Tx, ids: Sequence[int]) -> dict[int, list[Signup]]:
    """What those families have signed up for and still stands, by family, in order of asking."""
    found: defaultdict[int, list[Signup]] = defaultdict(list)
    for family_id, each in await _values(tx, await tx.execute(_OF_FAMILIES, among(ids))):
        found[family_id].append(each)
    return found


async def one(tx: Tx, number: int) -> Asked | None:
    """That sign-up whatever has become of it, with its family's number; or None."""
    found = await _load(tx, signup.c.id == number)
    return found[0] if found else None


async def standing_of(tx: Tx, seats_id: int, guardian_id: int) -> Signup | None:
    """What this parent has there that stands: a place, an offer, or a turn; or None."""
    whose = (signup.c.seats_id == seats_id, signup.c.guardian_id == guardian_id)
    found = await _load(tx, *whose, signup.c.state.in_(list(STANDING)))
    return found[0][1] if found else None


async def at_the_door(tx: Tx, seats_ids: Sequence[int], state: SignupState) -> list[Asked]:
    """Everybody in that state, in the order in which they asked, with their families' numbers."""
    return await _load(tx, signup.c.seats_id.in_(seats_ids), signup.c.state == state)


async def ended_at(tx: Tx, family_id: int, at: datetime) -> list[Signup]:
    """What this family gave up in one act, at that time."""
    left = (signup.c.state == SignupState.LEFT, signup.c.changed_at == at)
    return [each for _, each in await _load(tx, signup.c.family_id == family_id, *left)]


async def waiting(tx: Tx, seats_id: int) -> list[Turn]:
    """The waiting list, first come first."""
    rows = await tx.execute(
        select(signup)
        .where(signup.c.seats_id == seats_id, signup.c.state == SignupState.WAITING)
        .order_by(signup.c.id)
    )
    return [
        Turn(id=row.id, people=row.adults + row.children, family_id=row.family_id) for row in rows
    ]


async def run_out(tx: Tx, now: datetime) -> list[tuple[int, int]]:
    """Offers that nobody has answered in time: the family's number and the sign-up's."""
    rows = await tx.execute(
        select(signup.c.family_id, signup.c.id)
        .where(signup.c.offered_until <= now, signup.c.state == SignupState.OFFERED)
        .order_by(signup.c.id)
    )
    return [(row.family_id, row.id) for row in rows]


async def next_end(tx: Tx) -> datetime | None:
    """When the first offer that stands runs out, or None."""
    standing = signup.c.state == SignupState.OFFERED
    rows = await tx.execute(
        select(signup.c.offered_until).where(standing).order_by(signup.c.offered_until).limit(1)
    )
    return rows.scalar()


async def families_in(tx: Tx, activity_id: int) -> list[int]:
    """The families with something standing at that activity, by number."""
    rows = await tx.execute(
        select(signup.c.family_id)
        .distinct()
        .join(seats, seats.c.id == signup.c.seats_id)
        .where(seats.c.activity_id == activity_id, signup.c.state.in_(list(STANDING)))
        .order_by(signup.c.family_id)
    )
    return list(rows.scalars())


async def counted(tx: Tx, seats_ids: Sequence[int]) -> dict[int, dict[SignupState, int]]:
    """How many sign-ups there are in each state, by seats."""
    rows = await tx.execute(
        select(signup.c.seats_id, signup.c.state, func.count().label("many"))
        .where(signup.c.seats_id.in_(seats_ids))
        .group_by(signup.c.seats_id, signup.c.state)
    )
    found: defaultdict[int, dict[SignupState, int]] = defaultdict(dict)
    for row in rows:
        found[row.seats_id][SignupState(row.state)] = row.many
    return found


async def add(
    tx: Tx, seats_id: int, who: tuple[int, int], state: SignupState, now: datetime, **party: int
) -> int:
    """The id of a new sign-up of that family's and parent's; `party`: adults and children."""
    family_id, guardian_id = who
    row = await tx.execute(
        signup.insert()
        .values(
            seats_id=seats_id,
            family_id=family_id,
            guardian_id=guardian_id,
            state=state,
            asked_at=now,
            changed_at=now,
            **party,
        )
        .returning(signup.c.id)
    )
    return int(row.scalar_one())


async def series_of(tx: Tx, number: int) -> tuple[int, str] | None:
    """In which area and month that complete series is counted; None: it is not."""
    what = select(signup.c.series_area_id, signup.c.series_month).where(signup.c.id == number)
    row = (await tx.execute(what)).first()
    if row is None or row.series_area_id is None:
        return None
    return row.series_area_id, row.series_month


async def note_series(tx: Tx, number: int, area_id: int | None, month: str | None) -> None:
    """It is counted there, or not any more; for the family nothing has changed."""
    facts = {"series_area_id": area_id, "series_month": month}
    await tx.execute(update(signup).where(signup.c.id == number).values(**facts))


async def change(tx: Tx, number: int, now: datetime, **facts: object) -> None:
    """Write new facts of one sign-up."""
    await tx.execute(update(signup).where(signup.c.id == number).values(**facts, changed_at=now))


async def _load(tx: Tx, *where: ColumnElement[bool]) -> list[Asked]:
    return await _values(tx, await tx.execute(_query().where(*where)))


async def _values(tx: Tx, found: Iterable[Row[Any]]) -> list[Asked]:
    rows = list(found)
    if not rows:
        return []
    numbers = list({row.activity_id for row in rows})
    known = await activities.load(tx, numbers)
    times = await activities.occasions(tx, numbers)
    return [(row.family_id, _signup(row, known, times)) for row in rows]


def _query() -> Select[Any]:
    return (
        select(signup, seats.c.activity_id, seats.c.occasion_id)
        .join(seats, seats.c.id == signup.c.seats_id)
        .order_by(signup.c.id)
    )


_OF_FAMILIES = _query().where(signup.c.family_id.in_(IDS), signup.c.state.in_(list(STANDING)))


def _signup(
    row: Row[Any], known: Mapping[int, Activity], times: Mapping[int, tuple[Occasion, ...]]
) -> Signup:
    every = times.get(row.activity_id, ())
    return Signup(
        id=row.id,
        guardian_id=row.guardian_id,
        activity=known[row.activity_id],
        occasions=tuple(each for each in every if row.occasion_id in {None, each.id}),
        adults=row.adults,
        children=row.children,
        state=SignupState(row.state),
        asked_at=row.asked_at,
        seats_id=row.seats_id,
        offered_at=row.offered_at,
        offered_until=row.offered_until,
        changed_at=row.changed_at,
    )
