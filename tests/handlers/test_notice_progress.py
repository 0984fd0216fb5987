"""A coordinator steers a notice that leaves, under the message that shows how far it is (E4)."""

import pytest

from programme.notices import NoticeState
from programme.people import Role
from tests.cast import many_families
from tests.colleagues import at_work
from tests.handlers.wording import faults
from tests.services.noticed import a_notice, send, state

FOUR = ("sv", "ar", "so", "en")
EVA, ULF = 2003, 2009


async def leaving(lotsen, who) -> int:
    await many_families(lotsen.db, 3)
    now = lotsen.clock.now()
    number = await a_notice(lotsen.db, now)
    assert await send(lotsen.db, who, number, now) == 3
    return number


@pytest.mark.parametrize("code", FOUR)
async def test_pause_go_on_and_stop_are_answered_at_once_in_their_language(lotsen, office, code):
    who = await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    eva, number = lotsen.phone(EVA), await leaving(lotsen, who)
    said = await eva.press(f"NS:{number}:p")
    assert await state(lotsen.db, number) is NoticeState.PAUSED
    said += await eva.press(f"NS:{number}:r")
    assert await state(lotsen.db, number) is NoticeState.SENDING
    said += await eva.press(f"NS:{number}:s")
    assert await state(lotsen.db, number) is NoticeState.SENDING  # asked once
    said += await eva.press(f"NS:{number}:y")
    assert await state(lotsen.db, number) is NoticeState.STOPPED
    said += await eva.press(f"NS:{number}:p")  # an old button changes nothing
    assert await state(lotsen.db, number) is NoticeState.STOPPED
    # Its title is public words, in Somali where the coordinator's language has none.
    wrong = faults(said, lotsen.languages.get(code), lotsen.languages)
    assert [each for each in wrong if "Kulan" not in each] == []


async def test_a_button_on_what_is_a_draft_still_is_an_old_one(lotsen, office):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    number = await a_notice(lotsen.db, lotsen.clock.now())
    for act in "prsyl":
        [said] = await lotsen.phone(EVA).press(f"NS:{number}:{act}")
        assert "old" in said.text
    assert await state(lotsen.db, number) is NoticeState.DRAFT


async def test_a_coordinator_of_another_area_steers_nothing(lotsen, office):
    who = await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    await at_work(lotsen.db, "Ulf", Role.COORDINATOR, ULF, area="Gårdsten")
    number, ulf = await leaving(lotsen, who), lotsen.phone(ULF)
    for act in "prsyl":
        await ulf.press(f"NS:{number}:{act}")
        assert await state(lotsen.db, number) is NoticeState.SENDING
