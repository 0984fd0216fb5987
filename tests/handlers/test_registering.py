"""Staff register a family in under a minute: taps counted, nothing stored before the last (B1)."""

from datetime import date

import pytest

from messaging.staff_texts import invitation
from programme.people import Role
from storage import areas, staff_areas
from tests.cast import AREA, JOINED
from tests.colleagues import ANNA_CHAT, at_work
from tests.handlers.couple import code_in, come
from tests.handlers.home import counted
from tests.handlers.test_staff_team import without_links
from tests.handlers.wording import faults
from tests.qr_reader import read

FOUR = ("sv", "ar", "so", "en")
TODAY = JOINED.date()


@pytest.fixture
async def anna(lotsen, office):
    await at_work(lotsen.db)
    return lotsen.phone(ANNA_CHAT)


async def described(anna, day="yd:rgb", first="Rf:1", language="Rl:so", interpreter="Ri:woman"):
    """The way up to the last question."""
    said = await anna.press("k:menu:0")
    for data in ("Rn", day, first, language, interpreter):
        said += await anna.tap_data(data)
    return said


async def works_also_in(lotsen, *names):
    [row] = await lotsen.rows("staff")
    async with lotsen.db.write() as tx:
        ids = [await areas.find(tx, name) for name in names]
        await staff_areas.add(tx, row.id, ids)
    return ids


@pytest.mark.parametrize("code", FOUR)
@pytest.mark.parametrize("family", FOUR)
async def test_six_taps_give_the_words_the_picture_and_the_link(lotsen, office, code, family):
    await at_work(lotsen.db, language=code)
    anna, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    more = () if family == "sv" else ("Ri:no",)
    asked = await anna.press("k:menu:0")
    for data in ("Rn", "yd:rgb", "Rf:1", f"Rl:{family}", *more):
        asked += await anna.tap_data(data)
    assert await lotsen.rows("family") == []
    said = await anna.tap_data("Rd")
    assert anna.taps <= 6
    registered, *aloud, picture = said
    expected = dict.fromkeys([family, "sv"])
    assert [each.text for each in aloud] == [
        invitation(lotsen.languages.get(each)) for each in expected
    ]
    assert faults(without_links([*asked, registered, picture]), t, lotsen.languages) == []
    link = f"https://t.me/test_bot?start={code_in(picture.text)}"
    assert link in picture.text
    assert read(picture.file) == link
    [row] = await lotsen.rows("family")
    assert (row.eligible, row.protected) == (True, False)
    assert row.spoken is None
    assert await counted(lotsen, "registered") == [("registered", None, None)]


async def test_the_link_lets_a_parent_in_who_is_asked_nothing_that_staff_know(lotsen, anna):
    await described(anna)
    await anna.write("the red door")
    said = await anna.tap_data("Rd")
    amina = lotsen.phone()
    await come(amina, code_in(said[-1].text), "so")
    assert "e:" not in str([data for _, data in amina.last.buttons])
    [row] = await lotsen.rows("family")
    assert (row.spoken, row.interpreter_wish, row.label) == ("so", "woman", "the red door")
    [child] = await lotsen.rows("child")
    assert (child.born, child.due) == (TODAY, None)


async def test_eight_taps_at_most_with_two_areas_and_a_due_date(lotsen, anna):
    await works_also_in(lotsen, "Gårdsten")
    await anna.press("k:menu:0")
    for data in ("Rn", "Ra:", "Re:1", "ym:rgd::202701", "yd:rgd::20270115"):
        await anna.tap_data(data)
    await anna.tap("Ask the parent")
    for data in ("Rl:sv", "Rd"):
        await anna.tap_data(data)
    assert anna.taps == 8
    [child] = await lotsen.rows("child")
    assert (child.born, child.due) == (None, date(2027, 1, 15))
    [row] = await lotsen.rows("family")
    assert row.eligible is None


async def test_another_day_is_found_in_the_calendar(lotsen, anna):
    await anna.press("Rn")
    for data in ("ym:rgb", "ym:rgb::202610", "ym:rgb::202609", "yd:rgb::20260917"):
        await anna.tap_data(data)
    for data in ("Rf:0", "Rl:en", "Ri:any", "Rd"):
        await anna.tap_data(data)
    [child] = await lotsen.rows("child")
    assert child.born == date(2026, 9, 17)
    [row] = await lotsen.rows("family")
    assert (row.eligible, row.spoken, row.interpreter_wish) == (False, "en", "any")


async def test_another_language_is_chosen_and_said_in_easy_words(lotsen, anna):
    await described(anna, language="Rl:other", interpreter="Ro:ti")
    await anna.tap_data("Ri:phone")
    assert "Tigrinya" in anna.last.text
    said = await anna.tap_data("Rd")
    spoken = [invitation(lotsen.languages.get(code)) for code in ("sv", "en")]
    assert [each.text for each in said[1:-1]] == spoken
    [row] = await lotsen.rows("family")
    assert (row.spoken, row.interpreter_wish) == ("ti", "phone")


@pytest.mark.parametrize("code", FOUR)
async def test_protected_identity_means_no_chat_and_says_why(lotsen, office, code):
    await at_work(lotsen.db, language=code)
    anna, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    await described(anna)
    said = await anna.tap_data("Rq:1")
    said += await anna.tap_data("Rd")
    assert faults(said, t, lotsen.languages) == []
    [row] = await lotsen.rows("family")
    assert row.protected
    assert await lotsen.rows("invite") == []
    assert "t.me" not in anna.last.text and anna.last.file is None
    page = await anna.tap_data("kf:")
    assert faults(page, t, lotsen.languages) == []
    assert not [data for _, data in page[0].buttons if data.startswith("Rw")]
    for forged in (f"Rw:{row.id}:birthing", f"Ry:{row.id}"):
        [refused] = await anna.press(forged)
        assert refused.file is None
    assert await lotsen.rows("invite") == []


async def test_protected_identity_can_be_taken_back_before_it_is_registered(lotsen, anna):
    await described(anna)
    await anna.tap_data("Rq:1")
    await anna.tap_data("Rq:0")
    await anna.tap_data("Rd")
    [row] = await lotsen.rows("family")
    assert not row.protected


STEPS = ("Rn", "Ra:", "yd:rgb", "Rf:1", "Rl:other", "Ro:ti", "Ri:woman")


async def test_every_step_goes_back_and_can_be_left(lotsen, anna):
    lotsen.restarts = True
    await works_also_in(lotsen, "Gårdsten")
    for count in range(1, len(STEPS) + 1):
        await anna.press("k:menu:0")
        pages = [(await anna.tap_data(data))[-1] for data in STEPS[:count]]
        for page in reversed(pages[:-1]):
            [before] = await anna.press("Rb")
            assert before == page
        [first] = await anna.press("Rb")
        assert first == pages[0]
        [menu] = await anna.press("Rc")
        assert menu.text == "What would you like to do?"
        [said] = await anna.write("a word")
        assert "cannot read" in said.text
    assert await lotsen.rows("family") == []


async def test_a_restart_between_any_two_steps_changes_nothing(lotsen, anna):
    lotsen.restarts = True
    await described(anna)
    await anna.write("the red door")
    await anna.tap_data("Rd")
    [row] = await lotsen.rows("family")
    assert row.label == "the red door"


async def test_presses_twice_and_out_of_turn_ask_the_open_question_again(lotsen, anna):
    await anna.press("Rn")
    presses = ("Rf:1", "Rd", "Ri:no", "Rq:1", "Ro:ti", "Rp:3", "yd:rgb::20300101", "Ra:1")
    for data in presses:
        [again] = await anna.press(data)
        assert "When was the child born" in again.text
    await anna.tap_data("yd:rgb")
    [again] = await anna.press("yd:rgb::20261101")
    assert "first child" in again.text
    assert await lotsen.rows("family") == []
    await anna.tap_data("Rf:1")
    await anna.tap_data("Rl:sv")
    twice = [anna.press_of("Rd"), anna.press_of("Rd")]
    await lotsen.take(*twice)
    assert len(await lotsen.rows("family")) == 1


@pytest.mark.parametrize(
    ("picked", "kept"),
    [
        ("yd:rgb::20261103", False),  # tomorrow
        ("yd:rgb::20231102", True),  # the oldest
        ("yd:rgb::20231101", False),
        ("yd:rgd::20261012", True),
        ("yd:rgd::20261011", False),
        ("yd:rgd::20270823", True),
        ("yd:rgd::20270824", False),
        ("yd:rgb::20261332", False),
    ],
)
async def test_days_that_no_child_is_born_on_are_refused(lotsen, anna, picked, kept):
    await anna.press("Rn")
    [said] = await anna.press(picked)
    assert ("first child" in said.text) is kept


async def test_a_label_is_cleaned_shortened_and_can_be_written_anew(lotsen, anna):
    await described(anna)
    for written in ("first", "\u202e<b>" + "x" * 60):
        [said] = await anna.write(written)
        assert faults([said], lotsen.languages.get("en"), lotsen.languages) == []
    await anna.tap_data("Rd")
    [row] = await lotsen.rows("family")
    assert row.label == "<b>" + "x" * 37


async def test_what_is_written_earlier_is_not_kept(lotsen, anna):
    await anna.press("Rn")
    [again] = await anna.write("Fatima, Hjällbogatan 1")
    assert "When was the child born" in again.text
    for data in ("yd:rgb", "Rf:1", "Rl:sv", "Rd"):
        await anna.tap_data(data)
    [row] = await lotsen.rows("family")
    assert row.label is None


async def test_a_planned_area_takes_no_families(lotsen, anna):
    async with lotsen.db.write() as tx:
        await areas.change(tx, await areas.find(tx, AREA), status="planned")
    [said] = await anna.press("Rn")
    assert "planned or closed" in said.text
    [said] = await anna.press("Rd")
    assert "old" in said.text


async def test_an_area_that_closes_meanwhile_takes_none_either(lotsen, anna):
    await described(anna)
    async with lotsen.db.write() as tx:
        await areas.change(tx, await areas.find(tx, AREA), status="closed")
    [said] = await anna.tap_data("Rd")
    assert "old" in said.text
    assert await lotsen.rows("family") == []


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR])
async def test_who_meets_no_families_registers_none(lotsen, office, role):
    await at_work(lotsen.db, "Tom", role)
    tom = lotsen.phone(ANNA_CHAT)
    [said] = await tom.press("Rn")
    assert "old" in said.text


async def test_a_parent_s_forged_press_registers_nothing(lotsen, amina):
    before = len(await lotsen.rows("family"))
    for data in ("Rn", "Rd", "Rq:1", "Rg:1:0", "Ry:1", "Rw:1:birthing"):
        await amina.press(data)
    assert len(await lotsen.rows("family")) == before


# --- from the family's page ----------------------------------------------------------------------


@pytest.mark.parametrize("code", FOUR)
async def test_a_second_parent_gets_a_link_with_their_role(lotsen, office, code):
    await at_work(lotsen.db, language=code)
    anna, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    await lotsen.invite()
    [family] = await lotsen.rows("family")
    said = await anna.press(f"kf:{family.id}")
    said += await anna.tap_data(f"Rw:{family.id}:")
    said += await anna.tap_data(f"Rw:{family.id}:other_parent")
    assert faults(without_links(said), t, lotsen.languages) == []
    yusuf = lotsen.phone()
    await come(yusuf, code_in(anna.last.text), "ar")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.role == "other_parent"


@pytest.mark.parametrize("code", FOUR)
async def test_staff_correct_the_one_answer(lotsen, office, code):
    await at_work(lotsen.db, language=code)
    anna, t = lotsen.phone(ANNA_CHAT), lotsen.languages.get(code)
    await lotsen.invite()
    [family] = await lotsen.rows("family")
    said = []
    for answer, kept in ((1, True), (0, False)):
        await anna.press(f"kf:{family.id}")
        said += await anna.tap_data(f"Rg:{family.id}:")
        said += await anna.tap_data(f"Rg:{family.id}:{answer}")
        assert (await lotsen.rows("family"))[0].eligible is kept
    assert faults(said, t, lotsen.languages) == []


async def test_another_area_s_family_gets_no_link_and_no_correction(lotsen, anna):
    await lotsen.invite(area="Gårdsten")
    [family] = await lotsen.rows("family")
    for data in (
        f"Rw:{family.id}:",
        f"Rw:{family.id}:birthing",
        f"Ry:{family.id}",
        f"Rg:{family.id}:1",
    ):
        [said] = await anna.press(data)
        assert "old" in said.text
    assert len(await lotsen.rows("invite")) == 1
    assert family.eligible is None


async def test_after_a_loss_no_link_is_made(lotsen, anna):
    await lotsen.invite()
    [family] = await lotsen.rows("family")
    await anna.press(f"kd:{family.id}:loss")
    assert not [d for _, d in anna.last.buttons if d.startswith("R")]
    [said] = await anna.press(f"Rw:{family.id}:birthing")
    assert said.file is None
    assert len(await lotsen.rows("invite")) == 1
