"""A family with protected identity in whatever is counted: as one without the chat (mission B15).

No report, export or count of a notice has a line, a word or a number that only such a family makes.
"""

import pytest

from programme import periods
from programme.audience import LeftOut
from programme.people import Role
from services import (
    composing,
    following_up,
    protection,
    report_files,
    reports,
    research,
    research_tables,
)
from services.report_files import Form
from storage import bookings, families
from storage.bookings import Facts
from tests.cast import JOINED, RULES, local, move_in
from tests.colleagues import at_work
from tests.rows import rows

HELD, ASKED = local("2026-11-24T10:30"), local("2026-12-02T09:00")


async def held(db, anna, home):
    """Their first visit has been, with everything that can be ticked."""
    async with db.write() as tx:
        facts = Facts(child_id=home.child_id, visit=1, starts_at=HELD)
        number = await bookings.add(tx, home.family_id, facts, JOINED)
        await bookings.set_staff(tx, number, [anna.member.id])
    async with db.write() as tx:
        await following_up.done(tx, anna, home.family_id, number, ASKED, RULES)


async def told(db, languages, carla):
    """All that is passed on about families: files of the report, tables, a notice's count."""
    t = languages.get("en")
    async with db.write() as tx:
        this = periods.half_year(periods.month_of(ASKED.date()))
        wanted = await reports.ask(tx, this, ASKED, RULES, so_far=True)
        files = [bytes(each.content) for each in report_files.files(t, wanted, [Form.CSV])]
        files += [bytes(each.content) for each in report_files.files(t, wanted, [Form.JSON])]
        table = await research_tables.lines(tx, ASKED, RULES)
        notice = await composing.begin(tx, carla, None, languages.codes, ASKED)
        counted = await composing.count(tx, carla, notice, ASKED, RULES)
        await composing.drop(tx, carla, notice, ASKED, RULES)
        rows_of_families = await research._every(tx, RULES)
    return files, table, counted, rows_of_families


async def make_chatless(db, home):
    """The same family, had it never had a chat."""
    async with db.write() as tx:
        await families.set_family(tx, home.family_id, protected=False)
        await families.set_guardian(tx, home.amina, chat_id=None, active_since=None)


@pytest.fixture
async def town(db):
    anna = await at_work(db)
    carla = await at_work(db, "Carla", Role.COORDINATOR, 2009)
    return anna, carla, await move_in(db)


async def test_whatever_is_passed_on_reads_as_if_they_had_no_chat(db, languages, town):
    anna, carla, home = town
    async with db.write() as tx:
        await families.set_guardian(tx, home.amina, research_since=JOINED)
        await protection.protect(tx, anna, home.family_id, JOINED, RULES)
    await held(db, anna, home)
    files, table, counted, of_research = protected = await told(db, languages, carla)
    assert not [each for each in await rows(db, "tally") if "protect" in each.what]
    assert not [each for each in await rows(db, "tally") if each.what == "visit_chat"]
    assert b"red door" not in b"".join(files)
    assert "red door" not in str((table, of_research))
    assert (counted.families, counted.left_out) == (0, {LeftOut.NO_CHAT: 1})
    assert of_research == []
    await make_chatless(db, home)
    assert await told(db, languages, carla) == protected
