"""A person has a quarter of an hour once: all of a meeting's quarters are taken, or none."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from programme.free import QUARTER, footprint
from programme.people import Place, Role
from storage import areas, bookings, quarters, staff
from storage.bookings import Facts
from storage.time_tables import quarter
from tests.cast import AREA, local, move_in

NOW = local("2026-11-02 09:00")
TEN, ELEVEN = local("2026-11-05 10:00"), local("2026-11-05 11:00")


def quarters_of(at, *people):
    return {each: footprint(at, 60, Place.HOME, 30, 15) for each in people}


@pytest.fixture
async def cast(db):
    """Anna's and Bo's numbers, and those of three bookings that have no quarters yet."""
    home = await move_in(db)
    async with db.write() as tx:
        area = await areas.find(tx, AREA)
        people = [
            await staff.add(tx, area, name, role)
            for name, role in (("Anna", Role.NURSE), ("Bo", Role.PARENT_SUPPORTER))
        ]
        booked = [
            await bookings.add(
                tx, home.family_id, Facts(child_id=home.child_id, visit=n, starts_at=TEN), NOW
            )
            for n in (1, 2, 3)
        ]
    return people, booked


async def rows(tx):
    found = await tx.execute(select(quarter).order_by(quarter.c.staff_id, quarter.c.starts_at))
    return [(row.staff_id, row.starts_at, row.booking_id) for row in found]


async def test_all_or_nothing_and_what_was_written_before_stays(db, cast):
    (anna, bo), (one, two, _) = cast
    async with db.write() as tx:
        assert await quarters.take(tx, quarters_of(TEN, bo), NOW, booking_id=one)
        before = await rows(tx)
        # Anna is free, Bo is not: neither is taken.
        assert not await quarters.take(tx, quarters_of(TEN, anna, bo), NOW, booking_id=two)
        assert await rows(tx) == before


async def test_the_way_to_the_next_visit_is_kept_free(db, cast):
    (anna, _), (one, two, three) = cast
    async with db.write() as tx:
        assert await quarters.take(tx, quarters_of(TEN, anna), NOW, booking_id=one)
        assert not await quarters.take(tx, quarters_of(ELEVEN, anna), NOW, booking_id=two)
        later = ELEVEN + 3 * QUARTER
        assert await quarters.take(tx, quarters_of(later, anna), NOW, booking_id=three)


async def test_what_is_freed_can_be_taken_and_only_that(db, cast):
    (anna, bo), (one, two, _) = cast
    async with db.write() as tx:
        await quarters.take(tx, quarters_of(TEN, anna, bo), NOW, booking_id=one)
        await quarters.free(tx, booking_id=two)
        assert len(await rows(tx)) == 14
        await quarters.free(tx, booking_id=one)
        assert await rows(tx) == []
        assert await quarters.take(tx, quarters_of(TEN, anna, bo), NOW, booking_id=two)


async def test_taken_tells_of_each_alone_and_not_of_holds_that_have_run_out(db, cast):
    (anna, bo), (one, *_) = cast
    day = local("2026-11-05 00:00"), local("2026-11-06 00:00")
    async with db.write() as tx:
        await quarters.take(tx, quarters_of(TEN, anna), NOW, booking_id=one)
        held = NOW + timedelta(hours=1)
        await quarters.take(tx, quarters_of(ELEVEN, bo), NOW, held_until=held)
        found = await quarters.taken(tx, [anna, bo], *day, NOW)
        assert found == {
            each: frozenset(quarters_of(at, each)[each]) for each, at in ((anna, TEN), (bo, ELEVEN))
        }
        assert (await quarters.taken(tx, [bo], *day, held))[bo] == frozenset()


async def test_a_hold_that_has_run_out_is_no_hindrance_and_one_that_lasts_is(db, cast):
    (anna, _), (one, two, _) = cast
    until = NOW + timedelta(hours=1)
    async with db.write() as tx:
        assert await quarters.take(tx, quarters_of(TEN, anna), NOW, held_until=until)
        assert not await quarters.take(tx, quarters_of(TEN, anna), NOW, booking_id=one)
        assert await quarters.take(tx, quarters_of(TEN, anna), until, booking_id=two)
        assert {booking for _, _, booking in await rows(tx)} == {two}
        assert await quarters.expire(tx, until) == 0


async def test_expiring_takes_away_holds_and_nothing_that_is_booked(db, cast):
    (anna, bo), (one, *_) = cast
    async with db.write() as tx:
        await quarters.take(tx, quarters_of(TEN, anna), NOW, booking_id=one)
        await quarters.take(tx, quarters_of(TEN, bo), NOW, held_until=NOW + QUARTER)
        assert await quarters.expire(tx, NOW) == 0
        assert await quarters.expire(tx, NOW + QUARTER) == 7
        assert {who for who, _, _ in await rows(tx)} == {anna}


async def race(db, people, count=50):
    """So many acts want the same hour of the same two at once; how many got it."""

    async def one(n):
        order = people if n % 2 else tuple(reversed(people))
        async with db.write() as tx:
            return await quarters.take(tx, quarters_of(TEN, *order), NOW)

    return sum(await asyncio.gather(*(one(n) for n in range(count))))


async def test_of_fifty_who_want_the_same_hour_at_once_exactly_one_has_it(db, cast):
    people, _ = cast
    assert await race(db, people) == 1


async def test_without_the_primary_key_the_same_race_has_many_winners(db, cast, database_kind):
    """The negative control: the key is what decides, and nothing else here does."""
    people, _ = cast
    async with db.write() as tx:
        if database_kind == "postgresql":
            await tx.execute(text("ALTER TABLE quarter DROP CONSTRAINT pk_quarter"))
        else:
            await tx.execute(text("CREATE TABLE copy AS SELECT * FROM quarter"))
            await tx.execute(text("DROP TABLE quarter"))
            await tx.execute(text("ALTER TABLE copy RENAME TO quarter"))
    assert await race(db, people) == 50
