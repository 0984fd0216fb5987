"""Words as they are compared: one spelling for all ways to write them, with and without endings.

What differs by language stands in `[search]` of its `language.toml`; nothing here names a language.
"""

import re
import unicodedata
from itertools import pairwise

from messaging.language import Folds

_NOT_WORDS = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´\u2018\u2019\u02bc"))
_TATWEEL = "\u0640"  # a stroke that only makes an Arabic word longer
_SHORTEST_FOLDED = 4  # shorter words mean too much: Somali "dab" is a fire, "dhab" is true


def plain_words(text: str) -> list[str]:
    """The words in small letters, without vowel signs and apostrophes; each in one script."""
    shown = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    kept = (c for c in shown if c != _TATWEEL and unicodedata.category(c) != "Mn")
    return _NOT_WORDS.sub(" ", _scripts_apart("".join(kept))).split()


def spelled(word: str, folds: Folds) -> str:
    """The word in the one spelling that stands for all; a very short one keeps its own."""
    folded = word
    for written, meant in folds.spellings:
        folded = folded.replace(written, meant)
    return folded if len(folded) >= _SHORTEST_FOLDED or folds.short_too else word


def forms(word: str, folds: Folds, shortest_stem: int, shortest_end: int) -> set[str]:
    """The spelled word, and what is left of it without what is attached before and behind."""
    heads = {word} | {
        word[len(each) :]
        for each in folds.prefixes
        if word.startswith(each) and len(word) - len(each) >= shortest_stem
    }
    return heads | {
        head[: -len(each)]
        for head in heads
        for each in folds.suffixes
        if head.endswith(each) and len(head) - len(each) >= shortest_end
    }


def _scripts_apart(text: str) -> str:
    """A space where Latin letters meet others: people attach a prefix to a Swedish word."""
    if text.isascii():
        return text
    cut = [
        " " if a.isalnum() and b.isalnum() and _is_latin(a) != _is_latin(b) else ""
        for a, b in pairwise(text)
    ]
    return "".join(c + space for c, space in zip(text, [*cut, ""], strict=True))


def _is_latin(c: str) -> bool:
    return c < "\u0250"
