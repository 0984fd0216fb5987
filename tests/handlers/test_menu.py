from datetime import date, timedelta

import pytest

from messaging import join_texts, texts
from messaging.i18n import Tongue
from services import enrolment, planning
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.phone import Shown
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")


def menu(t: Tongue) -> tuple[tuple[str, str], ...]:
    return tuple((each.text, each.data) for row in texts.menu_rows(t) for each in row)


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_of_the_menu_is_in_the_parents_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone(setting="fi")
    await phone.join(code)

    [shown] = await phone.write("/help")
    assert shown == Shown(texts.menu(t).text, menu(t))
    [who] = await phone.tap_data("m:who")
    assert who.text == texts.who_are_you(t)
    [stopped] = await phone.tap_data("s")
    assert stopped.text == texts.paused(t, None, RULES.zone).text
    [back] = await phone.tap(t.gettext("Undo"))
    assert back.text == texts.resumed(t)
    [unknown_page] = await phone.press("m:nonsense")
    assert unknown_page.text == texts.menu(t).text
    assert faults([shown, who, stopped, back], t, lotsen.languages) == []


async def test_who_we_are_names_the_employer_of_the_family_s_own_area(lotsen):
    phone = lotsen.phone()
    await phone.join("ar")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE area SET employer = 'Öster & <b>Co' WHERE name='Hjällbo'")

    [who] = await phone.tap_data("m:who")

    assert "\u2068Öster &amp; &lt;b&gt;Co\u2069" in who.text
    assert faults([who], lotsen.languages.get("ar"), lotsen.languages) == []


@pytest.mark.parametrize("way", ["/language", "m:language"])
async def test_a_parent_changes_language_and_everything_after_is_in_the_new_one(lotsen, way):
    phone = lotsen.phone()
    await phone.join("so")

    [choice] = await (phone.write(way) if way.startswith("/") else phone.tap_data(way))
    assert choice.text == join_texts.choose_language(lotsen.languages).text
    [changed] = await phone.tap("العربية")
    later = [changed, *await phone.write("/help"), *await phone.write("?")]

    t = lotsen.languages.get("ar")
    assert changed == Shown(join_texts.language_set(t), menu(t))
    assert faults(later, t, lotsen.languages) == []
    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == "ar"
    assert lotsen.line.menus[phone.id][0] == t.gettext("Change language")


async def test_the_choice_of_language_is_replaced_by_its_answer(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/language")
    before = len(phone.screen)

    await phone.tap_data("l:sv")

    assert len(phone.screen) == before
    assert phone.last.text == join_texts.language_set(lotsen.languages.get("sv"))


@pytest.mark.parametrize("code", ["xx", "", "sv ", "SV", "../sv", "a" * 60])
async def test_an_unknown_language_is_asked_for_again_and_changes_nothing(lotsen, code):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.press(f"l:{code}")

    assert [data for _, data in said.buttons] == ["l:sv", "l:ar", "l:so", "l:en"]
    [guardian] = await lotsen.rows("guardian")
    assert guardian.language == "so"


async def test_stop_tells_of_the_next_visit_that_stands(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    [family] = await lotsen.rows("family")
    for number, starts in ((2, "2026-12-30T10:30"), (1, "2026-11-09T10:30")):
        await book_visit(lotsen.db, family.id, local(starts), JOINED, number)

    [said] = await phone.write("/stop")

    t = lotsen.languages.get("en")
    assert said.text == texts.paused(t, local("2026-11-09T10:30"), RULES.zone).text
    assert t.date(date(2026, 11, 9)) in said.text
    [guardian] = await lotsen.rows("guardian")
    assert guardian.stopped_at == JOINED
    assert {row.state for row in await lotsen.rows("booking")} == {"booked"}


async def test_after_a_stop_nothing_waits_for_this_parent_any_more(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    lotsen.clock.set(local("2026-11-04T10:00"))
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    assert {row.state for row in await lotsen.rows("outbox")} == {"waiting"}

    await phone.write("/stop")

    assert {(row.state, row.reason) for row in await lotsen.rows("outbox")} == {
        ("dropped", "stopped")
    }


async def test_stopping_twice_is_stopping_once(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    first = await phone.write("/stop")
    second = await phone.tap_data("s")

    assert first == second
    await phone.tap("Undo")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.stopped_at is None


async def test_undo_starts_again_from_now_and_notes_the_yes(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/stop")
    lotsen.clock.set(later := JOINED + timedelta(days=40))

    await phone.tap("Undo")

    [guardian] = await lotsen.rows("guardian")
    assert (guardian.stopped_at, guardian.active_since) == (None, later)
    assert [row.given_at for row in await lotsen.rows("consent")] == [JOINED, later]


async def test_an_old_undo_of_somebody_who_has_not_stopped_changes_nothing(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    before = await lotsen.rows("guardian"), await lotsen.rows("consent")
    lotsen.clock.set(JOINED + timedelta(days=40))

    await phone.press("u")

    assert (await lotsen.rows("guardian"), await lotsen.rows("consent")) == before


async def test_one_parent_s_choices_do_not_touch_the_other_s(lotsen):
    amina, yusuf = lotsen.phone(), lotsen.phone()
    await amina.join("so")
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        code = await enrolment.new_link(tx, family.id, JOINED)
    await yusuf.join("ar", code)

    await amina.write("/stop")
    await amina.press("f:1")
    await amina.press("l:sv")

    [his] = await lotsen.rows("guardian", chat_id=yusuf.id)
    assert (his.language, his.stopped_at, his.fewer) == ("ar", None, False)
    assert len(await lotsen.rows("guardian", family_id=family.id)) == 2
    assert lotsen.line.chats[yusuf.id] == yusuf.screen
