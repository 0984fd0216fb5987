"""Samples of what coordinators read while they write and send notices; and of notices on phones."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from messaging import (
    audience_texts,
    notice_letters,
    notice_sending_texts,
    notice_texts,
    public_words,
)
from messaging.i18n import load_languages
from messaging.notice_sending_texts import Counted, Hindrance
from messaging.notice_texts import Shown
from messaging.progress_texts import Shown as Progress
from messaging.public_words import Fault
from programme.activities import ActivityKind, Words
from programme.audience import LeftOut
from programme.letters import Letter
from programme.localtime import STOCKHOLM
from programme.notice_letters import NoticeChanged, NoticeLetter, NoticeRecall
from programme.notices import Audience, NoticeState, WordingState
from tests.messaging.activity_samples import FATHERS, held

AREAS = ("Hjällbo", "Gårdsten <&>")
CODES = ("sv", "ar", "so", "en")
PLAIN = Audience(areas=(1, 2), languages=CODES)
NARROW = replace(
    PLAIN,
    languages=("ar", "so"),
    months_from=2,
    months_to=18,
    expecting=True,
    fathers=True,
    first_child=True,
    follows=ActivityKind.FATHERS,
    signed_up=True,
)
STATES = dict(
    zip(CODES, (WordingState.APPROVED, WordingState.GIVEN, WordingState.TAKEN), strict=False)
)
NEW = Shown(7, PLAIN, AREAS[:1], {}, None, picture=False, urgent=False)
FULL = Shown(7, NARROW, AREAS, STATES, FATHERS, picture=True, urgent=True)
MIXED = replace(NEW, states={**STATES, "en": WordingState.WANTED})
AT = held(1)[0].starts_at
COUNTED = Counted(
    families=20_000,
    parents=dict.fromkeys(CODES, 300),
    later=4,
    left_out=dict.fromkeys(LeftOut, 3),
    unsaid=5,
)
NOBODY = Counted(families=0, parents={}, left_out={})
STOPS = Hindrance(missing=("ar", "so"), long=("sv",), begun=True)
MANY = Progress(
    notice=7, title="Åsa <b>سارة", state=NoticeState.DONE, readers=9, sent=3, waiting=2, failed=1
)
_THEIRS = {t.code: t for t in load_languages()}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    notice_letters.taken_back: [()],
    notice_texts.notice_desk: [()],
    notice_texts.notice_about: [([], 0, False), ([(7, "Åsa <b>سارة")], 1, True)],
    notice_texts.activity_label: [("Åsa <b>سارة",)],
    notice_texts.notice_list: [
        ([], 0, False),
        ([(7, state, "Åsa <b>سارة") for state in NoticeState], 0, True),
    ],
    notice_texts.notice_draft: [(NEW,), (FULL,), (MIXED,)],
    notice_texts.notice_words: [(NEW, CODES), (FULL, CODES), (MIXED, CODES)],
    notice_texts.notice_write: [("ar", 7)],
    public_words.fault_text: [(each,) for each in Fault],
    notice_texts.looks_like: [("sv", "so")],
    notice_texts.notice_saved: [()],
    notice_texts.send_picture: [(7,)],
    notice_texts.picture_fault: [("file",), ("album",), ("large",), ("none",)],
    notice_texts.ask_drop: [(7,)],
    audience_texts.notice_whom: [
        (7, AREAS, PLAIN, False),
        (7, AREAS[:1], NARROW, True),
        (7, AREAS, replace(PLAIN, months_from=0), False),
    ],
    audience_texts.notice_areas: [(7, [(1, "Hjällbo", True), (2, "سارة", False)])],
    audience_texts.one_area_at_least: [()],
    audience_texts.age_from: [(7,)],
    audience_texts.age_until: [(7, months) for months in (0, 1, 2, 12, 18, 24)],
    audience_texts.notice_followers: [(7,)],
    notice_sending_texts.notice_check: [
        (7, COUNTED, Hindrance()),
        (7, NOBODY, Hindrance()),
        (7, COUNTED, STOPS),
    ],
    notice_sending_texts.preview_end: [(7, True), (7, False)],
    notice_sending_texts.said_already: [(7, True), (7, False)],
    notice_sending_texts.notice_leaving: [
        (replace(MANY, state=state), ["!"[:0]], AT, STOCKHOLM, own, "", own)
        for state in NoticeState
        if state is not NoticeState.DRAFT
        for own in (True, False)
    ],
    notice_sending_texts.ask_stop: [(7,)],
    notice_sending_texts.ask_recall: [(7,)],
    notice_sending_texts.notice_done: [("sent",), ("scheduled",), ("faster",)],
    notice_sending_texts.corrected: [(3, 0), (3, 2)],
    notice_sending_texts.withdrawn_now: [(3, 0), (3, 2)],
}
PARTS = (
    *("act_button", "back_to", "audience_lines", "desk_button", "notice_label", "notice_facts"),
    *("word_lines", "notice_language", "hindrance_lines", "ask_send_day", "ask_send_time"),
)
STAFF_NAMES = tuple(each.__name__ for each in ANSWERS if each is not notice_letters.taken_back)


def answers(t: Any) -> dict[str, Any]:
    """The page of one language's words, in the same language: staff may read another's."""
    words, theirs = FATHERS.words[t.code], _THEIRS[t.code]
    page = notice_texts.notice_language
    return {
        "notice_language": page(t, theirs, MIXED, words, 3),
        "notice_language empty": page(t, theirs, NEW, None),
        "notice_language activity": page(t, theirs, FULL, words),
    }


def parcels(t: Any) -> Iterator[tuple[str, list[Letter]]]:
    """Notices on phones, with words in the reader's language."""
    about = {
        "key": "k",
        "at": AT - timedelta(days=2),
        "not_after": AT,
        "family_id": 4,
        "guardian_id": 5,
        "notice_id": 7,
    }
    words: Words = FATHERS.words[t.code]
    said = {**about, "revision": 0, "words": words}
    yield "notice", [NoticeLetter(**said)]
    yield "notice of an activity", [NoticeLetter(**said, activity=FATHERS, occasions=held(1))]
    yield "notice changed", [NoticeChanged(**said, activity=FATHERS, occasions=held(3))]
    yield "notice recalled", [NoticeRecall(**about, message_id=9)]
