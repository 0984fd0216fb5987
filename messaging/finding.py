"""Which page of the guide a question is about: the only home of rapidfuzz.

Words are compared, nothing is understood: in every language there is, each by its own folds
(`folding.py`), so that a question in one language finds the page which is then shown in another.
What is asked is neither kept nor logged.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from messaging.folding import forms, plain_words, spelled
from messaging.guide import Page
from messaging.i18n import Languages, Tongue
from messaging.language import Folds

MOST_SHOWN = 3  # titles, when it is not sure which one is meant
_MOST_WORDS, _LONGEST_WORD = 30, 40  # of a question: what is longer is no question
_LEFT_BEFORE = 3  # letters of a word without what is attached before it

# What a page is called says more than its text; a word said again says a little more.
_IN_TITLE, _IN_NAME, _IN_TEXT = 1.15, 1.0, 0.3
_AGAIN, _OFTEN = 0.1, 0.3
_WITHOUT_ENDING, _PART, _MISSPELT = 0.95, 0.75, 0.8  # how much a match is worth, if not exact
_NAMED_WEIGHS = 0.65
_ALIKE = 0.74  # one wrong letter in four, two in eight
_FEWEST_ALIKE, _FEWEST_PART = 4, 5  # letters: shorter words are alike by chance

_UNKNOWN_COSTS = 0.5  # of the score, if none of the words were known
_ENOUGH = 1.4  # below it nothing was found
_CLEARLY = 1.25  # times better than the next: then it alone is shown
_NEAR = 0.4  # of the best: what is shown beside it


@dataclass(frozen=True)
class Found:
    """Codes of pages, the best first; `sure` when the first is clearly meant."""

    codes: tuple[str, ...] = ()
    sure: bool = False


@lru_cache(maxsize=2)
def finder(languages: Languages) -> "Finder":
    """The finder for these languages; reading all pages takes a moment, so it is made once."""
    return Finder(languages)


class Finder:
    """Finds pages in all languages; made once, because it reads every page."""

    def __init__(self, languages: Languages) -> None:
        # A small guide is measured like a large one: its words are not more common for it.
        most = max((len(tongue.pages) for tongue in languages), default=0)
        self._indexes = [_Index(tongue, most) for tongue in languages if tongue.pages]

    def find(self, text: str) -> Found:
        """The pages that answer the text, none if nothing does."""
        words = list(dict.fromkeys(plain_words(text)))
        if len(words) > _MOST_WORDS:
            return Found()
        best: dict[str, float] = {}
        for index in self._indexes:
            for code, score in index.scores(words).items():
                best[code] = max(best.get(code, 0.0), score)
        return _chosen(best)


def _chosen(scores: dict[str, float]) -> Found:
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    if not ranked or scores[ranked[0]] < _ENOUGH:
        return Found()
    top = scores[ranked[0]]
    sure = len(ranked) == 1 or top >= _CLEARLY * scores[ranked[1]]
    near = [code for code in ranked if scores[code] >= _NEAR * top]
    return Found(tuple(near[:MOST_SHOWN]), sure)


class _Index:
    """One language's words, and on which pages they stand with which weight."""

    def __init__(self, tongue: Tongue, of: int) -> None:
        self._folds = tongue.traits.folds
        idle = [word for each in self._folds.stop for word in plain_words(each)]
        self._stop = {spelled(word, self._folds) for word in idle}
        self._pages: dict[str, dict[str, float]] = defaultdict(dict)
        for page in tongue.pages:
            self._read(page)
        self._rarity = {word: _rarity(on, of) for word, on in self._pages.items()}
        self._long = [word for word in self._pages if len(word) >= _FEWEST_ALIKE]

    def _read(self, page: Page) -> None:
        title = list(self._spelled(plain_words(page.title)))
        named = [*title, *self._spelled(plain_words(" ".join(page.words)))]
        for word in self._spelled(plain_words(page.text)):
            self._put(page.code, word, _IN_TEXT)
        for word, times in Counter(named).items():
            weight = _IN_TITLE if word in title else _IN_NAME
            self._put(page.code, word, weight * (1 + min(_AGAIN * (times - 1), _OFTEN)))

    def _put(self, code: str, word: str, worth: float) -> None:
        for form in _forms(word, self._folds):
            there = self._pages[form]
            as_form = worth if form == word else worth * _WITHOUT_ENDING
            there[code] = max(there.get(code, 0.0), as_form)

    def scores(self, words: Iterable[str]) -> dict[str, float]:
        """How much speaks for each page."""
        asked = [word[:_LONGEST_WORD] for word in dict.fromkeys(self._spelled(words))]
        gains = [self._gains(word) for word in asked]
        total: defaultdict[str, float] = defaultdict(float)
        for each in gains:
            for code, gain in each.items():
                total[code] += gain
        known = sum(bool(each) for each in gains) / max(len(gains), 1)
        # A text of which this language knows little is rather meant in another one.
        return {code: score * (1 - _UNKNOWN_COSTS * (1 - known)) for code, score in total.items()}

    def _spelled(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            folded = spelled(word, self._folds)
            if folded not in self._stop:
                yield folded

    def _gains(self, word: str) -> dict[str, float]:
        """What one word of the question gives to each page: its best match there."""
        gains: dict[str, float] = {}
        for form, worth in self._matches(word):
            for code, weight in self._pages[form].items():
                gains[code] = max(gains.get(code, 0.0), worth * weight * self._rarity[form])
        return gains

    def _matches(self, word: str) -> Iterator[tuple[str, float]]:
        """The words of this language that are meant, and how surely."""
        exact = [form for form in _forms(word, self._folds) if form in self._pages]
        for form in exact:
            yield form, 1.0 if form == word else _WITHOUT_ENDING
        if word in exact or len(word) < _FEWEST_ALIKE:
            return
        yield from self._alike(word)
        if self._folds.compounds:
            yield from self._parts(word)

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        """Words that a typing error or two would turn into it."""
        for meant in _forms(word, self._folds):
            if len(meant) < _FEWEST_ALIKE:
                continue
            alike = process.extract(
                meant, self._long, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=8
            )
            for form, likeness, _ in alike:
                yield form, likeness**2 * _MISSPELT  # a short word is soon another one

    def _parts(self, word: str) -> Iterator[tuple[str, float]]:
        """Words put together: one is a part of the other."""
        for form in self._long:
            shorter, longer = sorted((form, word), key=len)
            if len(shorter) >= _FEWEST_PART and shorter in longer:
                yield form, _PART


def _rarity(on: dict[str, float], pages: int) -> float:
    """How much a word tells pages apart: most by those named with it, if there are any."""
    named = sum(weight >= _IN_NAME * _WITHOUT_ENDING for weight in on.values()) or len(on)
    return _NAMED_WEIGHS * _idf(named, pages) + (1 - _NAMED_WEIGHS) * _idf(len(on), pages)


def _idf(on: int, of: int) -> float:
    """The usual measure: small for a word on every page, large for one on a single page."""
    return math.log(1 + (of - on + 0.5) / (on + 0.5))


def _forms(word: str, folds: Folds) -> set[str]:
    return forms(word, folds, _LEFT_BEFORE, folds.shortest_stem)
