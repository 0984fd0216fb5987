"""The library offers to come home: one tap, and staff are asked to tell it (mission E11)."""

import pytest

from programme.people import Role
from tests.cast import AREA, local
from tests.colleagues import at_work
from tests.handlers.home import FOUR, a_parent, anna, counted, delivered
from tests.handlers.phone import Shown
from tests.handlers.wording import faults, too_long

OFFERED = local("2027-05-14T10:05")


EVA = 2003


@pytest.fixture
async def eva(lotsen, office):
    """The coordinator, on the page of her area."""
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    phone = lotsen.phone(EVA)
    await phone.press("k:area:0")
    return phone


async def test_a_coordinator_says_that_the_library_comes_home_and_takes_it_back(lotsen, eva):
    [said] = await eva.tap("Bokstart comes here")
    [area] = await lotsen.rows("area", name=AREA)
    assert area.bokstart
    assert "The library comes home to families here (Bokstart)." in said.text
    await eva.tap("No Bokstart here")
    [area] = await lotsen.rows("area", name=AREA)
    assert not area.bokstart


async def test_a_coordinator_of_another_area_cannot_say_it(lotsen, eva):
    other = next(row.id for row in await lotsen.rows("area") if row.name == "Gårdsten")
    await eva.press(f"RA:{other}:bokstart")
    assert not any(row.bokstart for row in await lotsen.rows("area"))
    [own] = await lotsen.rows("area", name=AREA)
    await eva.press(f"RA:{own.id}:bokstart")  # it is the area that forbids it, not the button
    assert [row.name for row in await lotsen.rows("area") if row.bokstart] == [AREA]


@pytest.mark.parametrize("code", FOUR)
async def test_one_tap_and_staff_are_asked_to_tell_the_library(lotsen, eva, code):
    await anna(lotsen)
    await eva.tap("Bokstart comes here")
    phone, family_id = await a_parent(lotsen, code)
    t = lotsen.languages.get(code)
    said = [each for each in await delivered(lotsen, OFFERED) if each.chat_id == phone.id]
    [offer] = [each for each in said if "Bokstart" in each.text]
    keys = [key for row in offer.keyboard["inline_keyboard"] for key in row]
    yes = next(key for key in keys if key["text"] == t.gettext("Yes, please"))
    answer = await phone.press(yes["callback_data"])
    shown = Shown(offer.text, tuple((key["text"], key["callback_data"]) for key in keys))
    assert faults([shown, *answer], t, lotsen.languages) == []
    assert too_long([shown]) == []
    [request] = await lotsen.rows("request", family_id=family_id)
    assert request.what == "bokstart"
    assert await counted(lotsen, "asked") == [("asked", None, "bokstart")]
    told = await delivered(lotsen, local("2027-05-17T07:31"))
    assert any("yes to a Bokstart visit" in each.text for each in told)
