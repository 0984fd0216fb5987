"""Staff see who has signed up, tick who came, and print the list (E7, E8, C10)."""

from datetime import timedelta

import pytest

from programme.people import Role
from storage import areas, families
from tests.cast import many_families, move_in
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.gatherings import NOW, STARTS, TITLES, gathering, press
from tests.handlers.home import FOUR, counted, data, labels
from tests.handlers.wording import faults
from tests.messaging.reading_marks import without_isolates

WEEK = timedelta(days=7)
DOOR = STARTS - timedelta(minutes=30)


@pytest.fixture
async def group(lotsen):
    """Four meetings; the red door comes with a child, another family alone, one waits."""
    number, [place] = await gathering(
        lotsen.db, capacity=3, starts=[STARTS + n * WEEK for n in range(4)]
    )
    await move_in(lotsen.db, chats=(1001, None))
    await many_families(lotsen.db, 2)
    await press(lotsen.db, 1001, place, children=1)
    await press(lotsen.db, 5000, place)
    await press(lotsen.db, 5001, place, wait=True)
    lotsen.clock.set(NOW)
    return number


@pytest.mark.parametrize("code", FOUR)
async def test_the_list_is_read_ticked_and_printed(lotsen, group, code):
    await at_work(lotsen.db, language=code)
    phone, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    [lists] = await phone.press("D:0:0")
    [early] = await phone.press(data(lists)[0])
    assert not [each for each in data(early) if each.startswith("DT")]
    lotsen.clock.set(DOOR)
    [page] = await phone.press(data(lists)[0])
    assert TITLES[code] in page.text
    assert "the red door" in page.text
    [came] = await phone.press(data(page)[0])
    [row] = await lotsen.rows("attendance")
    assert row.came
    [not_here] = await phone.press(data(came)[0])
    [row] = await lotsen.rows("attendance")
    assert not row.came
    [paper] = await phone.press(f"DP:{group}:1")
    html = paper.file.decode()
    assert f'dir="{"rtl" if t.rtl else "ltr"}"' in html
    assert "the red door" in html
    own = ("'the'", "'red'", "'door'")  # staff's own word
    found = faults([lists, early, page, came, not_here, paper], t, lotsen.languages)
    assert [each for each in found if not each.startswith(own)] == []


async def test_figures_follow_the_ticks_and_four_of_four_is_a_series_done(lotsen, group):
    await at_work(lotsen.db)
    phone = lotsen.phone(ANNA_CHAT)
    for n in range(4):
        lotsen.clock.set(STARTS + n * WEEK)
        await phone.press(f"DT:1:{n + 1}:1:0")
        await phone.press(f"DT:1:{n + 1}:1:0")  # twice is once
        await phone.press(f"DT:2:{n + 1}:0:0")
    what = ("attended", "series_done")
    assert await counted(lotsen, *what) == [
        *[("attended", None, "fathers")] * 4,
        ("series_done", None, "fathers"),
    ]
    [page] = await phone.press(f"DL:{group}:4:0")
    assert "They came. Meetings: 4 of 4." in without_isolates(page.text)
    await phone.press("DT:1:4:0:0")
    assert await counted(lotsen, *what) == [("attended", None, "fathers")] * 3


async def test_a_tick_before_it_begins_is_none(lotsen, group):
    await at_work(lotsen.db)
    await lotsen.phone(ANNA_CHAT).press("DT:1:1:1:0")
    assert await lotsen.rows("attendance") == []


async def test_of_another_area_s_family_only_the_number_is_seen(lotsen, group):
    async with lotsen.db.write() as tx:
        elsewhere = await areas.find(tx, "Gårdsten")
        await families.set_family(tx, 1, area_id=elsewhere)
    await at_work(lotsen.db)
    [page] = await lotsen.phone(ANNA_CHAT).press(f"DL:{group}:1:0")
    assert "the red door" not in page.text
    assert "Family 1:" in without_isolates(page.text)


@pytest.mark.parametrize(
    "who", [{"area": "Gårdsten"}, {"role": Role.TRANSLATOR, "name": "Dalal", "chat_id": BO_CHAT}]
)
async def test_who_does_not_work_there_sees_nothing_and_ticks_nothing(lotsen, group, who):
    await at_work(lotsen.db, **who)
    phone = lotsen.phone(who.get("chat_id", ANNA_CHAT))
    lotsen.clock.set(DOOR)
    for pressed in (f"DL:{group}:1:0", "DT:1:1:1:0", f"DP:{group}:1"):
        said = await phone.press(pressed)
        assert not [each for each in said if "red door" in each.text or each.file]
    assert await lotsen.rows("attendance") == []


async def test_no_name_of_anybody_stands_on_it(lotsen, group):
    await at_work(lotsen.db)
    [page] = await lotsen.phone(ANNA_CHAT).press(f"DL:{group}:1:0")
    for word in ("Plantedname", "1001", "2026-10-31"):
        assert word not in page.text
    assert "Back" in labels(page)


async def test_back_from_one_list_is_the_lists_of_that_activity(lotsen, group):
    await at_work(lotsen.db)
    phone = lotsen.phone(ANNA_CHAT)
    [page] = await phone.press(f"DL:{group}:1:0")
    assert page.data("Back") == f"D:0:{group}"
