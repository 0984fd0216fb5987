"""What goes to the region: in Swedish, in plain signs, under the template's own words."""

from datetime import date

from messaging import report_texts, yearly_texts
from messaging.isolates import FSI, MARKS, PDI, clean
from messaging.template import questions
from programme.activities import ActivityKind
from programme.headings import Heading
from programme.periods import Period, month
from programme.yearly import MOST, Figures, blocks
from tests.messaging.yearly_samples import FIGURES


def test_what_the_figures_say_is_swedish_and_stands_under_its_heading(languages):
    sv = languages.get("sv")
    lines = [(Heading.GAINS, "Åtta pappor kom alla fyra gånger.")]
    figures = Figures(
        visits=120,
        both_staff=96,
        joined=(("so", 24), ("ar", 18)),
        series=((ActivityKind.FATHERS, 8),),
    )
    made = {each.heading: each for each in yearly_texts.made(sv, figures, lines)}
    assert made[Heading.PRIORITY].text == (
        "Genomförda utökade hembesök: 120.\n"
        "Föräldrar som gick med i chatten, per språk: somaliska 24 och arabiska 18."
    )
    assert made[Heading.GAINS].text == (
        "Sjuksköterska och föräldrastödjare kom tillsammans till 96 av 120 hembesök.\n"
        "Familjer som kom till alla träffar i en serie: Pappagrupp 8.\n"
        "Åtta pappor kom alla fyra gånger."
    )
    assert made[Heading.ACTIVITIES].text == ""


def test_a_month_within_a_swedish_sentence_begins_small_and_alone_it_begins_large(languages):
    sv, half_year = languages.get("sv"), Period(month(2026, 1), month(2026, 6))
    page = yearly_texts.overview(sv, 2026, [], half_year, date(2027, 1, 15), "")
    assert f"från {FSI}januari 2026{PDI} till {FSI}juni 2026{PDI}" in page.text
    assert clean(report_texts.spanned(sv, half_year)) == "Januari 2026 – juni 2026"


def test_figures_that_are_hidden_say_nothing(languages):
    assert not any(each.text for each in yearly_texts.made(languages.get("sv"), Figures(), []))


def test_all_figures_at_once_fit_and_can_be_pasted_anywhere(languages):
    for block in yearly_texts.made(languages.get("sv"), FIGURES, []):
        assert block.count <= MOST
        assert not MARKS & set(block.text)
        assert not set("<>&{}") & set(block.text)


def test_the_file_has_every_heading_of_the_template_and_what_did_not_fit(languages):
    sv = languages.get("sv")
    made = list(blocks([(Heading.OTHER, "Först. " + "å" * 700)]))
    text = yearly_texts.as_text(sv, 2026, made)
    assert all(words in text for words in questions().values())
    assert text.startswith("Uppföljning av 2026\n")
    assert "Först.\n(6 av 600 tecken)\nDet här fick inte plats:\n" + "å" * 700 in text
