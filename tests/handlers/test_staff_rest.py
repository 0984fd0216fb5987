"""Access that rests, as the coordinator and the colleague meet it; link after link (mission H1)."""

import pytest

from messaging import join_texts, poster_texts, team_texts
from programme.people import Role
from services import staff_links
from services.access import colleague_of
from tests.cast import AREA, move_in
from tests.colleagues import ANNA_CHAT, at_work
from tests.handlers.hanging import apply, staffed
from tests.handlers.wording import faults

ANNA, CARLA = 2001, 2009


@pytest.fixture
async def carla(lotsen):
    await at_work(lotsen.db, "Carla", Role.COORDINATOR, CARLA)
    return lotsen.phone(CARLA)


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
async def test_who_is_made_to_rest_reads_nothing_until_they_are_back(
    lotsen, languages, carla, code
):
    anna = await at_work(lotsen.db, language=code)
    home, phone, number = await move_in(lotsen.db), lotsen.phone(ANNA), anna.member.id
    await phone.press(f"kf:{home.family_id}")
    [page] = await carla.press(f"Ru:{number}:show")
    assert f"Ru:{number}:rest" in dict(page.buttons).values()
    await carla.press(f"Ru:{number}:rest")
    t = languages.get(code)
    for said in (
        await phone.press(f"kf:{home.family_id}"),
        await phone.write("/start"),
        await phone.write("hello"),
        await phone.press("k:families:0"),
    ):
        assert [each.text for each in said] == [team_texts.your_access_rests(t).text]
        assert faults(said, t, languages) == []
    [page] = await carla.press(f"Ru:{number}:show")
    await carla.press(f"Ru:{number}:resume")
    [said] = await phone.press(f"kf:{home.family_id}")
    assert "the red door" in said.text


async def test_who_is_on_leave_comes_in_as_a_parent_and_needs_another_chat_at_work(lotsen, carla):
    anna = await at_work(lotsen.db)
    number, phone = anna.member.id, lotsen.phone(ANNA)
    await carla.press(f"Ru:{number}:rest")
    [asked] = await phone.start(await lotsen.invite())
    assert ("English", "l:en") in asked.buttons
    await phone.press("l:en")
    thanks, _ = await phone.press("c:1")
    t = lotsen.languages.get("en")
    assert thanks.text == join_texts.consent_yes(t)
    [row] = await lotsen.rows("staff", id=number)
    assert (row.chat_id, row.rests_since is None) == (None, False)
    [page] = await carla.press(f"Ru:{number}:resume")
    assert "does not read the chat" in page.text
    assert f"Ru:{number}:link" in dict(page.buttons).values()
    [guardian] = await lotsen.rows("guardian")
    assert guardian.chat_id == ANNA


async def test_who_is_on_leave_asks_by_a_poster_as_anybody_and_waits_as_a_parent(lotsen, carla):
    poster = await staffed(lotsen)
    async with lotsen.db.read() as tx:
        anna = await colleague_of(tx, ANNA_CHAT)
    await carla.press(f"Ru:{anna.member.id}:rest")
    phone, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get("en")
    rests = team_texts.your_access_rests(t).text
    assert rests not in [each.text for each in await apply(phone, poster, "en")]
    assert phone.last.text == poster_texts.waits_for_staff(t).text
    [row] = await lotsen.rows("staff", id=anna.member.id)
    assert (row.chat_id, row.rests_since is None) == (None, False)
    [again] = await phone.write("/start")
    assert again.text == poster_texts.waits_for_staff(t).text


async def test_a_poster_s_link_that_is_not_gone_through_with_opens_nothing_to_who_rests(
    lotsen, carla
):
    poster = await staffed(lotsen)
    async with lotsen.db.read() as tx:
        anna = await colleague_of(tx, ANNA_CHAT)
    home = await move_in(lotsen.db)
    await carla.press(f"Ru:{anna.member.id}:rest")
    phone, rests = lotsen.phone(ANNA_CHAT), team_texts.your_access_rests(lotsen.languages.get("en"))
    await phone.start(poster)
    for act in (phone.press(f"kf:{home.family_id}"), phone.write("/start")):
        assert not any("the red door" in each.text for each in await act)
    await phone.press("l:en")
    await phone.press("c:0")
    [said] = await phone.write("/start")
    assert said.text == rests.text


async def test_who_rests_is_back_by_their_own_new_link_and_by_nobody_else_s(lotsen, carla):
    anna = await at_work(lotsen.db)
    await carla.press(f"Ru:{anna.member.id}:rest")
    async with lotsen.db.write() as tx:
        own = await staff_links.new_link(tx, anna.member.id, lotsen.clock.now())
        other = await staff_links.invite(tx, AREA, "Eva", Role.NURSE, lotsen.clock.now())
    phone, rests = lotsen.phone(ANNA), team_texts.your_access_rests(lotsen.languages.get("en"))
    for code in (other, "nobodys"):
        assert [each.text for each in await phone.start(code)] == [rests.text]
    assert [each.text for each in await phone.press("l:en")] == [rests.text]
    await phone.start(own)
    [welcome] = await phone.press("l:en")
    assert "Anna" in welcome.text
    [row] = await lotsen.rows("staff", id=anna.member.id)
    assert (row.chat_id, row.rests_since) == (ANNA, None)


async def test_a_question_pressed_late_is_no_yes_for_who_rests(lotsen, carla):
    anna = await at_work(lotsen.db)
    await carla.press(f"Ru:{anna.member.id}:rest")
    await carla.press(f"Ru:{anna.member.id}:confirm")
    [row] = await lotsen.rows("staff", id=anna.member.id)
    assert row.rests_since is not None


async def test_link_after_link_of_nobody_s_has_to_wait_and_a_new_one_of_ours_opens(
    lotsen, languages
):
    phone = lotsen.phone()
    async with lotsen.db.write() as tx:
        good = await staff_links.invite(tx, AREA, "Eva", Role.NURSE, lotsen.clock.now())
    for n in range(5):
        await phone.start(f"nobodys{n}")
    [wrong] = await phone.start("nobodys6")
    assert all(join_texts.too_many_links(t) in wrong.text for t in languages)
    [question] = await phone.start(good)
    assert [data for _, data in question.buttons] == ["l:sv", "l:ar", "l:so", "l:en"]
