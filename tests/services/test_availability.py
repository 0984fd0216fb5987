"""Staff's own times, and those of a colleague without chat."""

from datetime import date, timedelta

import pytest

from programme.errors import NotYours
from programme.people import Role
from services import availability
from services.availability import add_busy, add_days_off, free_again, set_hours, set_margins, times
from storage import areas, staff
from storage.availability import add_busy as from_calendar
from tests.cast import AREA, JOINED, RULES, book_visit, local, move_in
from tests.colleagues import at_work

NOW = JOINED
DAY = date(2026, 11, 9)  # a Monday


@pytest.fixture
async def anna(db):
    return await at_work(db)


async def hired(db, name, role, area=AREA):
    async with db.write() as tx:
        return await staff.add(tx, await areas.find(tx, area), name, role)


async def test_hours_days_off_busy_times_and_margins_are_kept_and_taken_away(db, anna):
    me = anna.member.id
    async with db.write() as tx:
        await set_hours(tx, anna, me, [0, 1], [(780, 960), (480, 720), (700, 730)], NOW, RULES)
        await add_days_off(tx, anna, me, DAY, DAY + timedelta(days=4), NOW, RULES)
        since, until = local("2026-11-17T10:00"), local("2026-11-17T11:30")
        await add_busy(tx, anna, me, since, until, NOW, RULES)
        shown = await set_margins(tx, anna, me, NOW, RULES, travel=45)
    assert shown.week == {0: ((480, 730), (780, 960)), 1: ((480, 730), (780, 960))}
    [off], [busy] = shown.off, shown.busy
    assert availability.days_of(off, RULES) == (DAY, date(2026, 11, 13))
    assert (busy.starts_at, busy.ends_at) == (since, until)
    assert (shown.margins.travel, shown.margins.debrief) == (45, 15)
    async with db.write() as tx:
        await free_again(tx, anna, me, off.id, NOW, RULES)
        shown = await free_again(tx, anna, me, busy.id, NOW, RULES)
    assert (shown.off, shown.busy) == ((), ())


async def test_a_second_tap_adds_nothing(db, anna):
    async with db.write() as tx:
        for _ in range(2):
            shown = await add_days_off(tx, anna, anna.member.id, DAY, DAY, NOW, RULES)
    assert len(shown.off) == 1


async def test_what_came_from_a_calendar_is_counted_and_stays(db, anna):
    me = anna.member.id
    async with db.write() as tx:
        starts_at = local("2026-11-10T10:00")
        number = await from_calendar(tx, me, starts_at, starts_at + timedelta(hours=1), "feed")
        shown = await free_again(tx, anna, me, number, NOW, RULES)
    assert (shown.busy, shown.from_calendar) == ((), 1)


async def test_days_off_around_a_clock_change_are_whole_days(db, anna):
    async with db.write() as tx:
        first, last = date(2027, 3, 26), date(2027, 3, 29)
        shown = await add_days_off(tx, anna, anna.member.id, first, last, NOW, RULES)
    assert availability.days_of(shown.off[0], RULES) == (first, last)


async def test_a_booked_visit_that_cannot_be_kept_is_told_once_and_stays_booked(db, anna):
    home = await move_in(db)
    me, starts_at = anna.member.id, local("2026-11-09T10:30")
    async with db.write() as tx:
        await set_hours(tx, anna, me, range(5), [(480, 960)], NOW, RULES)
    booked = await book_visit(db, home.family_id, starts_at, NOW)
    async with db.write() as tx:
        shown = await add_days_off(tx, anna, me, DAY, DAY, NOW, RULES)
        again = await set_hours(tx, anna, me, [1], [(480, 600)], NOW, RULES)
    [collision] = shown.collisions
    assert (collision.name.label, collision.visit) == ("the red door", 1)
    assert (collision.starts_at, collision.proposed) == (starts_at, False)
    assert again.collisions == ()
    async with db.read() as tx:
        [coming] = await staff.coming(tx, me, NOW)
    assert (coming.starts_at, booked) == (starts_at, booked)


async def test_fewer_hours_collide_too(db, anna):
    home = await move_in(db)
    me = anna.member.id
    async with db.write() as tx:
        await set_hours(tx, anna, me, range(5), [(480, 960)], NOW, RULES)
    await book_visit(db, home.family_id, local("2026-11-09T10:30"), NOW)
    async with db.write() as tx:
        shown = await set_hours(tx, anna, me, [0], [(480, 680)], NOW, RULES)
    assert [each.visit for each in shown.collisions] == [1]


async def test_a_colleague_without_chat_of_the_same_area_can_be_helped(db, anna):
    bo = await hired(db, "Bo", Role.PARENT_SUPPORTER)
    async with db.write() as tx:
        assert [each.id for each in await availability.without_chat(tx, anna)] == [bo]
        shown = await set_hours(tx, anna, bo, [0], [(480, 960)], NOW, RULES)
    assert (shown.member.name, shown.own) == ("Bo", False)


async def test_a_coordinator_has_no_times_and_sets_those_of_others(db, anna):
    eva = await at_work(db, "Eva", Role.COORDINATOR, 2003)
    bo = await hired(db, "Bo", Role.PARENT_SUPPORTER)
    async with db.write() as tx:
        assert not availability.visits(eva)
        assert (await times(tx, eva, bo, NOW, RULES)).member.name == "Bo"
        for number in (eva.member.id, anna.member.id):
            with pytest.raises(NotYours):
                await times(tx, eva, number, NOW, RULES)


@pytest.mark.parametrize("who", ["in chat", "another area", "ended", "nobody", "coordinator"])
async def test_nobody_else_s_times_can_be_seen_or_set(db, anna, who):
    async with db.write() as tx:
        area = await areas.find(tx, "Gårdsten" if who == "another area" else AREA)
        role = Role.COORDINATOR if who == "coordinator" else Role.NURSE
        number = 999 if who == "nobody" else await staff.add(tx, area, "Cia", role)
        if who == "in chat":
            await staff.change(tx, number, chat_id=77)
        if who == "ended":
            await staff.end(tx, number, NOW)
    starts_at = local("2026-11-10T10:00")
    async with db.write() as tx:
        for act in (
            times(tx, anna, number, NOW, RULES),
            set_hours(tx, anna, number, [0], [(480, 960)], NOW, RULES),
            add_days_off(tx, anna, number, DAY, DAY, NOW, RULES),
            add_busy(tx, anna, number, starts_at, starts_at + timedelta(hours=1), NOW, RULES),
            free_again(tx, anna, number, 1, NOW, RULES),
            set_margins(tx, anna, number, NOW, RULES, travel=0),
        ):
            with pytest.raises(NotYours):
                await act


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_does_not_meet_families_sets_nobody_s_times(db, role):
    tom = await at_work(db, "Tom", role, 2004)
    bo = await hired(db, "Bo", Role.PARENT_SUPPORTER)
    async with db.write() as tx:
        for number in (tom.member.id, bo):
            with pytest.raises(NotYours):
                await times(tx, tom, number, NOW, RULES)


@pytest.mark.parametrize("minutes", [-15, 7, 600])
async def test_margins_are_the_ones_that_are_offered(db, anna, minutes):
    async with db.write() as tx:
        for which in ("travel", "debrief"):
            with pytest.raises(NotYours):
                await set_margins(tx, anna, anna.member.id, NOW, RULES, **{which: minutes})


async def test_times_in_the_past_upside_down_or_years_ahead_are_refused(db, anna):
    at = local("2026-11-10T10:00")
    async with db.write() as tx:
        for since, until in (
            (at, at),
            (at + timedelta(hours=1), at),
            (NOW - timedelta(days=2), NOW - timedelta(days=1)),
            (at, at + timedelta(days=3000)),
        ):
            with pytest.raises(NotYours):
                await add_busy(tx, anna, anna.member.id, since, until, NOW, RULES)


async def test_hours_stay_within_the_day_and_the_working_week(db, anna):
    me = anna.member.id
    async with db.write() as tx:
        shown = await set_hours(tx, anna, me, [0], [(0, 1440)], NOW, RULES)
        assert shown.week == {0: ((360, 1320),)}
        for weekday in (5, 6, -1, 9):
            with pytest.raises(NotYours):
                await set_hours(tx, anna, me, [weekday], [(480, 960)], NOW, RULES)
