"""A public link per area: three questions, one yes; nothing is revealed (B2)."""

import asyncio
from datetime import date, timedelta

import pytest

from messaging import join_texts, poster_texts
from services import enrolment, papers
from storage import areas, memory
from tests.cast import AREA, JOINED
from tests.colleagues import ANNA_CHAT
from tests.handlers.couple import code_in
from tests.handlers.hanging import EVA, FIGURES, FOUR, apply, staffed
from tests.handlers.home import counted
from tests.handlers.test_staff_team import without_links
from tests.handlers.wording import faults, too_long


@pytest.fixture
async def poster(lotsen, office) -> str:
    return await staffed(lotsen)


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
    made, *_paper = await eva.press(f"Rm:{number}:new")
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


async def test_only_who_runs_the_area_makes_or_ends_its_poster(lotsen, poster):
    async with lotsen.db.read() as tx:
        gardsten, hjallbo = await areas.find(tx, "Gårdsten"), await areas.find(tx, AREA)
    for phone, number in ((lotsen.phone(EVA), gardsten), (lotsen.phone(ANNA_CHAT), hjallbo)):
        for act in ("show", "new", "end"):
            [said] = await phone.press(f"Rm:{number}:{act}")
            assert "old" in said.text
    assert len(await lotsen.rows("poster")) == 1


async def test_the_poster_comes_as_a_picture_and_as_paper(lotsen, poster):
    async with lotsen.db.read() as tx:
        hjallbo = await areas.find(tx, AREA)
    picture, hang, hand = await lotsen.phone(EVA).press(f"Rm:{hjallbo}:new")
    assert picture.file.startswith(b"\x89PNG")
    for paper in (hang, hand):
        assert paper.file.startswith(b"%PDF")
        assert faults([paper], lotsen.languages.get("en"), lotsen.languages) == []


async def test_while_its_paper_is_made_nobody_has_to_wait(lotsen, poster, monkeypatch):
    """SQLite has one place for writing: whoever makes paper in it keeps all others out."""
    wrote = []

    async def slow(*_asked):
        async with asyncio.timeout(30), lotsen.db.write() as tx:
            wrote.append(await memory.recall(tx, memory.BOT_NAME))
        return b"%PDF"

    monkeypatch.setattr(papers, "poster", slow)
    async with lotsen.db.read() as tx:
        hjallbo = await areas.find(tx, AREA)
    made, hang, _hand = await lotsen.phone(EVA).press(f"Rm:{hjallbo}:new")
    assert len(wrote) == 1
    assert hang.file == b"%PDF"
    assert await lotsen.rows("poster", code_hash=enrolment.hash_of(code_in(made.text)))


async def test_only_a_hash_of_the_poster_is_kept(lotsen, poster):
    [row] = await lotsen.rows("poster")
    assert poster not in str(row)
    assert row.code_hash == enrolment.hash_of(poster)
