"""Samples of what staff read while they write pages of the guide."""

from collections.abc import Callable
from typing import Any

from messaging import page_edit_texts
from messaging.keyboards import File, FileKind
from messaging.page_faults import Written
from tests.messaging.place_samples import DAY

CODES = ("sv", "ar")
PAPER = File(FileKind.DOCUMENT, "lotsen-guide.pdf", b"%PDF")


def answers(t) -> dict[str, Any]:
    """Made with the pages of that language: their titles are in it."""
    page, other = t.pages[:2]
    return {
        "pages_list": page_edit_texts.pages_list(t, [(page, None), (other, "draft")], 0, True),
        "pages_one": page_edit_texts.pages_one(t, page, CODES, (), None, False),
        "pages_one own": page_edit_texts.pages_one(t, page, CODES, CODES, "review", True),
        "pages_one other": page_edit_texts.pages_one(t, page, CODES, CODES, "review", False),
        "pages_one draft": page_edit_texts.pages_one(t, page, CODES, ("sv",), "draft", True),
        "pages_language": page_edit_texts.pages_language(t, page, t.code),
    }


ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    page_edit_texts.print_which: [(CODES,)],
    page_edit_texts.to_print: [("ar", PAPER)],
    page_edit_texts.pages_write: [("ar",)],
    page_edit_texts.pages_fault: [(each,) for each in Written],
    page_edit_texts.pages_missing: [(CODES,)],
    page_edit_texts.pages_history: [("bvc", [(1, DAY, "Åsa", "Bo")]), ("bvc", [])],
}
MADE = (page_edit_texts.pages_list, page_edit_texts.pages_one, page_edit_texts.pages_language)
