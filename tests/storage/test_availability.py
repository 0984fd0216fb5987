"""Working hours and busy times are kept as they were said, for each person alone."""

import pytest

from programme.people import Role
from storage import areas, availability, staff
from storage.availability import Margins
from tests.cast import AREA, local


@pytest.fixture
async def anna_and_bo(db):
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        return [
            await staff.add(tx, area, name, role)
            for name, role in (("Anna", Role.NURSE), ("Bo", Role.PARENT_SUPPORTER))
        ]


async def test_hours_are_kept_for_each_weekday_and_set_anew(db, anna_and_bo):
    anna, bo = anna_and_bo
    async with db.write() as tx:
        await availability.set_hours(tx, anna, 0, [(480, 720), (780, 1020)])
        await availability.set_hours(tx, anna, 1, [(480, 720)])
        await availability.set_hours(tx, anna, 1, [(540, 600), (540, 600), (700, 700)])
        week = await availability.hours_of(tx, [anna, bo])
        assert week == {anna: {0: ((480, 720), (780, 1020)), 1: ((540, 600),)}, bo: {}}
        await availability.set_hours(tx, anna, 0, [])
        assert 0 not in (await availability.hours_of(tx, [anna]))[anna]


async def test_a_busy_time_is_found_where_it_meets_the_span_and_nowhere_else(db, anna_and_bo):
    anna, bo = anna_and_bo
    async with db.write() as tx:
        one = await availability.add_busy(
            tx, anna, local("2026-11-02 10:00"), local("2026-11-02 11:00")
        )
        for since, until, there in (
            ("2026-11-02 09:00", "2026-11-02 10:00", False),  # touching
            ("2026-11-02 10:30", "2026-11-02 10:45", True),
            ("2026-11-02 11:00", "2026-11-02 12:00", False),
        ):
            found = await availability.busy_of(tx, [anna, bo], local(since), local(until))
            assert (bool(found[anna]), found[bo]) == (there, [])
        assert not await availability.remove_busy(tx, bo, one)  # not Bo's
        assert await availability.remove_busy(tx, anna, one)
        assert not await availability.remove_busy(tx, anna, one)


async def test_a_calendar_read_again_replaces_only_what_it_said_before(db, anna_and_bo):
    anna, bo = anna_and_bo
    day = local("2026-11-02 00:00"), local("2026-11-03 00:00")
    async with db.write() as tx:
        for who in (anna, bo):
            await availability.add_busy(tx, who, *day)
            assert await availability.replace_busy(tx, who, "feed", [day, day]) == 2
        assert await availability.replace_busy(tx, anna, "feed", []) == 0
        found = await availability.busy_of(tx, [anna, bo], *day)
    assert [each.source for each in found[anna]] == ["own"]
    assert [each.source for each in found[bo]] == ["own", "feed", "feed"]


async def test_margins_begin_with_half_an_hour_and_a_quarter(db, anna_and_bo):
    anna, bo = anna_and_bo
    async with db.write() as tx:
        await availability.set_margins(tx, anna, 45, 0)
        assert await availability.margins_of(tx, anna_and_bo) == {
            anna: Margins(45, 0),
            bo: Margins(30, 15),
        }
