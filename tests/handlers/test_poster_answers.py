"""Staff answer who came by a poster: welcome, or not ours; else it is forgotten (B2)."""

import asyncio
from datetime import date, timedelta

import pytest

from programme.people import Role
from services import housekeeping
from tests.cast import JOINED, RULES, local
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.handlers.hanging import FIGURES, FOUR, apply, asked, press_letter, staffed
from tests.handlers.home import counted, data
from tests.handlers.wording import faults


@pytest.fixture
async def poster(lotsen, office) -> str:
    return await staffed(lotsen)


@pytest.mark.parametrize("code", FOUR)
async def test_staff_are_asked_and_say_welcome(lotsen, office, poster, code):
    await at_work(lotsen.db, language=code)
    anna, amina = lotsen.phone(ANNA_CHAT), lotsen.phone()
    await apply(amina, poster)
    assert await office.to(amina) == []
    lotsen.clock.set(JOINED + timedelta(minutes=5))
    letter, said = await press_letter(office, anna, True)
    t = lotsen.languages.get(code)
    shown = [each.text for each in said] + [letter.text]
    assert faults(said, t, lotsen.languages) == [], shown
    assert t.fill(t.gettext("Born on {date}."), date=t.date(date(2026, 11, 1), True)) in letter.text
    [welcome] = await office.to(amina)
    so = lotsen.languages.get("so")
    assert (
        so.gettext(
            "Welcome! The staff said yes.\nI am a computer program, not a person.\n"
            "I remind you about home visits and give tips.\n"
            "I never ask for your personal number, BankID or money."
        )
        in welcome.text
    )
    [consent] = await lotsen.rows("consent")
    assert (consent.given_at, consent.language) == (JOINED, "so")
    [family] = await lotsen.rows("family")
    assert family.waits_since is None
    assert [what for what, _, _ in await counted(lotsen, *FIGURES)] == [
        *("poster_opened", "poster_asked", "poster_welcome", "registered", "joined"),
    ]
    [menu] = await amina.write("/help")
    assert data(menu)


@pytest.mark.parametrize("code", FOUR)
async def test_not_ours_is_said_kindly_and_then_nothing_is_left(lotsen, office, poster, code):
    anna, amina = lotsen.phone(ANNA_CHAT), lotsen.phone()
    await apply(amina, poster, code)
    await press_letter(office, anna, False)
    assert len(await lotsen.rows("family")) == 1
    [said] = await office.to(amina)
    assert "BVC" in said.text
    for table in ("family", "guardian", "child", "outbox", "item"):
        assert await lotsen.rows(table) == [], table
    [again] = await amina.write("hello")
    assert "staff" not in again.text
    assert ("poster_not_ours", None, None) in await counted(lotsen, *FIGURES)


async def test_a_letter_to_another_colleague_that_arrives_late_forgets_nobody_too_soon(
    lotsen, office, poster
):
    anna, bo, amina = lotsen.phone(ANNA_CHAT), lotsen.phone(BO_CHAT), lotsen.phone()
    await apply(amina, poster)
    await press_letter(office, anna, False)
    assert len(await office.to(bo)) == 1
    assert len(await office.to(amina)) == 1


async def test_two_colleagues_answer_at_once_and_one_answer_counts(lotsen, office, poster):
    anna, bo, amina = lotsen.phone(ANNA_CHAT), lotsen.phone(BO_CHAT), lotsen.phone()
    await apply(amina, poster)
    [asker] = await lotsen.rows("guardian")
    await asyncio.gather(anna.press(f"Rz:{asker.id}:1"), bo.press(f"Rz:{asker.id}:0"))
    late = [phone for phone in (anna, bo) if "already" in phone.last.text]
    assert len(late) == 1
    answers = [w for w, _, _ in await counted(lotsen, "poster_welcome", "poster_not_ours")]
    assert len(answers) == 1
    again = await anna.press(f"Rz:{asker.id}:0")
    assert "already" in again[0].text


async def test_staff_are_reminded_once_after_two_working_days(lotsen, office, poster):
    anna, amina = lotsen.phone(ANNA_CHAT), lotsen.phone()
    await apply(amina, poster)  # a Monday
    assert len(await office.to(anna)) == 1
    for at, count in (("2026-11-04T17:00", 0), ("2026-11-05T07:31", 1), ("2026-11-12T09:00", 0)):
        lotsen.clock.set(local(at))
        got = asked(await office.to(anna))
        assert len(got) == count, at
        assert all("still waits" in each.text for each in got)


async def test_after_fourteen_days_without_an_answer_all_is_forgotten(lotsen, office, poster):
    amina = lotsen.phone()
    await apply(amina, poster)
    for days, left in ((13, 1), (14, 1)):
        lotsen.clock.set(JOINED + timedelta(days=days, hours=1))
        await housekeeping.purge(lotsen.db, lotsen.clock.now(), RULES)
        assert len(await lotsen.rows("family")) == left
    [said] = await office.to(amina)
    assert "BVC" in said.text
    assert await lotsen.rows("family") == []
    assert ("poster_forgotten", None, None) in await counted(lotsen, *FIGURES)


async def test_who_cannot_be_told_is_forgotten_all_the_same(lotsen, poster):
    await apply(lotsen.phone(), poster)
    for days in (15, 23):
        lotsen.clock.set(JOINED + timedelta(days=days))
        await housekeeping.purge(lotsen.db, lotsen.clock.now(), RULES)
    assert await lotsen.rows("family") == []


@pytest.mark.parametrize("code", FOUR)
async def test_who_waits_stands_in_a_list_of_their_own_only(lotsen, office, poster, code):
    await at_work(lotsen.db, language=code)
    anna, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    [nobody] = await anna.press("Rh")
    for _ in range(3):
        await apply(lotsen.phone(), poster)
    families, askers = await lotsen.rows("family"), await lotsen.rows("guardian")
    [first] = await anna.press("Rh")
    assert faults([nobody, first], t, lotsen.languages) == []
    assert f"Rz:{askers[0].id}:1" in data(first)
    for page in ("k:families:0", "k:phone:0"):
        [shown] = await anna.press(page)
        assert not [d for d in data(shown) if d.startswith("kf:")]
    [refused] = await anna.press(f"kf:{families[0].id}")
    assert refused.text == t.gettext("This button is old. It does not work any more.")
    await anna.press("Rh")
    await anna.tap_data(f"Rz:{askers[0].id}:1")
    [page] = await anna.tap_data("kf:")
    assert faults([page], t, lotsen.languages) == []


async def test_another_area_s_staff_and_parents_answer_nothing(lotsen, office, poster, amina):
    await at_work(lotsen.db, "Lo", Role.NURSE, 2009, "Gårdsten")
    await apply(lotsen.phone(), poster)
    [family] = [each for each in await lotsen.rows("family") if each.waits_since]
    for phone in (lotsen.phone(2009), amina, lotsen.phone()):
        for yes in (1, 0):
            [asker] = [g for g in await lotsen.rows("guardian") if g.family_id == family.id]
            await phone.press(f"Rz:{asker.id}:{yes}")
    [same] = [each for each in await lotsen.rows("family") if each.id == family.id]
    assert (same.waits_since, same.left_at) == (JOINED, None)
