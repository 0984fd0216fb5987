"""Every text about data, erasure, clearing and writing to the team, made with given values."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from messaging import (
    consent_texts,
    exit_texts,
    look_texts,
    mydata_texts,
    research_texts,
    thread_texts,
)
from programme import letters as facts
from programme.localtime import STOCKHOLM
from programme.looks import LookWhy
from programme.people import Booking, Child, Role, Why

_STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)
_VISIT = Booking(id=7, child_id=6, visit=3, starts_at=_STARTS)
_CHILDREN = (
    Child(id=6, born=date(2026, 10, 31)),
    Child(id=8, born=None, due=date(2027, 4, 1)),
)

# Parts of sentences and rows: not sent by themselves.
PARTS = {"who_looked_button", "clear_rows", "about_visits", "answer_button", "research_button"}

_LOOKS = [
    *((date(2027, 3, n), "Anna", Role.PARENT_SUPPORTER, why) for n, why in enumerate(LookWhy, 1)),
    (date(2027, 3, 9), "", None, LookWhy.OPERATOR),
]

_ABOUT = {"key": "k", "at": _STARTS, "not_after": _STARTS, "family_id": 4}


def parcels() -> Iterator[tuple[str, list[facts.Letter]]]:
    """What travels between a parent and the team."""
    ask = facts.TeamAsk(**_ABOUT, staff_id=3, thread_id=9, text="Kan ni <komma> kl. 9?\nتعالوا")
    yield "team ask", [ask]
    yield "erasure", [facts.ErasureNotice(**_ABOUT, guardian_id=5, day=date(2029, 5, 31))]
    yield "consent", [facts.ConsentAsk(**_ABOUT, guardian_id=5)]
    yield "team answer", [facts.TeamAnswer(**_ABOUT, guardian_id=5, text="Ja, vi kommer & hälsar")]


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
    mydata_texts.all_in_a_file: [(b"{}",), (b"{}", False)],
    look_texts.why_open: [(7,)],
    look_texts.write_reason: [()],
    look_texts.who_looked: [
        ([], [], 0),
        (_LOOKS, ["Anna", "Bo"], 0),
        (_LOOKS, ["Anna", "Bo"], 4),
        (_LOOKS, [], len(_LOOKS) - 1),
    ],
    research_texts.research_page: [
        (None, False),
        (None, True),
        (date(2026, 11, 2), False),
        (date(2026, 11, 2), True),
    ],
    research_texts.said_yes: [()],
    research_texts.said_no: [()],
    mydata_texts.before_forgetting: [
        (False, None, STOCKHOLM),
        (True, None, STOCKHOLM),
        (False, _VISIT, STOCKHOLM),
    ],
    thread_texts.may_write: [((0, 0),), ((480, 990),)],
    thread_texts.nobody_reads: [()],
    consent_texts.ask_again: [()],
    consent_texts.said_yes: [(None,)],
    thread_texts.first_start_again: [(Why.STOPPED,), (Why.AWAY,)],
    thread_texts.too_long: [(n,) for n in (0, 1, 2, 3, 11, 500)],
    thread_texts.given_to_team: [(7, (0, 0)), (7, (480, 990))],
    thread_texts.no_files: [(7,)],
    thread_texts.will_call: [()],
    thread_texts.ask_body: [("den röda dörren", "Kan ni komma kl. 9?")],
    thread_texts.open_threads: [([],), ([(7, "den röda dörren"), (8, 12)],)],
    thread_texts.write_answer: [("Svenska", "Kan ni komma kl. 9?")],
    thread_texts.answer_given: [()],
    thread_texts.already_answered: [()],
    thread_texts.after_team: [(None,), (Why.PAUSED,)],
    mydata_texts.forgotten: [()],
    mydata_texts.forgotten_for_the_other: [()],
    mydata_texts.forgotten_and_we_come: [(_VISIT, STOCKHOLM)],
    mydata_texts.forgotten_and_we_stay: [(_VISIT, STOCKHOLM)],
}
