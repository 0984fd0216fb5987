"""A wordbook says what Babel and gettext would make of the same file."""

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from messaging import wordbook
from messaging.i18n import CATALOGUE, LOCALES, Languages, translated

TWO = "nplurals=2; plural=(n != 1);"
HEADER = f'msgid ""\nmsgstr ""\n"Language: so\\n"\n"Plural-Forms: {TWO}\\n"\n\n'
# As an editor for translators leaves a file behind.
EDITED = r"""
#. a note
#: messaging/x.py:7
msgid ""
"Two\n"
"lines"
msgstr ""
"Laba\n"
"\tsadar \"halkan\" \\ n"

#, fuzzy, python-brace-format
#| msgid "Yes!"
msgid "Yes"
msgstr "Haa?"
msgid "no empty line before, and {n}"
msgstr "maya fuzzy {n}"

msgctxt "a button"
msgid "Open"
msgstr "Fur"

msgid "Nothing yet"
msgstr ""

msgid "{n} visit"
msgid_plural "{n} visits"
msgstr[1] "{n} booqasho"
msgstr[0] "Hal booqasho"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "Hal maalin"

#~ msgid "gone"
#~ msgstr "tagay"
"""


def _by_gettext(written: str) -> dict[str, str | tuple[str, ...]]:
    catalogue = read_po(io.StringIO(written), locale="so", abort_invalid=True)
    for message in [each for each in catalogue if each.id and not translated(each)]:
        catalogue.delete(message.id, message.context)
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    found = gettext.GNUTranslations(io.BytesIO(binary.getvalue()))._catalog
    return {key: said for key, said in found.items() if key and "\x04" not in key}


def _both(written: str, plurals: str) -> list[dict]:
    """Each sentence, and each form under its number, by gettext and by us."""
    ours, flat = wordbook.read(written, plurals)._forms, {}
    theirs = _by_gettext(written)
    for name, said in ours.items():
        if (name, 0) in theirs:
            flat |= {(name, n): form for n, form in enumerate(said)}
        else:
            flat[name] = said[0]
    return [theirs, flat]


def test_an_edited_file_is_read_as_gettext_reads_it():
    theirs, ours = _both(HEADER + EDITED, TWO)
    assert ours == theirs
    assert ours["Two\nlines"] == 'Laba\n\tsadar "halkan" \\ n'
    assert len(ours) == 4


def test_every_language_is_read_as_gettext_reads_it(languages: Languages):
    for tongue in languages:
        written = (LOCALES / tongue.code / CATALOGUE).read_text("utf-8")
        theirs, ours = _both(written, tongue.traits.plurals)
        assert ours == theirs
        assert len(ours) > 1000


def test_the_form_is_the_one_that_the_number_asks_for(caplog):
    book = wordbook.read(HEADER + EDITED, TWO)
    said = [book.ngettext("{n} visit", "{n} visits", n) for n in (0, 1, 2)]
    assert said == ["{n} booqasho", "Hal booqasho", "{n} booqasho"]
    assert [book.ngettext("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} day", "{n} days"]
    assert {each.text for each in caplog.records} == {"{n} day"}


@pytest.mark.parametrize(
    "broken", ['msgid "x\nmsgstr "y"\n', 'msgid "x"\n', 'msgstr "y"\n', "<<<<<<< HEAD\n"]
)
def test_a_broken_file_names_the_line_from_which_it_cannot_be_read(broken):
    with pytest.raises(ValueError, match="from line 5 on"):
        wordbook.read(HEADER.rstrip("\n") + "\n\n" + broken, TWO)


def test_plurals_must_be_said_as_gettext_does():
    with pytest.raises(ValueError, match="plurals"):
        wordbook.read(HEADER, "two of them")
