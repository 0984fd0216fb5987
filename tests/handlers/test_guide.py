from datetime import date

import pytest

from messaging import guide_texts, texts
from messaging.callbacks import Loss
from messaging.guide_texts import guide_page
from tests.handlers.home import FOUR, a_parent, data, labels, the_other_parent
from tests.handlers.phone import Shown
from tests.handlers.wording import faults
from tests.rows import rows

SEVEN_MONTHS = date(2026, 3, 25)


def title(t, code):
    return t.page(code).title


def shows(said, t, code):
    """Whether that is the page, in that language."""
    return said.text == guide_page(t, t.page(code)).text


async def everything_kept(lotsen):
    """Every row of every table, as text."""
    async with lotsen.db.read() as tx:
        names = await tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = [await tx.exec_driver_sql(f"SELECT * FROM {name}") for (name,) in names]
        return [str(tuple(row)) for table in found for row in table]


@pytest.mark.parametrize("code", FOUR)
async def test_a_parent_reads_the_guide_page_by_page_in_their_own_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone(setting="fi")
    await phone.join(code)
    await phone.press("m:more")
    await phone.tap(t.gettext("Guide and places"))
    [listed] = await phone.tap(t.gettext("Parent guide"))
    seen = [listed]
    for screen in range(1, 10):
        [listed] = await phone.press(f"G:{screen}")
        seen.append(listed)

    pages = {sent for each in seen for sent in data(each) if sent.startswith("Gp:")}
    assert pages == {f"Gp:{page.code}" for page in t.pages}
    assert all(len(each.buttons) <= 3 for each in seen)
    assert data(seen[-1])[-1] == "m:home"
    read = [said for page in sorted(pages) for said in await phone.press(page)]
    assert all(shows(said, t, page.code) for said, page in zip(read, t.pages, strict=True))
    assert faults(seen, t, lotsen.languages) == []


async def test_pages_for_the_age_of_the_child_come_first(lotsen):
    t = lotsen.languages.get("en")
    phone = lotsen.phone()
    await phone.join("en", await lotsen.invite(SEVEN_MONTHS))

    [listed] = await phone.write("/guide")

    assert labels(listed)[:2] == [title(t, "preschool"), title(t, "teeth")]


async def test_who_expects_a_child_reads_first_why_we_come(lotsen):
    t = lotsen.languages.get("en")
    phone = lotsen.phone()
    await phone.join("en")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-01'")

    [listed] = await phone.write("/guide")

    assert labels(listed)[:2] == [title(t, "why_we_come"), title(t, "who_we_are")]


async def test_a_page_takes_the_place_of_the_list_and_leads_on(lotsen):
    t = lotsen.languages.get("en")
    phone = lotsen.phone()
    await phone.join("en", await lotsen.invite(SEVEN_MONTHS))
    await phone.write("/guide")
    before = len(phone.screen)

    [page] = await phone.tap(title(t, "preschool"))

    assert page.text.startswith(f"<b>{title(t, 'preschool')}</b>\n\n")
    assert "Checked on \u2068Sunday 22 November 2026\u2069." in page.text
    assert labels(page) == [title(t, "teeth"), "Parent guide", "Back"]
    [following] = await phone.tap(title(t, "teeth"))
    assert shows(following, t, "teeth")
    [listed] = await phone.tap("Parent guide")
    assert listed.text == guide_texts.guide(t, t.pages, 0).text
    assert len(phone.screen) == before


@pytest.mark.parametrize("code", FOUR)
async def test_a_page_that_names_the_line_for_women_is_gone_in_ten_minutes_or_at_once(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    [listed] = await phone.write("/guide")

    [safety] = await phone.press("Gp:safety")
    [separated] = await phone.press("Gp:separated")

    assert [shows(safety, t, "safety"), shows(separated, t, "separated")] == [True, True]
    for page in (safety, separated):
        assert "020-50 50 50" in page.text
        assert page.text.endswith(t.gettext("I delete this in 10 minutes."))
        assert labels(page) == [t.gettext("Clear now")]
    assert listed in phone.screen.values()  # it was not replaced, so it does not go with the page
    fading = await lotsen.rows("clearing")
    assert len(fading) == 2


async def test_a_question_that_finds_such_a_page_goes_with_it(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("divorce")
    await phone.write("toothbrush")

    assert len(await lotsen.rows("clearing")) == 2


@pytest.mark.parametrize("sent", ["Gp:no_such_page", "Gp:../../x", "G:99", "G:-1"])
async def test_a_page_that_is_gone_shows_the_first_ones(lotsen, sent):
    phone = lotsen.phone()
    await phone.join("so")
    [listed] = await phone.write("/guide")

    [said] = await phone.press(sent)

    assert said == listed


@pytest.mark.parametrize("sent", ["G:x", "G", "Gp", "Gp:"])
async def test_a_forged_button_of_the_guide_is_answered_politely(lotsen, sent):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.press(sent)

    assert said.buttons
    assert faults([said], lotsen.languages.get("so"), lotsen.languages) == []


async def test_who_has_not_joined_does_not_read_the_guide(lotsen):
    phone = lotsen.phone()
    for said in (*await phone.write("/guide"), *await phone.press("Gp:money")):
        assert [sent for sent in data(said) if not sent.startswith("l")] == []


QUESTIONS = {
    "sv": ("hur söker man till dagis", "preschool"),
    "ar": ("كيف بقدم عالروضه", "preschool"),
    "so": ("canugu wuu oohinayaa habenkii", "crying"),
    "en": ("how do i apply for preschol", "preschool"),
}


@pytest.mark.parametrize("reads", FOUR)
@pytest.mark.parametrize("writes", FOUR)
async def test_a_question_in_any_language_finds_the_page_in_the_reader_s_own(lotsen, reads, writes):
    t, (question, code) = lotsen.languages.get(reads), QUESTIONS[writes]
    phone = lotsen.phone()
    await phone.join(reads)

    said, *switch = await phone.write(question)

    assert shows(said, t, code), said.text
    assert [each.text for each in switch] in (
        [],
        [texts.i_speak(lotsen.languages.get(writes)).text],
    )


async def test_a_father_who_reads_only_arabic_types_and_finds_his_answers(lotsen):
    t = lotsen.languages.get("ar")
    father = lotsen.phone()
    await father.join("ar", await lotsen.invite(SEVEN_MONTHS))

    said = await father.write("how do I apply for preschool")
    assert shows(said[0], t, "preschool")
    assert said[1].text == texts.i_speak(lotsen.languages.get("en")).text
    [said] = await father.write("كيف اقدّم علا الروظة")  # two letters are wrong
    assert shows(said, t, "preschool")
    [said] = await father.write("الطقل بيبكيي طول اليل")  # three
    assert shows(said, t, "crying")
    assert faults([said], t, lotsen.languages) == []


async def test_when_it_is_not_sure_the_titles_are_asked_with_a_person_beside(lotsen):
    t = lotsen.languages.get("en")
    phone = lotsen.phone()
    await phone.join("en")

    [said] = await phone.write("dentist for children cost")

    assert "ask us at the visit, or ask at BVC" in said.text
    assert labels(said)[:2] == [title(t, "preschool"), title(t, "teeth")]
    [page] = await phone.tap(title(t, "teeth"))
    assert shows(page, t, "teeth")


@pytest.mark.parametrize("code", FOUR)
async def test_a_miss_names_people_and_the_menu(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)

    [said] = await phone.write("qwpzzt vbnmkl")

    assert said == Shown(
        texts.not_understood(t).text,
        tuple((b.text, b.data) for r in texts.not_understood(t).rows for b in r),
    )
    assert said.buttons[0] == (t.gettext("Write to your team"), "T:team")
    assert "BVC" in said.text
    assert "1177" in said.text
    assert "112" in said.text


@pytest.mark.parametrize(
    "text",
    [
        "my baby is not breathing and cries",
        "التطعيم وزوجي وضربني بالبيت",
        "vart ringer jag polisen om förskolan",
        "ilmuhu wuu ooyaa, booliiska wac",
    ],
)
async def test_danger_is_answered_before_anything_is_looked_for(lotsen, text):
    phone = lotsen.phone()
    await phone.join("so")

    [said] = await phone.write(text)

    assert said.text.startswith(texts.emergency(lotsen.languages.get("so")))


async def test_nothing_that_is_asked_or_read_is_kept(lotsen, caplog):
    phone, family_id = await a_parent(lotsen)
    other = await the_other_parent(lotsen, family_id)
    seen = len(other.screen)
    before = await everything_kept(lotsen)

    with caplog.at_level(0):
        await phone.write("plantedword toothbrush")
        await phone.press("Gp:not_alone")

    after = [row for row in await everything_kept(lotsen) if row not in before]
    for word in ("plantedword", "toothbrush", "not_alone", "teeth"):
        assert not any(word in row for row in after)
        assert word not in caplog.text
    assert len(other.screen) == seen
    assert all(row.raw is None and row.answer is None for row in await rows(lotsen.db, "inbox"))


async def test_a_question_after_a_loss_finds_no_page(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.press(Loss().pack())

    for said in (*await phone.write("baby cries all night"), *await phone.press("Gp:crying")):
        assert not shows(said, lotsen.languages.get("en"), "crying")
        assert not any(sent.startswith("G") for sent in data(said))
