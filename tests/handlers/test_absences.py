"""Anna is ill: from Bo's phone to the parents' (mission D10)."""

from datetime import timedelta

import pytest

from messaging import absence_texts
from messaging.plain import plain
from programme.people import Role
from storage import areas, availability, staff
from tests.cast import AREA, JOINED, book_visit, local
from tests.colleagues import BO_CHAT, at_work
from tests.handlers.home import FOUR, a_parent, delivered
from tests.handlers.wording import faults

VISIT = local("2026-11-02T13:00")


async def hire(lotsen, name, role):
    async with lotsen.db.write() as tx:
        one = await staff.add(tx, await areas.find(tx, AREA), name, role)
        for day in range(5):
            await availability.set_hours(tx, one, day, [(480, 1020)])
    return one


@pytest.mark.parametrize("code", FOUR)
async def test_bo_gives_annas_visit_to_cecilia_and_the_parent_reads_it_at_once(lotsen, code):
    anna = await hire(lotsen, "Anna", Role.NURSE)
    await hire(lotsen, "Cecilia", Role.NURSE)
    await hire(lotsen, "Bo", Role.PARENT_SUPPORTER)
    bo_there = await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT, language=code)
    phone, family = await a_parent(lotsen)
    await book_visit(lotsen.db, family, VISIT, JOINED)
    await delivered(lotsen)
    bo, t = lotsen.phone(bo_there.chat_id), lotsen.languages.get(code)
    said = await bo.press("Hx")
    said += await bo.press(f"Hu:{anna}:")
    said += await bo.press(f"Hu:{anna}:2026-11-02")
    assert "Cecilia" in said[-1].text
    assert [each for each in await delivered(lotsen) if each.chat_id == phone.id] == []
    said += await bo.tap(t.gettext("Give them on now"))
    assert t.gettext("Done:") in said[-1].text
    lotsen.clock.set(JOINED + timedelta(minutes=1))
    [told] = [each for each in await delivered(lotsen) if each.chat_id == phone.id]
    assert "Cecilia" in plain(told.text)
    assert "13:00" in plain(told.text)
    [again] = await bo.press(f"Hd:{anna}:1")
    assert again.text == absence_texts.result(t, ()).text
    assert faults(said, t, lotsen.languages) == []
