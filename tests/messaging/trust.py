"""Every text about data, erasure, clearing and writing to the team, made with given values."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from messaging import exit_texts, mydata_texts
from programme.localtime import STOCKHOLM
from programme.people import Booking, Child

_STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)
_VISIT = Booking(id=7, child_id=6, visit=3, starts_at=_STARTS)
_CHILDREN = (
    Child(id=6, born=date(2026, 10, 31)),
    Child(id=8, born=None, due=date(2027, 4, 1)),
)

# Parts of sentences and rows: not sent by themselves.
PARTS = {"clear_rows", "about_visits"}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    exit_texts.neutral_line: [()],
    exit_texts.before_clearing: [()],
    exit_texts.cleared: [()],
    exit_texts.deleted: [()],
    exit_texts.fades_soon: [()],
    exit_texts.danger: [()],
    mydata_texts.about_you: [(4_100_000_001, date(2026, 11, 2), n) for n in (0, 1, 2, 3, 11, 100)]
    + [(None, None, 5)],
    mydata_texts.about_family: [
        ("Hjällbo", "den röda dörren", _CHILDREN),
        ("Hjällbo", None, _CHILDREN[:1]),
    ],
    mydata_texts.all_in_a_file: [(b"{}",)],
    mydata_texts.before_forgetting: [
        (False, None, STOCKHOLM),
        (True, None, STOCKHOLM),
        (False, _VISIT, STOCKHOLM),
    ],
    mydata_texts.forgotten: [()],
    mydata_texts.forgotten_for_the_other: [()],
    mydata_texts.forgotten_and_we_come: [(_VISIT, STOCKHOLM)],
    mydata_texts.forgotten_and_we_stay: [(_VISIT, STOCKHOLM)],
}
