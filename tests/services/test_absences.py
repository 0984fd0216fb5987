"""Somebody of the staff is ill or leaves: visits are given on, once (mission D10)."""

import asyncio
from datetime import date, timedelta

import pytest

from programme.errors import NotYours
from programme.people import Role, Slot, Why
from services import absences, loss, proposing, staff_links
from services.absences import Fate
from services.booking import book
from storage import areas, availability, families, rests, staff
from storage.rests import Whose
from tests.cast import AREA, RULES, local, move_in
from tests.colleagues import at_work
from tests.rows import rows

BORN = date(2026, 9, 1)
NOW = local("2026-11-02T09:00")
TODAY = date(2026, 11, 2)
VISIT = local("2026-11-02T13:00")
WEEK = [(480, 1020)]


async def hire(db, name, role, hours=True):
    async with db.write() as tx:
        one = await staff.add(tx, await areas.find(tx, AREA), name, role)
        for day in range(5) if hours else ():
            await availability.set_hours(tx, one, day, WEEK)
    return one


async def books(db, home, starts_at, names=("Anna", "Bo"), number=2):
    async with db.write() as tx:
        return await book(tx, home.family_id, number, starts_at, names, NOW, RULES)


@pytest.fixture
async def anna(db):
    """Anna and Bo work, and have a visit at one o'clock."""
    number = await hire(db, "Anna", Role.NURSE)
    await hire(db, "Bo", Role.PARENT_SUPPORTER)
    return number


async def is_ill(db, colleague, who, last=TODAY):
    async with db.write() as tx:
        return await absences.ill(tx, colleague, who, last, NOW, RULES)


async def settle(db, colleague, who):
    async with db.write() as tx:
        return await absences.settle(tx, colleague, who, NOW, RULES)


async def who_comes(db, booking_id) -> set[int]:
    return {each.staff_id for each in await rows(db, "booking_staff", booking_id=booking_id)}


async def test_a_free_colleague_of_the_same_profession_comes_at_the_same_time(db, anna):
    cecilia = await hire(db, "Cecilia", Role.NURSE)
    await hire(db, "Dan", Role.PARENT_SUPPORTER)
    booked = await books(db, await move_in(db, born=BORN), VISIT)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    [shown] = await is_ill(db, bo, anna)
    assert (shown.fate, shown.instead.name) == (Fate.GIVEN, "Cecilia")
    [row] = await rows(db, "booking", id=booked)
    assert row.revision == 0  # shown, and nothing done
    [done] = await settle(db, bo, anna)
    assert (done.fate, done.instead.id) == (Fate.GIVEN, cecilia)
    [row] = await rows(db, "booking", id=booked)
    assert (row.starts_at, row.state, row.change) == (VISIT, "booked", "people")
    assert await who_comes(db, booked) == {cecilia, bo.member.id}
    assert len(await rows(db, "tally", what="given_over")) == 1


async def test_where_nobody_is_free_the_visit_is_cancelled_and_other_times_are_held(db, anna):
    cecilia = await hire(db, "Cecilia", Role.NURSE)
    async with db.write() as tx:
        await availability.add_busy(tx, cecilia, NOW, NOW + timedelta(hours=9))
    booked = await books(db, await move_in(db, born=BORN), VISIT)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    await is_ill(db, bo, anna)
    [done] = await settle(db, bo, anna)
    assert done.fate is Fate.OFFERED
    [row] = await rows(db, "booking", id=booked)
    assert (row.state, row.why) == ("cancelled", "ill")
    [proposal] = await rows(db, "proposal")
    assert proposal.state == "open"
    assert len(await rows(db, "tally", what="reoffered")) == 1


async def test_a_family_without_the_chat_is_phoned(db, anna):
    booked = await books(db, await move_in(db, born=BORN, chats=(None, None)), VISIT)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.write() as tx:
        [guardian] = await rows(db, "guardian")
        await rests.begin(tx, Whose(guardian_id=guardian.id), Why.STOPPED, NOW - timedelta(1))
    await is_ill(db, bo, anna)
    [done] = await settle(db, bo, anna)
    assert done.fate is Fate.PHONE
    [row] = await rows(db, "booking", id=booked)
    assert row.state == "cancelled"


async def test_visits_after_the_illness_and_of_others_stay(db, anna):
    home = await move_in(db, born=BORN)
    later = await books(db, home, VISIT + timedelta(days=3))
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    assert await is_ill(db, bo, anna) == []
    assert await settle(db, bo, anna) == []
    [row] = await rows(db, "booking", id=later)
    assert (row.state, row.revision) == ("booked", 0)


async def test_a_family_that_rests_after_a_loss_is_never_touched(db, anna):
    await hire(db, "Cecilia", Role.NURSE)
    home = await move_in(db, born=BORN)
    booked = await books(db, home, VISIT)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.write() as tx:
        await loss.begin_by_staff(tx, bo, home.family_id, NOW, RULES)
    assert await is_ill(db, bo, anna) == []
    assert await settle(db, bo, anna) == []
    [row] = await rows(db, "booking", id=booked)
    assert (row.state, row.revision) == ("booked", 0)


async def test_two_colleagues_who_press_at_once_give_each_visit_on_once(db, anna):
    await hire(db, "Cecilia", Role.NURSE)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    numbers = []
    for n in range(2):
        home = await move_in(db, born=BORN, chats=(1001 + n, None))
        numbers.append(await books(db, home, VISIT + timedelta(hours=-2 + 3 * n)))
    await is_ill(db, bo, anna)
    first, second = await asyncio.gather(settle(db, bo, anna), settle(db, bo, anna))
    assert sorted([len(first), len(second)]) == [0, 2]
    assert len(await rows(db, "tally", what="given_over")) == 2
    for number in numbers:
        [row] = await rows(db, "booking", id=number)
        assert row.revision == 1


async def test_who_has_left_hands_over_all_that_lies_ahead(db, anna):
    cecilia = await hire(db, "Cecilia", Role.NURSE)
    home = await move_in(db, born=BORN)
    booked = await books(db, home, VISIT + timedelta(days=21))
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.write() as tx:
        await staff_links.end(tx, AREA, "Anna", NOW, RULES)
    [done] = await settle(db, bo, anna)
    assert done.fate is Fate.GIVEN
    assert await who_comes(db, booked) == {cecilia, bo.member.id}


async def test_the_command_line_hands_over_in_nobody_s_name(db, anna):
    await hire(db, "Cecilia", Role.NURSE)
    await books(db, await move_in(db, born=BORN), VISIT + timedelta(days=21))
    async with db.write() as tx:
        gone = await staff_links.find(tx, AREA, "Anna")
        await staff_links.end(tx, AREA, "Anna", NOW, RULES)
        [done] = await absences.hand_over(tx, gone, NOW, RULES)
    assert done.fate is Fate.GIVEN


async def test_another_area_s_staff_and_a_day_that_has_passed_are_refused(db, anna):
    eva = await at_work(db, "Eva", Role.NURSE, 2050, "Gårdsten")
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    for colleague, last in ((eva, TODAY), (bo, TODAY - timedelta(1)), (bo, TODAY + timedelta(99))):
        with pytest.raises(NotYours):
            await is_ill(db, colleague, anna, last)
    with pytest.raises(NotYours):
        await settle(db, eva, anna)
    assert await rows(db, "busy") == []


async def test_times_that_are_held_with_who_is_ill_are_given_back(db, anna):
    home = await move_in(db, born=BORN)
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.write() as tx:
        [family] = await families.load(tx, [home.family_id])
        slot = Slot(starts_at=VISIT, staff=family.staff)
        times = proposing.Times(visit=2, slots=[slot])
        await proposing.propose(tx, bo, home.family_id, times, NOW, RULES)
    await is_ill(db, bo, anna)
    await settle(db, bo, anna)
    [proposal] = await rows(db, "proposal")
    assert proposal.state == "withdrawn"


async def test_a_colleague_gives_back_what_is_held_for_families_of_another_s_list(db, anna):
    cecilia = await hire(db, "Cecilia", Role.NURSE)
    booked = await books(db, await move_in(db, born=BORN), VISIT)
    other = await move_in(db, born=BORN, chats=(1011, None))
    bo = await at_work(db, "Bo", Role.PARENT_SUPPORTER, 2002)
    async with db.write() as tx:
        [family] = await families.load(tx, [other.family_id])
        theirs = tuple(each for each in family.staff if each.name in {"Anna", "Bo"})
        slot = Slot(starts_at=VISIT + timedelta(hours=2), staff=theirs)
        times = proposing.Times(visit=2, slots=[slot])
        await proposing.propose(tx, bo, other.family_id, times, NOW, RULES)
    dora = await at_work(db, "Dora", Role.NURSE, 2004)
    await is_ill(db, dora, anna)
    [done] = await settle(db, dora, anna)
    assert done.fate is Fate.GIVEN
    assert cecilia in await who_comes(db, booked)
    [proposal] = await rows(db, "proposal")
    assert proposal.state == "withdrawn"
    [look] = await rows(db, "look", family_id=other.family_id, staff_id=dora.member.id)
    assert (look.why, look.given) == ("covering", True)
