"""What can be wrong with the pages of the guide, one line per fault: a part of `checks.py`."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from messaging.errors import BadLanguage
from messaging.guide import FOLDER, Page, as_html, page_of
from messaging.i18n import LOCALES, language_folders
from messaging.isolates import FSI, LRI, MARKS, PDI
from messaging.language import Traits, read_traits
from messaging.plain import markup_fault, plain, utf16_units
from messaging.readability import lix
from messaging.text_faults import LONGEST_MESSAGE, line_faults

MOST_WORDS = 95  # a phone's screen and a half
LONGEST_TITLE = 40  # signs: it stands on a button
FACTS = LOCALES.parent / "docs" / "domain.md"
_ROW = re.compile(r"^\| ([A-Z]\d+) \|", re.MULTILINE)
_IN_BRACES = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d[\d -]{1,}\d")  # three figures or more: a telephone's, or an amount

Pages = dict[str, Page]


class Written(StrEnum):
    """Why a text that staff wrote in the chat cannot be a page."""

    UNREADABLE = "unreadable"
    LONG = "long"
    LINE = "line"  # it would run from the wrong side
    NUMBER = "number"  # a telephone's, or an amount


def written_fault(text: str, rtl: bool) -> Written | None:
    """What is wrong with a page's new text, by the rules of the files; None if nothing is."""
    if _NUMBER.search(text):
        return Written.NUMBER
    try:
        html = as_html(text, rtl)
    except (ValueError, KeyError):
        return Written.UNREADABLE
    if not html or markup_fault(html):
        return Written.UNREADABLE
    if len(plain(html).split()) > MOST_WORDS or utf16_units(html) > LONGEST_MESSAGE // 2:
        return Written.LONG
    return Written.LINE if rtl and any(line_faults(html)) else None


def faults(folder: Path = LOCALES) -> Iterator[str]:
    """One line per fault in the guides of that folder."""
    guides: list[tuple[Traits, Pages]] = []
    for each in language_folders(folder):
        try:
            traits = read_traits(each)
        except BadLanguage:
            continue  # told by checks.py
        pages: Pages = {}
        yield from _read(each, traits, pages)
        guides.append((traits, pages))
    if not FACTS.exists():
        yield f"{FACTS.name} is missing: what pages rest on cannot be checked"
        return
    rows = known_rows()
    for traits, pages in guides:
        yield from _missing(traits, pages, guides)
        for page in pages.values():
            for fault in (*_page(page, traits, rows), *_unlike(page, _model(page.code, guides))):
                yield f"{traits.code}: {FOLDER}/{page.code}.md: {fault}"


def known_rows() -> frozenset[str]:
    """The ids of the facts that a page may rest on."""
    return frozenset(_ROW.findall(FACTS.read_text("utf-8")))


def _read(folder: Path, traits: Traits, into: Pages) -> Iterator[str]:
    for file in sorted((folder / FOLDER).glob("*.md")):
        try:
            into[file.stem] = page_of(file.stem, file.read_text("utf-8"), traits.rtl)
        except KeyError as error:
            yield f"{traits.code}: {FOLDER}/{file.name}: no field {error}"
        except (ValueError, TypeError) as error:
            yield f"{traits.code}: {FOLDER}/{file.name}: {error}"


def _missing(traits: Traits, pages: Pages, guides: list[tuple[Traits, Pages]]) -> Iterator[str]:
    """Pages that another language has."""
    for code in sorted({code for _, each in guides for code in each} - pages.keys()):
        yield f"{traits.code}: {FOLDER}/{code}.md is missing or cannot be read"


def _model(code: str, guides: list[tuple[Traits, Pages]]) -> Page:
    """The page all others must be like: the source language's, else the first one there is."""
    there = [
        (not traits.source, traits.order, pages[code]) for traits, pages in guides if code in pages
    ]
    return min(there, key=lambda each: each[:2])[2]


def _unlike(page: Page, model: Page) -> Iterator[str]:
    """What every language must have alike and this one has not."""
    if page.ages != model.ages:
        yield f"ages {list(page.ages)} instead of {list(model.ages)}"
    if set(page.sources) != set(model.sources):
        yield "other sources than in the source language"
    if _helplines(page) != _helplines(model):
        yield f"placeholders {_helplines(page)} instead of {_helplines(model)}"


def _helplines(page: Page) -> list[str]:
    return sorted(set(_IN_BRACES.findall(page.text)))


def _page(page: Page, traits: Traits, rows: frozenset[str]) -> Iterator[str]:
    yield from _fields(page, rows)
    yield from _length(page)
    if traits.rtl:
        for line in (page.title, page.html):
            yield from line_faults(line)
    if any(mark in page.title + page.text for mark in (*MARKS, FSI, LRI, PDI)):
        yield "it holds a direction mark"
    if fault := markup_fault(page.html):
        yield f"Telegram cannot read it: {fault}"
    for number in _NUMBER.findall(page.text):
        yield f"a number typed by hand, {number}: helplines stand in braces, amounts not at all"
    if traits.most_lix is not None and (hard := lix(plain(page.html))) > traits.most_lix:
        yield f"hard to read: LIX {hard:.0f}, at most {traits.most_lix:.0f}"


def _fields(page: Page, rows: frozenset[str]) -> Iterator[str]:
    if unknown := sorted(set(page.sources) - rows):
        yield f"unknown source rows: {', '.join(unknown)}"
    empty: Mapping[str, object] = {
        "title": page.title.strip(),
        "sources": page.sources,
        "words": page.words,
    }
    for name, value in empty.items():
        if not value:
            yield f"the field {name} is empty"
    if page.ages[0] > page.ages[1]:
        yield f"ages {list(page.ages)} end before they begin"


def _length(page: Page) -> Iterator[str]:
    words = len(plain(page.html).split())
    if words > MOST_WORDS:
        yield f"{words} words, at most {MOST_WORDS}"
    if utf16_units(page.html) > LONGEST_MESSAGE - 2 * LONGEST_TITLE:
        yield f"longer than {LONGEST_MESSAGE} signs with its title"
    if len(page.title) > LONGEST_TITLE:
        yield f"the title is longer than {LONGEST_TITLE} signs"
