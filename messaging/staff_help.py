"""Help for staff: pages in Markdown, one file each, in `locales/<language>/staff/`.

Read once, like the parent guide (`guide.py`). What it rests on stands in docs/domain.md;
what is our own wording says so on the page.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from messaging.errors import BadLanguage
from messaging.guide import as_html

FOLDER = "staff"
FIELDS = frozenset({"title", "order", "sources"})
_FENCE = "+++\n"
_VISIT = "visit_"  # so begin the names of the checklists


@dataclass(frozen=True, kw_only=True)
class HelpPage:
    """One page in one language."""

    code: str  # the file's name: the same page in every language
    title: str
    order: int
    sources: tuple[str, ...]
    text: str  # the Markdown
    html: str


def checklist_of(visit: int) -> str:
    """The code of the page about that visit."""
    return f"{_VISIT}{visit}"


def read_help(language: Path, rtl: bool) -> tuple[HelpPage, ...]:
    """The pages of that language in order, none if it has none; BadLanguage for a broken one."""
    found = list(_read(language, rtl))
    return tuple(sorted(found, key=lambda page: (page.order, page.code)))


def _read(language: Path, rtl: bool) -> Iterator[HelpPage]:
    for file in (language / FOLDER).glob("*.md"):
        try:
            yield page_of(file.stem, file.read_text("utf-8"), rtl)
        except KeyError as error:
            raise BadLanguage(language.name, f"{FOLDER}/{file.name} lacks {error}") from error
        except (ValueError, TypeError) as error:  # tomllib's own is a ValueError
            raise BadLanguage(language.name, f"{FOLDER}/{file.name}: {error}") from error


def page_of(code: str, written: str, rtl: bool) -> HelpPage:
    """The page as it is written; ValueError, KeyError or TypeError for one that cannot be read."""
    parts = written.split(_FENCE, 2)
    if len(parts) != len(("before", "fields", "text")) or parts[0].strip():
        raise ValueError("the fields do not stand between two lines of +++")
    fields = tomllib.loads(parts[1])
    if unknown := sorted(fields.keys() - FIELDS):
        raise ValueError(f"unknown fields: {', '.join(unknown)}")
    return HelpPage(
        code=code,
        title=str(fields["title"]),
        order=int(fields["order"]),
        sources=tuple(map(str, fields["sources"])),
        text=parts[2].strip(),
        html=as_html(parts[2], rtl),
    )
