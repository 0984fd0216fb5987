"""Who came is counted once, where the family lived then, on both databases (mission E8)."""

from datetime import timedelta

import pytest

from programme.activities import SignupState
from programme.errors import NotYours
from services import attendance, occasions
from services.attendance import lock_family
from storage import activities, areas, families, signups
from tests.cast import AMINA_CHAT, RULES, local, move_in
from tests.colleagues import at_work
from tests.gatherings import STARTS, gathering, press
from tests.rows import rows

WEEK = timedelta(days=7)
TIMES = [STARTS, STARTS + WEEK, STARTS + 3 * WEEK]  # 12 and 19 November, 3 December


@pytest.fixture
async def group(db):
    """A series of three for which a family of Hjällbo has signed up; its number."""
    await move_in(db)
    number, [place] = await gathering(db, 5, TIMES)
    await press(db, AMINA_CHAT, place)
    return number


async def tick(db, anna, occasion: int, came: bool = True, now=TIMES[-1]) -> None:
    async with db.write() as tx:
        await attendance.tick(tx, anna, 1, occasion, came, now, RULES)


async def counted(db) -> list[tuple[str, str, str]]:
    """The figures: what, in which area and month."""
    async with db.read() as tx:
        names = {each.id: each.name for each in await areas.listed(tx)}
    found = await rows(db, "tally")
    ours = [each for each in found if each.what in {"attended", "series_done"}]
    return sorted((each.what, names[each.area_id], each.month) for each in ours)


ATTENDED = [("attended", "Hjällbo", month) for month in ("2026-11", "2026-11", "2026-12")]
DONE = ("series_done", "Hjällbo", "2026-12")


async def test_a_tick_is_taken_back_from_the_area_in_which_it_was_counted(db, group):
    anna = await at_work(db)
    for n in (3, 1, 2):  # whatever is ticked last, it is in the month of the last meeting
        await tick(db, anna, n)
    assert await counted(db) == [*ATTENDED, DONE]
    async with db.write() as tx:
        await families.set_family(tx, 1, area_id=await areas.find(tx, "Gårdsten"))
    await tick(db, anna, 3, came=False)
    assert await counted(db) == ATTENDED[:2]
    await tick(db, anna, 3)
    assert ("attended", "Gårdsten", "2026-12") in await counted(db)
    assert ("series_done", "Gårdsten", "2026-12") in await counted(db)


async def test_a_series_is_counted_once_whatever_is_added_or_cancelled(db, group):
    anna = await at_work(db)
    eva = await at_work(db, "Eva", "coordinator", 2003)
    for n in (1, 2, 3):
        await tick(db, anna, n)
    later = TIMES[-1] + 2 * WEEK
    span = occasions.Span(first=later.date(), begins=local("2026-11-12 17:30").time(), minutes=90)
    async with db.write() as tx:
        await occasions.add(tx, eva, group, span, TIMES[-1], RULES)
    assert await counted(db) == ATTENDED  # three of four
    await tick(db, anna, 4, now=later)
    assert [each[0] for each in await counted(db)].count("series_done") == 1
    await tick(db, anna, 4, came=False, now=later)
    async with db.write() as tx:
        assert await activities.cancel_occasion(tx, 4, later)
        [activity] = (await activities.load(tx, [group])).values()
        for _ in range(2):
            await occasions.tell(tx, activity, later, RULES)
    assert await counted(db) == [*ATTENDED, DONE]  # three of three


async def test_a_meeting_that_is_cancelled_after_the_ticks_is_in_no_figure(db, group):
    anna = await at_work(db)
    await tick(db, anna, 1)
    await tick(db, anna, 2)
    async with db.write() as tx:
        assert await activities.cancel_occasion(tx, 1, TIMES[0])
        [activity] = (await activities.load(tx, [group])).values()
        for _ in range(2):
            await occasions.tell(tx, activity, TIMES[0], RULES)
    assert await counted(db) == ATTENDED[1:2]
    with pytest.raises(NotYours):
        await tick(db, anna, 1)


async def test_who_came_too_early_to_a_meeting_that_is_moved_has_not_come(db, group):
    anna = await at_work(db)
    eva = await at_work(db, "Eva", "coordinator", 2003)
    early = TIMES[0] - timedelta(minutes=30)
    await tick(db, anna, 1, now=early)
    span = occasions.Span(first=(TIMES[0] + WEEK * 8).date(), begins=TIMES[0].time(), minutes=90)
    async with db.write() as tx:
        await occasions.move(tx, eva, 1, span, early, RULES)
    assert await counted(db) == []
    assert await rows(db, "attendance") == []


async def test_who_cancels_at_the_same_moment_is_not_ticked(db, group, monkeypatch):
    anna = await at_work(db)

    async def meanwhile(tx, family_id):
        await signups.change(tx, 1, TIMES[0], state=SignupState.LEFT)
        return await lock_family(tx, family_id)

    monkeypatch.setattr(attendance, "lock_family", meanwhile)
    with pytest.raises(NotYours):
        await tick(db, anna, 1)
    assert await counted(db) == []
