"""The guide: pages in Markdown, one file each, in `locales/<language>/guide/`.

A page is read once, when the guide is first asked for, and becomes Telegram's HTML there. What is
wrong with pages that can be read is told by `page_faults.py`; their words around and their buttons
are in `guide_texts.py`.
"""

import html
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from messaging.errors import BadLanguage
from messaging.helplines import HELPLINES
from messaging.isolates import Sign, isolate

FOLDER = "guide"
FIELDS = frozenset({"title", "ages", "checked_on", "sources", "words"})
_FENCE = "+++\n"
_TAGS = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "\n",
}
_BLOCKS = frozenset(
    f"{name}_{end}"
    for name in ("paragraph", "bullet_list", "list_item")
    for end in ("open", "close")
) | {"inline"}
_IN_A_LIST = 3  # how deep a line of a list lies; deeper is a list inside a list
# A helpline in braces; else what runs from left to right inside a line from right to left: Latin
# words and numbers, with what joins them.
_PIECES = re.compile(
    r"\{(?P<name>\w+)\}"
    r"|(?P<foreign>[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ .:/'–-]*[A-Za-z0-9À-ɏ%])?)"
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the guide in one language."""

    code: str  # the file's name: the same page in every language
    title: str
    ages: tuple[int, int]  # in months: when it is of most use; below 0 a child is expected
    checked_on: date
    sources: tuple[str, ...]
    words: tuple[str, ...]  # what else people call what it is about
    text: str  # the Markdown
    html: str

    @property
    def fades(self) -> bool:
        """Whether nobody should find it on the phone later: it names the line for women (B12)."""
        return "{women_line}" in self.text

    def fits(self, age: int) -> bool:
        """Whether it is of most use at that age in months."""
        return self.ages[0] <= age <= self.ages[1]


def read_pages(language: Path, rtl: bool) -> tuple[Page, ...]:
    """The pages of that language, none if it has no guide; BadLanguage names a broken one."""
    files = sorted((language / FOLDER).glob("*.md"))
    return tuple(_read(file, language.name, rtl) for file in files)


def _read(file: Path, code: str, rtl: bool) -> Page:
    try:
        return page_of(file.stem, file.read_text("utf-8"), rtl)
    except KeyError as error:
        raise BadLanguage(code, f"{FOLDER}/{file.name} lacks {error}") from error
    except (ValueError, TypeError) as error:  # tomllib's own is a ValueError
        raise BadLanguage(code, f"{FOLDER}/{file.name}: {error}") from error


def page_of(code: str, written: str, rtl: bool) -> Page:
    """The page as it is written; ValueError, KeyError or TypeError for one that cannot be read."""
    before, fields, text = _parts(written)
    if before.strip():
        raise ValueError("it does not begin with +++")
    if unknown := sorted(fields.keys() - FIELDS):
        raise ValueError(f"unknown fields: {', '.join(unknown)}")
    first, last = fields["ages"]
    if type(fields["checked_on"]) is not date:
        raise ValueError("checked_on is no date such as 2026-11-22")
    return Page(
        code=code,
        title=str(fields["title"]),
        ages=(int(first), int(last)),
        checked_on=fields["checked_on"],
        sources=tuple(map(str, fields["sources"])),
        words=tuple(map(str, fields["words"])),
        text=text.strip(),
        html=as_html(text, rtl),
    )


def _parts(written: str) -> tuple[str, dict[str, Any], str]:
    try:
        before, fields, text = written.split(_FENCE, 2)
    except ValueError as error:
        raise ValueError("the fields do not stand between two lines of +++") from error
    return before, tomllib.loads(fields), text


def as_html(text: str, rtl: bool) -> str:
    """Paragraphs, bold, lists and https links as Telegram's HTML; ValueError for anything else."""
    return "\n".join(_blocks(MarkdownIt("commonmark").parse(text), rtl)).strip()


def _blocks(tokens: Sequence[Token], rtl: bool) -> Iterator[str]:
    # A line from right to left must begin with a letter of its own (domain.md 3.7): no bullet.
    bullet = "" if rtl else "• "
    for token in tokens:
        if token.type not in _BLOCKS or token.level > _IN_A_LIST:
            raise ValueError(f"Markdown that is not for Telegram: {token.type}")
        if token.type == "inline":
            line = "".join(_inline(token.children or (), rtl))
            yield bullet + line if token.level == _IN_A_LIST else line
        elif token.nesting < 0 and token.level == 0:
            yield ""


def _inline(tokens: Iterable[Token], rtl: bool) -> Iterator[str]:
    for token in tokens:
        if token.type == "text":
            yield text_as_html(token.content, rtl)
        elif token.type == "link_open":
            yield f'<a href="{html.escape(_https(token))}">'
        elif token.type in _TAGS:
            yield _TAGS[token.type]
        else:
            raise ValueError(f"Markdown that is not for Telegram: {token.type}")


def _https(token: Token) -> str:
    link = str(token.attrs["href"])
    if not link.startswith("https://"):
        raise ValueError(f"a link that is not https: {link}")
    return link


def text_as_html(text: str, rtl: bool) -> str:
    """The words escaped, helplines put in, and what runs the other way isolated."""
    made, at = [], 0
    for piece in _PIECES.finditer(text):
        made += [html.escape(text[at : piece.start()], quote=False), _piece(piece, rtl)]
        at = piece.end()
    return "".join([*made, html.escape(text[at:], quote=False)])


def _piece(piece: re.Match[str], rtl: bool) -> str:
    if name := piece["name"]:
        if name not in HELPLINES:
            raise ValueError(f"unknown placeholder {{{name}}}")
        return isolate(HELPLINES[name])
    return isolate(Sign(piece["foreign"])) if rtl else html.escape(piece["foreign"], quote=False)


def rewritten(page: Page, text: str, checked_on: date, rtl: bool) -> Page:
    """The page with another text, which staff have published; as it was if that cannot be read."""
    try:
        html = as_html(text, rtl)
    except (ValueError, KeyError):  # written by the rules of an older version
        return page
    return replace(page, text=text.strip(), html=html, checked_on=checked_on)


def by_age(pages: Iterable[Page], ages: Sequence[int]) -> list[Page]:
    """The pages of most use at these ages first, the closest fit before; then what comes next."""
    return sorted(pages, key=lambda page: (_distance(page, ages), _width(page), page.code))


def _distance(page: Page, ages: Sequence[int]) -> tuple[int, int]:
    """First what fits one of the children, then what will soon, then what is past."""
    if any(page.fits(age) for age in ages):
        return (0, 0)
    ahead = [page.ages[0] - age for age in ages if page.ages[0] > age]
    return (1, min(ahead)) if ahead else (2, 0)


def _width(page: Page) -> int:
    return page.ages[1] - page.ages[0]
