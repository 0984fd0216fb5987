"""What people write stands on the demo's pages as words: nothing makes markup of a text."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [each for home in ("simulator", "bot") for each in (ROOT / home).glob("*.[hj][ts]*")]
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
    r"|srcdoc|\beval\(|new Function"
)


def test_no_page_makes_markup_out_of_a_text():
    assert {each.name for each in PAGES} >= {
        "bubble.js",
        "page.js",
        "phone.js",
        "panel.js",
        "guide.js",
    }
    assert {each.name: MARKUP.findall(each.read_text("utf-8")) for each in PAGES} == {
        each.name: [] for each in PAGES
    }
