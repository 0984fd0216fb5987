"""Reads what a person was told: one language only, readable from right to left, not too long."""

import re
from collections.abc import Iterable
from functools import cache

from messaging.i18n import LOCALES, Languages, Tongue, read_catalogue
from messaging.language import read_traits
from messaging.plain import markup_fault
from tests.handlers.phone import Shown
from tests.messaging.one_word import other_words
from tests.messaging.reading_marks import isolates_fault, runs_from_the_right

MOST_WORDS = 60  # mission C5: on one screen
_WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"<[^>]*>")


@cache
def words_of(code: str) -> frozenset[str]:
    """Every word of three letters or more that a language's catalogue uses."""
    traits = read_traits(LOCALES / code)
    texts: list[str] = [traits.own_name]
    for message in read_catalogue(LOCALES / code, traits):
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        texts += [str(form) for form in forms if message.id]
    names = [traits.babel.days["format"]["wide"], traits.babel.months["format"]["wide"]]
    texts += [name for each in names for name in each.values()]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def foreign_words(text: str, t: Tongue, languages: Languages) -> set[str]:
    """Words that other languages' catalogues use and this one's does not."""
    own = words_of(t.code)
    others = {word for code in languages.codes if code != t.code for word in words_of(code)}
    said = {word.casefold() for word in _WORD.findall(_TAG.sub("", text))}
    return (said & others) - own


def faults(shown: Iterable[Shown], t: Tongue, languages: Languages) -> list[str]:
    """Everything wrong with these messages for a reader of that language."""
    found: list[str] = []
    for message in shown:
        for n, text in enumerate((message.text, *(label for label, _ in message.buttons))):
            found += [f"{word!r} in {text!r}" for word in foreign_words(text, t, languages)]
            wrong = [*_mark_faults(text, t, label=n > 0), *other_words(text, t)]
            found += [f"{fault} in {text!r}" for fault in wrong]
    return found


def _mark_faults(text: str, t: Tongue, label: bool) -> list[str]:
    wrong = [fault for fault in (isolates_fault(text), markup_fault(text)) if fault]
    for line in _TAG.sub("", text).splitlines():
        signs = label and not any(sign.isalpha() for sign in line)  # a day, an hour, an arrow
        if t.rtl and line and not signs and not runs_from_the_right(line):
            wrong.append(f"a line that runs from the left: {line!r}")
    return wrong


def too_long(shown: Iterable[Shown]) -> list[str]:
    """Messages of more words than fit on a screen."""
    return [each.text for each in shown if len(each.text.split()) > MOST_WORDS]
