"""A slip lies on a kitchen table: it says what the reminder says, and whom to call (B13)."""

import re

import pypdfium2
import pytest

from messaging import slips
from programme.letters import DayBefore
from programme.people import StaffMember
from tests.messaging.samples import NURSE, STOCKHOLM, coming

A5 = (420, 595)  # in points
# A DayBefore for family 4, parent 5, child 6, booking 7; the nurse's surname is Persson.
SAID = {"5", "14", "30", "3", "6"}  # Friday 5 March, 14:30, visit 3 of 6


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


@pytest.mark.parametrize("language", ["sv", "ar", "so", "en"])
def test_a_slip_is_one_page_with_the_visits_facts_and_no_others(languages, language, caplog):
    t = languages.get(language)
    letter = coming(DayBefore, staff=(NURSE, StaffMember(id=2, name="Bo", role=NURSE.role)))
    document = pypdfium2.PdfDocument(slips.sheet(letter, t, STOCKHOLM))
    assert len(document) == 1
    assert tuple(map(round, document[0].get_size())) == A5
    said = words(document[0])
    assert set(re.findall(r"\d+", said)) == SAID
    assert "Åke" in said and "Persson" not in said
    if not t.rtl:
        on_paper = re.sub("[\u2066-\u2069]", "", slips.text(letter, t, STOCKHOLM))
        assert said == " ".join(on_paper.split())
    hidden = document.get_metadata_dict()
    assert (hidden["Title"], hidden["Author"], hidden["Subject"]) == ("Lotsen", "", "")
    assert hidden["CreationDate"].startswith("D:20260101")
    assert [each for each in caplog.records if each.name.startswith("fpdf")] == []  # no empty box


def test_an_arabic_slip_is_read_from_the_right_and_its_hour_from_the_left(languages):
    page = pypdfium2.PdfDocument(slips.sheet(coming(DayBefore), languages.get("ar"), STOCKHOLM))[0]
    text = page.get_textpage()
    said = text.get_text_range()
    word, hour = said.index("الساعة"), said.index("14:30")
    left = [text.get_charbox(n)[0] for n in (word, word + 3, hour, hour + 4)]
    assert left[0] > left[1] > left[2]  # the word from the right, the hour after it
    assert left[2] < left[3]  # and its own signs from the left
