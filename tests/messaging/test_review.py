"""What native readers sign: every text there is, once, beside itself in the other languages."""

import re
from datetime import date

import pypdfium2
import pytest

from messaging import review_paper
from messaging.i18n import LOCALES, read_catalogue
from messaging.review import FAMILIES, Part, Row, name_of
from programme.kinds import Rules
from services.reviewing import review
from services.timeline import imagined_family
from tests.cast import local

BORN = date(2026, 8, 31)
MARKS = re.compile("[\u2066-\u2069]")


@pytest.fixture(scope="module")
def parts(languages):
    family = imagined_family(BORN, "sv", Rules(), visits={3: local("2027-01-05T13:00")})
    return review(family, languages, Rules(), None, whole=True)


def test_a_family_s_messages_stand_first_in_their_order_with_age_and_kind(parts):
    told = parts[0].rows
    assert [row.label for row in told[:2]] == [
        "Fri 2026-09-04 10:00\n4 days\ntip\ngift_book",
        "Sun 2026-09-06 10:00\n6 days\nvisit offer",
    ]
    assert "Mon 2027-01-04 17:00\n4 months\nday before" in [row.label for row in told]
    assert all(len(set(row.texts)) == 4 for row in told)


def test_no_text_lacks_a_box_and_what_was_read_is_not_asked_again(parts, languages):
    swedish = languages.get("sv")
    catalogue = read_catalogue(LOCALES / "sv", swedish.traits)
    shown = "\n".join(row.texts[languages.codes.index("sv")] for part in parts for row in part.rows)
    shown = MARKS.sub("", shown)
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms if message.id else ():
            first = re.split(r"<[^>]*>|\{\w*\}|&\w+;|\n", form)  # values stand in a timeline
            assert max(first, key=len) in shown, message.id
    tip = swedish.gettext("A tip from Lotsen")
    assert not [row for part in parts[1:] for row in part.rows if tip in row.texts]
    pages = [part for part in parts if part.heading in {"The parent guide", "Help for staff"}]
    codes = [{row.label.removesuffix(", 2") for row in part.rows} for part in pages]
    assert codes == [{page.code for page in found} for found in (swedish.pages, swedish.staff_help)]


def test_every_file_of_families_has_its_place_and_stands_before_those_of_staff(parts):
    headings = [part.heading for part in parts[1:-3]]
    found = [re.match(r"(Families|Staff) · (\w+): ", each).groups() for each in headings]
    families = [file for whose, file in found if whose == "Families"]
    assert families == [each for each in FAMILIES if each in families]
    assert found == sorted(found, key=lambda each: each[0] == "Staff")
    assert set(families) < set(FAMILIES) and "staff_texts" not in FAMILIES


def test_no_text_is_higher_than_a_page(parts):
    assert max(len(text) for part in parts for row in part.rows for text in row.texts) < 900


def test_every_plural_form_is_read_with_a_number_that_asks_for_it(parts, languages):
    row = next(
        r for part in parts for r in part.rows if r.texts[-1] == "(0) {n} months\n(1) {n} month"
    )
    arabic = row.texts[languages.codes.index("ar")]
    assert re.findall(r"\((\d+)\)", arabic) == ["0", "1", "2", "3", "11", "100"]


def test_one_letter_makes_another_name():
    names = {name_of([Part("a", (Row("b", (text,)),))]) for text in ("tips", "tipz", "tips ")}
    assert len(names) == 3


def test_the_sheets_have_the_name_and_the_page_s_number_on_each(parts, languages, caplog):
    few = [Part(each.heading, each.rows[:3]) for each in (parts[0], *parts[-2:])]
    document = pypdfium2.PdfDocument(review_paper.sheets(languages, few, "0.1.0"))
    count = len(document)
    for number, page in enumerate(document, 1):
        said = page.get_textpage().get_text_range()
        assert page.get_size()[0] > page.get_size()[1]  # on its side
        assert f"Lotsen 0.1.0 · {name_of(few)}" in said
        assert f"{number} / {count}" in said
        assert all(t.own_name in said for t in languages if not t.rtl)
    assert [each for each in caplog.records if each.name.startswith("fpdf")] == []  # no empty box


def test_arabic_stands_in_its_column_from_the_right(languages):
    row = Row("", tuple("مرحبا" if t.rtl else "word" for t in languages))
    page = pypdfium2.PdfDocument(review_paper.sheets(languages, [Part("p", (row,))], "1"))[0]
    text = page.get_textpage()
    said = text.get_text_range()
    first = said.index("مرحبا")
    left = [text.get_charbox(first + n)[0] for n in (0, 4)]
    assert left[0] > left[1]
    words = [text.get_charbox(each.start())[0] for each in re.finditer("word", said)]
    edges = sorted([*words, left[0]])
    assert edges.index(left[0]) == languages.codes.index("ar")


def test_arabic_speaks_to_nobody_in_the_singular_which_would_be_to_men(languages):
    arabic = languages.get("ar")
    singular = re.compile(
        r"(?<!\w)(?:اضغط|اكتب|اختر|انظر|افتح|احجز|ابحث|اطلب|اسأل|لديك|يمكنك|فضلك|هاتفك|بلغتك)(?!\w)"
    )
    catalogue = read_catalogue(LOCALES / "ar", arabic.traits)
    said = [*(str(each.string) for each in catalogue if each.id)]
    said += [page.text for page in (*arabic.pages, *arabic.staff_help)]
    to_the_child = "أنا هنا، يمكنك أن تثق بي"
    assert [text for text in said if singular.search(text.replace(to_the_child, ""))] == []
