"""The interpreter of a visit: wanted, booked, cancelled, booked again (mission D9)."""

from datetime import date, timedelta

import pytest

from programme.for_interpreter import warned_on
from programme.for_staff import due_to_staff
from programme.kinds import Rules
from programme.news import News
from programme.people import InterpreterWish
from services import changing, interpreters, loss, visits
from storage import families
from tests.cast import AMINA_CHAT, JOINED, book_visit, local, move_in, reader
from tests.colleagues import BO_CHAT, at_work
from tests.rows import rows

RULES = Rules()
VISIT = local("2026-11-26T10:30")  # a Thursday
ALWAYS = (JOINED - timedelta(days=1), VISIT + timedelta(days=60))


async def heard(db, family_id: int, staff_id: int) -> list[News]:
    """All that this one hears of interpreters, as the facts stand."""
    async with db.read() as tx:
        [family] = await families.load(tx, [family_id])
    member = family.member(staff_id)
    assert member is not None
    letters = due_to_staff(family, member, *ALWAYS, RULES)
    found = [each for each in letters if "interpreter" in str(getattr(each, "what", ""))]
    return [each.what for each in found]


async def at_home(db, wish: InterpreterWish | None = InterpreterWish.WOMAN):
    anna = await at_work(db)
    home = await move_in(db)
    if wish:
        async with db.write() as tx:
            who = await reader(db, AMINA_CHAT)
            await interpreters.wish(tx, who, wish, JOINED, RULES)
    return anna, home, await book_visit(db, home.family_id, VISIT, JOINED)


@pytest.mark.parametrize(
    ("visit", "warned"),
    [
        ("2026-11-26", "2026-11-23T07:30"),  # Thursday: Monday
        ("2026-11-23", "2026-11-18T07:30"),  # Monday: Wednesday of the week before
    ],
)
def test_staff_are_warned_three_working_days_before(visit, warned):
    assert warned_on(date.fromisoformat(visit), RULES) == local(warned)


async def test_a_visit_of_a_parent_who_wants_an_interpreter_wants_one(db):
    anna, home, booked = await at_home(db)
    [row] = await rows(db, "booking", id=booked)
    assert (row.interpreter_wanted, row.interpreter) == (True, False)
    assert News.NO_INTERPRETER in await heard(db, home.family_id, anna.member.id)


async def test_without_a_wish_nobody_hears_of_one(db):
    anna, home, booked = await at_home(db, None)
    [row] = await rows(db, "booking", id=booked)
    assert row.interpreter_wanted is False
    assert await heard(db, home.family_id, anna.member.id) == []


async def test_once_it_is_booked_nobody_is_warned_and_it_is_counted_once(db):
    anna, home, booked = await at_home(db)
    for _ in range(2):
        async with db.write() as tx:
            args = (tx, anna, home.family_id, booked, JOINED, RULES)
            assert await interpreters.is_booked(*args)
    assert News.NO_INTERPRETER not in await heard(db, home.family_id, anna.member.id)
    assert len(await rows(db, "tally", what="interpreter_booked")) == 1


async def booked_for(db):
    anna, home, booked = await at_home(db)
    async with db.write() as tx:
        await interpreters.is_booked(tx, anna, home.family_id, booked, JOINED, RULES)
    return anna, home, booked


async def test_a_moved_visit_must_be_booked_again(db):
    anna, home, booked = await booked_for(db)
    await book_visit(db, home.family_id, VISIT + timedelta(days=1), JOINED)
    [row] = await rows(db, "booking", id=booked)
    assert (row.interpreter_wanted, row.interpreter) == (True, False)
    said = await heard(db, home.family_id, anna.member.id)
    assert {News.REBOOK_INTERPRETER, News.NO_INTERPRETER} <= set(said)


async def test_whoever_takes_the_visit_away_staff_cancel_the_interpreter(db):
    anna, home, booked = await booked_for(db)
    who = await reader(db, AMINA_CHAT)
    async with db.write() as tx:
        await visits.decline(tx, who, booked, JOINED + timedelta(hours=1), RULES)
    assert News.CANCEL_INTERPRETER in await heard(db, home.family_id, anna.member.id)


async def test_a_cancelled_visit_cancels_it_too(db):
    anna, home, _ = await booked_for(db)
    async with db.write() as tx:
        await visits.cancel(tx, home.family_id, 1, JOINED + timedelta(hours=1), RULES)
    assert News.CANCEL_INTERPRETER in await heard(db, home.family_id, anna.member.id)


async def test_after_a_loss_one_letter_says_both_and_none_else_comes(db):
    anna, home, _ = await booked_for(db)
    async with db.write() as tx:
        await loss.begin_by_staff(tx, anna, home.family_id, JOINED + timedelta(hours=2), RULES)
    async with db.read() as tx:
        [family] = await families.load(tx, [home.family_id])
    member = family.member(anna.member.id)
    since = JOINED + timedelta(hours=2)
    [letter] = due_to_staff(family, member, since, ALWAYS[1], RULES)
    assert (letter.what, letter.interpreters) == (News.LOSS, (VISIT,))


async def test_when_a_loss_ends_after_a_day_the_interpreter_must_be_booked_anew(db):
    anna, home, booked = await booked_for(db)
    later = JOINED + timedelta(days=3)
    async with db.write() as tx:
        await loss.begin_by_staff(tx, anna, home.family_id, JOINED + timedelta(hours=2), RULES)
    async with db.write() as tx:
        await loss.end_by_staff(tx, anna, home.family_id, later, RULES)
    [row] = await rows(db, "booking", id=booked)
    assert (row.interpreter_wanted, row.interpreter) == (True, False)
    assert News.REBOOK_INTERPRETER in await heard(db, home.family_id, anna.member.id)


async def test_a_parent_who_wants_none_any_more_lets_staff_cancel_it(db):
    anna, home, booked = await booked_for(db)
    async with db.write() as tx:
        who = await reader(db, AMINA_CHAT)
        await interpreters.wish(tx, who, InterpreterWish.NO, JOINED, RULES)
    [row] = await rows(db, "booking", id=booked)
    assert (row.interpreter_wanted, row.interpreter) == (False, False)
    assert await heard(db, home.family_id, anna.member.id) == [
        News.INTERPRETER,
        News.CANCEL_INTERPRETER,
    ]


async def test_only_who_comes_hears_of_it(db):
    await at_work(db, "Bo", chat_id=BO_CHAT)
    anna, home, booked = await booked_for(db)
    eva = await at_work(db, "Eva", chat_id=2077)
    async with db.write() as tx:
        await changing.change_people(
            tx, None, home.family_id, booked, [anna.member.id], JOINED, RULES
        )
        await visits.cancel(tx, home.family_id, 1, JOINED + timedelta(hours=1), RULES)
    assert await heard(db, home.family_id, eva.member.id) == [News.INTERPRETER]  # the wish
