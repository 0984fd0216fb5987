"""Help for staff: every page in their language, and a checklist from the visit's page (H6)."""

import pytest

from messaging.help_faults import CHECKLISTS
from tests.cast import JOINED, book_visit, local, move_in
from tests.colleagues import at_work

ANNA = 2001


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
async def test_every_page_is_two_taps_away(lotsen, code):
    await at_work(lotsen.db, language=code)
    anna = lotsen.phone(ANNA)
    [menu] = await anna.write("/start")
    assert "Hp" in dict(menu.buttons).values()
    [shown] = await anna.write("/help")
    pages = [data for _, data in shown.buttons if data.startswith("Hpg:")]
    assert len(pages) == len(lotsen.languages.get(code).staff_help) > len(CHECKLISTS)
    for data in pages:
        [page] = await anna.press(data)
        assert len(page.text) > 200


async def test_from_a_booked_visit_to_its_checklist_and_back(lotsen):
    home = await move_in(lotsen.db)
    await at_work(lotsen.db)
    booking = await book_visit(lotsen.db, home.family_id, local("2026-11-12T10:00"), JOINED)
    anna = lotsen.phone(ANNA)
    await anna.press(f"yb:{home.family_id}:{booking}")
    [page] = await anna.tap("Checklist")
    assert "Visit 1: Welcoming your child" in page.text
    [back] = await anna.tap("Back")
    assert "the red door" in back.text


async def test_a_page_that_is_gone_leads_to_the_list(lotsen):
    await at_work(lotsen.db)
    [page] = await lotsen.phone(ANNA).press("Hpg:visit_7:0:0")
    assert "What would you like to read about?" in page.text
