"""Every text about lines for the yearly follow-up, made with given values."""

from collections.abc import Callable
from typing import Any

from messaging import note_texts
from programme.headings import Heading, LineFault

BIG = 987_654_321
LINE = "Åtta pappor kom <3 gånger mer"
_LINES = [(BIG, each, LINE * 2) for each in Heading]

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    note_texts.follow_up_desk: [()],
    note_texts.choose_heading: [(), (BIG, LINE), (0, LINE)],
    note_texts.nameless: [()],
    note_texts.write_line: [(None,), *((each,) for each in Heading)],
    note_texts.line_refused: [(each,) for each in LineFault],
    note_texts.note_page: [
        (BIG, Heading.GAINS, LINE, 2026, [], [], 1, ""),
        (BIG, Heading.PARENT_SUPPORT, LINE, 2026, [2027], [(1, "Hjällbo"), (2, "Gårdsten")], 1, ""),
    ],
    note_texts.note_done: [("saved",), ("dropped",)],
    note_texts.note_list: [([], 0), (_LINES, 0), (_LINES, 1)],
}
PARTS = ("follow_up_button", "numbers_button", "heading_name", "lines_button", "yearly_button")
STAFF_NAMES = tuple(each.__name__ for each in ANSWERS)
