"""Times and places on both databases: planned, closed, cancelled; two who press at once."""

import asyncio
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import delete

from messaging.i18n import load_languages
from programme.activities import ActivityState, SigningUp
from programme.errors import NotYours
from programme.notices import NoticeState
from programme.people import Role, Why
from programme.places import Hours, Venue, VenueKind
from programme.plan import still_due
from services import activities as acts
from services import closing, occasions
from services.activities import Outcome
from services.occasions import Span
from services.planning import plan
from storage import activities, areas, editions, families, notices, places, rests
from storage.activity_tables import wording
from storage.editions import What
from storage.rests import Whose
from tests.cast import AMINA_CHAT, AREA, JOINED, RULES, local, move_in
from tests.colleagues import at_work
from tests.gatherings import TITLES, gathering, press
from tests.rows import rows

LANGUAGES = load_languages()
NOW = local("2026-11-12T07:30")  # a Thursday
SPAN = Span(first=date(2026, 11, 12), begins=time(10), minutes=90)


async def carla(db):
    return await at_work(db, "Carla", Role.COORDINATOR, 2012)


async def times_of(db, number):
    async with db.read() as tx:
        return (await activities.occasions(tx, [number])).get(number, ())


async def test_a_timetable_is_planned_once_however_often(db):
    who = await carla(db)
    number, _ = await gathering(db, None, (), SigningUp.DROP_IN)
    for outcome, added in ((Outcome.DONE, 3), (Outcome.TAKEN, 0)):
        async with db.write() as tx:
            done = await occasions.add_weekly(tx, who, number, SPAN, date(2026, 11, 30), NOW, RULES)
        assert (done.outcome, done.added) == (outcome, added)
    first, *_ = await times_of(db, number)
    assert first.starts_at == local("2026-11-12T10:00")


async def test_how_one_signs_up_changes_while_nobody_has(db):
    who = await carla(db)
    number, _ = await gathering(db, 5, (local("2026-11-12T10:00"), local("2026-11-19T10:00")))
    async with db.write() as tx:
        assert await acts.set_signing_up(tx, who, number, SigningUp.EACH) is Outcome.DONE
    assert len(await rows(db, "seats")) == 2


async def test_two_who_close_one_time_say_it_once(db):
    who = await carla(db)
    await move_in(db)
    number, _ = await gathering(db, None, (local("2026-11-12T10:00"),), SigningUp.DROP_IN)
    [each] = await times_of(db, number)

    async def press():
        async with db.write() as tx:
            return await closing.urgent_closed(tx, who, each.id, LANGUAGES, NOW, RULES)

    outcomes = sorted(str(outcome) for outcome, _ in await asyncio.gather(press(), press()))
    assert outcomes == ["done", "gone"]
    [notice] = await rows(db, "notice")
    assert (notice.urgent, notice.state) == (True, "scheduled")


@pytest.fixture
async def house(db) -> int:
    async with db.write() as tx:
        number = await places.add(tx, [await areas.find(tx, AREA)])
        week = (((Hours(9 * 60, 22 * 60),)),) * 7
        venue = Venue(name="Lekrum", kind=VenueKind.OPEN_PRESCHOOL, week=week, id=number)
        await places.stand(tx, venue, JOINED)
        await editions.begin(
            tx, What.PLACE, str(number), places.as_body(replace(venue, name="New")), None, JOINED
        )
    return number


async def test_two_who_close_one_place_say_it_once_and_a_draft_knows_it_too(db, house):
    who = await carla(db)
    await move_in(db)

    async def press():
        try:
            async with db.write() as tx:
                return await closing.close_place(tx, who, house, LANGUAGES, NOW, RULES)
        except NotYours:
            return None

    told = await asyncio.gather(press(), press())
    assert sorted(told, key=str) == [1, None]
    assert len(await rows(db, "notice")) == 1
    async with db.read() as tx:
        draft = await editions.opened(tx, What.PLACE, str(house))
        standing = await places.find(tx, house)
    assert standing.changes == places.from_body(draft.body).changes
    assert (standing.name, places.from_body(draft.body).name) == ("Lekrum", "New")


async def test_a_place_is_not_closed_today_when_nobody_would_hear_before_tomorrow(db, house):
    who = await carla(db)
    async with db.read() as tx:
        for hour, open_still in (("19:59", [house]), ("20:00", [])):
            at = local(f"2026-11-12T{hour}")
            found = await closing.open_today(tx, who, at, RULES)
            assert [each.id for each in found] == open_still


async def test_a_cancelled_activity_is_cancelled_once_and_for_good(db):
    who = await carla(db)
    number, _ = await gathering(db, 5)
    async with db.write() as tx:
        assert await occasions.cancel_all(tx, who, number, NOW, RULES) is Outcome.DONE
    async with db.write() as tx:
        assert await occasions.cancel_all(tx, who, number, NOW, RULES) is Outcome.GONE
        with pytest.raises(NotYours):
            await acts.change(tx, who, number, childcare=True)
    async with db.read() as tx:
        assert (await activities.load(tx, [number]))[number].state is ActivityState.CANCELLED


async def closed(db, who, each, now=NOW):
    """How many hear that this time is closed: as it was said before, and when it is done."""
    async with db.read() as tx:
        before = await closing.preview(tx, who, each.id, LANGUAGES.codes, now, RULES)
    async with db.write() as tx:
        outcome, readers = await closing.urgent_closed(tx, who, each.id, LANGUAGES, now, RULES)
    assert (outcome, readers) == (Outcome.DONE, before.readers)
    return readers


async def test_closed_today_is_said_in_every_language_with_lotsens_words_where_there_are_none(db):
    who = await carla(db)
    await move_in(db)
    number, _ = await gathering(db, None, (local("2026-11-12T10:00"),), SigningUp.DROP_IN)
    async with db.write() as tx:
        await tx.execute(delete(wording).where(wording.c.language == "so"))
    assert await closed(db, who, (await times_of(db, number))[0]) == 1
    async with db.read() as tx:
        [notice] = (await notices.load(tx, [1])).values()
    assert notice.state is NoticeState.SCHEDULED
    assert notice.said_in("ar").title == TITLES["ar"]
    assert notice.said_in("so").title == "Maanta waa xiran yahay"


RESTING = [(Why.PAUSED, 0), (Why.STOPPED, 0), (Why.UNREACHABLE, 0), (None, 1)]


@pytest.mark.parametrize(("why", "hear"), RESTING)
async def test_only_who_listens_is_counted_and_told(db, why, hear):
    who, home = await carla(db), await move_in(db)
    number, [place] = await gathering(db, 5, (local("2026-11-12T10:00"),))
    await press(db, AMINA_CHAT, place)
    if why:
        async with db.write() as tx:
            await rests.begin(tx, Whose(guardian_id=home.amina), why, NOW)
    assert await closed(db, who, (await times_of(db, number))[0]) == hear
    await plan(db, NOW, RULES)
    assert len(await rows(db, "item", kind="activity_changed")) == hear


async def test_closed_when_it_has_begun_reaches_who_is_on_the_way_until_its_end(db):
    who = await carla(db)
    home = await move_in(db)
    number, [place] = await gathering(db, 5, (local("2026-11-12T10:00"),))
    await press(db, AMINA_CHAT, place)
    begun = local("2026-11-12T10:20")
    assert await closed(db, who, (await times_of(db, number))[0], begun) == 1
    await plan(db, begun, RULES)
    [item] = await rows(db, "item", kind="activity_changed")
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
    letter = still_due(family, item.key, item.due_at, RULES)
    assert local("2026-11-12T11:29") < letter.not_after < local("2026-11-12T11:30")
