"""Staff write pages of the guide by chat: all languages, a second person, published, kept."""

import pypdfium2
import pytest

from messaging import page_edit_texts as words
from messaging import texts
from messaging.page_faults import MOST_WORDS, Written, written_fault
from programme.people import Role
from tests.colleagues import at_work
from tests.handlers.home import FOUR
from tests.handlers.wording import faults

ANNA, TOM, ADA = 2001, 2002, 2003
NEW = {
    "sv": "Borsta tänderna.\n- morgon\n- kväll\n\nRing {health_line}.",
    "ar": "نظّفوا الأسنان.\n- صباحًا\n- مساءً",
    "so": "Ilkaha caday.",
    "en": "Brush the teeth.",
}


@pytest.fixture
async def anna(lotsen):
    await at_work(lotsen.db, "Anna", Role.NURSE, ANNA)
    return lotsen.phone(ANNA)


@pytest.fixture
async def tom(lotsen):
    await at_work(lotsen.db, "Tom", Role.TRANSLATOR, TOM)
    return lotsen.phone(TOM)


async def write(phone, language, text):
    await phone.press(f"PW:teeth:{language}")
    return await phone.write(text)


async def publish(phone):
    """The button below the page as it is now; who is shown none presses one that is forged."""
    [page] = await phone.press("PP:teeth")
    shown = (data for _, data in page.buttons if data.startswith("PU:"))
    return await phone.press(next(shown, "PU:teeth:forged"))


async def published(writer, reviewer, change=NEW):
    for code in FOUR:
        if code in change:
            await write(writer, code, change[code])
        else:
            await writer.press(f"PR:teeth:{code}")
    await writer.press("PA:teeth:send")
    return await publish(reviewer)


async def teeth(lotsen, code="sv"):
    """The page as a parent reads it in that language."""
    phone = lotsen.phone()
    await phone.join(code)
    [page] = await phone.press("Gp:teeth")
    return page.text


async def test_families_read_a_new_version_only_after_a_second_person_has_looked(lotsen, anna, tom):
    t = lotsen.languages.get("en")
    before = await teeth(lotsen)
    for code in FOUR:
        await write(anna, code, NEW[code])
    await anna.press("PA:teeth:send")
    [own] = await publish(anna)
    assert words.pages_missing(t, ["sv"]) not in own.text
    assert "A second person must look at it." in own.text
    assert await teeth(lotsen) == before

    [seen] = await tom.press("PL:teeth:sv")
    assert "• morgon" in seen.text
    await publish(tom)

    now = await teeth(lotsen)
    assert "• morgon" in now
    assert "\u20661177\u2069" in now
    assert "2 november 2026" in now
    arabic = await teeth(lotsen, "ar")
    assert "صباحًا" in arabic


async def test_publishing_is_refused_until_every_language_is_written_or_confirmed(
    lotsen, anna, tom
):
    t = lotsen.languages.get("en")
    await write(anna, "sv", NEW["sv"])
    await anna.press("PR:teeth:en")
    [refused] = await anna.press("PA:teeth:send")
    assert words.pages_missing(t, ["ar", "so"]) in refused.text
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE edition SET state = 'review' WHERE state = 'draft'")
    [refused] = await publish(tom)
    assert words.pages_missing(t, ["ar", "so"]) in refused.text
    assert await lotsen.rows("edition", what="page", state="published") == []


async def test_words_written_after_the_second_person_looked_are_not_published(lotsen, anna, tom):
    before = await teeth(lotsen)
    for code in FOUR:
        await write(anna, code, NEW[code])
    await anna.press("PA:teeth:send")
    await tom.press("PP:teeth")
    await write(anna, "sv", "Nobody else has read this.")
    await anna.press("PA:teeth:send")
    [refused] = await tom.tap("It is right: publish")
    assert "Somebody else was faster. Please look again." in refused.text
    assert await teeth(lotsen) == before


async def test_a_question_is_answered_with_what_staff_have_published(lotsen, anna, tom):
    await published(anna, tom)
    phone = lotsen.phone()
    await phone.join("sv")
    [said, *_] = await phone.write("när ska jag borsta tänderna")
    assert "• morgon" in said.text


async def test_back_to_an_earlier_version_goes_by_a_second_person(lotsen, anna, tom):
    await published(anna, tom)
    await published(tom, anna, {"sv": "En annan text."})
    assert "En annan text." in await teeth(lotsen)
    [history] = await anna.press("PA:teeth:past")
    assert len(history.buttons) == 3
    await anna.press(history.buttons[1][1])
    assert "En annan text." in await teeth(lotsen)
    await anna.press("PA:teeth:send")
    await publish(tom)
    assert "• morgon" in await teeth(lotsen)


async def test_a_text_that_cannot_be_a_page_is_not_taken_and_can_be_written_again(lotsen, anna):
    t = lotsen.languages.get("en")
    for language, text, fault in (
        ("sv", "Ring 031-365 00 00", Written.NUMBER),
        ("sv", "# Rubrik", Written.UNREADABLE),
        ("sv", "ord " * (MOST_WORDS + 1), Written.LONG),
        ("ar", "BVC تساعد", Written.LINE),
    ):
        said, again = await write(anna, language, text)
        assert said.text == words.pages_fault(t, fault), text
        assert again.text == words.pages_write(t, language).text
    assert await lotsen.rows("edition", what="page") == []
    await anna.write(NEW["ar"])
    assert len(await lotsen.rows("edition", what="page", state="draft")) == 1
    await anna.press("PA:teeth:drop")
    assert await lotsen.rows("edition", what="page", state="draft") == []


def test_every_page_there_is_could_have_been_written_by_chat(languages):
    for t in languages:
        for page in t.pages:
            assert written_fault(page.text, t.rtl) is None, (t.code, page.code)


async def test_who_neither_meets_families_nor_translates_writes_no_pages(lotsen):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA)
    ada, t = lotsen.phone(ADA), lotsen.languages.get("en")
    for pressed in ("PG:0", "PP:teeth", "PL:teeth:sv", "PR:teeth:sv", "PA:teeth:send", "PB:1"):
        [said] = await ada.press(pressed)
        assert said.text == texts.old_button(t), pressed
    assert await lotsen.rows("edition", what="page") == []


@pytest.mark.parametrize(
    "forged", ["PP:dragons", "PL:teeth:xx", "PR:teeth:xx", "PB:999", "PA:teeth:eat"]
)
async def test_a_forged_button_changes_nothing(lotsen, anna, forged):
    [said] = await anna.press(forged)
    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("edition", what="page") == []


@pytest.mark.parametrize("code", FOUR)
async def test_the_pages_for_staff_are_in_their_language(lotsen, code):
    await at_work(lotsen.db, "Carla", Role.COORDINATOR, ADA, language=code)
    carla, t = lotsen.phone(ADA), lotsen.languages.get(code)
    said = []
    for pressed in ("PG:0", "PG:1", "PP:teeth", f"PL:teeth:{code}", f"PR:teeth:{code}"):
        said += await carla.press(pressed)
    said += await carla.press("PA:teeth:send")
    said += await carla.press("PA:teeth:past")
    [how] = await carla.press("PW:teeth:ar")
    assert "&#123;health_line&#125;" in how.text  # what is typed is the same in every language
    assert faults(said, t, lotsen.languages) == []


@pytest.mark.parametrize("code", FOUR)
async def test_the_whole_guide_comes_on_paper_as_it_stands_now(lotsen, anna, tom, code):
    await published(anna, tom)
    [which] = await anna.press("PD:")
    assert len(which.buttons) == len(FOUR) + 1
    [said] = await anna.press(f"PD:{code}")
    document = pypdfium2.PdfDocument(said.file)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    shown = NEW[code].split("\n")[0].split()[0]
    assert (shown in words) is True
