"""Tags, marks of direction, controls and far too much, on what leaves the chat with a name in it.

A calendar has no words of anybody (`test_calendar_files.py`), a report's tables are tried in
`tests/services/test_report_files.py`, the fields of the chat in `tests/door/test_free_fields.py`.
"""

import unicodedata
from dataclasses import replace

import pypdfium2
import pytest

from messaging import cards, slips
from messaging.isolates import FSI, LRI, MARKS, PDI, clean
from programme.localtime import STOCKHOLM
from programme.people import Role, StaffMember
from tests.messaging import wishes

ODD = (
    '<script src="//x.example/a.js">a()</script>',
    '"><img src=x onerror=a()>',
    "&lt;b&gt;{lines}{0}%s",
    "\u202e\u2067\u200f\u200bEva",
    "Eva\x00\x1b[31m\r\nBEGIN:VEVENT\x07",
    '=HYPERLINK("https://x.example","a")',
    "javascript:a()",
    "[a](https://x.example)",
    "x" * 4000,
)


def letter_of(name: str):
    """The reminder that a slip says, if such a one came."""
    odd = StaffMember(id=1, name=name, role=Role.NURSE)
    return replace(wishes.reminder(), staff=(odd,))


def steers(text: str) -> list[str]:
    ours = {"\n", FSI, LRI, PDI}
    return [
        each
        for each in text
        if each not in ours and (unicodedata.category(each) == "Cc" or each in MARKS | {"\u200b"})
    ]


def read(content: bytes) -> str:
    """What stands on a paper."""
    pages = pypdfium2.PdfDocument(content)
    return "".join(each.get_textpage().get_text_range() for each in pages)


@pytest.mark.parametrize("name", ODD)
def test_a_slip_is_words_and_nothing_else_whatever_somebody_is_called(languages, name):
    first = clean(name.split()[0])  # no more of a name is shown
    for t in languages:
        said = slips.text(letter_of(name), t, STOCKHOLM)
        assert first in said  # as it is
        assert steers(said) == []
        assert said.count(FSI) + said.count(LRI) == said.count(PDI)
        assert_runs_nothing(slips.sheet(letter_of(name[:200]), t, STOCKHOLM))


def assert_runs_nothing(content: bytes) -> None:
    for never in (b"/JavaScript", b"/JS", b"/URI", b"/Launch"):
        assert never not in content


def test_the_guide_s_paper_runs_nothing_and_leads_nowhere(languages):
    t = languages.get("en")
    said = [str(t.fill("{words}", words=each[:400])) for each in ODD]
    page = replace(next(iter(t.pages)), title=said[1], html="\n".join(said))
    content = cards.booklet(t, [page])
    assert_runs_nothing(content)
    assert "HYPERLINK" in read(content) and "onerror" in read(content)  # as words
