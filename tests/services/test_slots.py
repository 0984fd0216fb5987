"""Free times are those of two people of the area, last time's two first, spread over days."""

from datetime import date

import pytest

from programme.free import QUARTER, footprint
from programme.localtime import on_the_clock
from programme.people import Meeting, Place, Role
from services.booking import book
from services.slots import at_work, free_slots, in_good_time
from services.visits import done
from storage import areas, availability, families, quarters, staff, staff_areas
from tests.cast import AREA, RULES, local, move_in

BORN = date(2026, 9, 1)  # visit 2: 17 October to 15 December
NOW = local("2026-11-02 09:00")
WORKS = [(480, 1020)]


@pytest.fixture
async def home(db):
    return await move_in(db, born=BORN)


async def hire(db, name, role, week=range(5), spans=WORKS, area=AREA):
    async with db.write() as tx:
        one = await staff.add(tx, await areas.find(tx, area), name, role)
        for day in week:
            await availability.set_hours(tx, one, day, spans)
    return one


@pytest.fixture
async def team(db, home):
    anna = await hire(db, "Anna", Role.NURSE)
    bo = await hire(db, "Bo", Role.PARENT_SUPPORTER)
    return anna, bo


async def find(db, home, visit=2, now=NOW, **how):
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
        return await free_slots(tx, family, visit, now, RULES, **how)


def shown(slots):
    return [f"{on_the_clock(slot.starts_at):%a %H:%M}" for slot in slots]


def names(slots):
    return [[member.name for member in slot.staff] for slot in slots]


async def test_three_times_on_three_days_by_a_nurse_and_a_parent_supporter(db, home, team):
    found = await find(db, home)
    assert shown(found) == ["Mon 09:30", "Tue 12:00", "Wed 08:30"]  # half an hour on the way
    assert names(found) == [["Anna", "Bo"]] * 3


async def test_what_one_of_the_two_has_taken_is_not_offered(db, home, team):
    anna, bo = team
    async with db.write() as tx:
        taken = footprint(local("2026-11-03 10:00"), 120, Place.HOME, 30, 15)
        await quarters.take(tx, {anna: taken}, NOW)
        await availability.add_busy(tx, bo, local("2026-11-03 12:00"), local("2026-11-04 12:00"))
    found = await find(db, home, first=date(2026, 11, 3), last=date(2026, 11, 4), limit=99)
    assert shown(found) == ["Wed 12:30", "Wed 14:15"]  # an hour, the talk, the way


async def test_those_of_last_time_come_first_and_others_only_where_they_cannot(db, home, team):
    await hire(db, "Cia", Role.NURSE)
    dag = await hire(db, "Dag", Role.PARENT_SUPPORTER)
    await hire(db, "Aron", Role.PARENT_SUPPORTER)
    async with db.write() as tx:
        await book(tx, home.family_id, 1, local("2026-11-02 10:00"), ["Cia", "Dag"], NOW, RULES)
        await done(tx, home.family_id, 1, local("2026-11-02 12:00"), RULES)
        await availability.add_busy(tx, dag, local("2026-11-04 00:00"), local("2026-11-20 00:00"))
    found = await find(db, home, now=local("2026-11-02 12:00"))
    assert names(found)[:2] == [["Cia", "Dag"], ["Cia", "Dag"]]
    assert len(found) == 3 and found[2].staff[0].name == "Cia"  # at least one face they know


async def test_only_the_window_unless_staff_say_otherwise(db, home, team):
    late = local("2026-12-16 08:00")
    assert await find(db, home, now=late) == []
    found = await find(db, home, now=late, last=date(2026, 12, 18))
    assert shown(found) == ["Wed 08:30", "Thu 12:00", "Fri 08:30"]
    assert await find(db, home, visit=3) != []  # its window lies ahead
    [first, *_] = await find(db, home, visit=3)
    assert on_the_clock(first.starts_at).date() >= date(2026, 12, 17)


async def test_evening_is_from_four_and_without_late_hours_there_is_none(db, home, team):
    assert await find(db, home, evening=True) == []
    async with db.write() as tx:
        for who in team:
            await availability.set_hours(tx, who, 1, [(480, 1200)])
    assert shown(await find(db, home, evening=True)) == ["Tue 16:00"] * 3


async def test_staff_without_hours_give_no_times(db, home):
    await hire(db, "Anna", Role.NURSE, week=())
    await hire(db, "Bo", Role.PARENT_SUPPORTER)
    assert await find(db, home) == []


async def test_for_a_call_one_person_is_enough_and_there_is_no_way(db, home):
    await hire(db, "Bo", Role.PARENT_SUPPORTER, spans=[(480, 525)])
    assert await find(db, home, visit=0, meeting=Meeting.WALK) == []
    found = await find(db, home, visit=0, meeting=Meeting.CALL)
    assert shown(found) == ["Tue 08:00", "Wed 08:00", "Thu 08:00"]
    assert names(found) == [["Bo"]] * 3


async def test_who_works_in_the_area_besides_their_own_can_come(db, home):
    await hire(db, "Bo", Role.PARENT_SUPPORTER)
    async with db.write() as tx:
        other = await areas.add(tx, "Elsewhere", None, "running")
    far = await hire(db, "Cia", Role.NURSE, area="Elsewhere")
    assert await find(db, home) == []
    async with db.write() as tx:
        await staff_areas.add(tx, far, [await areas.find(tx, AREA), other])
    assert names(await find(db, home)) == [["Cia", "Bo"]] * 3


async def test_a_time_that_was_refused_is_not_shown_again(db, home, team):
    before = await find(db, home)
    again = await find(db, home, but={slot.starts_at for slot in before})
    assert len(again) == 3
    assert not {s.starts_at for s in before} & {s.starts_at for s in again}


async def test_at_work_asks_hours_and_busy_times_and_not_who_has_booked(db, home, team):
    anna, _ = team
    slot = (await find(db, home))[0]
    later = slot.starts_at + 4 * QUARTER
    async with db.write() as tx:
        taken = {each: footprint(later, 60, Place.HOME, 30, 15) for each in team}
        await quarters.take(tx, taken, NOW)
        assert await at_work(tx, slot.staff, later, 60, Place.HOME, NOW, RULES)
        await availability.add_busy(tx, anna, later, later + QUARTER)
        assert not await at_work(tx, slot.staff, later, 60, Place.HOME, NOW, RULES)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("2026-11-02 09:00", "Tue 09:00"),  # read at once: a day later
        ("2026-11-02 21:30", "Wed 08:30"),  # read at seven the next morning: a day after that
    ],
)
async def test_nothing_is_proposed_before_the_family_has_had_a_day_to_answer(
    db, home, team, asked, first
):
    now = local(asked)
    found = await find(db, home, now=now, ready=in_good_time(now, RULES))
    assert shown(found)[0] == first
    assert shown(await find(db, home, now=now))[0] != first
