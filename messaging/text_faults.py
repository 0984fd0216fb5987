"""What can be wrong with one translated text, held against the English it is made from.

Whether texts are there at all is asked in `checks.py`.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from messaging.isolates import FSI, LRI, MARKS, PDI, fill
from messaging.plain import leading_tags_off, markup_fault, utf16_units

LONGEST_MESSAGE = 4096  # Telegram's limit, in UTF-16 units
_LONG_VALUE = "M" * 200  # longer than any name, place, link or list that is put into a sentence
_COUNT = "n"
_RTL = frozenset({"R", "AL"})


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of a text: its English, its words, and whether one single number uses it."""

    english: str
    words: str
    one_number: bool = False


def faults_of(form: Form, rtl: bool) -> Iterator[str]:
    """Each thing wrong with the text, as a short phrase."""
    try:
        wrong = _placeholder_fault(form)
    except ValueError as error:
        yield f"braces: {error}"
        return
    if wrong:
        yield wrong
    if fault := markup_fault(form.words):
        yield f"Telegram cannot read it: {fault}"
    if any(mark in form.words for mark in (*MARKS, FSI, LRI, PDI)):
        yield "it holds a direction mark"
    if rtl and not _is_part(form.english):
        yield from line_faults(form.words)
    if utf16_units(_longest(form.words)) > LONGEST_MESSAGE:
        yield f"longer than {LONGEST_MESSAGE} signs with long values"


def placeholders(text: str) -> set[str]:
    """The names in braces; ValueError for braces that hold anything else than a name."""
    names: set[str] = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is not a plain name")
        names.add(name)
    return names


def _placeholder_fault(form: Form) -> str | None:
    wanted, found = placeholders(form.english), placeholders(form.words)
    if form.one_number and found == wanted - {_COUNT}:
        return None  # Arabic says the dual without a digit
    if found != wanted:
        return f"placeholders {_braced(found)} instead of {_braced(wanted)}"
    return None


def _braced(names: set[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _is_part(english: str) -> bool:
    """Whether the text only ever stands inside another sentence: it begins with a value."""
    return english.startswith("{")


def line_faults(words: str) -> Iterator[str]:
    """Each line of a text from right to left that does not begin with a letter of its own."""
    for number, line in enumerate(words.split("\n"), start=1):
        first = leading_tags_off(line)[:1]
        if first and unicodedata.bidirectional(first) not in _RTL:
            yield f"line {number} begins with {first!r}, so it would run from left to right"


def _longest(words: str) -> str:
    return fill(words, dict.fromkeys(placeholders(words), _LONG_VALUE))
