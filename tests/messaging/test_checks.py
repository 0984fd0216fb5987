import shutil
from functools import cache

import pytest

from messaging import catalogues, checks, help_faults
from messaging.catalogues import updated, write
from messaging.checks import faults
from messaging.i18n import CATALOGUE, LOCALES
from messaging.language import read_traits
from messaging.plain import markup_fault, plain, utf16_units
from messaging.text_faults import Form, faults_of

# The code is the same for all tests here; reading it took longer than what is tested.
extract = cache(catalogues.extract)


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    monkeypatch.setattr(checks, "extract", extract)


@pytest.fixture
def folder(tmp_path):
    """A copy of two languages, to plant faults in."""
    for code in ("ar", "so"):
        shutil.copytree(LOCALES / code, tmp_path / code)
    return tmp_path


def plant(folder, code, old, new):
    file = folder / code / CATALOGUE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_our_languages_have_no_fault():
    assert faults() == []


def test_two_sound_languages_have_no_fault(folder):
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("code", "old", "new", "says"),
    [
        ("so", 'msgstr "Caawimo"', 'msgstr ""', "so: missing: 'Help'"),
        ("so", 'msgid "Help"', 'msgid "Held"', "so: missing: 'Help'"),
        ("so", 'msgid "Help"', 'msgid "Held"', "so: obsolete: 'Held'"),
        ("so", 'msgid "Help"', '#, fuzzy\nmsgid "Help"', "so: fuzzy: 'Help'"),
        ("so", '"Goobta: {place}."', '"Goobta: {goob}."', "so: placeholders {goob} instead"),
        ("so", '"Goobta: {place}."', '"Goobta: {place!r}."', "so: braces"),
        ("so", '"Goobta: {place}."', '"Goobta: {place:>9}."', "so: braces"),
        ("so", '"Goobta: {place}."', '"Goobta: {place"', "so: braces"),
        ("so", '"Goobta: {place}."', '"<b>Goobta: {place}."', "so: Telegram cannot read it: an"),
        ("so", '"Goobta: {place}."', '"Goobta & {place}."', "so: Telegram cannot read it: a"),
        ("so", '"Goobta: {place}."', '"\u200fGoobta: {place}."', "so: it holds a direction mark"),
        ("so", '"Caawimo"', f'"{"Caawimo" * 600}"', "so: longer than 4096 signs"),
        ("so", '"Caawimo"', f'"{"Caawimo" * 60}"', "so: a command's description is longer"),
        ("ar", '"المكان: {place}."', '"{place} :المكان"', "ar: line 1 begins with '{'"),
        ("ar", '"المكان: {place}."', '"<b>BVC</b> المكان: {place}."', "ar: line 1 begins with 'B'"),
        ("ar", 'msgstr[5] "{n} شهر"', "", "ar: missing: '{n} month'"),
        ("ar", '[4] "{n} شهرًا"', '[4] "شهرًا"', "ar: placeholders none instead of {n}"),
        ("ar", "nplurals=6", "nplurals=3", "ar: "),
        ("ar", "n%100>=11 ? 4", "n%100>=12 ? 4", "ar: Plural-Forms"),
        ("so", "plural=(n != 1)", "plural=(x != 1)", "so: Plural-Forms"),
        ("so", 'msgid_plural "{n} years"\n', "", "so: "),
        ("so", 'msgid "Help"', 'msgod "Help"', "so: LC_MESSAGES"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(tmp_path, code, old, new, says):
    shutil.copytree(LOCALES / code, tmp_path / code)
    plant(tmp_path, code, old, new)
    found = faults(tmp_path)
    assert any(line.startswith(says) for line in found), found


@pytest.mark.parametrize("name", ["language.toml", "LC_MESSAGES/lotsen.po"])
def test_a_language_without_a_file_is_one_fault(folder, name):
    (folder / "so" / name).unlink()
    assert faults(folder) == [f"so: {name} is missing"]


def test_an_obsolete_entry_is_found(folder):
    file = folder / "so" / CATALOGUE
    file.write_text(file.read_text("utf-8") + '\n#~ msgid "Gone"\n#~ msgstr "Tegay"\n', "utf-8")
    assert faults(folder) == ["so: obsolete: 'Gone'"]


def test_a_tip_without_words_is_found(monkeypatch):
    monkeypatch.delitem(faults.__globals__["TIP_TEXTS"], "bokstart")
    monkeypatch.setitem(faults.__globals__["STRENGTH_TEXTS"], "flying", "Fly.")
    found = faults()
    assert "the tip 'bokstart' has no text" in found
    assert "a text for the idea 'flying', which is not planned" in found


def test_the_dual_may_go_without_its_digit():
    form = Form(english="{n} months", words="شهران", one_number=True)
    assert list(faults_of(form, rtl=True)) == []
    assert list(faults_of(Form(english="{n} months", words="شهران"), rtl=True))


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
def test_a_catalogue_is_what_the_code_makes_of_it(code):
    """If this fails: python -m messaging.catalogues, and translate what came in."""
    folder = LOCALES / code
    text = updated(folder, read_traits(folder), extract())
    assert text == (folder / CATALOGUE).read_text("utf-8")


def test_a_new_language_gets_an_empty_catalogue_with_its_own_plural_forms(folder):
    (folder / "ar" / CATALOGUE).unlink()
    text = updated(folder / "ar", read_traits(folder / "ar"), extract())
    assert 'msgstr[5] ""' in text
    assert "POT-Creation-Date" not in text
    (folder / "ar" / CATALOGUE).write_text(text, "utf-8")
    assert all(line.startswith("ar: missing") for line in faults(folder))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<b>Hi</b> &amp; bye", None),
        ("<a href='x'>Hi</a>", None),
        ("1 < 2", "a bare <"),
        ("<div>Hi</div>", "the tag div"),
        ("<b>Hi</i>", "a closing i too many"),
        ("Hi</b>", "a closing b too many"),
        ("<a href='{link}'>Hi</a>", "a value inside the tag a"),
    ],
)
def test_the_html_that_telegram_refuses_is_known(text, fault):
    assert markup_fault(text) == fault


def test_plain_text_has_no_html_left():
    assert plain("<b>Fish</b> &amp; &lt;chips&gt;") == "Fish & <chips>"
    assert utf16_units("<b>\U0001f41f</b>") == 2


def test_a_new_text_comes_in_empty_although_english_took_it_first(tmp_path):
    for code in ("en", "so"):
        shutil.copytree(LOCALES / code, tmp_path / code)
        (tmp_path / code / CATALOGUE).unlink()
    list(write(tmp_path))
    assert {line.split(":")[1] for line in faults(tmp_path)} == {" missing"}


def test_what_is_wrong_with_the_help_for_staff_is_named(tmp_path):
    there = shutil.copytree(LOCALES, tmp_path / "locales")
    (there / "so" / "staff" / "visit_3.md").unlink()
    (there / "ar" / "staff" / "learning.md").write_text("no fields", "utf-8")
    page = there / "sv" / "staff" / "visit_1.md"
    page.write_text(page.read_text("utf-8").replace('"V1"', '"V99"'), "utf-8")
    found = list(help_faults.faults(there))
    assert "so: staff/visit_3.md is missing" in found
    assert "sv: staff/visit_1.md: unknown source rows: V99" in found
    assert any("staff/learning.md" in line for line in found)
