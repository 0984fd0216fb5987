"""An area is paused and goes on: everything is kept, nothing is replayed, nobody waits in vain."""

from datetime import timedelta

import pytest

from programme.ages import Span
from programme.errors import AreaExists, AreaPaused, UnknownArea
from programme.kinds import Kind
from services import areas
from services.planning import plan
from storage import families
from storage.items import NO_LONGER_DUE
from storage.outcome_tables import visit_outcome
from tests.cast import AREA, JOINED, RULES, book_visit, local, move_in
from tests.rows import rows

VISIT = local("2026-11-20T10:00")
BEFORE = local("2026-11-10T12:00")
DAY = timedelta(days=1)


async def _kinds(db) -> list[str]:
    """Of the visit's messages that were promised and not given up."""
    found = await rows(db, "item")
    alive = [row for row in found if row.reason != NO_LONGER_DUE]
    kinds = {Kind.TIP, Kind.STRENGTH, Kind.VISIT_OFFER, Kind.DIGEST}
    return [row.kind for row in alive if row.kind not in kinds]


async def _act(db, work, *values, **more) -> None:
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        await work(tx, area, *values, **more)


@pytest.fixture
async def awaited(db):
    """A family that knows of its visit; all is planned until the tenth."""
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED + timedelta(hours=1))
    await plan(db, BEFORE, RULES)
    return home


async def test_a_paused_area_tells_that_the_visit_must_wait_and_reminds_of_nothing(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES)
    await plan(db, VISIT + DAY, RULES)
    assert await _kinds(db) == [Kind.VISIT_BOOKED, Kind.VISIT_ON_HOLD]


async def test_an_area_that_goes_on_before_the_visit_tells_it_anew_and_reminds_of_it(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES)
    await _act(db, areas.resume, BEFORE + DAY, RULES)
    await plan(db, VISIT + DAY, RULES)
    # What had not left yet is given up: the news of the first time, and that it must wait.
    assert await _kinds(db) == [Kind.VISIT_BOOKED, Kind.DAY_BEFORE, Kind.SAME_MORNING]
    [revised] = await rows(db, "booking")
    assert (revised.revision, revised.starts_at) == (1, VISIT)


async def test_a_pause_that_ends_before_the_visit_changes_nothing(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES, until=VISIT - 3 * DAY)
    await plan(db, VISIT + DAY, RULES)
    assert await _kinds(db) == [Kind.VISIT_BOOKED, Kind.DAY_BEFORE, Kind.SAME_MORNING]


async def test_a_shorter_pause_in_place_of_a_long_one_tells_anew_what_it_lets_stand(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES)
    [held] = await rows(db, "booking")
    later = BEFORE + timedelta(hours=2)
    await _act(db, areas.pause, later, RULES, until=VISIT - 3 * DAY)
    [stands] = await rows(db, "booking")
    assert stands.revision == held.revision + 1
    await plan(db, VISIT + DAY, RULES)
    booked = [row.key for row in await rows(db, "item") if row.kind == Kind.VISIT_BOOKED]
    assert booked[-1] == f"visit:{stands.id}:{stands.revision}:booked:{awaited.amina}"
    assert Kind.DAY_BEFORE in await _kinds(db)


async def test_what_fell_into_the_pause_is_not_replayed(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES)
    await _act(db, areas.resume, VISIT - timedelta(hours=1), RULES)
    await plan(db, VISIT + DAY, RULES)
    assert Kind.DAY_BEFORE not in await _kinds(db)


async def test_nothing_is_booked_in_a_paused_area(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES, until=VISIT)
    with pytest.raises(AreaPaused):
        await book_visit(db, awaited.family_id, VISIT - DAY, BEFORE)
    await book_visit(db, awaited.family_id, VISIT + 3 * DAY, BEFORE)


async def test_tips_go_on_in_a_paused_area(db, awaited):
    await _act(db, areas.pause, BEFORE, RULES)
    await plan(db, BEFORE + 60 * DAY, RULES)
    assert {row.kind for row in await rows(db, "item")} >= {Kind.TIP}


async def test_areas_are_added_renamed_and_merged_with_all_that_is_in_them(db, awaited):
    async with db.write() as tx:
        new = await areas.add(tx, "Backa", status="planned")
        with pytest.raises(AreaExists):
            await areas.add(tx, "Backa")
        await areas.change(tx, new, BEFORE, RULES, name="Selma", status="running")
        await areas.merge(tx, await areas.find(tx, AREA), new, BEFORE, RULES)
        with pytest.raises(UnknownArea):
            await areas.find(tx, AREA)
        assert (await families.home(tx, awaited.family_id)).area_id == new
    await plan(db, VISIT + DAY, RULES)
    assert await _kinds(db) == [Kind.VISIT_BOOKED, Kind.DAY_BEFORE, Kind.SAME_MORNING]
    assert {row.area_id for row in await rows(db, "tally")} == {new}


async def test_a_visit_that_was_ticked_goes_along_when_areas_are_merged(db, awaited):
    async with db.write() as tx:
        new = await areas.add(tx, "Backa", status="running")
        gone = await areas.find(tx, AREA)
        [booked] = await rows(db, "booking")
        ticked = {"booking_id": booked.id, "area_id": gone, "ticked_at": BEFORE}
        await tx.execute(visit_outcome.insert().values(**ticked))
        await areas.merge(tx, gone, new, BEFORE, RULES)
    assert [row.area_id for row in await rows(db, "visit_outcome")] == [new]


async def test_summer_weeks_are_set_once_a_year_and_the_last_word_counts(db):
    july = Span(local("2027-07-01T00:00").date(), local("2027-07-31T00:00").date())
    weeks = Span(local("2027-06-28T00:00").date(), local("2027-08-08T00:00").date())
    await _act(db, areas.set_summer, july, BEFORE, RULES)
    await _act(db, areas.set_summer, weeks, BEFORE, RULES)
    [row] = await rows(db, "summer")
    assert Span(row.first, row.last) == weeks
