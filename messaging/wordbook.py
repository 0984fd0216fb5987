"""A language's sentences as they are asked for, read straight from its .po file.

Babel, which writes and checks these files, makes an object of each message and gettext's binary of
all, to be read once more: half of a start. Here it is one pass, and what comes out is the same.
"""

import gettext
import logging
import re
from collections.abc import Callable

log = logging.getLogger(__name__)

_LINES = r'(?:[ \t]*"[^"\\\n]*(?:\\.[^"\\\n]*)*"[ \t]*(?:\n|\Z))+'
_ASIDE = r"(?:[ \t]*(?:#[^\n]*)?\n)*"  # comments and empty lines
_MESSAGE = re.compile(
    rf"(?P<before>{_ASIDE})(?:msgctxt(?P<where>{_LINES}){_ASIDE})?"
    rf"msgid(?P<id>{_LINES})(?P<many>msgid_plural{_LINES})?(?P<said>(?:msgstr(?:\[\d\])?{_LINES})+)"
)
_END = re.compile(rf"{_ASIDE}(?:[ \t]*#[^\n]*|[ \t]*)\Z")
_FUZZY = re.compile(r"^[ \t]*#,[^\n]*\bfuzzy\b", re.MULTILINE)
_FORM = re.compile(rf"msgstr(\[\d\])?({_LINES})")
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
_PLURALS = re.compile(r"nplurals=(?P<forms>\d+); *plural=(?P<which>[^;]+);?")


class Wordbook(gettext.NullTranslations):
    """The sentences of one language. Where one is missing the English is said, and logged."""

    def __init__(self, forms: dict[str, tuple[str, ...]], plural: Callable[[int], int]) -> None:
        super().__init__()
        self._forms, self._plural = forms, plural

    def gettext(self, message: str) -> str:
        """The sentence in this language."""
        found = self._forms.get(message)
        return found[0] if found else _in_english(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of it that `n` asks for."""
        found = self._forms.get(msgid1)
        if found is None:
            return _in_english(msgid1, msgid1 if n == 1 else msgid2)
        return found[self._plural(n)]


def _in_english(text: str, said: str) -> str:
    """Never in silence."""
    log.warning("a text is missing", extra={"text": text})
    return said


def read(written: str, plurals: str) -> Wordbook:
    """The wordbook of a .po file; ValueError with a sentence for one that cannot be read.

    What is marked as fuzzy, has no words, or lacks one of the forms of `plurals`, is missing.
    """
    rule = _PLURALS.match(plurals)
    if rule is None:
        raise ValueError(f"plurals are not said so: {plurals}")
    found: dict[str, tuple[str, ...]] = {}
    at = 0
    while message := _MESSAGE.match(written, at):
        at, said = message.end(), _said(message)
        forms = int(rule["forms"]) if message["many"] else 1
        if len(said) == forms and all(said) and not message["where"] and not _is_fuzzy(message):
            found[_plain(message["id"])] = said
    if not _END.match(written, at):
        raise ValueError(f"it cannot be read from line {written.count(chr(10), 0, at) + 1} on")
    found.pop("", None)  # the header
    return Wordbook(found, gettext.c2py(rule["which"]))


def _said(message: re.Match[str]) -> tuple[str, ...]:
    if not message["many"]:
        return (_plain(message["said"].removeprefix("msgstr")),)
    return tuple(_plain(form) for _, form in sorted(_FORM.findall(message["said"])))


def _is_fuzzy(message: re.Match[str]) -> bool:
    return "fuzzy" in message["before"] and _FUZZY.search(message["before"]) is not None


def _plain(lines: str) -> str:
    """The words within the quotation marks of each line."""
    words = "".join([line.strip()[1:-1] for line in lines.strip().split("\n")])
    return _ESCAPED.sub(_sign, words) if "\\" in words else words


def _sign(escaped: re.Match[str]) -> str:
    return _SIGNS.get(escaped[1], escaped[1])
