"""What free text gives away by its words alone: danger, and the language. Nothing of it is kept.

It only looks for listed words (`language.toml`): it understands nothing and decides nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from messaging.folding import forms, plain_words, spelled
from messaging.i18n import Languages, Tongue
from messaging.language import Folds

_NOT_WORDS = re.compile(r"[^\w']+")
_TATWEEL = "\u0640"  # a stroke that only makes an Arabic word longer
_ENOUGH = 2  # one common word may be a loan or a name; two are a language
_LETTERS_WEIGH = 2  # a letter that only one language has says as much as two words
# Letters left of a word when what is attached goes: before ("and not"), behind ("the police").
_LEFT_BEFORE, _LEFT_BEHIND = 2, 5


def is_emergency(text: str, languages: Languages) -> bool:
    """Whether a danger word of any of the languages stands in the text, however it is written."""
    words = plain_words(text)
    return any(_in_danger(words, listed) for listed in _listed(languages))


@dataclass(frozen=True)
class _Listed:
    """The danger words of one language in its one spelling, and the word that each begins with."""

    folds: Folds
    phrases: list[list[str]]
    begin: frozenset[str]


@lru_cache(maxsize=8)  # what is listed stays as it is, and every message is looked at
def _listed(languages: Languages) -> list[_Listed]:
    return [_spelled(each.traits.emergency, each.traits.folds) for each in languages]


def _spelled(listed: Iterable[str], folds: Folds) -> _Listed:
    written = filter(None, map(plain_words, listed))
    phrases = [[spelled(word, folds) for word in words] for words in written]
    return _Listed(folds, phrases, frozenset(phrase[0] for phrase in phrases))


def _in_danger(words: list[str], listed: _Listed) -> bool:
    folds = listed.folds
    said = [forms(spelled(word, folds), folds, _LEFT_BEFORE, _LEFT_BEHIND) for word in words]
    if listed.begin.isdisjoint(set().union(*said)):
        return False  # nearly always, and quicker than to look for each
    return any(_stands_in(phrase, said) for phrase in listed.phrases)


def _stands_in(phrase: list[str], said: list[set[str]]) -> bool:
    starts = range(len(said) - len(phrase) + 1)
    return any(all(word in said[at + n] for n, word in enumerate(phrase)) for at in starts)


def guess_language(text: str, languages: Languages) -> str | None:
    """The code of the language that the text is clearly written in, or None."""
    words = _folded(text).split()
    found = sorted(((_marks(tongue, words), tongue.code) for tongue in languages), reverse=True)
    if not found or found[0][0] < _ENOUGH:
        return None
    if len(found) > 1 and found[1][0] == found[0][0]:
        return None
    return found[0][1]


def _marks(tongue: Tongue, words: list[str]) -> int:
    """How much speaks for this language."""
    common = sum(word in tongue.traits.words for word in words)
    letters = bool(tongue.traits.letters & set("".join(words)))
    return common + (_LETTERS_WEIGH if letters else 0)


def _folded(text: str) -> str:
    """Small letters, no Arabic vowel signs, one space between words."""
    shown = unicodedata.normalize("NFKC", text).casefold().replace(_TATWEEL, "")
    kept = "".join(c for c in shown if unicodedata.category(c) != "Mn")
    return " ".join(_NOT_WORDS.sub(" ", kept).split())
