import logging
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from messaging.errors import BadLanguage, MissingValue, UnknownLanguage
from messaging.finding import Finder
from messaging.guide_texts import answer
from messaging.i18n import CATALOGUE, LOCALES, Languages, load_languages
from messaging.isolates import FSI, LRI, PDI, Sign
from messaging.join_texts import choose_language
from messaging.letters import render
from programme.letters import DayBefore
from programme.localtime import STOCKHOLM
from tests.messaging import samples


def test_the_languages_come_in_their_order(languages: Languages):
    assert languages.codes == ("sv", "ar", "so", "en")
    assert [t.own_name for t in languages] == ["Svenska", "العربية", "Soomaali", "English"]


def test_an_unknown_language_is_named_in_the_error(languages: Languages):
    with pytest.raises(UnknownLanguage, match=r"'fi'.*sv, ar, so, en"):
        languages.get("fi")


def test_only_arabic_runs_from_right_to_left(languages: Languages):
    assert [t.code for t in languages if t.rtl] == ["ar"]
    assert [t.code for t in languages if t.one_per_row] == ["ar"]


def test_a_name_a_time_and_a_list_are_each_isolated_once(languages: Languages):
    english = languages.get("en")
    at = datetime(2027, 3, 5, 14, 30, tzinfo=STOCKHOLM)
    said = english.fill(
        "{who} at {time}, {n}",
        who=english.listing(["A", "B"]),
        time=english.time(at, STOCKHOLM),
        n=3,
    )
    names = f"{FSI}A{PDI} and {FSI}B{PDI}"
    assert said == f"{names} at {LRI}14:30{PDI}, {LRI}3{PDI}"


def test_a_value_is_cleaned_and_escaped(languages: Languages):
    hostile = "<b>A\u202e\u2067&\nB\u2069\u200f"
    said = languages.get("en").fill("Hi {name}", name=hostile)
    assert said == f"Hi {FSI}&lt;b&gt;A&amp; B{PDI}"


def test_a_sentence_put_into_a_sentence_is_not_escaped_again(languages: Languages):
    english = languages.get("en")
    inner = english.fill("{name} (nurse)", name="A & B")
    assert english.fill("Here: {who}", who=inner) == f"Here: {FSI}A &amp; B{PDI} (nurse)"


def test_a_missing_value_is_an_error(languages: Languages):
    with pytest.raises(MissingValue, match=r"\{date\}"):
        languages.get("en").fill("On {date}", time=Sign("14:30"))


def test_a_text_without_translation_is_said_in_english_and_logged(languages: Languages, caplog):
    with caplog.at_level(logging.WARNING):
        assert languages.get("so").gettext("Nobody translated this") == "Nobody translated this"
        assert languages.get("so").ngettext("{n} cat", "{n} cats", 2) == "{n} cats"
    assert [record.text for record in caplog.records] == ["Nobody translated this", "{n} cat"]


@pytest.fixture
def five(tmp_path):
    """The languages, and one that nobody speaks: a folder and nothing else."""
    folder = tmp_path / "locales"
    shutil.copytree(LOCALES, folder)
    shutil.copytree(folder / "so", folder / "qx")
    traits = (folder / "qx" / "language.toml").read_text("utf-8")
    traits = traits.replace("order = 3", "order = 9").replace('"Soomaali"', '"Qaxish"')
    traits = traits.replace('"ltr"', '"rtl"').replace("one_per_row = false", "one_per_row = true")
    (folder / "qx" / "language.toml").write_text(traits, "utf-8")
    return folder


def test_a_fifth_language_is_a_folder(five):
    languages = load_languages(five)
    assert languages.codes[-1] == "qx"
    asked = choose_language(languages)
    assert asked.text.count("\n") == 4
    assert "Qaxish" in [row[0].text for row in asked.rows]
    made = languages.get("qx")
    message = render([samples.coming(DayBefore)], made, STOCKHOLM)
    assert message.text.startswith("Salaan ka timid Lotsen!")
    assert len(message.rows) == 3


def test_a_fifth_language_has_a_guide_that_is_read_and_searched_without_code(five):
    guide = five / "qx" / "guide"
    for page in guide.glob("*.md"):
        if page.stem not in {"teeth", "library"}:
            page.unlink()
    teeth = guide / "teeth.md"
    teeth.write_text(teeth.read_text("utf-8").replace('"suus"', '"qwertooth"'), "utf-8")
    languages = load_languages(five)
    made, ours = languages.get("qx"), languages.get("sv")
    assert [page.code for page in made.pages] == ["library", "teeth"]
    assert made.page("teeth").html.startswith(LRI)  # Latin letters in lines from right to left
    found = Finder(languages).find("qwertoth")
    assert answer(ours, found, ours.pages).messages[0].text.startswith("<b>Tänder</b>")
    miss = Finder(languages).find("preschool")
    assert answer(made, miss, made.pages) is None  # it has no such page


def test_an_empty_translation_is_logged_too(five, caplog):
    file = five / "qx" / CATALOGUE
    file.write_text(file.read_text("utf-8").replace('"Caawimo"', '""'), "utf-8")
    with caplog.at_level(logging.WARNING):
        assert load_languages(five).get("qx").gettext("Help") == "Help"
    assert [record.text for record in caplog.records] == ["Help"]


def test_a_folder_without_its_files_is_an_error_with_a_sentence(five):
    (five / "qx" / CATALOGUE).unlink()
    with pytest.raises(BadLanguage, match=r"qx: LC_MESSAGES.lotsen.po is missing"):
        load_languages(five)
    (five / "qx" / "language.toml").unlink()
    with pytest.raises(BadLanguage, match=r"qx: language.toml is missing"):
        load_languages(five)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("order = 'x", "language.toml"),
        ("own_name = 'Qaxish'", "lacks"),
    ],
)
def test_a_broken_table_is_an_error_with_a_sentence(five, wrong, says):
    (five / "qx" / "language.toml").write_text(wrong, "utf-8")
    with pytest.raises(BadLanguage, match=says):
        load_languages(five)


def test_a_direction_must_be_one_of_two(five):
    file = five / "qx" / "language.toml"
    file.write_text(file.read_text("utf-8").replace('"rtl"', '"up"'), "utf-8")
    with pytest.raises(BadLanguage, match="ltr or rtl"):
        load_languages(five)


LONGEST_TIME = 28  # signs that a narrow phone shows on a button of its own


def test_a_time_on_a_button_shows_its_hour_on_a_narrow_phone(languages):
    days = [datetime(2027, 1, 1, 12, 30, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    for t in languages:
        labels = [t.moment(at, STOCKHOLM) for at in days]
        assert max(map(len, labels)) <= LONGEST_TIME
        assert all(label.endswith((" 13:30", " 14:30")) for label in labels)
