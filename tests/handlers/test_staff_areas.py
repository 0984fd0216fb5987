"""Coordinators run their own areas by chat, administrators all of them (mission A4, A15)."""

from datetime import date

import pytest

from programme.ages import Span
from programme.people import Role
from services import areas as area_acts
from storage import areas, staff_areas
from tests.cast import AREA, JOINED, RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.home import data
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
EVA, ADA = 2003, 2004


@pytest.fixture
async def eva(lotsen, office):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    return lotsen.phone(EVA)


@pytest.fixture
async def ada(lotsen, office):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA, "Gårdsten")
    return lotsen.phone(ADA)


async def number(lotsen, name=AREA) -> int | None:
    async with lotsen.db.read() as tx:
        return await areas.find(tx, name)


async def status(lotsen, name=AREA) -> str:
    return next(row.status for row in await lotsen.rows("area") if row.name == name)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_of_an_area_in_the_coordinator_s_language(lotsen, office, code):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA, language=code)
    eva, ada, t = lotsen.phone(EVA), lotsen.phone(ADA), lotsen.languages.get(code)
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    said = await eva.press("k:area:0")
    for act in ("pause", "resume", "states", "rename", "show", "summer"):
        said += await eva.press(f"RA:{here}:{act}")
    said += await eva.tap_data(f"ym:suf:{here}:")
    said += await eva.tap_data(f"yl:suf:{here}:")
    said += await eva.press(f"yd:suf:{here}:20270628")
    said += await eva.tap_data(f"yl:sul:{here}.20270628:")
    said += await eva.press(f"yd:sul:{here}.20270628:20270808")
    for state in areas.STATES:
        said += await eva.press(f"RS:{here}:{state}")
    said += await ada.press("k:area:0")
    for press in (f"RA:{here}:merge", f"RM:{here}:{there}:0", "RA:0:add"):
        said += await ada.press(press)
    assert faults(said, t, lotsen.languages) == []


async def test_an_area_is_planned_running_closed_in_two_taps(lotsen, eva):
    await eva.press("k:area:0")
    here = await number(lotsen)
    for state in ("planned", "training", "closed", "running"):
        await eva.tap_data(f"RA:{here}:states")
        await eva.tap_data(f"RS:{here}:{state}")
        assert await status(lotsen) == state
    await eva.press(f"RS:{here}:king")
    assert await status(lotsen) == "running"


async def test_summer_weeks_are_picked_and_taken_back(lotsen, eva):
    here = await number(lotsen)
    await eva.press(f"RA:{here}:summer")
    await eva.press(f"yd:suf:{here}:20270628")
    [page] = await eva.press(f"yd:sul:{here}.20270628:20270808")
    assert "2027" in page.text
    [row] = await lotsen.rows("summer")
    assert Span(row.first, row.last) == Span(date(2027, 6, 28), date(2027, 8, 8))
    await eva.tap_data(f"RA:{here}:summer")
    await eva.tap_data(f"RA:{here}:no_summer")
    assert await lotsen.rows("summer") == []


@pytest.mark.parametrize(
    "press",
    [
        "yd:suf:{here}:20261101",  # before today
        "yd:suf:{here}:20290101",
        "yd:sul:{here}.20270628:20270627",  # before the first
        "yd:sul:{here}.20270628:20280101",
        "yd:sul:{here}.20200101:20200201",
        "yd:sul:{here}.99:20270808",
        "yd:sul:{here}:20270808",
        "yd:sul::20270808",
        "yd:suf:999:20270628",
        "ym:sul:{here}:202707",
    ],
)
async def test_days_that_are_no_summer_set_none(lotsen, eva, press):
    [said] = await eva.press(press.format(here=await number(lotsen)))
    assert said.text
    assert await lotsen.rows("summer") == []


async def test_an_area_gets_another_name_and_keeps_it_from_others(lotsen, eva):
    here = await number(lotsen)
    await eva.press(f"RA:{here}:rename")
    [taken] = await eva.write("Gårdsten")
    assert "already" in taken.text
    [empty] = await eva.write("\u202e")
    assert "Write the name" in empty.text
    [page] = await eva.write(" Hjällbo \u202eCentrum ")
    assert "Hjällbo Centrum" in page.text
    assert await number(lotsen, "Hjällbo Centrum") == here
    [said] = await eva.write("more")
    assert "cannot read" in said.text


async def test_cancel_leaves_the_name_as_it_was(lotsen, eva):
    here = await number(lotsen)
    await eva.press(f"RA:{here}:rename")
    await eva.tap_data("Rc")
    await eva.write("Nowhere")
    assert await number(lotsen) == here


async def test_an_administrator_adds_an_area_which_begins_as_planned(lotsen, ada):
    await ada.press("k:area:0")
    await ada.tap_data("RA:0:add")
    await ada.write("Selma")
    assert await status(lotsen, "Selma") == "planned"


async def test_others_touch_no_area_that_is_not_theirs(lotsen, eva):
    await at_work(lotsen.db)
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    anna = lotsen.phone(2001)
    before = await lotsen.rows("area")
    for phone, area in ((eva, there), (anna, here)):
        for act in ("show", "pause", "resume", "states", "rename", "summer", "no_summer", "merge"):
            [said] = await phone.press(f"RA:{area}:{act}")
            assert "old" in said.text, act
        for press in (
            f"RS:{area}:closed",
            f"RM:{area}:{here}:1",
            f"RM:{here}:{area}:1",
            "RA:0:add",
        ):
            [said] = await phone.press(press)
            assert "old" in said.text, press
        await phone.write("Nowhere")
    assert await lotsen.rows("area") == before
    assert await lotsen.rows("rest") == []


async def test_two_areas_become_one_after_showing_what_moves(lotsen, ada):
    home = await move_in(lotsen.db)
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    async with lotsen.db.write() as tx:
        await areas.set_summer(tx, here, Span(date(2027, 6, 28), date(2027, 8, 8)))
        await staff_areas.add(tx, 1, [here])  # Ada, whose own area is the other one
    from storage import posters

    async with lotsen.db.write() as tx:
        await posters.add(tx, here, "x" * 64, JOINED)
    await ada.press(f"RA:{here}:merge")
    [shown] = await ada.tap_data(f"RM:{here}:{there}:0")
    assert "\u20661\u2069 family" in shown.text
    assert await number(lotsen) == here
    await ada.tap_data(f"RM:{here}:{there}:1")
    assert await number(lotsen) is None
    [family] = [each for each in await lotsen.rows("family") if each.id == home.family_id]
    assert family.area_id == there
    assert [row.area_id for row in await lotsen.rows("poster")] == [there]
    assert [row.area_id for row in await lotsen.rows("summer")] == [there]
    assert await lotsen.rows("staff_area") == []
    [again] = await ada.press(f"RM:{here}:{there}:1")
    assert "old" in again.text


async def test_a_coordinator_of_both_makes_them_one(lotsen, eva):
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    [row] = await lotsen.rows("staff")
    [page] = await eva.press("k:area:0")
    assert f"RA:{here}:merge" not in data(page)
    async with lotsen.db.write() as tx:
        await staff_areas.add(tx, row.id, [there])
    await eva.press("k:area:0")
    await eva.tap_data(f"RA:{here}:show")
    await eva.tap_data(f"RA:{here}:merge")
    await eva.tap_data(f"RM:{here}:{there}:0")
    await eva.tap_data(f"RM:{here}:{there}:1")
    assert await number(lotsen) is None


async def test_visits_on_hold_stand_again_where_the_pause_goes_with_its_area(lotsen, ada):
    home = await move_in(lotsen.db)
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    await ada.press(f"RA:{here}:pause")
    [before] = await lotsen.rows("booking")
    await ada.press(f"RM:{here}:{there}:1")
    [after] = await lotsen.rows("booking")
    assert after.revision == before.revision + 1
    assert await lotsen.rows("rest") == []


async def test_no_visit_falls_into_a_pause_without_a_word(lotsen, ada):
    home = await move_in(lotsen.db)
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    here, there = await number(lotsen), await number(lotsen, "Gårdsten")
    async with lotsen.db.write() as tx:
        await area_acts.pause(tx, there, JOINED, RULES)
    [said] = await ada.press(f"RM:{here}:{there}:1")
    assert "paused" in said.text
    assert await number(lotsen) == here
    await ada.press(f"RA:{here}:pause")
    await ada.press(f"RM:{here}:{there}:1")
    assert await number(lotsen) is None


async def test_no_family_moves_to_a_planned_area(lotsen, office):
    home = await move_in(lotsen.db)
    await at_work(lotsen.db)
    there = await number(lotsen, "Gårdsten")
    anna = lotsen.phone(2001)
    for state, offered in (("running", True), ("planned", False)):
        async with lotsen.db.write() as tx:
            await areas.change(tx, there, status=state)
        [page] = await anna.press(f"kd:{home.family_id}:move")
        assert (f"km:{home.family_id}:{there}" in data(page)) is offered
