"""Whom the planner looks at: found by plain days and times, by an index, never too few."""

from dataclasses import replace
from datetime import timedelta

import pytest

from programme.ages import Span
from programme.candidates import Wanted
from programme.news import News
from programme.people import Why
from storage import areas, bookings, events, families, rests, searches
from storage.bookings import Facts
from storage.rests import Whose
from tests.cast import AREA, BORN, JOINED, book_visit, local, move_in
from tests.storage.explaining import explained, reads_all

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
VISIT = local("2026-11-20T10:00")
LATER = JOINED + 3 * DAY
NOTHING = Wanted(
    tips=[],
    births=[],
    homes=[],
    expected=[],
    summers=[],
    visits=[],
    joined=[],
    asked=[],
    waiting=[],
    since=LATER,
    until=LATER,
)


async def found(db, **asked):
    async with db.read() as tx:
        return set(await searches.find(tx, replace(NOTHING, **asked)))


async def changed(db, since, until):
    return await found(db, since=since, until=until)


async def test_who_asks_for_nothing_finds_nobody(db):
    await move_in(db)
    assert await found(db) == set()


@pytest.mark.parametrize("column", ["tips", "births"])
async def test_births_are_found_by_whole_days_with_both_ends(db, column):
    homes = [await move_in(db, born=BORN + n * DAY, chats=(3000 + n, None)) for n in range(5)]
    ids = [home.family_id for home in homes]

    async def born(*spans):
        return await found(db, **{column: [Span(*span) for span in spans]})

    assert await born((BORN, BORN)) == {ids[0]}
    assert await born((BORN + DAY, BORN + 3 * DAY)) == set(ids[1:4])
    assert await born((BORN, BORN), (BORN + 4 * DAY, BORN + 9 * DAY)) == {ids[0], ids[4]}
    assert await born((BORN - 9 * DAY, BORN - DAY)) == set()


async def test_tips_and_visits_of_a_child_born_too_early_are_found_by_different_days(db):
    due = BORN + 60 * DAY
    async with db.write() as tx:
        family_id = await families.register(tx, 1, None, JOINED)
        await families.add_child(tx, family_id, BORN, due, corrected=True)
    assert await found(db, tips=[Span(due, due)]) == {family_id}
    assert await found(db, births=[Span(BORN, BORN)]) == {family_id}
    assert await found(db, tips=[Span(BORN, BORN)], births=[Span(due, due)]) == set()


async def test_a_child_that_is_expected_is_found_by_its_due_date_alone(db):
    async with db.write() as tx:
        family_id = await families.register(tx, 1, None, JOINED)
        await families.add_child(tx, family_id, None, BORN)
    ever = [Span(BORN - 9000 * DAY, BORN + 9000 * DAY)]
    assert await found(db, tips=ever, births=ever) == set()
    assert await found(db, expected=[Span(BORN, BORN)]) == {family_id}
    assert await found(db, expected=[Span(BORN + DAY, BORN + DAY)]) == set()


async def test_a_child_who_came_home_late_is_found_by_that_day_for_the_first_visit(db):
    home = await move_in(db)
    async with db.write() as tx:
        [family] = await families.load(tx, [home.family_id])
        await families.set_child(tx, replace(family.children[0], came_home=BORN + 9 * DAY))
    assert await found(db, homes=[Span(BORN + 9 * DAY, BORN + 9 * DAY)]) == {home.family_id}
    assert await found(db, homes=[Span(BORN, BORN + 8 * DAY)]) == set()


async def test_visits_and_joining_are_found_by_their_hour(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED)
    assert await found(db, visits=[(VISIT - HOUR, VISIT)]) == {home.family_id}
    assert await found(db, visits=[(VISIT + HOUR, VISIT + DAY)]) == set()
    assert await found(db, joined=[(JOINED - HOUR, JOINED)]) == {home.family_id}
    assert await found(db, joined=[(JOINED + HOUR, JOINED + DAY)]) == set()


async def test_the_families_of_an_area_are_found_when_its_summer_is_over(db):
    home = await move_in(db)
    async with db.write() as tx:
        await families.register(tx, await areas.find(tx, "Gårdsten"), None, JOINED)
        await areas.set_summer(tx, await areas.find(tx, AREA), Span(BORN, BORN + 9 * DAY))
    last = BORN + 9 * DAY
    assert await found(db, summers=[Span(last, last)]) == {home.family_id}
    assert await found(db, summers=[Span(BORN, last - DAY)]) == set()


async def test_a_change_is_found_from_its_moment_on_and_not_before(db):
    home = await move_in(db)
    await book_visit(db, home.family_id, VISIT, JOINED + DAY)
    mine = {home.family_id}
    for at in (JOINED, JOINED + DAY):
        assert await changed(db, at, at + HOUR) == mine
        assert await changed(db, at - HOUR, at) == set()
    assert await changed(db, JOINED + HOUR, JOINED + DAY) == set()


async def _begin(tx, home, at):
    await rests.begin(tx, Whose(guardian_id=home.amina), Why.PAUSED, at)


async def _end(tx, home, at):
    await rests.begin(tx, Whose(family_id=home.family_id), Why.AWAY, JOINED + HOUR, at)


async def _pause_area(tx, home, at):
    facts = Facts(child_id=home.child_id, visit=1, starts_at=VISIT)
    await bookings.add(tx, home.family_id, facts, JOINED)
    await rests.begin(tx, Whose(area_id=await areas.find(tx, AREA)), Why.PAUSED, at)


async def _note(tx, home, at):
    await events.note(tx, home.family_id, News.BACK, at)


async def _leave(tx, home, at):
    await families.set_family(tx, home.family_id, left_at=at)


async def _move(tx, home, at):
    there = await areas.find(tx, "Gårdsten")
    await families.set_family(tx, home.family_id, move_to=there, move_asked_at=at)


async def _ask_to_join(tx, home, at):
    await families.add_guardian(tx, home.family_id, 1009, "ar", None, asked_at=at, asked_name="Y")


@pytest.mark.parametrize("act", [_begin, _end, _pause_area, _note, _leave, _move, _ask_to_join])
async def test_whatever_happens_to_a_family_is_found_at_its_moment(db, act):
    home = await move_in(db)
    async with db.write() as tx:
        await act(tx, home, LATER)
    assert await changed(db, LATER, LATER + HOUR) == {home.family_id}
    assert await changed(db, LATER - HOUR, LATER) == set()
    assert await changed(db, LATER + HOUR, LATER + DAY) == set()


async def test_a_paused_area_brings_only_families_with_a_visit_ahead(db):
    home = await move_in(db)
    async with db.write() as tx:
        await rests.begin(tx, Whose(area_id=await areas.find(tx, AREA)), Why.PAUSED, LATER)
    assert await changed(db, LATER, LATER + HOUR) == set()
    await book_visit(db, home.family_id, LATER - HOUR, JOINED)
    assert await changed(db, LATER, LATER + HOUR) == set()


async def test_who_waits_for_a_visits_message_comes_before_those_who_wait_for_a_tip(db):
    tip, visit = await move_in(db), await move_in(db, chats=(5001, 5002))
    await book_visit(db, visit.family_id, VISIT, JOINED)
    asked = replace(NOTHING, tips=[Span(BORN, BORN)], visits=[(VISIT, VISIT + HOUR)])
    async with db.read() as tx:
        assert await searches.find(tx, asked) == [visit.family_id, tip.family_id]


async def test_every_lookup_uses_an_index(db):
    spans = [Span(BORN + n * 30 * DAY, BORN + (n * 30 + 2) * DAY) for n in range(20)]
    times = [(JOINED, VISIT)]
    asked = replace(NOTHING, tips=spans, births=spans, expected=spans, visits=times, joined=times)
    asked = replace(asked, since=JOINED, until=VISIT)
    text = " | ".join(await explained(db, lambda tx: searches.find(tx, asked)))
    for column in ("tips_from", "born", "due"):
        assert text.count(f"ix_child_{column} ") == 20
    for index in ("booking_starts_at", "booking_changed_at", "guardian_active_since", "event_at"):
        assert f"ix_{index} " in text
    for table in ("child", "booking", "guardian", "family", "event", "rest"):
        assert not reads_all(text, table)
