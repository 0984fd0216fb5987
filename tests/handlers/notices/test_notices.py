"""Coordinators tell many families something: looked at, sent, and whose it is, by chat (E1, E2)."""

from datetime import timedelta

import pytest

from messaging import notice_sending_texts as sending_words
from messaging import texts
from programme.notices import NoticeState
from programme.people import Role
from services import sending
from services.access import colleague_of
from storage import areas, notices
from tests.cast import AREA, RULES, local
from tests.gatherings import gathering
from tests.handlers.home import FOUR
from tests.handlers.noticing import (
    ADA,
    EBBA,
    EVA,
    NORA,
    NOW,
    WORDS,
    a_fathers_group,
    act,
    area_id,
    audience,
    delivered,
    new_notice,
    state,
    working,
    write,
)
from tests.handlers.phone import Shown
from tests.handlers.wording import faults
from tests.messaging.reading_marks import without_isolates


async def test_what_the_preview_shows_is_what_each_phone_gets(lotsen, eva, home):
    number = await new_notice(eva, "ar", "so")
    shown = await eva.press(f"Na:{number}:see")
    preview = [each.text for each in shown[:-1]]
    assert await act(eva, number, "send")
    arrived = {said.chat_id: said.text for said in await delivered(lotsen)}
    assert arrived == {1001: preview[1], 1002: preview[0]}
    assert "Kooxda aabbayaasha" in preview[1]
    assert "مجموعة" in preview[0]
    assert await delivered(lotsen) == []


async def test_a_fathers_group_is_announced_in_arabic_and_somali_to_fathers(lotsen, eva, home):
    group = await a_fathers_group(lotsen)
    [asked] = await eva.press("Nn:0")
    assert any(data == f"Nb:{group}" for _, data in asked.buttons)
    number = await new_notice(eva, "ar", "so", activity=group)
    assert (await audience(lotsen, number)).fathers
    checked = await act(eva, number, "check")
    assert "Families that get it: 1." in checked
    assert "Arabic: 1." in checked
    assert "Somali" not in checked.split("Who does not")[0].split("get it")[1]
    shown = await eva.press(f"Na:{number}:see")
    assert len(shown) == 3
    await eva.press(f"Na:{number}:send")
    [said] = await delivered(lotsen)
    assert said.chat_id == 1002
    assert said.text == shown[0].text


async def test_buttons_under_a_preview_do_nothing(lotsen, eva, home):
    group = await a_fathers_group(lotsen)
    number = await new_notice(eva, "so", activity=group)
    [shown, end] = await eva.press(f"Na:{number}:see")
    assert {data for _, data in shown.buttons} == {"yx"}  # the one to sign up
    assert await eva.press("yx") == []
    assert any(data == f"Na:{number}:check" for _, data in end.buttons)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_coordinators_language(lotsen, office, home, code):
    eva = await working(lotsen, "Eva", Role.COORDINATOR, EVA, language=code)
    t = lotsen.languages.get(code)
    here = await area_id(lotsen)
    group = await a_fathers_group(lotsen)
    said = await eva.write("/menu")
    for press in ("Nd", "Nl:0", "Nn:0", f"Nb:{group}"):
        said += await eva.press(press)
    number = max(row.id for row in await lotsen.rows("notice"))
    acts = ("show", "words", "whom", "areas", "age", "follow", "signed", "exp", "first", "dad")
    for what in (*acts, "urgent", "pic", "check", "when", "drop"):
        said += await eva.press(f"Na:{number}:{what}")
    for press in (f"Nr:{number}:{here}:0", f"Nm:{number}:2:-1", f"Nm:{number}:2:12"):
        said += await eva.press(press)
    said += await eva.press(f"Nf:{number}:fathers")
    said += await eva.press(f"Nf:{number}:")
    own = await new_notice(eva, "sv", "so")
    said += await eva.press(f"Nw:{own}:ar")
    said += await write(eva, own, code, "")  # nothing was typed: asked again
    said += await eva.press(f"Na:{own}:ask")
    said += await eva.press("Nl:0")
    fine = [each for each in said if "Pappagrupp" not in each.text]
    assert faults(_without_titles(fine), t, lotsen.languages) == []


def _without_titles(said: list[Shown]) -> list[Shown]:
    """Words of a notice stand on buttons in whatever language they have."""
    own = {text.split("\n", maxsplit=1)[0] for text in WORDS.values()}

    def theirs(label: str) -> bool:
        return any(each in label for each in own)

    return [
        Shown(each.text, tuple(b for b in each.buttons if not theirs(b[0])))
        for each in said
        if not theirs(each.text)
    ]


_PRESSES = (
    *(f"Na:{{n}}:{what}" for what in ("show", "words", "whom", "check", "see", "send", "drop2")),
    *("Na:{n}:urgent", "Na:{n}:dad", "Na:{n}:when", "Na:{n}:pic", "Na:{n}:pic0", "Na:{n}:ask"),
    *("Ni:{n}:so", "Nw:{n}:so", "Ng:{n}:en:1", "Nr:{n}:1:1", "Nm:{n}:2:12", "Nf:{n}:"),
    *("yd:nod:{n}.0:20261112", "yt:noh:{n}.0:20261112:1000", "Na:{n}:back2", "Na:{n}:stop2"),
    *("Na:{n}:pause", "Na:{n}:draft"),
)


async def test_somebody_elses_draft_is_nobodys(lotsen, eva, home):
    ebba = await working(lotsen, "Ebba", Role.COORDINATOR, EBBA)
    number = await new_notice(eva, "so")
    before = await lotsen.rows("notice", id=number)
    for press in _PRESSES:
        said = await ebba.press(press.format(n=number))
        if not press.startswith(("yd", "yt:")):
            assert said[0].text == texts.old_button(lotsen.languages.get("en")), press
    assert await lotsen.rows("notice", id=number) == before
    [listed] = await ebba.press("Nl:0")
    assert "There are no notices here yet." in listed.text


@pytest.mark.parametrize("role", [Role.NURSE, Role.PARENT_SUPPORTER, Role.TRANSLATOR])
async def test_staff_of_another_role_write_no_notices(lotsen, eva, home, role):
    nora = await working(lotsen, "Nora", role, NORA)
    number = await new_notice(eva, "so")
    menu = await nora.write("/menu")
    assert not any(data == "Nd" for _, data in menu[0].buttons)
    for press in ("Nd", "Nl:0", "Nn:0", "Nb:0", *_PRESSES):
        await nora.press(press.format(n=number))
    assert len(await lotsen.rows("notice")) == 1
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_a_coordinator_of_another_area_sees_nothing_of_it(lotsen, eva, home):
    ebba = await working(lotsen, "Ebba", Role.COORDINATOR, EBBA, area="Gårdsten")
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    for press in _PRESSES:
        await ebba.press(press.format(n=number))
    assert await state(lotsen, number) is not NoticeState.RECALLED
    [listed] = await ebba.press("Nl:0")
    assert "There are no notices here yet." in listed.text


async def test_an_administrator_writes_to_any_area(lotsen, office, home):
    ada = await working(lotsen, "Ada", Role.ADMINISTRATOR, ADA, area="Gårdsten")
    number = await new_notice(ada, "so")
    here = await area_id(lotsen)
    await ada.press(f"Nr:{number}:{here}:1")
    await ada.press(f"Na:{number}:send")
    assert [said.chat_id for said in await delivered(lotsen)] == [1001]


async def test_an_activity_of_another_area_cannot_be_announced(lotsen, eva, home):
    group = await a_fathers_group(lotsen, area="Gårdsten")
    await eva.press(f"Nb:{group}")
    assert await lotsen.rows("notice") == []


async def test_a_draft_survives_a_restart_and_can_be_thrown_away(lotsen, eva, home):
    lotsen.restarts = True
    number = await new_notice(eva, "so")
    assert "The words are ready in: Somali." in await act(eva, number, "show")
    await eva.press(f"Na:{number}:drop")
    await eva.press(f"Na:{number}:drop2")
    assert await lotsen.rows("notice") == []
    assert await lotsen.rows("wording") == []


async def test_words_for_a_draft_that_is_gone_are_answered_politely(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Nw:{number}:so")
    async with lotsen.db.write() as tx:
        await notices.remove_draft(tx, number)
    [said] = await eva.write("Cinwaan")
    assert said.text == texts.old_button(lotsen.languages.get("en"))


async def test_what_has_begun_is_announced_no_more(lotsen, eva, home):
    group = await a_fathers_group(lotsen, starts_at=NOW + timedelta(hours=1))
    number = await new_notice(eva, "ar", activity=group)
    lotsen.clock.set(NOW + timedelta(hours=2))
    said = await act(eva, number, "check")
    assert "What it tells of is over, or is cancelled." in said
    await act(eva, number, "send")
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_it_is_sent_at_a_chosen_time(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:when")
    await eva.press(f"yd:nod:{number}.0:20261112")
    [page] = await eva.press(f"yt:noh:{number}.0:20261112:1000")
    assert "It is planned." in page.text
    assert await delivered(lotsen) == []
    lotsen.clock.set(local("2026-11-12T10:00"))
    assert [said.chat_id for said in await delivered(lotsen)] == [1001]


@pytest.mark.parametrize("press", ["yd:nod:{n}.0:20261109", "yt:noh:{n}.0:20261110:1000"])
async def test_a_time_that_is_over_is_asked_for_again(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    [said] = await eva.press(press.format(n=number))
    assert "That cannot be chosen." in said.text
    assert await state(lotsen, number) is NoticeState.DRAFT


@pytest.mark.parametrize("press", ["yt:noh:{n}.0:20261112:0300", "yt:noh:{n}.0:20261112:2000"])
async def test_a_time_in_the_night_cannot_be_chosen(lotsen, eva, home, press):
    number = await new_notice(eva, "so")
    await eva.press(press.format(n=number))
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_a_planned_one_can_be_made_a_draft_again(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"yt:noh:{number}.0:20261112:1000")
    assert "Draft." in await act(eva, number, "draft")
    assert await state(lotsen, number) is NoticeState.DRAFT


async def test_the_same_within_a_day_is_asked_about_once(lotsen, eva, home):
    first = await new_notice(eva, "so")
    await eva.press(f"Na:{first}:send")
    await delivered(lotsen)
    second = await new_notice(eva, "so")
    asked = await act(eva, second, "send")
    assert "Shall families get it twice?" in asked
    assert await state(lotsen, second) is NoticeState.DRAFT
    await eva.tap("Yes, send it again")
    assert await state(lotsen, second) is NoticeState.SCHEDULED


async def test_the_same_at_a_chosen_time_asks_and_then_the_time_again(lotsen, eva, home):
    first = await new_notice(eva, "so")
    await eva.press(f"Na:{first}:send")
    second = await new_notice(eva, "so")
    [asked] = await eva.press(f"yt:noh:{second}.0:20261110:1500")
    assert sending_words.said_already(lotsen.languages.get("en"), second, True).text == asked.text
    await eva.tap("Yes, send it again")
    await eva.press(f"yt:noh:{second}.1:20261110:1500")
    assert await state(lotsen, second) is NoticeState.SCHEDULED


async def test_the_page_of_a_sent_one_tells_who_has_it_and_its_words_can_be_corrected(
    lotsen, eva, home
):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    assert "Have it: 1." in await act(eva, number, "show")
    [said] = await write(eva, number, "so", "Kulan cusub\nMaktabadda.")
    assert "Phones on which they change now: 1." in without_isolates(said.text)
    assert [row.action for row in await lotsen.rows("outbox", state="waiting")] == ["edit"]


async def test_a_sent_one_is_taken_back_after_a_question(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await delivered(lotsen)
    await eva.press(f"Na:{number}:back")
    assert await state(lotsen, number) is not NoticeState.RECALLED
    said = await act(eva, number, "back2")
    assert "Phones from which it is taken away now: 1." in said
    assert await state(lotsen, number) is NoticeState.RECALLED


async def test_it_is_paused_goes_on_and_is_stopped(lotsen, eva, home):
    number = await new_notice(eva, "so")
    await eva.press(f"Na:{number}:send")
    await sending.start_due(lotsen.db, NOW, RULES)
    assert "It is paused." in await act(eva, number, "pause")
    assert "It is leaving now." in await act(eva, number, "resume")
    await eva.press(f"Na:{number}:stop")
    assert "It is stopped." in await act(eva, number, "stop2")
    assert await delivered(lotsen) == []
    assert "Somebody else was faster." in await act(eva, number, "stop2")


async def test_an_administrator_goes_from_a_notice_to_its_activity_and_back(lotsen, office):
    ada = await working(lotsen, "Ada", Role.ADMINISTRATOR, ADA)
    number, _ = await gathering(lotsen.db)
    async with lotsen.db.write() as tx:
        notice = await notices.add(
            tx,
            [await areas.find(tx, AREA)],
            state=NoticeState.DRAFT,
            made_at=NOW,
            made_by=(await colleague_of(tx, ADA)).member.id,
            languages="sv",
            activity_id=number,
        )
    [page] = await ada.press(f"Na:{notice}:words")
    [activity] = await ada.tap("Go to the activity")
    assert "Families see this:" in activity.text
    assert "Who has signed up" not in [label for label, _ in activity.buttons]
    [every] = await ada.press("Al:0")
    assert "Fathers' group" in [without_isolates(label)[10:] for label, _ in every.buttons]
    await ada.press(f"Ag:{number}:{notice}")
    assert await ada.tap("Back") == [page]
