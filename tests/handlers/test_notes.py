"""/note by chat: a heading, a line, or the line first; changed, moved, deleted, gone in April."""

import pytest

from programme.people import Role
from services import housekeeping
from services.access import colleague_of
from storage import areas, notes, staff_areas
from tests.cast import AREA, RULES, local
from tests.colleagues import at_work
from tests.handlers.home import FOUR, data
from tests.handlers.wording import faults

EVA, NILS, ADA = 2013, 2014, 2015
LINE = "Åtta pappor kom alla fyra gånger."


@pytest.fixture
async def eva(lotsen):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    return lotsen.phone(EVA)


async def lines(lotsen):
    async with lotsen.db.read() as tx:
        area = await areas.find(tx, AREA)
        found = [each for year in (2026, 2027) for each in await notes.of_year(tx, [area], year)]
    return [(each.month, str(each.heading), each.line) for each in found]


async def test_a_heading_then_a_line(lotsen, eva):
    [choice] = await eva.write("/note")
    assert "No names" in choice.text
    [ask] = await eva.tap("What went well")
    assert "No names" in ask.text
    [saved] = await eva.write(LINE)
    assert "It is saved." in saved.text
    assert await lines(lotsen) == [("2026-11", "gains", LINE)]
    [stored] = await lotsen.rows("note")
    assert stored.made_by  # an id, no name
    async with lotsen.db.read() as tx:
        [[raw]] = (await tx.exec_driver_sql("SELECT line FROM note")).all()
    assert "pappor" not in raw  # sealed


async def test_a_line_then_its_heading_is_two_acts(lotsen, eva):
    [choice] = await eva.write(f"/note {LINE}")
    assert LINE in choice.text
    await eva.tap("What is hard")
    assert await lines(lotsen) == [("2026-11", "challenges", LINE)]


async def test_a_line_with_a_phone_number_is_refused_and_can_be_written_again(lotsen, eva):
    [why, _] = await eva.write("/note Ring 031-365 00 00")
    assert "long number" in why.text
    await eva.tap("What is hard")
    [why, again] = await eva.write("260105-1234")
    assert "long number" in why.text
    assert "What is hard" in again.text
    assert await lotsen.rows("note") == []
    await eva.write("Svårt att hitta tider.")
    assert await lines(lotsen) == [("2026-11", "challenges", "Svårt att hitta tider.")]


async def test_a_line_is_reworded_moved_and_deleted(lotsen, eva):
    await eva.write(f"/note {LINE}")
    await eva.tap("What is hard")
    await eva.tap("Other words")
    await eva.write("Nio pappor kom.")
    await eva.tap("Another heading")
    await eva.tap("What went well")
    assert await lines(lotsen) == [("2026-11", "gains", "Nio pappor kom.")]
    [listed] = await eva.tap("The lines")
    assert data(listed)[0].startswith("Ya:")
    await eva.press(data(listed)[0])
    [gone] = await eva.tap("Delete the line")
    assert gone.text.startswith("The line is deleted.")
    assert await lotsen.rows("note") == []


async def test_in_january_a_line_may_be_about_last_year_and_goes_in_april(lotsen, eva):
    lotsen.clock.set(local("2027-01-12T10:00"))
    await eva.write(f"/note {LINE}")
    await eva.tap("What is hard")
    assert (await lines(lotsen))[0][0] == "2027-01"
    await eva.tap_data("Yj:")
    assert (await lines(lotsen))[0][0] == "2026-12"
    await housekeeping.purge(lotsen.db, local("2027-03-31T23:00"), RULES)
    assert len(await lotsen.rows("note")) == 1
    await housekeeping.purge(lotsen.db, local("2027-04-01T03:00"), RULES)
    assert await lotsen.rows("note") == []


async def test_only_coordinators_of_the_area_see_a_line(lotsen, eva):
    await eva.write(f"/note {LINE}")
    await eva.tap("What is hard")
    [row] = await lotsen.rows("note")
    nurse = lotsen.phone((await at_work(lotsen.db, "Nils", Role.NURSE, NILS)).chat_id)
    [menu] = await nurse.write("/note Hej")
    assert "What would you like to do?" in menu.text
    await at_work(lotsen.db, "Ada", Role.COORDINATOR, ADA, area="Gårdsten")
    ada = lotsen.phone(ADA)
    for phone in (nurse, ada):
        for pressed in (f"Ya:{row.id}:show", f"Ya:{row.id}:drop", f"Yh:gains:{row.id}"):
            [said] = await phone.press(pressed)
            assert LINE not in said.text
    assert await lines(lotsen) == [("2026-11", "challenges", LINE)]
    async with lotsen.db.write() as tx:  # and a merged area takes them along
        gone, into = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
        await areas.merge(tx, gone, into)
        here = (await colleague_of(tx, ADA)).area_id
        assert [each.line for each in await notes.of_year(tx, [here], 2026)] == [LINE]


async def test_of_several_areas_a_line_is_about_one(lotsen, eva):
    async with lotsen.db.write() as tx:
        ours, others = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
        foreign = await areas.find(tx, "Tynnered")
        await staff_areas.add(tx, (await colleague_of(tx, EVA)).member.id, [others])
    await eva.write(f"/note {LINE}")
    [saved] = await eva.tap("What is hard")
    assert "Area: " in saved.text
    assert (await lotsen.rows("note"))[0].area_id == ours
    await eva.tap_data("Yk:")
    assert (await lotsen.rows("note"))[0].area_id == others
    await eva.press(f"Yk:1:{foreign}")
    assert (await lotsen.rows("note"))[0].area_id == others


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_readers_language(lotsen, languages, eva, code):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    seen = await eva.press("Y")
    seen += await eva.press("Yn") + await eva.press("Yh:gains:0") + await eva.write("١٢")
    seen += await eva.press("Yl:0") + await eva.tap_data("Ya:") + await eva.tap_data("Ya:")
    assert len(seen) == 7
    assert faults(seen, languages.get(code), languages) == []
