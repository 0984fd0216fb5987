"""Coordinators build their team by chat: invite, list, new link, leave, Undo (mission H1)."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from programme.people import Role
from services.access import colleague_of
from storage import areas, staff_areas
from tests.cast import AREA, JOINED, book_visit, local, move_in
from tests.colleagues import at_work
from tests.handlers.couple import code_in
from tests.handlers.wording import faults

FOUR = ("sv", "ar", "so", "en")
EVA, ADA, BO = 2003, 2004, 2002
LINK = re.compile(r"https://[^\s\u2069]+")


@pytest.fixture
async def eva(lotsen, office):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    return lotsen.phone(EVA)


@pytest.fixture
async def ada(lotsen, office):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA, "Gårdsten")
    return lotsen.phone(ADA)


def without_links(shown):
    """A link is no word of any language."""
    return [replace(each, text=LINK.sub("", each.text)) for each in shown]


async def working(lotsen):
    return {row.name: row for row in await lotsen.rows("staff")}


@pytest.mark.parametrize("code", FOUR)
async def test_four_taps_and_a_name_give_a_link_that_opens(lotsen, eva, code):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    said = await eva.press("Rt:list:0")
    said += await eva.tap_data("Rt:invite")
    said += await eva.tap_data("Rr:nurse")
    said += await eva.write("Nour")
    assert faults(without_links(said), lotsen.languages.get(code), lotsen.languages) == []
    new = lotsen.phone()
    await new.start(code_in(eva.last.text))
    await new.tap_data("l:ar")
    nour = (await working(lotsen))["Nour"]
    assert (nour.role, nour.chat_id) == ("nurse", new.id)


async def test_an_administrator_gives_several_areas_and_any_role(lotsen, ada):
    await ada.press("Rt:invite:0")
    await ada.tap_data("Rr:administrator")
    async with lotsen.db.read() as tx:
        hjallbo, gardsten = await areas.find(tx, AREA), await areas.find(tx, "Gårdsten")
    await ada.tap_data(f"Rv:{gardsten}")
    await ada.tap_data(f"Rv:{hjallbo}")
    await ada.tap_data(f"Rv:{gardsten}")  # not that one after all
    await ada.tap_data(f"Rv:{gardsten}")
    assert sum(label.endswith("✓") for label, _ in ada.last.buttons) == 2
    await ada.tap_data("Rv:0")
    await ada.write("Kim")
    kim = (await working(lotsen))["Kim"]
    async with lotsen.db.read() as tx:
        who = await staff_areas.worker(tx, kim.id)
    assert who.areas == (hjallbo, gardsten)
    assert kim.role == "administrator"


async def test_nothing_is_kept_before_the_name_and_cancel_forgets(lotsen, eva):
    lotsen.restarts = True
    for taps in (["Rc"], ["Rr:nurse", "Rc"], ["Rr:nurse", "Rb", "Rr:coordinator", "Rc"]):
        await eva.press("Rt:invite:0")
        for data in taps:
            await eva.press(data)
        assert set(await working(lotsen)) == {"Eva"}
        [said] = await eva.write("Nour")
        assert "cannot read" in said.text
    assert set(await working(lotsen)) == {"Eva"}


async def test_a_press_twice_asks_the_open_question_again(lotsen, eva):
    await eva.press("Rt:invite:0")
    await eva.press("Rr:nurse")
    [again] = await eva.press("Rr:coordinator")
    assert "first name" in again.text
    await eva.write("Nour")
    assert (await working(lotsen))["Nour"].role == "nurse"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Nour\u202e  ", "Nour"),
        ("<b>Nour</b>", "<b>Nour< b>"),
        ("N" * 100, "N" * 40),
        ("t.me/evil", "t me evil"),
    ],
)
async def test_a_name_is_cleaned(lotsen, eva, written, kept):
    await eva.press("Rt:invite:0")
    await eva.press("Rr:nurse")
    [said] = await eva.write(written)
    assert kept in await working(lotsen)
    assert faults(without_links([said]), lotsen.languages.get("en"), lotsen.languages) == []


async def test_a_name_of_nothing_is_asked_for_again_and_a_taken_one_too(lotsen, eva):
    await at_work(lotsen.db)
    await eva.press("Rt:invite:0")
    await eva.press("Rr:coordinator")
    for written in ("\u202e\u200f", "./"):
        [said] = await eva.write(written)
        assert "Write the first name" in said.text
    [said] = await eva.write("anna")
    assert "already" in said.text
    assert (await working(lotsen))["Anna"].role == "nurse"  # nobody's role changes by that
    await eva.write("Anna B")
    assert (await working(lotsen))["Anna B"].role == "coordinator"


async def test_roles_and_areas_of_others_are_nobody_s_to_give(lotsen, eva):
    async with lotsen.db.read() as tx:
        gardsten = await areas.find(tx, "Gårdsten")
    await eva.press("Rt:invite:0")
    assert "Ra" not in str(eva.last.buttons)
    await eva.press("Rr:administrator")
    [said] = await eva.write("Kim")
    assert "old" in said.text
    assert set(await working(lotsen)) == {"Eva"}
    await eva.press("Rr:nurse")
    await eva.press(f"Rv:{gardsten}")
    assert set(await working(lotsen)) == {"Eva"}


async def test_a_nurse_runs_no_team(lotsen, office, eva):
    await at_work(lotsen.db)
    anna = lotsen.phone(2001)
    eva_id = (await working(lotsen))["Eva"].id
    for data in ("Rt:list:0", "Rt:invite:0", f"Ru:{eva_id}:end", f"Ru:{eva_id}:show"):
        [said] = await anna.press(data)
        assert "old" in said.text
    assert (await working(lotsen))["Eva"].ended_at is None


async def test_who_leaves_is_cut_off_at_once_and_their_visits_are_listed(lotsen, eva):
    home = await move_in(lotsen.db)
    await at_work(lotsen.db)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    anna = (await working(lotsen))["Anna"].id
    await eva.press("Rt:list:0")
    await eva.tap_data(f"Ru:{anna}:show")
    [said] = await eva.tap_data(f"Ru:{anna}:end")
    assert "visit \u20661\u2069" in said.text
    [stranger] = await lotsen.phone(2001).press("k:phone:0")
    assert "Choose language" in stranger.text
    [said] = await eva.tap("Undo")
    assert "again" in said.text
    phone = lotsen.phone(2001)
    await phone.start(code_in(said.text))
    await phone.tap_data("l:en")
    async with lotsen.db.read() as tx:
        assert (await colleague_of(tx, 2001)).member.id == anna


async def test_who_may_not_see_the_families_hears_only_how_many_visits_wait(lotsen, eva, ada):
    home = await move_in(lotsen.db)
    await at_work(lotsen.db)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    await book_visit(lotsen.db, home.family_id, local("2026-11-09T10:30"), JOINED)
    anna = (await working(lotsen))["Anna"].id
    [said] = await ada.press(f"Ru:{anna}:end")
    assert "must take over: \u20661\u2069" in said.text
    assert "10:30" not in said.text
    assert not any(data.startswith("Hd:") for _, data in said.buttons)


async def test_undo_is_over_after_a_day_and_nobody_ends_themselves(lotsen, eva):
    await at_work(lotsen.db)
    team = await working(lotsen)
    await eva.press(f"Ru:{team['Anna'].id}:end")
    lotsen.clock.set(JOINED + timedelta(days=2))
    [said] = await eva.press(f"Ru:{team['Anna'].id}:undo")
    assert "old" in said.text
    await eva.press(f"Ru:{team['Eva'].id}:end")
    assert (await working(lotsen))["Eva"].ended_at is None


async def test_two_coordinators_end_the_same_person_at_once(lotsen, eva, ada):
    await at_work(lotsen.db)
    anna = (await working(lotsen))["Anna"].id
    await asyncio.gather(eva.press(f"Ru:{anna}:end"), ada.press(f"Ru:{anna}:end"))
    assert (await working(lotsen))["Anna"].ended_at is not None


async def test_a_coordinator_touches_no_administrator_and_no_other_area(lotsen, eva, ada):
    await at_work(lotsen.db, "Lo", Role.NURSE, 2009, "Gårdsten")
    await at_work(lotsen.db, "Ida", Role.ADMINISTRATOR, 2010)
    before = await lotsen.rows("staff")
    for name in ("Lo", "Ida"):
        for act in ("end", "link"):
            [said] = await eva.press(f"Ru:{(await working(lotsen))[name].id}:{act}")
            assert "This button is old" in said.text
    assert await lotsen.rows("staff") == before


async def test_a_coordinator_sees_who_helps_out_here_and_cannot_end_their_work(lotsen, eva):
    lo = await at_work(lotsen.db, "Lo", Role.NURSE, 2009, "Gårdsten")
    async with lotsen.db.write() as tx:
        await staff_areas.add(tx, lo.member.id, [await areas.find(tx, AREA)])
    shown = await eva.press("Rt:list:0")
    assert "Lo" in shown[-1].text
    before = await lotsen.rows("staff")
    for act in ("end", "link"):
        [said] = await eva.press(f"Ru:{lo.member.id}:{act}")
        assert "This button is old" in said.text
    assert await lotsen.rows("staff") == before
