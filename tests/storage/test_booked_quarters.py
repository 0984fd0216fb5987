"""A database from before: visits that are booked take their quarters."""

import pytest
from sqlalchemy import bindparam, text

from programme.free import footprint
from programme.people import Place
from storage.columns import Instant
from storage.migrate import migrate, undo
from tests.cast import JOINED, local
from tests.rows import rows

BEFORE_QUARTERS = "0002"
TEN, LATER = local("2026-11-09T10:00"), local("2026-11-09T10:50")

_OLD = (
    "INSERT INTO family (id, area_id, registered_at) SELECT 1, min(id), :at FROM area",
    "INSERT INTO child (id, family_id, corrected, silent) VALUES (1, 1, false, false)",
    "INSERT INTO staff (id, area_id, name, role) SELECT 1, min(id), 'Anna', 'nurse' FROM area",
    "INSERT INTO staff (id, area_id, name, role) SELECT 2, min(id), 'Bo', 'nurse' FROM area",
)
_BOOKING = (
    "INSERT INTO booking (id, family_id, child_id, visit, starts_at, revision, changed_at, state,"
    " place, interpreter) VALUES (:id, 1, 1, :visit, :at, 0, :at, :state, 'home', false)"
)


@pytest.fixture
async def old(bare_database, open_at):
    """One visit at ten by both, one over it by Anna alone, and one that is cancelled."""
    db = open_at(bare_database)
    await migrate(db)
    await undo(db, BEFORE_QUARTERS)
    at = bindparam("at", type_=Instant())
    async with db.write() as tx:
        for statement in _OLD:
            needs = text(statement).bindparams(at) if ":at" in statement else text(statement)
            await tx.execute(needs, {"at": JOINED} if ":at" in statement else {})
        for number, begins, state in ((1, TEN, "booked"), (2, LATER, "booked"), (3, TEN, "done")):
            facts = {"id": number, "visit": number, "at": begins, "state": state}
            await tx.execute(text(_BOOKING).bindparams(at), facts)
        for booking, staff in ((1, 1), (1, 2), (2, 1), (3, 1)):
            await tx.execute(
                text("INSERT INTO booking_staff VALUES (:booking, :staff, 0)"),
                {"booking": booking, "staff": staff},
            )
    yield db
    await db.close()


async def test_visits_that_are_booked_have_their_quarters_and_the_first_keeps_what_both_want(old):
    await migrate(old)
    taken = {(row.staff_id, row.starts_at): row.booking_id for row in await rows(old, "quarter")}
    first = footprint(TEN, 60, Place.HOME, 30, 15)
    second = footprint(LATER, 60, Place.HOME, 30, 15)
    assert taken == {
        **{(1, at): 2 for at in second},
        **{(staff, at): 1 for staff in (1, 2) for at in first},
    }
