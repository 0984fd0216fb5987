"""What can be wrong with the help for staff, one line per fault: a part of `checks.py`."""

from collections.abc import Iterator
from pathlib import Path

from messaging.errors import BadLanguage
from messaging.i18n import LOCALES, language_folders
from messaging.isolates import FSI, LRI, MARKS, PDI
from messaging.language import Traits, read_traits
from messaging.page_faults import FACTS, known_rows
from messaging.plain import markup_fault, plain
from messaging.staff_help import FOLDER, HelpPage, checklist_of, read_help
from messaging.text_faults import line_faults
from programme.visits import VISITS

MOST_WORDS = 220  # staff read at a table; still no more than two screens
LONGEST_TITLE = 50  # signs: it stands on a button, alone in its row
CHECKLISTS = frozenset(checklist_of(each.number) for each in VISITS)

Pages = dict[str, HelpPage]


def faults(folder: Path = LOCALES) -> Iterator[str]:
    """One line per fault in the help of the languages of that folder."""
    every: list[tuple[Traits, Pages]] = []
    for each in language_folders(folder):
        try:
            traits = read_traits(each)
        except BadLanguage:
            continue  # told by checks.py
        try:
            every.append((traits, {page.code: page for page in read_help(each, traits.rtl)}))
        except BadLanguage as error:
            yield str(error)
    codes = CHECKLISTS.union(*(pages for _, pages in every))
    rows = known_rows() if FACTS.exists() else None  # page_faults.py tells of it
    for traits, pages in every:
        for code in sorted(codes - pages.keys()):
            yield f"{traits.code}: {FOLDER}/{code}.md is missing"
        for page in pages.values():
            for fault in (*_page(page, traits, rows), *_unlike(page, every)):
                yield f"{traits.code}: {FOLDER}/{page.code}.md: {fault}"


def _unlike(page: HelpPage, every: list[tuple[Traits, Pages]]) -> Iterator[str]:
    """What every language must have alike, compared with the source language."""
    model = next((p[page.code] for t, p in every if t.source and page.code in p), page)
    if page.order != model.order:
        yield f"order {page.order} instead of {model.order}"
    if set(page.sources) != set(model.sources):
        yield "other sources than in the source language"


def _page(page: HelpPage, traits: Traits, rows: frozenset[str] | None) -> Iterator[str]:
    if rows is not None and (unknown := sorted(set(page.sources) - rows)):
        yield f"unknown source rows: {', '.join(unknown)}"
    if not (page.title.strip() and page.sources and page.html):
        yield "a title, sources and a text are needed"
    if len(page.title) > LONGEST_TITLE:
        yield f"the title is longer than {LONGEST_TITLE} signs"
    if (words := len(plain(page.html).split())) > MOST_WORDS:
        yield f"{words} words, at most {MOST_WORDS}"
    if traits.rtl:
        yield from (fault for line in (page.title, page.html) for fault in line_faults(line))
    if any(mark in page.title + page.text for mark in (*MARKS, FSI, LRI, PDI)):
        yield "it holds a direction mark"
    if fault := markup_fault(page.html):
        yield f"Telegram cannot read it: {fault}"
