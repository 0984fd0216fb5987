from datetime import date

import pytest

from programme.people import Role
from services import loss
from storage import families
from tests.cast import RULES, book_visit, local, move_in
from tests.colleagues import ANNA_CHAT, at_work
from tests.handlers.wording import faults

STARTS = local("2026-11-09T10:30")
DAY = "2026-11-09"


async def a_visit(lotsen, **about):
    home = await move_in(lotsen.db)
    await book_visit(lotsen.db, home.family_id, STARTS, lotsen.clock.now())
    if about:
        async with lotsen.db.write() as tx:
            await families.set_family(tx, home.family_id, **about)
    return home


async def bo(lotsen) -> int:
    [row] = [row for row in await lotsen.rows("staff") if row.name == "Bo"]
    return row.id


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
async def test_a_colleague_prints_the_day_of_who_has_no_chat(lotsen, code):
    await a_visit(lotsen)
    await at_work(lotsen.db, language=code)
    phone, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)

    await phone.press("k:calendar:0")
    said = await phone.tap(t.gettext("Print the list of a day"))
    said += await phone.tap_data(f"Kp:{await bo(lotsen)}:")
    [shown] = await phone.tap_data(f"Kp:{await bo(lotsen)}:{DAY}")

    page = shown.file.decode()
    for text in (shown.text, page):
        assert "10:30–11:30" in text
        assert "the red door" in text
    assert f'dir="{"rtl" if t.rtl else "ltr"}"' in page
    label = ("'the'", "'red'", "'door'")  # is English in every language
    found = faults([*said, shown], t, lotsen.languages)
    assert [each for each in found if not each.startswith(label)] == []


async def test_nothing_that_may_not_leave_stands_on_it(lotsen):
    await a_visit(lotsen)
    await at_work(lotsen.db)
    phone = lotsen.phone(ANNA_CHAT)

    [shown] = await phone.press(f"Kp:{await bo(lotsen)}:{DAY}")

    for word in ("1001", "2026-10-31", "Welcoming", "Hjällbo", "http"):
        assert word not in shown.text
        assert word not in shown.file.decode()


async def test_a_day_without_visits_says_so(lotsen):
    await a_visit(lotsen)
    await at_work(lotsen.db)
    phone = lotsen.phone(ANNA_CHAT)

    [shown] = await phone.press(f"Kp:{await bo(lotsen)}:2026-11-10")

    assert "Nothing is booked on this day." in shown.text


async def test_after_a_loss_the_visit_is_on_no_list(lotsen):
    home = await a_visit(lotsen)
    await at_work(lotsen.db)
    async with lotsen.db.write() as tx:
        await loss.begin(tx, home.family_id, None, lotsen.clock.now(), RULES)
    phone = lotsen.phone(ANNA_CHAT)

    [shown] = await phone.press(f"Kp:{await bo(lotsen)}:{DAY}")

    assert "red door" not in shown.text + shown.file.decode()


async def test_only_working_days_are_offered_and_today_among_them(lotsen):
    await a_visit(lotsen)
    await at_work(lotsen.db)
    phone = lotsen.phone(ANNA_CHAT)

    [asked] = await phone.press(f"Kp:{await bo(lotsen)}:")

    days = [data.split(":")[2] for _, data in asked.buttons if data.startswith("Kp")]
    assert days[0] == "2026-11-02"
    assert "2026-11-07" not in days
    assert all(RULES.is_working_day(date.fromisoformat(each)) for each in days)


@pytest.mark.parametrize("data", ["Kp:999:2026-11-09", "Kp:999:", "Kp:2:never", "Kp:x:y"])
async def test_anybody_else_s_day_or_no_day_is_not_there(lotsen, data):
    await a_visit(lotsen)
    await at_work(lotsen.db)

    [said] = await lotsen.phone(ANNA_CHAT).press(data)

    assert said.file is None
    assert "red door" not in said.text


async def test_a_colleague_of_another_area_and_one_who_has_the_chat_are_not_there(lotsen):
    await a_visit(lotsen)
    await at_work(lotsen.db, "Cia", chat_id=2003, area="Gårdsten")
    await at_work(lotsen.db, "Bo", role=Role.PARENT_SUPPORTER, chat_id=2002)
    await at_work(lotsen.db)

    for chat in (2003, ANNA_CHAT):
        [said] = await lotsen.phone(chat).press(f"Kp:{await bo(lotsen)}:{DAY}")
        assert said.file is None


async def test_a_parent_gets_no_list(lotsen, amina):
    [said] = await amina.press("Kp:0:")

    assert said.file is None
