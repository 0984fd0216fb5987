"""Paper is looked at as a printer would: the pages that a PDF reader draws, and their words."""

import pypdfium2
import pytest

from messaging import cards
from messaging.plain import plain
from tests.qr_reader import Grid, read_squares

LINK = "https://t.me/lotsen_bot?start=AbCdEfGhIjKlMnOpQrStUv"
A4, A6 = (595, 842), (298, 420)  # in points
WHITE = 20  # dots without ink: what comes after them is something else


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def test_a_card_has_a_page_for_each_language_small_enough_for_a_pocket(languages):
    document = opened(cards.card(tuple(languages), LINK))
    assert len(document) == len(languages.codes)
    for page, t in zip(document, languages, strict=True):
        assert tuple(map(round, page.get_size())) == A6
        head = plain(t.gettext("We would like to visit you at home"))
        assert t.rtl or head in words(page)


def test_a_poster_is_one_page_with_all_languages(languages):
    document = opened(cards.poster(languages, LINK))
    assert len(document) == 1
    assert tuple(map(round, document[0].get_size())) == A4
    said = words(document[0])
    for t in languages:
        head = plain(t.gettext("We would like to visit you at home"))
        assert head.split()[0] in said


def squares(page: pypdfium2.PdfPage, at_top: bool) -> Grid:
    """The squares of the code that stands at the top, or at the bottom, with white around it."""
    dark = page.render(scale=6).to_numpy()[:, :, 0] < 128
    rows = [n for n, row in enumerate(dark) if row.any()]
    rows = rows if at_top else rows[::-1]
    end = next(n for n in range(len(rows) - 1) if abs(rows[n + 1] - rows[n]) > WHITE)
    block = dark[slice(*sorted((rows[0], rows[end])))]
    columns = [n for n in range(block.shape[1]) if block[:, n].any()]
    block = block[:, columns[0] : columns[-1] + 1]
    ring = next(n for n, is_dark in enumerate(block[2]) if not is_dark)
    count = round(7 * block.shape[1] / ring)
    middles = [round((n + 0.5) * block.shape[0] / count) for n in range(count)]
    return [[int(block[y, x]) for x in middles] for y in middles]


@pytest.mark.parametrize("paper", ["card", "poster"])
def test_a_phone_reads_the_link_off_the_paper(languages, paper):
    hung = paper == "poster"
    made = cards.poster(languages, LINK) if hung else cards.card(tuple(languages), LINK)
    assert read_squares(squares(opened(made)[0], at_top=hung)) == LINK


def test_arabic_is_read_from_the_right_and_numbers_in_it_from_the_left(languages):
    """A reader of PDFs gives back the order of reading, and where each letter stands."""
    t = languages.get("ar")
    page = opened(cards.card([t], LINK))[0].get_textpage()
    said = page.get_text_range()
    assert "طفلكم 15" in said
    word, number = said.index("طفلكم 15"), said.index("15")
    left = [page.get_charbox(n)[0] for n in (word, word + 4, number, number + 1)]
    assert left[0] > left[1] > left[2]  # the word from the right, the number after it
    assert left[2] < left[3]  # and its own signs from the left


def test_a_letter_names_the_next_visit_and_leaves_room_for_a_hand(languages):
    for t in languages:
        document = opened(cards.letter(t, 3))
        assert len(document) == 1
        if not t.rtl:
            assert "3" in words(document[0])
            assert plain(t.gettext("Call us:")) in words(document[0])


def test_the_guide_has_every_page_none_of_it_cut(languages):
    for t in languages:
        said = " ".join(words(page) for page in opened(cards.booklet(t, t.pages)))
        assert "\ufffd" not in said and "□" not in said
        for page in t.pages:
            assert t.rtl or plain(page.title) in said


def test_the_font_has_every_letter_that_stands_on_paper(languages, caplog):
    """fpdf2 warns of a letter that it cannot draw; it would be an empty box."""
    for t in languages:
        cards.booklet(t, t.pages)
        cards.letter(t, 1)
    cards.poster(languages, LINK)
    assert [each for each in caplog.records if each.name.startswith("fpdf")] == []
