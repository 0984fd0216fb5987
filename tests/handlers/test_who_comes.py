"""Staff choose who comes while they propose or book; as usual it is who came last time (D2)."""

import pytest

from programme.people import Role
from storage import availability, families
from tests.cast import local, move_in
from tests.colleagues import ANNA_CHAT, at_work
from tests.handlers.home import FOUR, data, labels
from tests.handlers.wording import faults
from tests.messaging.reading_marks import without_isolates
from tests.working_hours import EIGHT_TO_FIVE, team

NOW = local("2026-12-28T09:00")  # a Monday; visit 2 is from 16 December to 14 February


async def hired(lotsen, name, role, chat):
    found = await at_work(lotsen.db, name, role, chat)
    async with lotsen.db.write() as tx:
        for weekday in range(5):
            await availability.set_hours(tx, found.member.id, weekday, EIGHT_TO_FIVE)
    return found.member.id


@pytest.fixture
async def four(lotsen):
    """Anna and Bo, who would come; Cia and Tor, who could."""
    anna, bo = await team(lotsen.db)
    cia = await hired(lotsen, "Cia", Role.NURSE, 2011)
    dag = await hired(lotsen, "Tor", Role.PARENT_SUPPORTER, 2012)
    await at_work(lotsen.db, "Eli", Role.NURSE, 2013)  # without hours
    lotsen.clock.set(NOW)
    return {"Anna": anna, "Bo": bo, "Cia": cia, "Tor": dag}


@pytest.fixture
async def page(lotsen, four):
    """Three times are shown, with Anna and Bo."""
    home = await move_in(lotsen.db, chats=(1001, None))
    phone = lotsen.phone(ANNA_CHAT)
    await phone.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await phone.tap("Propose three times")
    return phone


def seen(shown):
    return without_isolates(shown.text)


def names(shown):
    return [without_isolates(label) for label in labels(shown)]


async def chosen(phone, name):
    """The tap on that person."""
    [label] = [each for each in labels(phone.last) if without_isolates(each).startswith(name)]
    return await phone.tap(label)


async def coming(lotsen):
    staff = {row.id: row.name for row in await lotsen.rows("staff")}
    rows = [*await lotsen.rows("slot_staff"), *await lotsen.rows("booking_staff")]
    return {staff[row.staff_id] for row in rows}


async def test_two_others_are_proposed_in_three_taps_and_it_is_them_whose_time_is_held(
    lotsen, page, four
):
    [nurses] = await page.tap("Choose who comes")
    assert names(nurses) == ["Anna (nurse)", "Cia (nurse)", "Back"]
    [supporters] = await chosen(page, "Cia")
    assert names(supporters) == ["Bo (parent supporter)", "Tor (parent supporter)", "Back"]
    [draft] = await chosen(page, "Tor")
    assert seen(draft).count("Cia (nurse) and Tor (parent supporter)") == 3
    await page.tap("Send these times to the family")
    assert await coming(lotsen) == {"Cia", "Tor"}
    held = {row.staff_id for row in await lotsen.rows("quarter")}
    assert held == {four["Cia"], four["Tor"]}


async def test_who_was_chosen_stays_when_a_time_is_changed(lotsen, page):
    await page.tap("Choose who comes")
    await chosen(page, "Cia")
    await chosen(page, "Bo")
    await page.tap("Change time \u20661\u2069")
    await page.tap("Monday 4 January")
    await page.tap_data("yh:")
    [draft] = await page.tap_data("yt:")
    assert seen(draft).count("Cia (nurse) and Bo (parent supporter)") == 3


async def test_booked_at_once_with_others_and_back_leads_to_the_visits(lotsen, four):
    home = await move_in(lotsen.db, chats=(None, None))
    phone = lotsen.phone(ANNA_CHAT)
    await phone.press(f"yf:{home.family_id}:{home.child_id}:2:visit")
    await phone.tap("Book at once")
    [asked] = await phone.tap("Choose who comes")
    assert data(asked)[-1] == f"yv:{home.family_id}"
    await chosen(phone, "Cia")
    await chosen(phone, "Tor")
    await phone.tap_data("yki:")
    await phone.tap("Book this time")
    assert await coming(lotsen) == {"Cia", "Tor"}


async def test_for_a_call_one_of_all_is_chosen(lotsen, four):
    home = await move_in(lotsen.db, chats=(1001, None))
    phone = lotsen.phone(ANNA_CHAT)
    await phone.press(f"yf:{home.family_id}:{home.child_id}:0:call")
    await phone.tap("Propose three times")
    [asked] = await phone.tap("Choose who comes")
    assert [each.split()[0] for each in names(asked)] == ["Bo", "Tor", "Anna", "Cia", "Back"]
    [draft] = await chosen(phone, "Anna")
    assert seen(draft).count("Anna (nurse)") == 3


async def test_where_those_two_have_no_time_others_can_be_chosen(lotsen, page, four):
    async with lotsen.db.write() as tx:
        await availability.add_busy(tx, four["Tor"], NOW, local("2027-03-01T09:00"))
    await page.tap("Choose who comes")
    await chosen(page, "Anna")
    [said] = await chosen(page, "Tor")
    assert "no free time on those days" in said.text
    await page.tap("Choose who comes")
    await chosen(page, "Anna")
    [draft] = await chosen(page, "Bo")
    assert seen(draft).count("Anna (nurse) and Bo (parent supporter)") == 3


async def test_nobody_is_chosen_who_was_not_offered(lotsen, page, four):
    [asked] = await page.tap("Choose who comes")
    number = data(asked)[0].split(":")[1]
    [eli] = [row.id for row in await lotsen.rows("staff") if row.name == "Eli"]
    for first, second in ((eli, four["Bo"]), (four["Bo"], four["Anna"]), (999, 999)):
        [said] = await page.press(f"Mw:{number}:{first}:{second}:0")
        assert "This button is old" in said.text
    assert await coming(lotsen) == set()


@pytest.mark.parametrize("code", FOUR)
async def test_the_questions_are_in_the_colleague_s_language(lotsen, four, code):
    await team(lotsen.db, language=code)
    home = await move_in(lotsen.db, chats=(1001, None))
    async with lotsen.db.write() as tx:
        await families.set_family(tx, home.family_id, label=None)
    phone = lotsen.phone(ANNA_CHAT)
    for way in ("three", "now"):
        said = await phone.press(f"yfi:{home.family_id}:{home.child_id}:2:visit:{way}")
        said += await phone.tap_data("Mw:")
        said += await phone.tap_data("Mw:")
        said += await phone.tap_data("Mw:")
        assert faults(said, lotsen.languages.get(code), lotsen.languages) == []
