"""Samples of what staff read while they look after places; many buttons are allowed under these."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from messaging import place_edit_texts, place_field_texts
from messaging.place_edit_buttons import WORKDAYS
from messaging.place_edit_texts import Listed
from programme.places import Change, Venue, VenueKind
from services.place_editing import Outcome
from tests.messaging.place_samples import CENTRE, DAY, LATER, LONG, NOW

AGAIN = DAY.replace(month=6)
CHANGES = (Change(DAY, DAY), Change(DAY, AGAIN), Change(DAY, DAY, LONG), Change(DAY, AGAIN, LONG))
FULL = replace(CENTRE, changes=CHANGES)
NEW = Venue(id=3, name="", kind=VenueKind.LIBRARY)
VENUES = (FULL, NEW, LATER, replace(LATER, opens_on=DAY))
CODES = ("sv", "ar")
MARKS = (None, "old", "draft", "review")

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    place_edit_texts.edit_list: [
        ([], 0, 0, False),
        *(
            ([Listed(7, "Åsa <b>سارة", mark) for mark in MARKS], old, 0, True)
            for old in (1, 2, 3, 11, 100)
        ),
        ([Listed(7, "", "draft")], 0, 1, False),
    ],
    place_edit_texts.nameless: [()],
    place_edit_texts.edit_kind: [()],
    place_edit_texts.edit_facts: [(venue,) for venue in VENUES],
    place_edit_texts.change_line: [(each,) for each in CHANGES],
    place_edit_texts.edit_place: [
        (FULL, None, None),
        (FULL, "draft", "Åsa"),
        (FULL, "review", None, "!"[:0]),
    ],
    place_edit_texts.edit_draft: [
        (NEW, None, False, False),
        (FULL, "draft", True, True),
        (FULL, "review", True, True),
        (FULL, "review", False, True),
    ],
    place_edit_texts.edit_missing: [(CODES,), (CODES[:1],)],
    place_edit_texts.edit_refused: [(str(each),) for each in Outcome],
    place_edit_texts.edit_done: [("published",), ("sent",), ("checked",), ("saved",)],
    place_edit_texts.edit_gone: [(FULL,)],
    place_edit_texts.edit_history: [
        (7, [(1, NOW, "Åsa", "Bo"), (2, NOW, None, None)], 0, True),
    ],
    place_edit_texts.edit_edition: [(FULL, 5)],
    place_field_texts.edit_hours: [(FULL,), (NEW,)],
    place_field_texts.edit_day: [(FULL, 0), (NEW, 6), (FULL, WORKDAYS)],
    place_field_texts.edit_changes: [(FULL,), (NEW,)],
    place_field_texts.edit_span: [(7, DAY, AGAIN)],
    place_field_texts.ask_first: [()],
    place_field_texts.ask_last: [(DAY,)],
    place_field_texts.ask_opens: [()],
    place_field_texts.ask_closes: [()],
    place_field_texts.ask_opening_day: [()],
    place_field_texts.edit_house: [(FULL,), (NEW,)],
    place_field_texts.edit_later: [(FULL,)],
    place_field_texts.edit_way: [(FULL, CODES), (NEW, CODES)],
    place_field_texts.write_now: [("name",), ("way", "ar"), ("position",)],
    place_field_texts.keys_away: [()],
}
PARTS = ("act_button", "week_lines", "marked", "edition_line")
STAFF_NAMES = tuple(function.__name__ for function in ANSWERS if function.__name__ != "change_line")
