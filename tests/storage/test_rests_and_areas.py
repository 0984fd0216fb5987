"""Rests keep their end; areas are named, merged and given their summer without a developer."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from programme.activities import SignupState
from programme.ages import Span
from programme.follow_up import VisitOutcome
from programme.news import News
from programme.people import Rest, Role, Why
from storage import (
    areas,
    bookings,
    events,
    families,
    rests,
    signups,
    staff,
    tallies,
    visit_outcomes,
)
from storage.activity_tables import attendance, occasion
from storage.bookings import Facts
from storage.rests import Whose
from storage.visit_outcomes import Kept
from tests.cast import AREA, JOINED, local, move_in
from tests.gatherings import gathering
from tests.rows import rows

DAY = timedelta(days=1)
LATER = JOINED + 3 * DAY


async def _family(db, home):
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
    return family


async def _begin(db, why, since=JOINED, until=None, **whose):
    async with db.write() as tx:
        return await rests.begin(tx, Whose(**whose), why, since, until)


async def _end(db, why, now=LATER, **whose):
    async with db.write() as tx:
        return await rests.end(tx, Whose(**whose), why, now)


# ---- rests


async def test_a_rest_that_is_ended_is_kept_with_its_end(db):
    home = await move_in(db, chats=(1001, 1002))
    number = await _begin(db, Why.PAUSED, guardian_id=home.amina)
    assert await _end(db, Why.PAUSED, guardian_id=home.amina)
    amina, yusuf = (await _family(db, home)).guardians
    assert amina.rests == (Rest(id=number, why=Why.PAUSED, since=JOINED, until=LATER),)
    assert yusuf.rests == ()
    assert (amina.listens_at(JOINED + DAY), amina.listens_at(LATER)) == (False, True)


async def test_only_rests_of_that_kind_and_of_that_person_end(db):
    home = await move_in(db, chats=(1001, 1002))
    await _begin(db, Why.PAUSED, guardian_id=home.amina)
    await _begin(db, Why.STOPPED, guardian_id=home.amina)
    await _begin(db, Why.PAUSED, guardian_id=home.yusuf)
    await _begin(db, Why.AWAY, family_id=home.family_id)
    assert await _end(db, Why.PAUSED, guardian_id=home.amina)
    family = await _family(db, home)
    amina, yusuf = family.guardians
    assert [(rest.why, rest.until) for rest in amina.rests] == [
        (Why.PAUSED, LATER),
        (Why.STOPPED, None),
    ]
    assert [rest.until for rest in (*yusuf.rests, *family.rests)] == [None, None]


async def test_what_is_over_keeps_its_end_and_ending_it_again_is_nothing(db):
    home = await move_in(db)
    await _begin(db, Why.PAUSED, until=JOINED + DAY, guardian_id=home.amina)
    assert not await _end(db, Why.PAUSED, guardian_id=home.amina)
    [amina] = (await _family(db, home)).guardians
    assert [rest.until for rest in amina.rests] == [JOINED + DAY]


async def test_a_rest_that_has_a_date_ends_earlier_when_somebody_says_so(db):
    home = await move_in(db)
    await _begin(db, Why.AWAY, until=LATER + 30 * DAY, family_id=home.family_id)
    assert await _end(db, Why.AWAY, family_id=home.family_id)
    assert [rest.until for rest in (await _family(db, home)).rests] == [LATER]


async def test_an_undo_takes_back_what_began_then_and_nothing_older(db):
    home = await move_in(db)
    old = await _begin(db, Why.LOSS, JOINED, JOINED + DAY, family_id=home.family_id)
    await _begin(db, Why.LOSS, LATER, family_id=home.family_id)
    await _begin(db, Why.AWAY, LATER, family_id=home.family_id)
    async with db.write() as tx:
        await rests.take_back(tx, Whose(family_id=home.family_id), Why.LOSS, LATER)
    family = await _family(db, home)
    assert [(rest.why, rest.since) for rest in family.rests] == [
        (Why.LOSS, JOINED),
        (Why.AWAY, LATER),
    ]
    async with db.write() as tx:
        await rests.reopen(tx, old)
    assert (await _family(db, home)).resting(Why.LOSS, LATER).id == old


def test_a_rest_covers_its_first_moment_and_not_its_last():
    rest = Rest(why=Why.AWAY, since=JOINED, until=LATER)
    assert rest.covers(JOINED) and not rest.covers(LATER)
    tick = timedelta(microseconds=1)
    assert not rest.covers(JOINED - tick) and rest.covers(LATER - tick)


# ---- areas


async def test_the_pause_of_an_area_is_known_to_all_its_families_and_to_no_other(db):
    home = await move_in(db)
    async with db.write() as tx:
        here, there = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
        other = await families.register(tx, there, None, JOINED)
    number = await _begin(db, Why.PAUSED, area_id=here)
    assert [rest.id for rest in (await _family(db, home)).area.rests] == [number]
    async with db.read() as tx:
        [stranger] = await families.load(tx, [other])
    assert stranger.area.rests == ()


async def test_an_area_is_renamed_and_its_families_stay(db):
    home = await move_in(db)
    async with db.write() as tx:
        number = await areas.find(tx, AREA)
        await areas.change(tx, number, name="Hjällbo Centrum", employer="The City")
        assert await areas.find(tx, AREA) is None
        assert await areas.find(tx, "Hjällbo Centrum") == number
        assert (await families.home(tx, home.family_id)).employer == "The City"


@pytest.mark.parametrize("status", areas.STATES)
async def test_only_a_running_area_runs(db, status):
    home = await move_in(db)
    async with db.write() as tx:
        await areas.change(tx, await areas.find(tx, AREA), status=status)
    assert (await _family(db, home)).area.running is (status == areas.RUNNING)


async def test_merged_areas_share_families_staff_moves_and_figures(db):
    home = await move_in(db)
    async with db.write() as tx:
        gone, into = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
        other = await families.register(tx, into, None, JOINED)
        await families.set_family(tx, other, move_to=gone, move_asked_at=JOINED)
        anna = await staff.add(tx, gone, "Anna", Role.NURSE)
        await tallies.count(tx, gone, date(2026, 11, 2), "registered")
        await areas.merge(tx, gone, into)
        assert AREA not in await areas.names(tx)
        assert (await families.home(tx, home.family_id)).area_id == into
        assert (await staff.find(tx, into, "Anna")).member.id == anna
        counted = await tx.exec_driver_sql("SELECT DISTINCT area_id FROM tally")
        assert list(counted.scalars()) == [into]
        [moving] = await families.load(tx, [other])
    assert moving.move.area == "Gårdsten"


async def test_what_is_counted_of_a_family_is_taken_back_where_the_merged_area_counts(db):
    home = await move_in(db)
    _, [place] = await gathering(db)
    async with db.write() as tx:
        gone, into = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
        anna = await staff.add(tx, gone, "Anna", Role.NURSE)
        facts = Facts(child_id=home.child_id, visit=1, starts_at=LATER)
        visit = await bookings.add(tx, home.family_id, facts, JOINED)
        await visit_outcomes.keep(
            tx, visit, Kept(VisitOutcome(), gone), VisitOutcome(), anna, LATER
        )
        who = (home.family_id, home.amina)
        number = await signups.add(tx, place, who, SignupState.IN, JOINED, adults=1, children=0)
        await signups.change(tx, number, JOINED, series_area_id=gone, series_month="2026-11")
        [met] = (await tx.execute(select(occasion.c.id))).scalars()
        row = {"signup_id": number, "occasion_id": met, "came": True, "marked_at": LATER}
        await tx.execute(attendance.insert().values(**row, area_id=gone))
        await areas.merge(tx, gone, into)
    found = [await rows(db, table) for table in ("visit_outcome", "attendance", "signup")]
    [[ticked], [came], [series]] = found
    assert [ticked.area_id, came.area_id, series.series_area_id] == [into] * 3


async def test_the_summer_of_a_year_takes_the_place_of_what_was_said_of_it_before(db):
    home = await move_in(db)
    first, second = (Span(date(2027, 6, n), date(2027, 8, n)) for n in (20, 25))
    next_year = Span(date(2028, 6, 25), date(2028, 8, 6))
    async with db.write() as tx:
        number = await areas.find(tx, AREA)
        for weeks in (first, next_year, second):
            await areas.set_summer(tx, number, weeks)
    assert sorted((await _family(db, home)).area.summers, key=lambda span: span.first) == [
        second,
        next_year,
    ]


# ---- events


async def test_events_come_back_in_order_and_can_be_taken_back(db):
    home = await move_in(db)
    async with db.write() as tx:
        await events.note(tx, home.family_id, News.AWAY, LATER, detail="2026-12-01")
        await events.note(tx, home.family_id, News.PHONE, JOINED)
    found = (await _family(db, home)).events
    assert [(each.what, each.at, each.detail) for each in found] == [
        (News.PHONE, JOINED, None),
        (News.AWAY, LATER, "2026-12-01"),
    ]
    async with db.write() as tx:
        await events.take_back(tx, home.family_id, News.PHONE, LATER)  # it is older
        await events.take_back(tx, home.family_id, News.AWAY, LATER)
    assert [each.what for each in (await _family(db, home)).events] == [News.PHONE]


async def test_old_events_are_forgotten(db):
    home = await move_in(db)
    async with db.write() as tx:
        for at in (JOINED, LATER):
            await events.note(tx, home.family_id, News.BACK, at)
        assert await events.purge(tx, LATER) == 1
    assert [each.at for each in (await _family(db, home)).events] == [LATER]


# ---- staff


async def _anna(tx, area=AREA, name="Anna", role=Role.NURSE, **facts):
    number = await staff.add(tx, await areas.find(tx, area), name, role)
    if facts:
        await staff.change(tx, number, **facts)
    return number


async def test_the_team_of_an_area_is_who_meets_families_and_has_not_ended(db):
    home = await move_in(db)
    async with db.write() as tx:
        anna = await _anna(tx, chat_id=3001)
        bo = await _anna(tx, name="Bo", role=Role.PARENT_SUPPORTER)
        await _anna(tx, name="Cilla", role=Role.COORDINATOR, chat_id=3002)
        await _anna(tx, name="Eva", ended_at=JOINED, chat_id=3003)
        await _anna(tx, name="Fia", area="Gårdsten", chat_id=3004)
    team = (await _family(db, home)).staff
    assert [(each.id, each.in_chat) for each in team] == [(anna, True), (bo, False)]


async def test_a_staff_link_opens_once_and_ties_the_chat_to_its_owner(db):
    async with db.write() as tx:
        anna = await _anna(tx, link_hash="h" * 64, link_expires_at=LATER)
        colleague, expires = await staff.by_link(tx, "h" * 64)
        assert (colleague.member.id, expires) == (anna, LATER)
        assert await staff.use_link(tx, "h" * 64, 3001, "ar", JOINED)
        assert not await staff.use_link(tx, "h" * 64, 3002, "sv", JOINED)
        found = await staff.by_chat(tx, 3001)
    assert (found.member.id, found.member.language, found.chat_id) == (anna, "ar", 3001)


async def test_who_has_ended_opens_no_link_and_is_nobody_in_the_chat(db):
    async with db.write() as tx:
        await _anna(tx, link_hash="h" * 64, ended_at=local("2026-11-01T09:00"), chat_id=3001)
        assert not await staff.use_link(tx, "h" * 64, 3002, "sv", JOINED)
        assert await staff.by_chat(tx, 3001) is None
        assert await staff.find(tx, await areas.find(tx, AREA), "Anna") is None
