"""A coordinator writes what families can come to: by buttons, in four languages, and opens it."""

import pytest

from programme.activities import ActivityState, ForWhom, Interpreter, SigningUp
from programme.people import Role
from tests.cast import local
from tests.colleagues import at_work
from tests.handlers.by_buttons import (
    ANNA,
    BO,
    CARLA,
    DANA,
    activity,
    occasions,
    ready,
    series,
    words,
)
from tests.handlers.home import FOUR, data, labels
from tests.handlers.phone import Lotsen
from tests.handlers.wording import faults


async def test_a_fathers_group_is_written_and_opened_by_buttons_alone(lotsen, carla, place):
    await carla.press("k:menu:0")
    await carla.tap("Notices and activities")
    await carla.tap("Activities")
    await carla.tap("New activity")
    [draft] = await carla.tap("Group for fathers")
    assert "Before you can open it, it needs:" in draft.text
    assert "Open it for families" not in labels(draft)
    await words(carla)
    await carla.press("Ae:1")
    await carla.tap("Change facts")
    await carla.tap("Place")
    await carla.tap("Place \u2068Boklada\u2069")
    for label, taps in (
        ("Languages spoken", ("Swedish", "Arabic")),
        ("Interpreter", ("A man comes as interpreter", "Somali")),
        ("Child's age", ("Age: \u20682 months\u2069", "Age: \u20681 year and 6 months\u2069")),
        ("Child care: no", ()),
        ("Free: not said", ()),
        ("Number of places", ("10",)),
    ):
        await carla.press("Aa:1:edit")
        await carla.tap(label)
        for tap in taps:
            await carla.tap(tap)
    await series(carla)
    [planned] = await carla.tap("4")
    assert "\u20664\u2069 times are planned." in planned.text
    [page] = await carla.press("Ae:1")
    assert "Before you can open it" not in page.text
    [opened] = await carla.tap("Open it for families")
    assert opened.data("Tell families about it") == "Nb:1"
    found = await activity(lotsen)
    assert found.state is ActivityState.OPEN
    assert (found.venue.id, found.spoken, found.interpreted) == (place, ("sv", "ar"), ("so",))
    assert (found.interpreter, found.for_whom) == (Interpreter.MAN, ForWhom.FATHERS)
    assert (found.months_from, found.months_to) == (2, 18)
    assert (found.childcare, found.free, found.signing_up) == (True, True, SigningUp.ONCE)
    assert [row.capacity for row in await lotsen.rows("seats")] == [10]
    assert [each.starts_at for each in await occasions(lotsen)] == [
        local(f"2026-{day}T17:30") for day in ("11-10", "11-17", "11-24", "12-01")
    ]


async def test_opening_is_refused_while_anything_is_missing(lotsen, carla, place):
    await ready(carla, place)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE wording SET title = '' WHERE language = 'so'")
    [page] = await carla.press("Aa:1:open")
    assert "It cannot be opened yet." in page.text
    assert "Words in: \u2068Somali\u2069." in page.text
    assert (await activity(lotsen)).state is ActivityState.DRAFT
    await carla.press("Ay:1:so")
    await carla.write("Aabbayaal")
    await carla.press("Aa:1:open")
    assert (await activity(lotsen)).state is ActivityState.OPEN


async def test_what_is_open_keeps_a_place_and_a_language(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    [kept] = await carla.press("As:1:p:")
    assert "so it needs a place or a link" in kept.text
    await carla.press("As:1:s:sv")
    found = await activity(lotsen)
    assert (found.venue.id, found.spoken) == (place, ("sv",))


async def test_a_link_must_be_https_and_whole(lotsen, carla):
    await carla.press("Ak:other")
    for wrong in (
        "http://example.org",
        "https://",
        "javascript:alert(1)",
        "https://user:pw@example.org",
        "https://example.org/a b",
        "https://[",
        "example.org",
        "https://example.org/" + "x" * 300,
    ):
        await carla.press("Aa:1:link")
        [again] = await carla.write(wrong)
        assert "That is not an address I can use." in again.text, wrong
    await carla.write("https://example.org/möte?a=1")
    assert (await activity(lotsen)).link == "https://example.org/möte?a=1"
    await carla.press("Aa:1:link0")
    assert (await activity(lotsen)).link is None


async def test_words_that_are_too_long_or_from_the_wrong_side_are_asked_for_again(lotsen, carla):
    await carla.press("Ak:other")
    await carla.press("Ay:1:sv")
    for text, said in (
        ("x" * 81, "The title, in the first line, is too long"),
        ("😀" * 41, "The title, in the first line, is too long"),
        ("A\n" + "x" * 901, "The text is too long"),
        ("\u2067\n \u200f", "There must be a title at least."),
    ):
        [again] = await carla.write(text)
        assert said in again.text
    await carla.write("Sång & lek <3\nVi sjunger {tillsammans}.")
    kept = (await activity(lotsen)).words["sv"]
    assert (kept.title, kept.body) == ("Sång & lek <3", "Vi sjunger {tillsammans}.")
    await carla.press("Ay:1:ar")
    [again] = await carla.write("Boklada يوم الثلاثاء")
    assert "must begin with a letter of that language" in again.text


async def test_a_picture_is_kept_by_its_number_and_nothing_else_is_taken(lotsen, carla):
    await carla.press("Ak:other")
    await carla.press("Aa:1:pic")
    [again] = await carla.send(document={"file_id": "d", "file_unique_id": "u"})
    assert "That is not a photo." in again.text
    sizes = [
        {"file_id": f, "file_unique_id": f, "width": 90, "height": 90} for f in ("small", "large")
    ]
    await carla.send(photo=sizes)
    assert (await activity(lotsen)).picture == "large"
    await carla.press("Aa:1:pic0")
    assert (await activity(lotsen)).picture is None


async def test_how_one_signs_up_is_fixed_once_somebody_has(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("As:1:u:each")
    assert len(await lotsen.rows("seats")) == 4
    await carla.press("As:1:u:once")
    assert [row.occasion_id for row in await lotsen.rows("seats")] == [None]
    await carla.press("As:1:c:4")
    await somebody_signs_up(lotsen)
    [refused] = await carla.press("As:1:u:drop_in")
    assert "People have signed up already." in refused.text
    assert (await activity(lotsen)).signing_up is SigningUp.ONCE


async def somebody_signs_up(lotsen: Lotsen, people: int = 6) -> None:
    parent = lotsen.phone()
    await parent.join("en")
    [guardian] = await lotsen.rows("guardian", chat_id=parent.id)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql(f"UPDATE seats SET capacity = 12, taken = {people}")
        await tx.exec_driver_sql(
            "INSERT INTO signup (seats_id, family_id, guardian_id, adults, children, state,"
            f" asked_at, changed_at) SELECT id, {guardian.family_id}, {guardian.id}, 1,"
            f" {people - 1}, 'in', '2026-11-02 08:00:00', '2026-11-02 08:00:00' FROM seats"
        )


async def test_fewer_places_than_people_are_refused_in_a_clear_sentence(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    await somebody_signs_up(lotsen)
    [refused] = await carla.press("As:1:c:5")
    assert (
        "\u20666\u2069 people have a place already. There cannot be only \u20665\u2069 places."
        in refused.text
    )
    assert [row.capacity for row in await lotsen.rows("seats")] == [12]
    [page] = await carla.press("Ae:1")
    assert "\u20666\u2069 of \u206612\u2069 places are taken." in page.text


async def test_translators_are_asked_for_what_is_missing(lotsen, carla, place):
    await at_work(lotsen.db, "Tom", Role.TRANSLATOR, 2031)
    await carla.press("Ak:other")
    [nothing] = await carla.press("Aq:1")
    assert "Nothing is missing." in nothing.text
    await carla.press("Ay:1:sv")
    await carla.write("Sång")
    [asked] = await carla.tap("Ask the translators for the rest")
    assert "\u2068Arabic\u2069: the translators are asked" in asked.text
    states = {row.language: row.state for row in await lotsen.rows("wording")}
    assert states == {"sv": "approved", "ar": "wanted", "so": "wanted", "en": "wanted"}
    await carla.press("Ay:1:ar")
    await carla.write("غناء")
    assert {row.language: row.state for row in await lotsen.rows("wording")}["ar"] == "approved"


async def test_a_parent_supporter_writes_too_a_nurse_only_looks(lotsen, carla, place):
    await ready(carla, place)
    await carla.press("Aa:1:open")
    await at_work(lotsen.db, "Bo", Role.PARENT_SUPPORTER, BO)
    await at_work(lotsen.db, "Anna", Role.NURSE, ANNA)
    bo, anna = lotsen.phone(BO), lotsen.phone(ANNA)
    await bo.press("Aa:1:care")
    assert (await activity(lotsen)).childcare
    [listed] = await anna.press("Al:0")
    assert "New activity" not in labels(listed)
    [page] = await anna.press("Ae:1")
    assert "Change facts" not in labels(page)
    for forged in ("Ak:other", "Aa:1:care", "As:1:w:mothers", "Ax:1:off2", "Aa:1:off2"):
        await anna.press(forged)
    found = await activity(lotsen)
    assert (found.childcare, found.for_whom) == (True, ForWhom.FATHERS)
    assert found.state is ActivityState.OPEN
    assert len(await lotsen.rows("activity")) == 1


async def test_another_areas_staff_and_parents_reach_nothing(lotsen, carla, place):
    await ready(carla, place)
    await at_work(lotsen.db, "Dana", Role.COORDINATOR, DANA, area="Tynnered")
    dana = lotsen.phone(DANA)
    parent = lotsen.phone()
    await parent.join("en")
    before = await activity(lotsen), await occasions(lotsen)
    for forged in (
        *("Ae:1", "Aa:1:edit", "Aa:1:open", "Aa:1:off2", "As:1:w:mothers", "Ay:1:sv", "Aq:1"),
        *("Ao:1", "Ax:1:off2", "Ax:1:move", "At:1:0", "Az:1:20261101:20271101", "Ac:1:20261110"),
        *("yt:ame:1.600:20261120:1200", "yt:ane:1.0.600:20261120:1200", "Ac:1:20261110:600:60:4"),
    ):
        for phone in (dana, parent):
            said = await phone.press(forged)
            assert not any("Pappagrupp" in each.text for each in said), forged
    assert (await activity(lotsen), await occasions(lotsen)) == before


@pytest.mark.parametrize(
    "forged",
    [
        *("As:1:p:999", "As:1:p:x", "As:1:s:xx", "As:1:i:nobody", "As:1:w:", "As:1:c:0"),
        *("As:1:c:-1", "As:1:y:1", "As:1:o:3", "As:1:a:99", "As:1:u:never", "Ay:1:xx", "As:1:z:1"),
        *("Ac:1:20261110:5000:60:4", "Ac:1:20261110:600:60:99", "Ac:1:20261110:600:-5:4"),
        *("yt:ane:1.9.600:20261120:1200", "yt:ane:1:20261120:1200", "yd:anl:1.x:20261120"),
        *("yt:ane:1.0.99999:20261120:1200", "yd:anl:1.99999999.600.90:20261120", "Aw:7:0"),
        *("yd:acl:1.20269999:20261120", "Ae:999", "Ao:999", "Aa:999:open", "Ax:999:off2"),
        *("yt:ant:1.0:20261120:0300", "yt:ane:1.0.600:20261120:0900", "yd:anf:1.0:20200101"),
    ],
)
async def test_a_forged_button_changes_nothing_and_is_answered(lotsen, carla, place, forged):
    await ready(carla, place)
    before = await activity(lotsen), await occasions(lotsen), await lotsen.rows("seats")
    said = await carla.press(forged)
    assert said
    after = await activity(lotsen), await occasions(lotsen), await lotsen.rows("seats")
    assert (after[0].venue, after[1], after[2]) == (before[0].venue, before[1], before[2])
    assert after[0].spoken == before[0].spoken
    assert after[0].months_to is None or after[0].months_to == before[0].months_to


@pytest.mark.parametrize("code", FOUR)
async def test_every_page_is_in_the_readers_language(lotsen, place, code):
    t = lotsen.languages.get(code)
    await at_work(lotsen.db, "Carla", Role.COORDINATOR, CARLA, language=code)
    carla = lotsen.phone(CARLA)
    said = await carla.press("Aj")
    await ready(carla, place)
    async with lotsen.db.write() as tx:  # what staff have written is no word of Lotsen's
        await tx.exec_driver_sql(
            "UPDATE wording SET title = CASE language WHEN 'ar' THEN 'أ' ELSE '5' END, body = ''"
        )
        await tx.exec_driver_sql("UPDATE edition SET body = replace(body, 'Boklada', '5')")
    acts = ("edit", "words", "place", "link", "spoken", "interp", "whom", "age", "sign", "seats")
    for press in (
        *("Al:0", "Ae:1", "At:1:0", "Ao:1", "Aw:0:0", "Aw:1:0", "Ay:1:ar", "Ax:1:off", "Ax:1:move"),
        *(f"Aa:1:{act}" for act in (*acts, "pic", "areas", "open", "check", "offd", "off")),
        *("As:1:y:2", "As:1:i:man", "Ap:1:weekly", "yd:acl:1.20261101:20261231"),
        *("Aw:1:0", "Ax:1:off2", "Ao:1", "Aa:1:off2", "Ae:1"),
    ):
        said += await carla.press(press)
    own = {name for each in said for name, sent in each.buttons if sent.startswith("As:1:a:")}
    shown = [each for each in said if not own & set(labels(each))]
    assert faults(shown, t, lotsen.languages) == []
    assert all(len(sent.encode()) <= 64 for each in said for sent in data(each))
