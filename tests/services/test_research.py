"""Whose rows may be written: every parent who reads has said yes, and nothing hard has happened."""

import pytest

from programme.follow_up import Tick, VisitOutcome
from programme.people import BookingState, Why
from programme.research import NotAnonymous
from services import research
from services.research import NoApproval
from storage import bookings, families, rests, visit_outcomes
from storage.rests import Whose
from tests.cast import JOINED, RULES, book_visit, local, many_families, reader
from tests.rows import rows

NOW = local("2027-02-01T10:00")
NUMBER = "2026-01234-01"


async def export(db, approval=NUMBER):
    async with db.write() as tx:
        return await research.rows(tx, approval, "eva", NOW, RULES)


async def say(db, chat, yes=True):
    async with db.write() as tx:
        return await research.answer(tx, await reader(db, chat), yes, NOW)


@pytest.fixture
async def six(db):
    homes = await many_families(db, 6)
    for n in range(6):
        await say(db, 5000 + n)
    return homes


async def test_rows_are_written_with_months_and_noted(db, six):
    made = await export(db)
    assert [(row.area, row.born, row.languages, row.parents) for row in made.rows] == [
        ("Hjällbo", "2026-10", "so", "1")
    ] * 6
    [note] = await rows(db, "research_export")
    assert (note.made_by, note.approval, note.families, note.left_out) == ("eva", NUMBER, 6, 0)
    assert note.made_at == NOW


async def test_without_an_approval_nothing_is_written_nor_noted(db, six):
    with pytest.raises(NoApproval, match="LOTSEN_ETHICS_APPROVAL"):
        await export(db, None)
    assert await rows(db, "research_export") == []


async def test_who_has_not_said_yes_or_takes_it_back_is_in_no_row(db, six):
    await say(db, 5000, yes=False)
    assert len((await export(db)).rows) == 5
    await say(db, 5001, yes=False)
    with pytest.raises(NotAnonymous):
        await export(db)


async def test_of_two_parents_one_yes_is_none(db, six):
    async with db.write() as tx:
        await families.add_guardian(tx, six[0].family_id, 7001, "ar", JOINED)
    assert len((await export(db)).rows) == 5
    await say(db, 7001)
    made = await export(db)
    assert len(made.rows) + made.left_out == 6


async def test_after_a_loss_and_with_two_homes_a_family_is_in_no_row(db, six):
    async with db.write() as tx:
        whose = Whose(family_id=six[0].family_id)
        await rests.begin(tx, whose, Why.LOSS, NOW)
    assert len((await export(db)).rows) == 5
    assert await say(db, 5000) is None  # nobody is asked then
    async with db.write() as tx:
        await families.set_family(tx, six[1].family_id, split_at=NOW)
    with pytest.raises(NotAnonymous):
        await export(db)


async def test_a_row_has_what_was_ticked_and_whether_the_first_visit_was_in_time(db, six):
    number = await book_visit(db, six[0].family_id, local("2026-11-09T10:30"), JOINED)
    async with db.write() as tx:
        await bookings.set_state(tx, number, BookingState.DONE, NOW)
        area = (await families.home(tx, six[0].family_id)).area_id
        before = visit_outcomes.Kept(VisitOutcome(), area)
        staff = (await rows(db, "staff"))[0].id
        ticked = VisitOutcome(ticks=frozenset({Tick.BOTH_STAFF}))
        await visit_outcomes.keep(tx, number, before, ticked, staff, NOW)
    [one] = [row for row in (await export(db)).rows if row.visits]
    assert (one.visits, one.other_parent, one.both_staff, one.first_in_time) == (1, 0, 1, True)


async def test_of_twins_the_visits_count_whichever_of_them_they_were_booked_for(db, six):
    number = await book_visit(db, six[0].family_id, local("2026-11-09T10:30"), JOINED)
    async with db.write() as tx:
        await bookings.set_state(tx, number, BookingState.DONE, NOW)
        [family] = await families.load(tx, [six[0].family_id])
        await families.add_child(tx, family.id, family.children[0].born, None)
    assert sum(row.visits for row in (await export(db)).rows) == 1


async def test_with_protected_identity_a_family_is_in_no_row_for_it_cannot_take_its_yes_back(
    db, six
):
    async with db.write() as tx:
        await families.set_family(tx, six[0].family_id, protected=True)
    assert len((await export(db)).rows) == 5
