"""Staff in their own chat: one link, four pages, and what they do with a family."""

import asyncio
from datetime import date, timedelta

import pytest

from messaging import join_texts, staff_texts, texts
from messaging.callbacks import ACT_LOSS, ACT_LOSS_ENDS, Loss
from programme.people import Role
from services import answering, enrolment, staff_links
from services.access import reader_of
from storage import families
from tests.cast import AREA, BORN, JOINED, RULES, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
ANNA, BO, EVA = 2001, 2002, 2003
AMINA = 1001


async def invited(lotsen, name="Anna", role=Role.NURSE, area=AREA):
    async with lotsen.db.write() as tx:
        return await staff_links.invite(tx, area, name, role, lotsen.clock.now())


@pytest.fixture
async def anna(lotsen):
    await at_work(lotsen.db)
    return lotsen.phone(ANNA)


@pytest.fixture
async def home(lotsen):
    return await move_in(lotsen.db, chats=(AMINA, None))


# --- the way in --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FOUR)
async def test_language_first_then_a_welcome_with_name_role_and_area(lotsen, code):
    link = await invited(lotsen)
    phone = lotsen.phone(ANNA, setting="fi")
    [question] = await phone.start(link)
    assert [data for _, data in question.buttons] == ["l:sv", "l:ar", "l:so", "l:en"]
    [welcome] = await phone.tap_data(f"l:{code}")
    t = lotsen.languages.get(code)
    async with lotsen.db.read() as tx:
        member = (await staff_links.find(tx, AREA, "Anna")).member
    assert welcome.text == staff_texts.welcome(t, member, AREA).text
    assert (member.in_chat, member.language) == (True, code)
    assert [data for _, data in welcome.buttons][:4] == [
        "k:book:0",
        "k:phone:0",
        "k:answers:0",
        "k:families:0",
    ]
    assert faults([welcome], t, lotsen.languages) == []
    assert t.gettext("Change language") in lotsen.line.menus[ANNA]


async def test_anything_else_than_a_language_asks_again_and_loses_nothing(lotsen):
    phone = lotsen.phone(ANNA)
    await phone.start(await invited(lotsen))
    for said in ("hello", "/help"):
        [again] = await phone.write(said)
        assert again.text == join_texts.choose_language(lotsen.languages).text
    await phone.press("l:xx")
    await phone.tap_data("l:en")
    assert "Welcome" in phone.last.text


async def test_a_used_an_expired_and_an_unknown_link_are_answered_as_for_parents(lotsen):
    t = lotsen.languages.get("en")
    used, expired = await invited(lotsen), await invited(lotsen, "Bo")
    first = lotsen.phone(ANNA)
    await first.start(used)
    await first.tap_data("l:en")
    lotsen.clock.set(JOINED + timedelta(days=15))
    for code, said in (
        (used, join_texts.link_used(t)),
        (expired, join_texts.link_expired(t)),
        ("nonsense", join_texts.link_unknown(t)),
    ):
        phone = lotsen.phone()
        await phone.start(code)
        await phone.tap_data("l:en")
        assert phone.last.text == said


async def test_of_two_phones_with_one_link_one_comes_in(lotsen):
    link = await invited(lotsen)
    phones = lotsen.phone(ANNA), lotsen.phone(BO)
    for phone in phones:
        await phone.start(link)
    await asyncio.gather(*(phone.tap_data("l:en") for phone in phones))
    said = sorted(phone.last.text.split(",")[0] for phone in phones)
    t = lotsen.languages.get("en")
    assert said == sorted([join_texts.link_used(t).split(",")[0], "Welcome"])


async def test_a_parent_s_chat_stays_a_parent_s(lotsen, home):
    amina = lotsen.phone(AMINA)
    [said] = await amina.start(await invited(lotsen))
    assert said.text == staff_texts.chat_is_a_familys(lotsen.languages.get("so"))
    assert [row.chat_id for row in await lotsen.rows("staff")] == [None]


async def test_a_colleague_s_chat_stays_a_colleague_s(lotsen, anna):
    t = lotsen.languages.get("en")
    family, other = await lotsen.invite(), await invited(lotsen, "Bo")
    for code in (family, other, "nonsense"):
        [said] = await anna.start(code)
        assert said.text == t.gettext("This chat belongs to staff. The link is for somebody else.")
    assert await lotsen.rows("guardian") == []


async def test_an_own_link_opened_again_shows_the_menu(lotsen, anna):
    [said] = await anna.start(await invited(lotsen))
    assert said.text == "What would you like to do?"


async def test_who_has_ended_is_a_stranger(lotsen, anna, home):
    async with lotsen.db.write() as tx:
        await staff_links.end(tx, AREA, "Anna", JOINED, RULES)
    for data in (f"kf:{home.family_id}", "k:phone:0", f"kd:{home.family_id}:loss"):
        [said] = await anna.press(data)
        assert said.text == join_texts.choose_language(lotsen.languages).text
    assert await lotsen.rows("rest") == []


# --- the pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_colleague_s_language(lotsen, home, code):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    eva = lotsen.phone(EVA, setting="fi")
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.amina, spoken="ti")
        await families.add_child(tx, home.family_id, None, date(2027, 3, 1))
    booked = await book_visit(lotsen.db, home.family_id, local("2026-12-30T10:30"), JOINED, 2)
    async with lotsen.db.write() as tx:
        who = await reader_of(tx, AMINA)
        await answering.answer(tx, who, booked, 0, "yes", JOINED, RULES)
    lotsen.clock.set(local("2026-11-12T10:00"))
    said = await eva.write("/start") + await eva.write("/help") + await eva.write("hello")
    for data in (
        "k:phone:0",
        "k:answers:0",
        "k:families:0",
        "k:area:0",
        f"kf:{home.family_id}",
        f"kd:{home.family_id}:born",
        f"kd:{home.family_id}:move",
        f"kd:{home.family_id}:loss",
        f"kl:{home.family_id}:1",
        "k:pause:0",
        "k:resume:0",
        "nonsense",
    ):
        said += await eva.press(data)
    t = lotsen.languages.get(code)
    assert len(said) == 15
    own = {"the", "red", "door", "tigrinya", *(each.name for each in await lotsen.rows("area"))}
    known = {repr(word.casefold()) for name in own for word in name.split()}
    wrong = [
        fault
        for fault in faults(said, t, lotsen.languages)
        if fault.partition(" in ")[0] not in known
    ]
    assert wrong == []


async def test_the_phone_list_tells_why_and_by_when(lotsen, anna, home):
    async with lotsen.db.write() as tx:
        await families.set_guardian(tx, home.amina, spoken="ti")
    [said] = await anna.press("k:phone:0")
    shown = said.text.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert shown.split("\n")[1:] == [
        "Family the red door: book visit 1 by Saturday 14 November.",
        "Phone with an interpreter: Tigrinya.",
    ]


async def test_families_come_eight_on_a_page(lotsen, anna):
    for n in range(10):
        await move_in(lotsen.db, chats=(6000 + n, None))
    [first] = await anna.press("k:families:0")
    [second] = await anna.tap("More")
    numbers = [[d for _, d in page.buttons if d.startswith("kf:")] for page in (first, second)]
    assert [len(each) for each in numbers] == [8, 2]
    [none] = await anna.press("k:families:99")
    assert none.text == "There are no families here yet."


async def test_another_area_s_family_is_answered_like_one_that_is_not_there(lotsen, home):
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO, area="Gårdsten")
    bo = lotsen.phone(BO)
    gone = (await bo.press("kf:999"))[0].text
    assert gone == texts.old_button(lotsen.languages.get("en"))
    number = home.family_id
    for data in (f"kf:{number}", f"kd:{number}:loss", f"kl:{number}:1", f"ku:{number}:1"):
        assert (await bo.press(data))[0].text == gone
    for data in (f"kd:{number}:born", f"kd:{number}:born_0", f"kd:{number}:move", f"km:{number}:2"):
        assert (await bo.press(data))[0].text == gone
    assert await lotsen.rows("rest") == []


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_does_not_meet_families_has_no_pages_of_them(lotsen, home, role):
    await at_work(lotsen.db, "Tom", role, EVA)
    tom = lotsen.phone(EVA)
    [menu] = await tom.write("/start")
    own = {
        Role.ADMINISTRATOR: ["k:area:0", "Qa:", "Rt:list:0", "Nd"],
        Role.TRANSLATOR: ["NT:0", "PG:0", "V"],
    }[role]
    assert [data for _, data in menu.buttons] == [*own, "Hp", "k:language:0"]
    for data in ("k:phone:0", "k:answers:0", "k:families:0", f"kf:{home.family_id}"):
        [said] = await tom.press(data)
        assert said.text == texts.old_button(lotsen.languages.get("en"))


async def test_only_a_coordinator_pauses_the_area(lotsen, anna):
    [said] = await anna.press("k:pause:0")
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("rest") == []
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    eva = lotsen.phone(EVA)
    [paused] = await eva.press("k:pause:0")
    assert "is paused" in paused.text
    [on] = await eva.tap("Resume the area")
    assert "is not paused" in on.text
    [row] = await lotsen.rows("rest")
    assert row.area_id


async def test_parents_buttons_do_nothing_in_a_colleague_s_chat(lotsen, anna, home):
    before = await lotsen.rows("guardian"), await lotsen.rows("rest")
    for data in ("s", "u", "e:1", "c:1", "f:1", "m:who", "v:1:0:yes", Loss().pack(), "hu"):
        [said] = await anna.press(data)
        assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert (await lotsen.rows("guardian"), await lotsen.rows("rest")) == before


@pytest.mark.parametrize("command", ["/start", "/plan", "/stop", "/whatever"])
async def test_commands_of_parents_show_the_menu(lotsen, anna, command):
    [said] = await anna.write(command)
    assert said.text == "What would you like to do?"
    [languages] = await anna.write("/language")
    assert [data for _, data in languages.buttons] == ["l:sv", "l:ar", "l:so", "l:en"]


@pytest.mark.parametrize("data", ["k:phone:-5", "k:x:0", "kf:-1", "kd:1:x", "kl:1:-1", "ku:1:0"])
async def test_a_forged_button_is_answered_politely(lotsen, anna, home, data):
    assert len(await anna.press(data)) == 1


async def test_staff_change_their_language(lotsen, anna):
    await anna.press("k:language:0")
    [said] = await anna.tap_data("l:so")
    assert said.text == join_texts.language_set(lotsen.languages.get("so"))
    assert [row.language for row in await lotsen.rows("staff")] == ["so"]


# --- the acts ----------------------------------------------------------------------------------


async def test_do_not_contact_is_done_at_once_and_undone_in_one_tap(lotsen, anna, home):
    number = home.family_id
    await book_visit(lotsen.db, number, local("2026-11-09T10:30"), JOINED)
    [page] = await anna.press(f"kd:{number}:{ACT_LOSS}")
    assert "Do not contact through Lotsen." in page.text
    assert "booked on" in page.text  # so that nobody comes
    assert "chat" not in page.text
    assert page.buttons[0][1] == f"kd:{number}:{ACT_LOSS_ENDS}"
    [quiet] = await lotsen.phone(AMINA).write("/help")
    assert quiet.buttons == ()  # this parent has not been told by a button
    [page] = await anna.tap("Undo")
    assert "Do not contact" not in page.text
    assert await lotsen.rows("rest") == []


async def test_with_twins_a_person_turns_on_for_one_of_them(lotsen, anna, home):
    number = home.family_id
    async with lotsen.db.write() as tx:
        await families.add_child(tx, number, BORN, None)
    [page] = await anna.press(f"kd:{number}:loss")
    labels = [label for label, _ in page.buttons]
    assert labels[:3] == [
        "Undo",
        "Turn on for \u2068child 1\u2069",
        "Turn on for \u2068child 2\u2069",
    ]
    [done] = await anna.tap(labels[2])
    assert "on again" in done.text
    [page] = await anna.press(f"kf:{number}")
    assert "Child" not in page.text  # one child is left to speak of
    [page] = await anna.press(f"ku:{number}:1")
    assert "Do not contact" in page.text
    lotsen.clock.set(JOINED + timedelta(days=3))
    [page] = await anna.press(f"kf:{number}")
    assert "Turn messages on again" in [label for label, _ in page.buttons]


async def test_staff_confirm_a_birth(lotsen, anna):
    home = await move_in(lotsen.db, born=None, chats=(AMINA, None))
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET due = '2026-11-05'")
    [page] = await anna.press(f"kf:{home.family_id}")
    assert "Expected on" in page.text
    await anna.tap("The child is born")
    [page] = await anna.tap("Yesterday")
    assert "Born on \u2068Sunday 1 November 2026\u2069." in page.text
    [row] = await lotsen.rows("child")
    assert row.born == date(2026, 11, 1)
    await anna.press(f"kd:{home.family_id}:born_0")
    assert [row.born for row in await lotsen.rows("child")] == [date(2026, 11, 1)]


async def test_staff_ask_the_parents_whether_another_area_may_take_over(lotsen, anna, home):
    await anna.press(f"kd:{home.family_id}:move")
    [page] = await anna.tap("Area \u2068Gårdsten\u2069")
    assert "no answer yet" in page.text
    assert "Move to another area" not in [label for label, _ in page.buttons]
    [family] = await lotsen.rows("family")
    amina = lotsen.phone(AMINA)
    stamp = int(family.move_asked_at.timestamp())
    [said] = await amina.press(f"am:{stamp}:1")
    assert "Gårdsten" in said.text
    [gone] = await anna.press(f"kf:{home.family_id}")
    assert gone.text == texts.old_button(lotsen.languages.get("en"))
    [old] = await amina.press(f"am:{stamp}:1")
    assert old.text == texts.old_button(lotsen.languages.get("so"))


async def test_a_fault_is_excused_in_the_colleague_s_language(lotsen, monkeypatch):
    from services import staff_view

    async def broken(*_args):
        raise RuntimeError

    await at_work(lotsen.db, language="so")
    monkeypatch.setattr(staff_view, "to_phone", broken)
    [said] = await lotsen.phone(ANNA).press("k:phone:0")
    assert said.text.startswith(texts.error(lotsen.languages.get("so")))


async def test_a_family_s_link_still_lets_a_family_in(lotsen, anna):
    dan = lotsen.phone()
    await dan.start(await lotsen.invite())
    said = await dan.tap_data("l:en")
    assert "c:1" in [data for each in said for _, data in each.buttons]
    assert enrolment.LINK_LIVES > staff_links.LINK_LIVES
