"""Who has signed up for what, as values of the rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from programme.activities import Activity, Occasion, Signup, SignupState
from storage import activities
from storage.activity_tables import seats, signup
from storage.database import Tx


async def of_families(tx: Tx, ids: Sequence[int]) -> dict[int, list[Signup]]:
    """The sign-ups of those families, by family, in the order in which they were made."""
    rows = (
        await tx.execute(
            select(signup, seats.c.activity_id, seats.c.occasion_id)
            .join(seats, seats.c.id == signup.c.seats_id)
            .where(signup.c.family_id.in_(ids))
            .order_by(signup.c.asked_at, signup.c.id)
        )
    ).all()
    found: defaultdict[int, list[Signup]] = defaultdict(list)
    if not rows:
        return found
    numbers = list({row.activity_id for row in rows})
    known = await activities.load(tx, numbers)
    times = await activities.occasions(tx, numbers)
    for row in rows:
        found[row.family_id].append(_signup(row, known, times))
    return found


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
