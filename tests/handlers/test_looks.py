"""A colleague's family opens with one tap; its parents see who opened it (mission H2, B14)."""

import pytest

from programme.people import Role
from tests.cast import JOINED, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.wording import faults, too_long

FOUR = ("sv", "ar", "so", "en")
ANNA, BO, EVA, AMINA = 2001, 2002, 2003, 1001
VISIT = local("2026-11-09T10:30")


@pytest.fixture
async def home(lotsen):
    for name, role, chat in (("Anna", Role.NURSE, ANNA), ("Bo", Role.PARENT_SUPPORTER, BO)):
        await at_work(lotsen.db, name, role, chat)
    home = await move_in(lotsen.db, chats=(AMINA, None))
    await book_visit(lotsen.db, home.family_id, VISIT, JOINED)
    return home


@pytest.mark.parametrize("code", FOUR)
async def test_a_colleague_s_family_asks_why_and_one_tap_opens_it(lotsen, languages, home, code):
    await at_work(lotsen.db, "Eva", Role.NURSE, EVA, language=code)
    phone = lotsen.phone(EVA)
    [asked] = await phone.press(f"kf:{home.family_id}")
    assert [data for _, data in asked.buttons] == [
        f"La:{home.family_id}:{why}" for why in ("covering", "taking_over", "other")
    ]
    assert "the red door" not in asked.text
    assert faults([asked], languages.get(code), languages) == []
    [page] = await phone.press(f"La:{home.family_id}:covering")
    assert "the red door" in page.text
    [again] = await phone.press(f"kf:{home.family_id}")
    assert again.text == page.text
    amina = lotsen.phone(AMINA)
    said = await amina.press("Lb:0")
    t = languages.get("so")
    assert "Eva" in said[0].text
    assert faults(said, t, languages) == []
    assert too_long(said) == []


async def test_another_reason_is_written_on_one_line(lotsen, home):
    await at_work(lotsen.db, "Eva", Role.NURSE, EVA)
    phone = lotsen.phone(EVA)
    [asked] = await phone.press(f"La:{home.family_id}:other")
    [again] = await phone.write("x" * 81)
    assert again.text == asked.text
    [page] = await phone.write("They stood at our door")
    assert "the red door" in page.text
    [look] = await lotsen.rows("look")
    assert (look.why, look.words) == ("other", "They stood at our door")


async def test_who_presses_a_forged_reason_is_told_nothing(lotsen, home):
    await at_work(lotsen.db, "Fia", Role.NURSE, EVA, area="Gårdsten")
    phone = lotsen.phone(EVA)
    for data in (f"La:{home.family_id}:visits", f"La:{home.family_id}:covering", "La:999:covering"):
        [said] = await phone.press(data)
        assert "red door" not in said.text
    assert await lotsen.rows("look") == []


async def test_every_page_of_who_has_looked_is_short_and_ends(lotsen, languages, home):
    phone = lotsen.phone(AMINA)
    for n in range(9):
        name = "Eva" + "abcdefghi"[n]
        await at_work(lotsen.db, name, Role.NURSE, 3000 + n)
        await lotsen.phone(3000 + n).press(f"La:{home.family_id}:taking_over")
    said, data = [], "Lb:0"
    while data:
        [page] = await phone.press(data)
        said.append(page)
        data = next((d for _, d in page.buttons if d.startswith("Lb")), None)
    assert len(said) == 3
    for beyond in ("Lb:9000", "Lb:-1"):  # what was there has gone since, or it is forged
        [page] = await phone.press(beyond)
        assert page.text == said[0].text
    assert all(sum(f"Eva{c}" in page.text for page in said) == 1 for c in "abcdefghi")
    assert faults(said, languages.get("so"), languages) == []
    assert too_long(said) == []
