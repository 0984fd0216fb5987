"""A slip is of one of the six visits that lies ahead, and of the family that is asked about."""

import pytest

from programme.errors import NothingBooked, NotYours
from programme.people import Meeting
from services import slips
from storage import bookings
from storage.bookings import Facts
from tests.cast import JOINED, local, move_in
from tests.colleagues import at_work


async def booked(db, home, visit, meeting=Meeting.VISIT):
    async with db.write() as tx:
        facts = Facts(
            child_id=home.child_id,
            visit=visit,
            meeting=meeting,
            starts_at=local("2026-11-24T10:30"),
        )
        return await bookings.add(tx, home.family_id, facts, JOINED)


async def test_a_walk_has_no_slip_which_would_say_what_a_visit_is_about(db):
    anna, home = await at_work(db), await move_in(db)
    walk = await booked(db, home, 0, Meeting.WALK)
    async with db.write() as tx:
        with pytest.raises(NothingBooked):
            await slips.facts(tx, home.family_id, 0, JOINED)
        with pytest.raises(NothingBooked):
            await slips.for_staff(tx, anna, home.family_id, walk, JOINED)


async def test_a_visit_of_another_family_or_one_that_has_begun_is_not_printed(db):
    anna, home = await at_work(db), await move_in(db)
    visit = await booked(db, home, 1)
    async with db.write() as tx:
        said = await slips.for_staff(tx, anna, home.family_id, visit, JOINED)
        assert (said.booking_id, said.visit) == (visit, 1)
        with pytest.raises(NotYours):
            await slips.for_staff(tx, anna, home.family_id, visit + 1, JOINED)
        with pytest.raises(NothingBooked):
            await slips.for_staff(tx, anna, home.family_id, visit, local("2026-11-24T10:30"))
