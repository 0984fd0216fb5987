"""My language is not here: noted for the interpreter, counted, and easy words instead."""

import pytest
from babel import Locale

from messaging import join_texts, spoken
from messaging.plain import markup_fault
from services import enrolment
from tests.cast import JOINED, RULES
from tests.handlers.couple import code_in
from tests.handlers.post_office import known_bot, open_office, presses
from tests.handlers.wording import faults
from tests.messaging.reading_marks import isolates_fault

OTHER = "Annat språk / Another language"
MORE = "Fler språk / More languages"
MISSING = "Mitt språk finns inte här / My language is not here"


async def choose(phone, own_name: str, language: str):
    await phone.tap(OTHER)
    while own_name not in dict(phone.last.buttons):
        await phone.tap(MORE)
    await phone.tap(own_name)
    return await phone.tap(language)


def test_every_language_has_a_name_of_its_own():
    names = [spoken.own_name(code) for code in spoken.CODES]

    assert len(set(names)) == len(names) == 20
    assert {"ትግርኛ", "دری", "فارسی", "Shqip"} <= set(names)
    assert all(name.strip() and not name.isdigit() for name in names)
    assert spoken.english_name("prs") == "Dari"
    assert Locale.parse("ti").english_name == spoken.english_name("ti")


async def test_all_languages_are_found_by_paging_each_by_its_own_name(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    [page] = await phone.tap(OTHER)
    found = []
    for _ in range(10):
        labels = [label for label, _ in page.buttons]
        assert MISSING in labels
        assert (isolates_fault(page.text), markup_fault(page.text)) == (None, None)
        found += [each for each in labels if each not in {MORE, MISSING}]
        if MORE not in labels:
            break
        [page] = await phone.tap(MORE)

    assert found == [spoken.own_name(code) for code in spoken.CODES]
    assert page.text == "Vilket språk talar du?\nWhich language do you speak?"


@pytest.mark.parametrize(("language", "code"), [("Svenska", "sv"), ("English", "en")])
async def test_easy_swedish_or_english_is_a_choice_and_the_language_is_kept(lotsen, language, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())

    [consent] = await choose(phone, "ትግርኛ", language)
    said = await phone.tap_data("c:1")
    said += await phone.tap_data("e:1")

    assert consent.text == join_texts.ask_consent(t).text
    assert faults([consent, *said], t, lotsen.languages) == []
    [guardian] = await lotsen.rows("guardian")
    assert (guardian.language, guardian.spoken) == (code, "ti")
    [family] = await lotsen.rows("family")
    assert family.spoken == "ti"
    [counted] = await lotsen.rows("tally", what="language_missing")
    assert counted.detail == "ti"
    [event] = await lotsen.rows("event")
    assert (event.what, event.detail, event.at) == ("phone", "language", JOINED)


async def test_who_reads_the_words_knows_what_happens(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap(OTHER)

    [said] = await phone.tap("ትግርኛ")

    assert said.text.startswith("Jag kan inte skriva på ditt språk än.")
    assert "easy English" in said.text
    assert [label for label, _ in said.buttons] == ["Svenska", "English"]


async def test_a_language_that_is_not_in_the_list_is_counted_too(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await phone.tap(OTHER)
    await phone.tap(MISSING)
    await phone.tap("Svenska")
    await phone.tap_data("c:1")

    [guardian] = await lotsen.rows("guardian")
    assert guardian.spoken == spoken.NOT_LISTED
    assert [row.detail for row in await lotsen.rows("tally", what="language_missing")] == ["mis"]


async def test_nothing_is_kept_or_counted_before_the_yes(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await choose(phone, "ትግርኛ", "Svenska")
    assert await lotsen.rows("tally", what="language_missing") == []
    assert await lotsen.rows("event") == []

    await phone.tap_data("c:0")

    assert await lotsen.rows("tally", what="language_missing") == []
    assert (await lotsen.rows("family"))[0].spoken is None


async def test_who_finds_their_language_after_all_is_not_counted(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())
    await choose(phone, "ትግርኛ", "Svenska")
    await phone.press("l:ar")
    await phone.tap_data("c:1")

    [guardian] = await lotsen.rows("guardian")
    assert (guardian.language, guardian.spoken) == ("ar", None)
    assert await lotsen.rows("tally", what="language_missing") == []


async def test_staff_hear_once_and_what_staff_wrote_stays(lotsen):
    now = lotsen.clock.now()
    async with lotsen.db.write() as tx:
        new = await enrolment.register_family(
            tx, "Hjällbo", JOINED.date(), None, None, now, RULES.zone, spoken="prs"
        )
        second = await enrolment.new_link(tx, new.family_id, now)
    for code, name in ((new.code, "ትግርኛ"), (second, "Türkçe")):
        phone = lotsen.phone()
        await phone.start(code)
        await choose(phone, name, "Svenska")
        await phone.tap_data("c:1")

    assert (await lotsen.rows("family"))[0].spoken == "prs"
    assert [row.spoken for row in await lotsen.rows("guardian")] == ["ti", "tr"]
    assert len(await lotsen.rows("event")) == 1
    counted = await lotsen.rows("tally", what="language_missing")
    assert [row.detail for row in counted] == ["ti", "tr"]


async def test_who_came_by_a_parents_link_is_counted_after_that_parents_yes(lotsen, monkeypatch):
    await known_bot(lotsen)
    office = open_office(lotsen, monkeypatch)
    amina, yusuf = lotsen.phone(), lotsen.phone()
    await amina.join("en")
    [said] = await amina.press("m:other")
    await yusuf.start(code_in(said.text))
    await choose(yusuf, "ትግርኛ", "Svenska")
    await yusuf.tap_data("c:1")
    assert await lotsen.rows("tally", what="language_missing") == []
    assert await lotsen.rows("event") == []

    [question] = await office.to(amina)
    await amina.press(presses(question)["Yes, it is"])

    assert len(await lotsen.rows("tally", what="language_missing")) == 1
    assert [row.detail for row in await lotsen.rows("event")] == ["language"]


async def test_without_a_link_one_is_told_where_to_get_it(lotsen):
    phone = lotsen.phone()
    await phone.write("hello")

    [said] = await choose(phone, "ትግርኛ", "English")

    assert said.text == join_texts.need_link(lotsen.languages.get("en"))


async def test_a_parent_who_has_joined_can_tell_it_later(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/language")

    [said] = await choose(phone, "ትግርኛ", "Svenska")

    assert said.text == join_texts.language_set(lotsen.languages.get("sv"))
    [guardian] = await lotsen.rows("guardian")
    assert (guardian.language, guardian.spoken) == ("sv", "ti")
    assert [row.detail for row in await lotsen.rows("event")] == ["language"]


async def test_a_forged_language_leads_back_to_the_choice(lotsen):
    phone = lotsen.phone()
    await phone.start(await lotsen.invite())

    for data in ("ls:xx:sv", "ls:xx:", "ls:<b>:en", "ls::"):
        [said] = await phone.press(data)
        assert said.text == join_texts.choose_language(lotsen.languages).text
    for page in ("lo:99999", "lo:-7"):
        [said] = await phone.press(page)
        assert said.text == join_texts.other_languages(lotsen.languages).text
    [said] = await phone.press("ls:ti:xx")
    assert said.text == join_texts.easy_language(lotsen.languages, "ti").text

    assert await lotsen.rows("guardian") == []
