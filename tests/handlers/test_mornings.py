"""The hour of the morning list is chosen by one tap; its buttons open the lists (mission H3)."""

import pytest

from programme.people import Role
from tests.cast import local, move_in
from tests.colleagues import at_work
from tests.handlers.post_office import open_office, presses
from tests.handlers.wording import faults

ANNA, LEYLA = 2001, 2009
MORNING = local("2026-11-04T07:30")


async def chosen(lotsen) -> int | None:
    [row] = await lotsen.rows("staff", chat_id=ANNA)
    return row.morning


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
async def test_the_hour_is_chosen_by_one_tap_and_none_by_another(lotsen, code):
    await at_work(lotsen.db, language=code, morning=450)
    anna = lotsen.phone(ANNA)
    await anna.write("/start")
    pages = await anna.tap_data("Hm")  # nothing waits
    pages += await anna.tap_data("Hmt")
    assert await chosen(lotsen) == 450
    pages += await anna.press("Hmh:540")
    assert await chosen(lotsen) == 540
    pages += await anna.press("Hmh:-1")
    assert await chosen(lotsen) is None
    assert faults(pages, lotsen.languages.get(code), lotsen.languages) == []


@pytest.mark.parametrize("data", ["Hmh:541", "Hmh:1440", "Hmh:99999"])
async def test_a_forged_hour_changes_nothing(lotsen, data):
    await at_work(lotsen.db, morning=450)
    await lotsen.phone(ANNA).press(data)
    assert await chosen(lotsen) == 450


async def test_a_translator_has_none(lotsen):
    await at_work(lotsen.db, "Leyla", Role.TRANSLATOR, LEYLA)
    leyla = lotsen.phone(LEYLA)
    [menu] = await leyla.write("/start")
    assert "My morning list" not in dict(menu.buttons)
    [page] = await leyla.press("Hmh:540")
    assert "morning list" not in page.text


async def test_its_buttons_open_the_lists(lotsen, monkeypatch):
    await at_work(lotsen.db, morning=450)
    anna, office = lotsen.phone(ANNA), open_office(lotsen, monkeypatch)
    await move_in(lotsen.db)
    lotsen.clock.set(MORNING)
    said = next(each for each in await office.to(anna) if "Your list" in each.text)
    assert "To book" in presses(said)
    for label, data in presses(said).items():
        [page] = await anna.press(data)
        assert "the red door" in page.text, label
