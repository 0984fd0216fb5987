"""Samples of what staff read when they write activities and plan their times."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from messaging import activity_field_texts, activity_texts, occasion_texts
from messaging.activity_texts import _DONE, Listed, Shown
from messaging.i18n import load_languages
from messaging.public_words import Fault
from programme.activities import ActivityState, Interpreter, SigningUp
from programme.localtime import STOCKHOLM
from tests.cast import local
from tests.messaging.activity_samples import (
    BARE,
    FATHERS,
    FIRST,
    HOUSE,
    LECTURE,
    MORNING,
    held,
)

NOW: datetime = local("2027-03-01T12:00")
LATER = date(2027, 6, 15)
CODES = ("sv", "ar", "so", "en")
FOUR, ONE_OFF = held(4), held(1, off=(0,))
DRAFT = replace(BARE, state=ActivityState.DRAFT)
GONE = replace(FATHERS, state=ActivityState.CANCELLED)
INTERPRETED = replace(BARE, interpreter=Interpreter.ANY)
COUNTS = (0, 1, 2, 3, 11, 100)
LACKS = ("words", "times", "where", "spoken")
_THEIRS = {t.code: t for t in load_languages()}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    activity_texts.activity_list: [
        ([], 0, False, False, False),
        (
            [Listed(FATHERS, "Åsa <b>سارة", mark) for mark in ("open", "draft", "ends")],
            0,
            True,
            True,
            True,
        ),
        ([Listed(DRAFT, "", "draft")], 1, False, True, False),
    ],
    activity_texts.ask_kind: [()],
    activity_texts.activity_page: [
        (Shown(FATHERS, FOUR), STOCKHOLM, NOW, True, True),
        (Shown(FATHERS, FOUR, seats=["1"][:0], notices=3), STOCKHOLM, NOW, False),
        (Shown(DRAFT, (), "", LACKS, CODES[:1]), STOCKHOLM, NOW, True),
        (Shown(DRAFT, FOUR, "سارة <b>", (), ()), STOCKHOLM, NOW, True),
        (Shown(MORNING, held(16), ends=LATER, notices=1), STOCKHOLM, NOW, True),
        (Shown(GONE, ONE_OFF, notices=2), STOCKHOLM, NOW, True),
        (Shown(LECTURE, FOUR), STOCKHOLM, NOW, True),
    ],
    activity_texts.signed_up_line: [
        *((n, None, 0) for n in COUNTS),
        *((n, 100, n) for n in COUNTS),
    ],
    activity_texts.ask_cancel: [(Shown(FATHERS, FOUR),), (Shown(DRAFT, (), "سارة"),)],
    activity_texts.ask_correct: [(Shown(FATHERS, FOUR), n) for n in COUNTS],
    activity_texts.corrected: [(n, n) for n in COUNTS],
    activity_texts.activity_done: [(what,) for what in _DONE],
    activity_texts.fewer_than_signed_up: [(n, 3) for n in COUNTS[1:]],
    activity_field_texts.edit_activity: [
        (FATHERS, 2),
        (MORNING,),
        (BARE,),
        (replace(BARE, signing_up=SigningUp.EACH),),
    ],
    activity_field_texts.edit_words: [
        (FATHERS, CODES, dict(zip(CODES, ("approved", "wanted", "given", ""), strict=True)), True),
        (DRAFT, CODES, {"sv": "taken"}, False),
    ],
    activity_field_texts.ask_words: [
        (FATHERS, _THEIRS["ar"], None, FATHERS.words["ar"]),
        *((BARE, _THEIRS["sv"], fault) for fault in Fault),
    ],
    activity_field_texts.ask_place: [(FATHERS, [HOUSE]), (BARE, [])],
    activity_field_texts.ask_link: [(LECTURE,), (BARE, True)],
    activity_field_texts.ask_spoken: [(FATHERS, CODES), (BARE, CODES)],
    activity_field_texts.ask_interpreter: [(FATHERS, CODES), (BARE, CODES), (INTERPRETED, CODES)],
    activity_field_texts.ask_whom: [(FATHERS,)],
    activity_field_texts.ask_age: [(FATHERS,), (BARE,)],
    activity_field_texts.ask_oldest: [(FATHERS,), (LECTURE,)],
    activity_field_texts.ask_signing_up: [(FATHERS,)],
    activity_field_texts.ask_capacity: [(FATHERS, None), (FATHERS, 12)],
    activity_field_texts.ask_picture: [(BARE,), (replace(BARE, picture="x"), True)],
    activity_field_texts.ask_areas: [(replace(BARE, areas=(1,)), [(1, "Hjällbo"), (2, "سارة")])],
    occasion_texts.times_page: [
        (FATHERS, FOUR, STOCKHOLM, 0, True, 1),
        (MORNING, held(16, off=(1,)), STOCKHOLM, 0, False),
        (DRAFT, (), STOCKHOLM, 0, True),
    ],
    occasion_texts.question: [
        (what,) for what in ("first", "begins", "ends", "last", "moved", "off_first", "off_last")
    ],
    occasion_texts.ask_count: [(1, FIRST, 1050, 90)],
    occasion_texts.occasion_page: [
        (FATHERS, FOUR[0], STOCKHOLM, True, True, True, 3),
        (FATHERS, FOUR[0], STOCKHOLM, False, False, True),
        (FATHERS, ONE_OFF[0], STOCKHOLM, True, True, True),
        (FATHERS, FOUR[0], STOCKHOLM, True, False, False),
    ],
    occasion_texts.name_of: [(FATHERS,)],
    occasion_texts.when: [(FOUR[0], STOCKHOLM)],
    occasion_texts.ask_cancel_time: [(FATHERS, FOUR[0], STOCKHOLM)],
    occasion_texts.ask_off_days: [(1, FIRST, LATER, n) for n in COUNTS],
    occasion_texts.timetable: [
        ([], FIRST, 0, [], 0, [], STOCKHOLM),
        (
            [(FATHERS, FOUR[0]), (LECTURE, FOUR[1]), (BARE, ONE_OFF[0])],
            FIRST,
            1,
            [(7, "Demo <b>"), (8, "سارة")],
            7,
            [("سارة <b>", LATER)],
            STOCKHOLM,
        ),
    ],
    occasion_texts.closed: [(n,) for n in COUNTS],
    occasion_texts.is_off: [()],
    occasion_texts.ask_which_place: [([],), ([HOUSE],)],
}
PARTS = ("to_activity_button", "activities_button", "planned", "ask_close", "close_button")
PARTS = (*PARTS, "correct_buttons", "place_closed", "closed_place", "closed_time", "act_button")
STAFF_NAMES = tuple(function.__name__ for function in ANSWERS)
