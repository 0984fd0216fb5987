"""What staff see: whom to phone, the latest answers, one family; nothing of one parent alone."""

from datetime import date, timedelta

import pytest

from programme.ages import Span
from programme.people import Choice, Role
from services import answering, loss, preferences, reach, staff_view
from services.areas import show
from services.staff_view import CallFor
from storage import areas, families
from tests.cast import (
    AMINA_CHAT,
    AREA,
    JOINED,
    RULES,
    YUSUF_CHAT,
    book_visit,
    local,
    many_families,
    move_in,
    reader,
)
from tests.colleagues import BO_CHAT, at_work

OURS = ("sv", "ar", "so", "en")
NOW = local("2026-11-04T10:00")
VISIT = local("2026-11-09T10:30")
BOTH = (AMINA_CHAT, YUSUF_CHAT)


@pytest.fixture
async def anna(db):
    return await at_work(db)


async def to_phone(db, who, now=NOW):
    async with db.write() as tx:
        return await staff_view.to_phone(tx, who, now, RULES, OURS)


async def page(db, who, family_id, now=NOW):
    async with db.write() as tx:
        return await staff_view.family_page(tx, who, family_id, now, RULES, OURS)


async def answer(db, chat, booking_id, choice, now=NOW):
    async with db.write() as tx:
        await answering.answer(tx, await reader(db, chat), booking_id, 0, choice, now, RULES)


async def lose(db, family_id):
    async with db.write() as tx:
        await loss.begin(tx, family_id, None, NOW, RULES)


async def test_a_family_is_called_by_its_label_and_listed_by_urgency(db, anna):
    first = await move_in(db)
    await many_families(db, 1)
    unreachable = await move_in(db, chats=(7001, None))
    await book_visit(db, unreachable.family_id, local("2026-11-06T10:00"), JOINED)
    async with db.write() as tx:
        await reach.out_of_reach(tx, await reader(db, 7001), NOW, RULES)
    lines = await to_phone(db, anna)
    assert [line.call.why for line in lines] == [CallFor.VISIT, CallFor.TO_BOOK, CallFor.TO_BOOK]
    assert [line.name.family_id for line in lines][:2] == [unreachable.family_id, first.family_id]
    assert [line.name.label for line in lines] == ["the red door", "the red door", None]


async def test_a_language_that_is_not_ours_comes_with_its_interpreter(db, anna):
    home = await move_in(db)
    async with db.write() as tx:
        await families.set_family(tx, home.family_id, spoken="so")
        await families.set_guardian(tx, home.amina, spoken="ti")
    [line] = await to_phone(db, anna)
    assert line.spoken == ("ti",)


async def test_a_family_that_rests_after_a_loss_stands_in_no_list(db, anna):
    home = await move_in(db, chats=BOTH)
    booked = await book_visit(db, home.family_id, VISIT, JOINED)
    await answer(db, AMINA_CHAT, booked, Choice.YES)
    await lose(db, home.family_id)
    assert await to_phone(db, anna) == []
    async with db.write() as tx:
        assert await staff_view.answers(tx, anna, NOW) == []
    shown = await page(db, anna, home.family_id)
    assert (shown.rests, shown.may_undo, shown.call, shown.stretched) == (True, True, None, ())


async def test_the_latest_answer_of_each_coming_visit_counts_and_not_whose_it_is(db, anna):
    home = await move_in(db, chats=BOTH)
    first = await book_visit(db, home.family_id, VISIT, JOINED)
    second = await book_visit(db, home.family_id, local("2027-01-05T10:00"), JOINED, number=2)
    await answer(db, AMINA_CHAT, first, Choice.YES)
    await answer(db, AMINA_CHAT, second, Choice.YES, NOW + timedelta(hours=1))
    await answer(db, YUSUF_CHAT, first, Choice.OTHER_TIME, NOW + timedelta(hours=2))
    async with db.write() as tx:
        found = await staff_view.answers(tx, anna, NOW)
    assert [(each.visit, each.choice) for each in found] == [
        (1, Choice.OTHER_TIME),
        (2, Choice.YES),
    ]
    assert not {"guardian", "guardian_id"} & set(vars(found[0]))
    async with db.write() as tx:
        later = await staff_view.answers(tx, anna, VISIT + timedelta(days=1))
    assert [each.visit for each in later] == [2]


async def test_at_most_ten_answers_are_shown(db, anna):
    for home in await many_families(db, 12):
        names = (f"Anna {home.family_id}",)  # nobody is at twelve visits at once
        booked = await book_visit(db, home.family_id, VISIT, JOINED, names=names)
        chat = 5000 + home.family_id - 1
        await answer(db, chat, booked, Choice.YES)
    async with db.write() as tx:
        assert len(await staff_view.answers(tx, anna, NOW)) == 10


@pytest.mark.parametrize("why", ["stopped", "blocked"])
async def test_a_page_says_whether_a_parent_reads_and_never_why_not(db, anna, why):
    home = await move_in(db, chats=BOTH)
    async with db.write() as tx:
        who = await reader(db, YUSUF_CHAT)
        if why == "stopped":
            await preferences.stop(tx, who, NOW)
        else:
            await reach.out_of_reach(tx, who, NOW, RULES)
    shown = await page(db, anna, home.family_id, NOW + timedelta(minutes=1))
    assert [(each.language, each.reads) for each in shown.parents] == [("so", True), ("ar", False)]
    assert {name for each in shown.parents for name in vars(each)} == {
        "role",
        "language",
        "spoken",
        "reads",
        "id",
        "home",
    }


@pytest.mark.parametrize(("month", "shown"), [(4, False), (5, True), (6, True), (7, False)])
async def test_in_may_and_june_staff_see_how_the_summer_stretches_a_window(db, anna, month, shown):
    home = await move_in(db, born=date(2027, 5, 1), joined=local("2027-04-01T09:00"))
    async with db.write() as tx:
        weeks = Span(date(2027, 6, 28), date(2027, 8, 8))
        await areas.set_summer(tx, anna.area_id, weeks)
    found = await page(db, anna, home.family_id, local(f"2027-0{month}-20T09:00"))
    assert (found.stretched == ((2, 42),)) is shown


async def test_a_coordinator_sees_the_area(db):
    boss = await at_work(db, "Eva", Role.COORDINATOR, BO_CHAT)
    async with db.write() as tx:
        found = await show(tx, boss.area_id, NOW)
        assert (found.paused, found.summers) == (False, ())
        assert AREA not in [each.name for each in await staff_view.other_areas(tx, boss)]
