"""What nobody needs any more is forgotten, and nothing else."""

from datetime import timedelta

from programme.news import News
from services.enrolment import new_link
from services.housekeeping import EVENTS_KEPT, purge
from storage import areas, events, families
from tests.cast import AREA, JOINED, RULES, move_in
from tests.rows import rows

LONG = timedelta(days=31)


async def test_a_family_nobody_joined_vanishes_with_its_link_and_leaves_a_count(db):
    home = await move_in(db)
    async with db.write() as tx:
        lonely = await families.register(tx, await areas.find(tx, AREA), None, JOINED)
        await new_link(tx, lonely, JOINED)
    await purge(db, JOINED + LONG, RULES)
    assert [row.id for row in await rows(db, "family")] == [home.family_id]
    assert [row.what for row in await rows(db, "tally")] == ["link_unused"]


async def test_events_are_kept_until_staff_have_heard_of_them_long_ago(db):
    home = await move_in(db)
    async with db.write() as tx:
        await events.note(tx, home.family_id, News.BACK, JOINED)
    await purge(db, JOINED + EVENTS_KEPT, RULES)
    assert len(await rows(db, "event")) == 1
    await purge(db, JOINED + EVENTS_KEPT + timedelta(seconds=1), RULES)
    assert await rows(db, "event") == []
