"""How hard a text is to read, where there is a formula for it."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = re.compile(r"[.!?:](?:\s|$)|\n")
_LONG = 6  # letters; a word with more counts as long


def lix(text: str) -> float:
    """Björnsson's läsbarhetsindex: words per sentence, and long words per hundred; 30 is easy."""
    words = _WORD.findall(text)
    sentences = [each for each in _SENTENCE_ENDS.split(text) if _WORD.search(each)]
    if not words:
        return 0.0
    long = sum(len(word) > _LONG for word in words)
    return len(words) / len(sentences) + 100 * long / len(words)
