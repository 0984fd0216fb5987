"""My times in the chat: everything by tapping, every page in the colleague's language."""

import random

import pytest

from messaging import texts
from programme.people import Role
from storage import areas, staff
from tests.cast import AREA, JOINED, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
ANNA, EVA = 2001, 2003


@pytest.fixture
async def anna(lotsen):
    await at_work(lotsen.db)
    return lotsen.phone(ANNA)


def seen(shown) -> str:
    return shown.text.translate(dict.fromkeys(range(0x2066, 0x206A)))


async def bo_without_chat(lotsen) -> int:
    async with lotsen.db.write() as tx:
        area = await areas.find(tx, AREA)
        return await staff.add(tx, area, "Bo", Role.PARENT_SUPPORTER)


async def week(lotsen, staff_id=1):
    rows = await lotsen.rows("hours", staff_id=staff_id)
    return sorted((row.weekday, row.starts, row.ends) for row in rows)


async def test_a_whole_week_is_set_in_five_taps(lotsen, anna):
    await anna.write("/start")
    await anna.tap("My times")
    await anna.tap("Weekly hours")
    await anna.tap("Monday")
    await anna.tap_data("ys:")  # the first quick choice
    assert await week(lotsen) == [(0, 480, 960)]
    await anna.tap("Monday")
    [page] = await anna.tap("The same from Monday to Friday")
    assert await week(lotsen) == [(day, 480, 960) for day in range(5)]
    assert "Saved." in page.text
    assert "At work on Friday: 08:00–16:00." in seen(page)


async def test_own_hours_and_two_times_on_one_day_are_picked(lotsen, anna):
    await anna.press("yw:1:2")
    await anna.tap("Other hours")
    await anna.tap("07")
    await anna.tap("07:30")
    await anna.tap("11")
    await anna.tap("11:45")
    assert await week(lotsen) == [(2, 450, 705)]
    await anna.tap("Wednesday")
    await anna.tap("More hours on the same day")
    await anna.tap("13")
    await anna.tap("13:00")
    await anna.tap("17")
    [page] = await anna.tap("17:15")
    assert await week(lotsen) == [(2, 450, 705), (2, 780, 1035)]
    assert "At work on Wednesday: 07:30–11:45 and 13:00–17:15." in seen(page)
    [page] = await anna.tap("Wednesday")
    assert "More hours on the same day" not in dict(page.buttons)
    await anna.tap("Not at work on this day")
    assert await week(lotsen) == []


async def test_one_day_off_and_several_and_back_again(lotsen, anna):
    await anna.press("yp:1:off")
    await anna.tap("Add days off")
    await anna.tap("Tomorrow")
    [page] = await anna.tap("Only that day")
    assert "Day off: Tuesday 3 November." in seen(page)
    await anna.tap("Add days off")
    await anna.tap("Another day")
    await anna.tap("›")
    await anna.tap("21")
    await anna.tap("More days")
    await anna.tap("›")  # over the end of the year
    [page] = await anna.tap("8")
    assert "Days off: Monday 21 December to Friday 8 January." in seen(page)
    rows = await lotsen.rows("busy")
    assert [(each.starts_at, each.ends_at) for each in rows] == [
        (local("2026-11-03T00:00"), local("2026-11-04T00:00")),
        (local("2026-12-21T00:00"), local("2027-01-09T00:00")),
    ]
    await anna.tap("Take away \u2068Tuesday 3 November\u2069")
    assert len(await lotsen.rows("busy")) == 1


async def test_a_busy_time_is_picked_and_taken_away(lotsen, anna):
    await anna.press("yp:1:busy")
    await anna.tap("Add a busy time")
    await anna.tap("Today")
    await anna.tap("13")
    await anna.tap("13:30")
    await anna.tap("15")
    [page] = await anna.tap("15:00")
    assert "Busy: Monday 2 November, 13:30–15:00." in seen(page)
    [page] = await anna.tap_data("ye:")
    assert "No busy times are set." in page.text


async def test_the_way_and_the_talk_are_set(lotsen, anna):
    await anna.write("/start")
    await anna.tap("My times")
    await anna.tap("The way there: \u206630\u2069 min")
    await anna.tap("45")
    await anna.tap("Talk afterwards: \u206615\u2069 min")
    [page] = await anna.tap("0")
    assert "45 min for the way, 0 min to talk afterwards." in seen(page)


async def test_a_visit_that_collides_is_shown_and_can_be_opened(lotsen, anna):
    home = await move_in(lotsen.db)
    await anna.press("ys:1:0:480:960")
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    await anna.press("yo:1:20261109")
    assert "Family the red door: visit 1 on Monday 9 November at 10:30." in seen(anna.last)
    assert "Nothing is changed" in anna.last.text
    [family] = await anna.tap("Family \u2068the red door\u2069")
    assert "booked on" in family.text


async def test_times_of_a_colleague_without_chat_name_the_colleague(lotsen, anna):
    bo = await bo_without_chat(lotsen)
    await anna.write("/start")
    await anna.tap("My times")
    await anna.tap("Colleagues without chat")
    [page] = await anna.tap("Times of \u2068Bo\u2069")
    assert seen(page).startswith("Times of Bo")
    await anna.tap("Weekly hours")
    await anna.tap("Friday")
    await anna.tap_data("ys:")
    assert await week(lotsen, bo) == [(4, 480, 960)]


async def test_a_coordinator_s_times_are_those_of_colleagues(lotsen):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    eva = lotsen.phone(EVA)
    [page] = await eva.press("k:times:0")
    assert "Everybody here reads the chat" in page.text
    await bo_without_chat(lotsen)
    await eva.press("k:times:0")
    [page] = await eva.tap("Times of \u2068Bo\u2069")
    assert "Colleagues without chat" not in dict(page.buttons)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_colleague_s_language(lotsen, code):
    me = (await at_work(lotsen.db, language=code)).member.id
    home = await move_in(lotsen.db)
    await bo_without_chat(lotsen)
    anna = lotsen.phone(ANNA, setting="fi")
    said = []
    for data in (
        "k:times:0",
        f"yp:{me}:week",
        f"yw:{me}:0",
        f"ys:{me}:0:480:960",
        f"yc:{me}:0",
        f"yn:{me}:0:1",
        f"yh:hf:{me}.0.1:20000103:17",
        f"yt:hf:{me}.0.1:20000103:1700",
        f"yh:hu:{me}.0.1.1020:20000103:18",
        f"yt:hu:{me}.0.1.1020:20000103:1830",
        f"yw:{me}:0",
        f"ya:{me}:1",
        f"ym:of:{me}:202612",
        f"yl:of:{me}:0",
        f"yd:of:{me}:20261206",  # a Sunday
        f"yd:of:{me}:20261207",
        f"yu:{me}:20261207",
        f"yd:ol:{me}.20261207:20261210",
        f"yo:{me}:20261214",
        f"ya:{me}:0",
        f"yd:bd:{me}:20261215",
        f"yh:bf:{me}:20261215:9",
        f"yt:bf:{me}:20261215:0915",
        f"yh:bu:{me}.555:20261215:10",
        f"yt:bu:{me}.555:20261215:1000",
        f"yq:{me}:way",
        f"yg:{me}:way:15",
        f"yp:{me}:team",
    ):
        said += await anna.press(data)
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    said += await anna.press(f"yo:{me}:20261109")
    t = lotsen.languages.get(code)
    assert len(said) == 29
    own = {repr(word) for word in ("the", "red", "door", "bo")}
    wrong = [
        fault
        for fault in faults(said, t, lotsen.languages)
        if fault.partition(" in ")[0] not in own
    ]
    assert wrong == []


async def test_a_dot_is_answered_and_changes_nothing(lotsen, anna):
    await anna.press("ym:of:1:202612")
    before = anna.last
    assert await anna.press("yx") == []
    assert anna.last == before


FORGED = [
    "k:times:9",
    "yp:1:nothing",
    "yp:99:all",
    "yw:1:6",
    "yw:1:-1",
    "ys:1:9:480:960",
    "ys:99:0:480:960",
    "yc:1:5",
    "yn:99:0:0",
    "yt:hf:1.0:20000103:0800",
    "yt:hf:1.0.0:20000103:0307",
    "yt:hu:1.0.0.9999:20000103:0800",
    "yt:hu:1.0.0.480.7:20000103:0800",
    "yt:hu:99.0.0.480:20000103:0900",
    "yh:hu:1.0.0.5000:20000103:3",
    "yh:hf:1:20000103:3",
    "yh:bu:1.480:20261215:77",
    "yd:of:99:20261207",
    "yd:of:1.2:20261207",
    "yd:ol:1.20269999:20261207",
    "yd:ol:1.20261207:20261207",
    "yd:of:1:19000101",
    "yd:bd:1:20990101",
    "yt:bu:1.600:20261215:0900",
    "yt:bu:1.600:20200101:1100",
    "yt:bf:1:20261215:0300",
    "yo:1:20200101",
    "yo:99:20261207",
    "yu:1:99999999",
    "ye:1:12345",
    "ye:99:1",
    "yg:1:way:7",
    "yg:1:way:-15",
    "yg:1:other:15",
    "yl:of:1:-5",
    "ym:of:1:199901",
    "ym:xx:1:202612",
]


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_or_old_button_is_answered_politely_and_changes_nothing(lotsen, anna, data):
    t = lotsen.languages.get("en")
    [said] = await anna.press(data)
    assert texts.error(t) not in said.text
    assert await lotsen.rows("hours") == []
    assert await lotsen.rows("busy") == []
    [row] = await lotsen.rows("staff")
    assert (row.travel, row.debrief) == (30, 15)


async def test_random_buttons_never_meet_an_apology(lotsen, anna):
    dice = random.Random(7)
    presses = []
    for _ in range(150):
        prefix = dice.choice(["yp", "yw", "ys", "yn", "yc", "yq", "yg", "ya", "yo", "yu", "ye"])
        prefix = dice.choice([prefix, "yd", "yh", "yt", "ym", "yl"])
        parts = [
            dice.choice(
                ["0", "1", "-1", "hf", "bu", "of", "ol", "1.1", "20261207", "0800", "way", ""]
            )
            for _ in range(dice.randint(0, 5))
        ]
        presses.append(anna.press_of(":".join([prefix, *parts])))
    said = await lotsen.take(*presses)
    assert texts.error(lotsen.languages.get("en")) not in "\n".join(each.text for each in said)


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_does_not_meet_families_has_no_times(lotsen, role):
    await at_work(lotsen.db, "Tom", role, EVA)
    bo = await bo_without_chat(lotsen)
    tom = lotsen.phone(EVA)
    for data in ("k:times:0", f"yp:{bo}:all", f"ys:{bo}:0:480:960"):
        [said] = await tom.press(data)
        assert said.text == texts.old_button(lotsen.languages.get("en"))
