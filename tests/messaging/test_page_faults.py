import shutil

import pytest

from messaging.guide import FOLDER
from messaging.i18n import LOCALES
from messaging.page_faults import MOST_WORDS, faults
from messaging.readability import lix


@pytest.fixture
def folder(tmp_path):
    """A copy of three languages, to plant faults in."""
    for code in ("sv", "ar", "en"):
        shutil.copytree(LOCALES / code, tmp_path / code)
    return tmp_path


def plant(folder, place, old, new):
    file = folder / place.replace("/", f"/{FOLDER}/")
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_our_pages_have_no_fault():
    assert list(faults()) == []


def test_sound_pages_have_no_fault(folder):
    assert list(faults(folder)) == []


@pytest.mark.parametrize(
    ("place", "old", "new", "says"),
    [
        ("ar/teeth.md", "\nنظّفوها", "\nBVC نظّفوها", "ar: guide/teeth.md: line 2 begins with"),
        ("ar/teeth.md", "\nنظّفوها", "\n7 نظّفوها", "ar: guide/teeth.md: line 2 begins with"),
        ("ar/teeth.md", 'title = "', 'title = "1 ', "ar: guide/teeth.md: line 1 begins with '"),
        ("sv/safety.md", "{women_line}", "{woman_line}", "unknown placeholder {woman_line}"),
        ("sv/safety.md", "{women_line}", "020", "placeholders ['children_line', 'emergency'"),
        ("sv/safety.md", "{women_line}", "020-50 50 51", "a number typed by hand, 020-50 50 51"),
        ("sv/money.md", "Det är gratis.", "Det ger 1250 kr.", "a number typed by hand, 1250"),
        ("sv/preschool.md", "https://", "http://", "a link that is not https: http://goteborg.se"),
        ("sv/teeth.md", 'title = "Tänder"\n', "", "sv: guide/teeth.md: no field 'title'"),
        ("sv/teeth.md", 'title = "Tänder"', 'title = ""', "the field title is empty"),
        ("sv/teeth.md", 'title = "Tänder"', f'title = "{"Tand" * 11}"', "the title is longer"),
        ("sv/teeth.md", "sources = [", 'sources = ["Z9", ', "unknown source rows: Z9"),
        ("sv/teeth.md", '"K20"', '"K22"', "other sources than in the source language"),
        ("sv/teeth.md", "words = [", "old_words = [", "unknown fields: old_words"),
        ("sv/teeth.md", "ages = [5, 14]", "ages = [5, 24]", "ages [5, 24] instead of [5, 14]"),
        ("sv/teeth.md", "ages = [5, 14]", "ages = [14, 5]", "ages [14, 5] end before they begin"),
        ("sv/teeth.md", "2026-11-22", '"2026"', "checked_on is no date"),
        ("sv/teeth.md", "Hjälp barnet.", "Hjälp barnet. " * 40, "words, at most"),
        ("sv/teeth.md", "Hjälp barnet.", f"{'Hjälp' * 900}.", "longer than 4096 signs"),
        ("sv/teeth.md", "Hjälp barnet.", "Hjälp\u200f barnet.", "it holds a direction mark"),
        ("sv/teeth.md", "Hjälp barnet.", "\n\n# Hjälp", "Markdown that is not for Telegram"),
        (
            "sv/teeth.md",
            "Hjälp barnet.",
            "Tandborstning rekommenderas genomgående kontinuerligt morgnar respektive kvällar " * 2,
            "hard to read: LIX",
        ),
    ],
)
def test_a_planted_fault_is_found(folder, place, old, new, says):
    plant(folder, place, old, new)
    found = list(faults(folder))
    assert any(says in line for line in found), found


def test_a_missing_page_is_found_in_the_language_that_lacks_it(folder):
    (folder / "ar" / FOLDER / "teeth.md").unlink()
    assert list(faults(folder)) == ["ar: guide/teeth.md is missing or cannot be read"]


def test_a_language_without_a_guide_lacks_every_page(folder):
    shutil.rmtree(folder / "ar" / FOLDER)
    found = list(faults(folder))
    assert len(found) == 20
    assert all(line.startswith("ar: guide/") and "missing" in line for line in found)


def test_without_the_facts_it_says_that_sources_cannot_be_checked(folder, monkeypatch):
    monkeypatch.setitem(faults.__globals__, "FACTS", folder / "domain.md")
    assert list(faults(folder)) == ["domain.md is missing: what pages rest on cannot be checked"]


def test_our_check_reads_the_guide(folder):
    from messaging import checks

    plant(folder, "sv/teeth.md", '"K20"', '"Z1"')
    assert any("unknown source rows: Z1" in line for line in checks.faults(folder))


def test_every_swedish_page_is_easy_to_read(languages):
    for page in languages.get("sv").pages:
        assert lix(page.text) <= 30, page.code
    assert languages.get("sv").traits.most_lix == 30


def test_no_page_is_longer_than_a_screen_and_a_half(languages):
    assert MOST_WORDS <= 95
    for t in languages:
        for page in t.pages:
            assert len(page.text.split()) <= MOST_WORDS, (t.code, page.code)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("", 0),
        ("Jag bor här. Du bor där.", 3),
        ("Jag bor här\nDu bor där", 3),
        # 4 words in a sentence, one of them long: 4 + 100/4
        ("Jag läser barnböcker gärna.", 29),
    ],
)
def test_lix_is_words_per_sentence_and_long_words_per_hundred(text, score):
    assert lix(text) == score
