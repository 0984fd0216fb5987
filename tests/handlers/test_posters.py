"""A public link per area: three questions, one yes, the staff decide; nothing is revealed (B2)."""

import asyncio
from datetime import date, timedelta

import pytest

from messaging import join_texts, poster_texts
from programme.people import Role
from services import enrolment, housekeeping
from storage import areas
from tests.cast import AREA, JOINED, RULES, local
from tests.colleagues import ANNA_CHAT, BO_CHAT, at_work
from tests.handlers.couple import code_in
from tests.handlers.home import counted, data
from tests.handlers.post_office import presses
from tests.handlers.test_staff_team import without_links
from tests.handlers.wording import faults, too_long
from tests.qr_reader import read

FOUR = ("sv", "ar", "so", "en")
EVA = 2003
FIGURES = (
    *("poster_opened", "poster_asked", "poster_welcome", "poster_not_ours"),
    *("poster_forgotten", "poster_withdrawn", "poster_by_link", "registered", "joined"),
)


async def hung_up(lotsen, area=AREA) -> str:
    """The code of a poster that a coordinator has made."""
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, area)
    async with lotsen.db.read() as tx:
        number = await areas.find(tx, area)
    eva = lotsen.phone(EVA)
    await eva.press(f"Rm:{number}:show")
    [made] = await eva.tap_data(f"Rm:{number}:new")
    code = code_in(made.text)
    assert read(made.file).endswith(code)
    return code


@pytest.fixture
async def poster(lotsen, office) -> str:
    await at_work(lotsen.db)
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO_CHAT)
    return await hung_up(lotsen)


async def apply(phone, code, language="so", day="yd:psb::20261101"):
    said = await phone.start(code)
    for press in (f"l:{language}", "e:1", day, "c:1"):
        said += await phone.tap_data(press)
    return said


def asked(said):
    return [each for each in said if any("Rz:" in d for d in presses(each).values())]


async def press_letter(office, phone, yes: bool):
    """Answer the letter that has come to this colleague."""
    [letter] = asked(await office.to(phone))
    [found] = [d for d in presses(letter).values() if d.endswith(f":{int(yes)}")]
    return letter, await phone.press(found)


@pytest.mark.parametrize("code", FOUR)
async def test_four_taps_after_start_in_the_parent_s_language(lotsen, poster, code):
    phone, t = lotsen.phone(setting="fi"), lotsen.languages.get(code)
    said = await apply(phone, poster, code)
    assert phone.taps == 5
    assert phone.last.text == poster_texts.waits_for_staff(t).text
    assert faults(without_links(said[1:]), t, lotsen.languages) == []
    assert too_long(said[1:]) == []
    [family] = await lotsen.rows("family")
    assert (family.waits_since, family.eligible, family.label) == (JOINED, True, None)
    [guardian] = await lotsen.rows("guardian")
    assert (guardian.active_since, guardian.asked_name) == (None, None)
    assert await counted(lotsen, *FIGURES) == [
        ("poster_opened", None, None),
        ("poster_asked", None, None),
    ]


async def test_nothing_is_kept_before_the_yes(lotsen, poster):
    lotsen.restarts = True
    phone = lotsen.phone()
    await phone.start(poster)
    for press in ("l:so", "e:1", "yd:psb::20261101"):
        await phone.tap_data(press)
        assert await lotsen.rows("family") == []
    await phone.tap_data("c:0")
    assert phone.last.text == join_texts.consent_no(lotsen.languages.get("so"))
    assert await lotsen.rows("family") == []


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
async def test_whatever_who_waits_does_gets_one_sentence(lotsen, poster, code):
    phone, t = lotsen.phone(), lotsen.languages.get(code)
    await apply(phone, poster, code)
    waits = poster_texts.waits_for_staff(t).text
    for act in (
        phone.write("hello"),
        phone.start(),
        phone.start(poster),
        phone.press("c:1"),
        phone.press("l:en"),
        phone.press("e:0"),
        phone.press("m:plan"),
        phone.press("k:phone:0"),
        phone.send(
            sticker={
                "file_id": "x",
                "file_unique_id": "y",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        ),
    ):
        [said] = await act
        assert said.text == waits
    assert len(await lotsen.rows("family")) == 1
    [danger] = await phone.write(t.traits.emergency[0])
    assert "112" in danger.text


async def test_who_changes_their_mind_leaves_nothing(lotsen, office, poster):
    phone, anna = lotsen.phone(), lotsen.phone(ANNA_CHAT)
    await apply(phone, poster)
    [asker] = await lotsen.rows("guardian")
    await phone.tap_data("Rk")
    assert await lotsen.rows("family") == []
    [late] = await anna.press(f"Rz:{asker.id}:1")
    assert "already" in late.text
    await apply(phone, poster)
    assert len(await lotsen.rows("family")) == 1


async def test_a_personal_link_takes_the_place_of_waiting(lotsen, poster):
    phone = lotsen.phone()
    await apply(phone, poster)
    await phone.join("so", await lotsen.invite())
    [family] = await lotsen.rows("family")
    assert family.waits_since is None
    [guardian] = await lotsen.rows("guardian")
    assert guardian.active_since is not None


async def test_an_unknown_link_while_waiting_changes_nothing(lotsen, poster):
    phone = lotsen.phone()
    await apply(phone, poster)
    await phone.start("nonsense")
    await phone.tap_data("l:so")
    [said] = await phone.write("hello")
    assert said.text == poster_texts.waits_for_staff(lotsen.languages.get("so")).text


async def test_who_has_joined_sees_the_menu_and_staff_their_own(lotsen, poster, amina):
    [said] = await amina.start(poster)
    assert said.text == join_texts.already_in(lotsen.languages.get("so"))
    [said] = await lotsen.phone(ANNA_CHAT).start(poster)
    assert "staff" in said.text
    assert len(await lotsen.rows("family")) == 1


async def test_an_ended_a_renewed_and_a_planned_poster_open_nothing(lotsen, poster):
    async with lotsen.db.read() as tx:
        number = await areas.find(tx, AREA)
    eva, t = lotsen.phone(EVA), lotsen.languages.get("en")

    async def tried(code):
        phone = lotsen.phone()
        await phone.start(code)
        [said] = await phone.tap_data("l:en")
        return said.text

    closed = poster_texts.poster_closed(t)
    assert await tried(poster) == join_texts.ask_eligible(t).text
    [made] = await eva.press(f"Rm:{number}:new")
    second = code_in(made.text)
    assert (await tried(poster), await tried(second)) == (closed, join_texts.ask_eligible(t).text)
    async with lotsen.db.write() as tx:
        await areas.change(tx, number, status="planned")
    assert await tried(second) == closed
    [said] = await eva.press(f"Rm:{number}:show")
    assert "planned or closed" in said.text
    [said] = await eva.press(f"Rm:{number}:new")
    assert "old" in said.text
    async with lotsen.db.write() as tx:
        await areas.change(tx, number, status="running")
    await eva.press(f"Rm:{number}:end")
    assert await tried(second) == closed


async def test_a_poster_that_ends_between_the_questions_keeps_nothing(lotsen, poster):
    async with lotsen.db.read() as tx:
        number = await areas.find(tx, AREA)
    phone = lotsen.phone()
    await phone.start(poster)
    for press in ("l:en", "e:1", "yd:psb::20261101"):
        await phone.tap_data(press)
    await lotsen.phone(EVA).press(f"Rm:{number}:end")
    [said] = await phone.tap_data("c:1")
    assert said.text == poster_texts.poster_closed(lotsen.languages.get("en"))
    assert await lotsen.rows("family") == []


async def test_a_flood_ends_at_thirty_a_day(lotsen, office, poster, monkeypatch):
    from services import posters

    monkeypatch.setattr(posters, "MOST_A_DAY", 2)
    for _ in range(2):
        await apply(lotsen.phone(), poster)
    phone = lotsen.phone()
    await apply(phone, poster, "en")
    assert phone.last.text == poster_texts.many_ask(lotsen.languages.get("en"))
    assert len(await lotsen.rows("family")) == 2
    lotsen.clock.set(JOINED + timedelta(days=1, seconds=1))
    await apply(phone, poster, "en")
    assert len(await lotsen.rows("family")) == 3


@pytest.mark.parametrize("code", FOUR)
async def test_every_question_goes_back_and_is_asked_again(lotsen, poster, code):
    lotsen.restarts = True
    phone, t = lotsen.phone(), lotsen.languages.get(code)
    await phone.start(poster)
    [first] = await phone.tap_data(f"l:{code}")
    [born] = await phone.tap_data("e:0")
    [due] = await phone.tap_data("Rj:1")
    assert faults([due], t, lotsen.languages) == []
    [back] = await phone.tap_data("Rj:0")
    assert back == born
    [again] = await phone.write("2026")
    assert again.text == born.text
    await phone.tap_data("ym:psb")
    [months] = await phone.tap_data("yl:psb")
    assert faults([months], t, lotsen.languages) == []
    [refused] = await phone.press("yd:psb::20300101")
    assert faults([refused], t, lotsen.languages) == []
    [consent] = await phone.press("yd:psd::20270115")
    assert consent.text == join_texts.ask_consent(t).text
    for press in ("e:1", "yd:psb::20261101", "Rj:1"):
        [same] = await phone.press(press)
        assert same.text == consent.text
    [same] = await phone.press("Rb")
    assert same.text == born.text
    [same] = await phone.press("Rb")
    assert same == first
    await phone.press("e:0")
    await phone.press("yd:psd::20270115")
    await phone.press("c:1")
    [child] = await lotsen.rows("child")
    assert (child.born, child.due) == (None, date(2027, 1, 15))


async def test_another_language_goes_through_a_poster_too(lotsen, office, poster):
    phone, anna = lotsen.phone(), lotsen.phone(ANNA_CHAT)
    await phone.start(poster)
    for press in ("lo:0", "ls:ti", "ls:ti:en", "e:1", "yd:psb::20261101", "c:1"):
        await phone.press(press)
    [guardian] = await lotsen.rows("guardian")
    assert (guardian.language, guardian.spoken) == ("en", "ti")
    [waiting] = await anna.press("Rh")
    assert "Tigrinya" in waiting.text
    await anna.tap_data("Rz:")
    assert ("language_missing", None, "ti") in await counted(lotsen, "language_missing")


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


async def test_only_who_runs_the_area_makes_or_ends_its_poster(lotsen, poster):
    async with lotsen.db.read() as tx:
        gardsten, hjallbo = await areas.find(tx, "Gårdsten"), await areas.find(tx, AREA)
    for phone, number in ((lotsen.phone(EVA), gardsten), (lotsen.phone(ANNA_CHAT), hjallbo)):
        for act in ("show", "new", "end"):
            [said] = await phone.press(f"Rm:{number}:{act}")
            assert "old" in said.text
    assert len(await lotsen.rows("poster")) == 1


async def test_only_a_hash_of_the_poster_is_kept(lotsen, poster):
    [row] = await lotsen.rows("poster")
    assert poster not in str(row)
    assert row.code_hash == enrolment.hash_of(poster)
