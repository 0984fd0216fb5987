"""All that native readers sign off: texts side by side, and which of them were shown already.

A text belongs to the first file that says it, families' files before those of staff, in the order
in which somebody meets them.
"""

import gettext
import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import zip_longest

from babel.messages.catalog import Message

from messaging.guide import Page
from messaging.i18n import LOCALES, Languages, Tongue, read_catalogue
from messaging.isolates import LRI, PDI
from messaging.plain import plain
from messaging.staff_help import HelpPage

# Families' files, in the order in which they are met. Every other one is for staff.
FAMILIES = (
    *("poster_texts", "join_texts", "join_letters", "reason_texts", "consent_texts", "commands"),
    *("texts", "trust_menu", "letters", "i18n", "visit_letters", "visit_texts", "meeting_texts"),
    *("visit_speech", "speech", "listen_texts", "proposal_letters", "proposal_texts"),
    *("wish_letters", "tip_texts", "plan_texts", "pause_texts", "family_texts", "guide_texts"),
    *("place_texts", "whats_on_texts", "activity_lines", "signup_texts", "activity_letters"),
    *("notice_letters", "thread_texts", "interpreter_texts", "look_texts", "home_texts"),
    *("move_letters", "move_texts", "mydata_texts", "keeping_texts", "research_texts"),
    *("exit_texts", "loss_texts", "calendar_texts", "pickers", "cards", "trouble_texts"),
)
_PLACEHOLDER = re.compile(r"\{\w*\}")
_NUMBERS = range(201)  # every plural form of every language says some of these
_WORDS = 40  # of a list that stand together
_HIGH = 700  # signs that surely stand on one sheet
_SIGNS = 8  # of the texts' name


@dataclass(frozen=True)
class Row:
    """One text in every language, plain and in the languages' order; what it is stands beside."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


class _Noting(gettext.NullTranslations):
    """Says what another one says, and notes what was asked."""

    def __init__(self, words: gettext.NullTranslations, noted: set[str]) -> None:
        super().__init__()
        self._words, self._noted = words, noted

    def gettext(self, message: str) -> str:
        self._noted.add(message)
        return self._words.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Not noted: one form of several was seen."""
        return self._words.ngettext(msgid1, msgid2, n)


@dataclass(frozen=True)
class Reading:
    """Languages that note in `seen` which texts they were asked for, by their English."""

    languages: Languages
    seen: set[str] = field(default_factory=set)

    def listened(self) -> Languages:
        """The same languages, listened to."""
        return Languages(
            tuple(replace(t, _words=_Noting(t._words, self.seen)) for t in self.languages)
        )


def others(languages: Languages, seen: Iterable[str]) -> Iterator[Part]:
    """Every text that was not seen: file by file, then the guide, help for staff, and lists."""
    source = next(t for t in languages if t.traits.source)
    catalogue = read_catalogue(LOCALES / source.code, source.traits)
    by_file: dict[str, list[Row]] = {}
    known = set(seen)
    for message in catalogue:
        if message.id and message.id not in known:
            by_file.setdefault(_file(message), []).append(_row(message, languages))
    staff = sorted(by_file.keys() - set(FAMILIES))
    for file in [*(each for each in FAMILIES if each in by_file), *staff]:
        yield Part(_heading(file), tuple(by_file[file]))
    yield Part("The parent guide", _pages([t.pages for t in languages]))
    yield Part("Help for staff", _pages([t.staff_help for t in languages]))
    yield Part("Words that are listened for", tuple(_emergency(languages)))


def name_of(parts: Iterable[Part]) -> str:
    """A short name for exactly these texts: another if one letter changes."""
    said = "\0".join(text for part in parts for row in part.rows for text in row.texts)
    return sha256(said.encode()).hexdigest()[:_SIGNS]


def _file(message: Message) -> str:
    files = [path.removeprefix("messaging/").removesuffix(".py") for path, _ in message.locations]
    return min(files, key=lambda file: FAMILIES.index(file) if file in FAMILIES else len(FAMILIES))


def _heading(file: str) -> str:
    said = importlib.import_module(f"messaging.{file}").__doc__ or ""
    first = said.split("\n", 1)[0].rstrip(".")
    return f"{'Families' if file in FAMILIES else 'Staff'} · {file}: {first}"


def _row(message: Message, languages: Languages) -> Row:
    if isinstance(message.id, str):
        texts = tuple(_shown(t, t.gettext(message.id)) for t in languages)
    else:
        one, many = message.id
        texts = tuple(_forms(t, one, many) for t in languages)
    return Row("\n".join(message.auto_comments), texts)


def _forms(t: Tongue, one: str, many: str) -> str:
    """Each plural form with the first number that asks for it."""
    first: dict[str, int] = {}
    for number in _NUMBERS:
        first.setdefault(t.ngettext(one, many, number), number)
    return "\n".join(_shown(t, f"({number}) {text}") for text, number in first.items())


def _shown(t: Tongue, text: str) -> str:
    """As the eye sees it; a placeholder stays together within a line from right to left."""
    said = plain(text)
    return _PLACEHOLDER.sub(lambda found: f"{LRI}{found[0]}{PDI}", said) if t.rtl else said


def _pages(by_language: list[tuple[Page, ...]] | list[tuple[HelpPage, ...]]) -> tuple[Row, ...]:
    """Every page of one kind; a page that a language lacks is an empty place."""
    found = [{page.code: page for page in pages} for pages in by_language]
    codes = dict.fromkeys(code for pages in found for code in pages)
    rows = (Row(code, tuple(_page(pages.get(code)) for pages in found)) for code in codes)
    return tuple(part for row in rows for part in _low(row))


def _low(row: Row) -> Iterator[Row]:
    """The row; or its paragraphs in two rows, where it would be higher than a sheet."""
    if max(map(len, row.texts)) <= _HIGH:
        yield row
        return
    split = [text.split("\n\n") for text in row.texts]
    half = len(split[0]) // 2 + 1
    yield Row(row.label, tuple("\n\n".join(each[:half]) for each in split))
    yield Row(f"{row.label}, 2", tuple("\n\n".join(each[half:]) for each in split))


def _page(page: Page | HelpPage | None) -> str:
    if page is None:
        return ""
    words = "\n\n" + ", ".join(page.words) if isinstance(page, Page) else ""
    return f"{page.title}\n\n{plain(page.html)}{words}"


def _emergency(languages: Languages) -> Iterator[Row]:
    lists = [_some(t.traits.emergency) for t in languages]
    for texts in zip_longest(*lists, fillvalue=""):
        yield Row("Who writes one of these is told at once who helps.", texts)


def _some(words: Sequence[str]) -> list[str]:
    """The words in parts of a page's height."""
    starts = range(0, len(words), _WORDS)
    return [", ".join(words[start : start + _WORDS]) for start in starts]
