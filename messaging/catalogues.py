"""`python -m messaging.catalogues`: brings every language's lotsen.po up to date with the code.

Translations are kept, new texts come in empty, texts that are gone go out. The same input gives the
same bytes (no dates, no line numbers), so a change of one sentence is a small difference to read.
"""

import io
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from messaging.i18n import CATALOGUE, LOCALES, language_folders, read_catalogue
from messaging.language import Traits, read_traits

SOURCES = Path(__file__).resolve().parent
_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "N_": None}
_WIDTH = 100
_HEADER = """\
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def extract(sources: Path = SOURCES) -> Catalog:
    """Every text that the code marks for translation, with its notes for translators."""
    template = Catalog()
    for path in sorted(sources.glob("*.py")):
        found = extract_from_file(
            "python", path, _KEYWORDS, ["Translators:"], None, strip_comment_tags=True
        )
        for line, text, comments, context in found:
            place = (f"{sources.name}/{path.name}", line)
            template.add(text, None, [place], auto_comments=comments, context=context)
    return template


def updated(folder: Path, traits: Traits, template: Catalog) -> str:
    """The language's lotsen.po as it should be now, with the translations it has."""
    header = _HEADER.format(code=traits.code, plurals=traits.plurals)
    if (folder / CATALOGUE).exists():
        catalogue = read_catalogue(folder, traits)
    else:
        catalogue = read_po(io.StringIO(header), locale=traits.babel)
    # A copy: what is written into a new message of one language must not be another's.
    catalogue.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    if traits.source:
        _say_it_in_english(catalogue)
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=_WIDTH,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return header + body.getvalue().decode("utf-8").strip() + "\n"


def _say_it_in_english(catalogue: Catalog) -> None:
    """The message ids are the English texts: that catalogue is complete by itself."""
    for message in catalogue:
        if message.id:
            message.string = message.id


def write(folder: Path = LOCALES) -> Iterator[str]:
    """Write every catalogue anew; a line for each, saying whether it changed."""
    template = extract()
    for each in language_folders(folder):
        # A copy: a catalogue takes new texts from it as they are, and English fills in its own.
        text = updated(each, read_traits(each), deepcopy(template))
        path = each / CATALOGUE
        path.parent.mkdir(exist_ok=True)
        changed = not path.exists() or path.read_text("utf-8") != text
        path.write_text(text, "utf-8")
        yield f"{each.name}: {'changed' if changed else 'as it was'}"


if __name__ == "__main__":
    for line in write():
        sys.stdout.write(f"{line}\n")
