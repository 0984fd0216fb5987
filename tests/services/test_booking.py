"""Visits are booked, moved and answered; broken rules are refused and change nothing."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from programme.errors import NoChildBorn, NoSuchFamily, NoSuchVisit, NotYours, TimeInPast
from programme.people import BookingState, Change, Choice, Role
from services.answering import Standing, answer
from services.booking import book
from services.visits import cancel
from storage import areas, families
from storage import staff as people
from storage.tables import answer as answers
from storage.tables import booking, booking_staff, item, staff, tally
from tests.cast import (
    AMINA_CHAT,
    BORN,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    move_in,
    reader,
)

VISIT = local("2026-11-20T10:00")
SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)


async def _book(db, family_id, starts_at=VISIT, names=("Anna", "Bo"), now=JOINED, number=1):
    async with db.write() as tx:
        return await book(tx, family_id, number, starts_at, list(names), now, RULES)


async def _answer(db, chat, booking_id, revision=0, choice=Choice.YES, now=JOINED):
    who = await reader(db, chat)
    async with db.write() as tx:
        return (await answer(tx, who, booking_id, revision, choice, now, RULES)).standing


async def _bookings(db, family_id):
    async with db.read() as tx:
        [found] = await families.load(tx, [family_id])
        return found.bookings


async def _staff(db):
    async with db.read() as tx:
        rows = await tx.execute(select(staff.c.name, staff.c.role).order_by(staff.c.id))
        return [tuple(row) for row in rows]


async def _count(db, table) -> int:
    async with db.read() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar()


async def test_a_new_visit_stands_at_revision_zero(db):
    home = await move_in(db)
    number = await _book(db, home.family_id)
    [found] = await _bookings(db, home.family_id)
    assert (found.id, found.visit, found.starts_at, found.revision) == (number, 1, VISIT, 0)
    assert (found.state, found.previous_starts_at) == (BookingState.BOOKED, None)


async def test_moving_keeps_the_number_raises_the_revision_and_keeps_the_old_time(db):
    home = await move_in(db)
    number = await _book(db, home.family_id)
    for revision in (1, 2, 3):
        again = await _book(db, home.family_id, VISIT + revision * WEEK, now=JOINED + SECOND)
        assert again == number
        [found] = await _bookings(db, home.family_id)
        assert (found.revision, found.starts_at) == (revision, VISIT + revision * WEEK)
        assert found.previous_starts_at == VISIT + (revision - 1) * WEEK
        assert found.changed_at == JOINED + SECOND


async def test_the_same_time_again_is_no_move(db):
    home = await move_in(db)
    await _book(db, home.family_id)
    await _book(db, home.family_id, now=JOINED + DAY)
    [found] = await _bookings(db, home.family_id)
    assert (found.revision, found.changed_at) == (0, JOINED)


async def test_the_same_time_with_others_is_a_change_of_people(db):
    home = await move_in(db)
    await _book(db, home.family_id)
    await _book(db, home.family_id, names=["Anna", "Eva"], now=JOINED + DAY)
    [found] = await _bookings(db, home.family_id)
    assert (found.revision, found.change) == (1, Change.PEOPLE)
    assert [who.name for who in found.staff] == ["Anna", "Eva"]


async def test_each_visit_has_a_booking_of_its_own(db):
    home = await move_in(db)
    numbers = {await _book(db, home.family_id, VISIT + n * WEEK, number=n) for n in range(1, 7)}
    assert len(numbers) == 6


async def test_a_cancelled_visit_is_booked_anew(db):
    home = await move_in(db)
    old = await _book(db, home.family_id)
    async with db.write() as tx:
        await cancel(tx, home.family_id, 1, JOINED, RULES)
    new = await _book(db, home.family_id)
    assert new != old


async def test_a_name_that_is_new_is_a_nurse_first_and_then_a_parent_supporter(db):
    home = await move_in(db)
    await _book(db, home.family_id, names=["Anna", "Bo", "Sara"])
    assert await _staff(db) == [
        ("Anna", Role.NURSE),
        ("Bo", Role.PARENT_SUPPORTER),
        ("Sara", Role.PARENT_SUPPORTER),
    ]


async def test_a_name_that_is_known_keeps_its_role_whatever_its_place(db):
    home = await move_in(db)
    await _book(db, home.family_id, names=["Anna", "Bo"])
    await _book(db, home.family_id, VISIT + WEEK, names=["Bo", "Anna"])
    assert len(await _staff(db)) == 2
    [found] = await _bookings(db, home.family_id)
    assert [(who.name, who.role) for who in found.staff] == [
        ("Bo", Role.PARENT_SUPPORTER),
        ("Anna", Role.NURSE),
    ]


async def test_a_name_said_twice_comes_once(db):
    home = await move_in(db)
    await _book(db, home.family_id, names=["Anna", "Anna"])
    [found] = await _bookings(db, home.family_id)
    assert [who.name for who in found.staff] == ["Anna"]
    assert len(await _staff(db)) == 1


async def test_the_same_name_in_another_area_is_somebody_else(db):
    home = await move_in(db)
    async with db.write() as tx:
        there = await areas.find(tx, "Gårdsten")
        other = await people.add(tx, there, "Anna", Role.PARENT_SUPPORTER)
    await _book(db, home.family_id, names=["Anna"])
    [found] = await _bookings(db, home.family_id)
    assert found.staff[0].id != other


async def _refused(db, fault, match, **facts):
    with pytest.raises(fault, match=match):
        await _book(db, **facts)
    assert await _count(db, booking) == 0
    assert await _count(db, staff) == 0
    assert await _count(db, tally) == 0


@pytest.mark.parametrize("late", [timedelta(0), SECOND, DAY])
async def test_a_visit_in_the_past_is_refused_by_stockholms_clock(db, late):
    home = await move_in(db)
    facts = {"family_id": home.family_id, "starts_at": VISIT, "now": VISIT + late}
    await _refused(db, TimeInPast, "2026-11-20 10:00", **facts)


@pytest.mark.parametrize("number", [-1, 0, 7])
async def test_a_visit_that_is_none_of_the_six_is_refused(db, number):
    home = await move_in(db)
    await _refused(db, NoSuchVisit, "1 to 6", family_id=home.family_id, number=number)


async def test_an_unknown_family_is_refused(db):
    await _refused(db, NoSuchFamily, "999", family_id=999)


async def test_a_family_whose_child_is_not_born_is_refused(db):
    home = await move_in(db, born=None)
    await _refused(db, NoChildBorn, str(home.family_id), family_id=home.family_id)


async def test_a_move_that_is_refused_changes_nothing(db):
    home = await move_in(db)
    await _book(db, home.family_id)
    before = await _bookings(db, home.family_id)
    with pytest.raises(TimeInPast):
        await _book(db, home.family_id, JOINED - DAY, names=["Eva"])
    assert await _bookings(db, home.family_id) == before


async def test_booking_counts_once_and_moving_is_not_booking(db):
    home = await move_in(db)
    await _book(db, home.family_id)
    await _book(db, home.family_id, VISIT + WEEK)
    async with db.read() as tx:
        rows = (await tx.execute(select(tally.c.what, tally.c.visit, tally.c.month))).all()
    assert [tuple(row) for row in rows if row.what != "outside_window"] == [
        ("family_yes", None, "2026-11"),
        ("booked", 1, "2026-11"),
        ("moved", 1, "2026-11"),
    ]


async def test_who_books_at_the_same_moment_makes_one_booking(db):
    home = await move_in(db)
    times = [VISIT + n * WEEK for n in range(8)]
    numbers = await asyncio.gather(*(_book(db, home.family_id, at) for at in times))
    assert len(set(numbers)) == 1
    [found] = await _bookings(db, home.family_id)
    assert found.revision == 7
    assert await _count(db, booking_staff) == 2


# ---- answers


@pytest.mark.parametrize("choice", list(Choice))
async def test_an_answer_to_a_coming_visit_is_kept(db, choice):
    home = await move_in(db)
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    assert await _answer(db, AMINA_CHAT, number, choice=choice) is Standing.OPEN
    async with db.read() as tx:
        assert [row.choice for row in await tx.execute(select(answers))] == [choice]
        told = (await tx.execute(select(tally).where(tally.c.what == "answered"))).one()
    assert (told.visit, told.detail) == (1, choice)


async def test_each_parent_answers_for_themselves_and_may_think_again(db):
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    await _answer(db, AMINA_CHAT, number, choice=Choice.YES)
    await _answer(db, YUSUF_CHAT, number, choice=Choice.OTHER_TIME)
    await _answer(db, AMINA_CHAT, number, choice=Choice.NO_THANKS)
    async with db.read() as tx:
        given = list(await tx.execute(select(answers)))
    assert sorted(row.choice for row in given) == ["no_thanks", "other_time"]


@pytest.mark.parametrize("number", [1, 2, 999])
async def test_nobody_answers_for_another_family(db, number):
    mine = await move_in(db)
    await move_in(db, born=BORN, chats=(2001, None))
    await book_visit(db, mine.family_id, VISIT, JOINED)
    with pytest.raises(NotYours):
        await _answer(db, 2001, number)
    assert await _count(db, answers) == 0


async def _kept_nothing(db) -> bool:
    async with db.read() as tx:
        counted = (await tx.execute(select(tally).where(tally.c.what == "answered"))).all()
    return not counted and await _count(db, answers) == 0


async def test_an_answer_to_an_older_time_is_not_kept(db):
    home = await move_in(db)
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    await book_visit(db, home.family_id, VISIT + WEEK, JOINED)
    assert await _answer(db, AMINA_CHAT, number, revision=0) is Standing.CHANGED
    assert await _kept_nothing(db)
    assert await _answer(db, AMINA_CHAT, number, revision=1) is Standing.OPEN


async def test_an_answer_with_a_revision_that_never_was_is_not_kept(db):
    home = await move_in(db)
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    for forged in (-1, 1, 10**9):
        assert await _answer(db, AMINA_CHAT, number, revision=forged) is Standing.CHANGED
    assert await _kept_nothing(db)


async def test_an_answer_to_a_visit_that_has_begun_is_not_kept(db):
    home = await move_in(db)
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    assert await _answer(db, AMINA_CHAT, number, now=VISIT) is Standing.OVER
    assert await _kept_nothing(db)
    assert await _answer(db, AMINA_CHAT, number, now=VISIT - SECOND) is Standing.OPEN


async def test_an_answer_to_a_cancelled_visit_is_not_kept(db):
    home = await move_in(db)
    number = await book_visit(db, home.family_id, VISIT, JOINED)
    async with db.write() as tx:
        await cancel(tx, home.family_id, 1, JOINED, RULES)
    assert await _answer(db, AMINA_CHAT, number) is Standing.CANCELLED
    assert await _kept_nothing(db)


async def test_booking_plans_its_news_at_once_if_the_planner_has_passed(db, post):
    home = await move_in(db)
    await post.plan()
    await book_visit(db, home.family_id, VISIT, post.clock())
    async with db.read() as tx:
        keys = list((await tx.execute(select(item.c.key))).scalars())
    assert "visit:1:0:booked:1" in keys


async def test_an_interpreter_of_a_moved_visit_is_wanted_again_and_not_booked(db):
    home = await move_in(db)
    args = (home.family_id, 1)

    async def move(starts_at, interpreter):
        async with db.write() as tx:
            await book(tx, *args, starts_at, ["Anna"], JOINED, RULES, interpreter=interpreter)
        [found] = await _bookings(db, home.family_id)
        return found.interpreter, found.interpreter_wanted

    assert await move(VISIT, interpreter=False) == (False, False)
    assert await move(VISIT + WEEK, interpreter=True) == (True, False)
    assert await move(VISIT + 2 * WEEK, interpreter=False) == (False, True)
