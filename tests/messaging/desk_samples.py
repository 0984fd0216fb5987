"""Samples of letters to staff about their work and about no family, and of pages around them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from messaging import help_texts, morning_texts, translating_texts
from messaging.i18n import Tongue
from programme.activities import Words
from programme.busy import CalendarFault
from programme.desk_letters import (
    AccessRests,
    CalendarUnread,
    CheckAgain,
    ConfirmColleague,
    MorningList,
    SentBack,
    TranslateAsk,
    Translated,
    UnusualLooks,
    YearlyDue,
)
from programme.letters import Letter
from programme.localtime import STOCKHOLM
from programme.morning_list import About, Line, Office, Section
from programme.mornings import CHOICES
from programme.notices import WordingState
from programme.people import Meeting, Place, Role
from programme.reasons import Asked

AT = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
TO_STAFF: dict[str, Any] = {"key": "k", "at": AT, "not_after": AT, "staff_id": 3}
BIG = 9_999_999_999
_TITLE = {"sv": "Pappor & 2 <3>", "en": "Fathers", "so": "Aabbayaal", "ar": "الآباء (2)"}
LABELS = ("röda <dörren>", "الباب الأحمر (2)", "W" * 40)
TITLES = ("Pappaträff <3 och fika", "لقاء الآباء (الخميس)")


def parcels() -> Iterator[tuple[str, list[Letter]]]:
    """Every kind of letter; each name begins like the others to staff."""
    for title in TITLES:
        words = {**TO_STAFF, "wording_id": 7, "language": "so", "title": title}
        yield f"to staff: translate {title}", [TranslateAsk(**words)]
        yield f"to staff: translate again {title}", [TranslateAsk(**words, again=True)]
        yield f"to staff: sent back {title}", [SentBack(**words)]
        yield f"to staff: translated {title}", [Translated(**words)]
    for fault in CalendarFault:
        yield f"to staff: {fault}", [CalendarUnread(**TO_STAFF, since=AT, fault=fault)]
    for n in (1, 2, 3, 11, 100):
        old = CheckAgain(**TO_STAFF, places=n, pages=n, activities=n)
        yield f"to staff: old {n}", [old]
    for n, others in ((7, 7), (21, 0), (61, 1), (100, 11)):
        about: dict[str, Any] = {"name": "Anna <B>", "role": Role.NURSE, "day": date(2027, 3, 4)}
        looks = UnusualLooks(**TO_STAFF, **about, families=n, others=others)
        yield f"to staff: looks {n}", [looks]
    about = {"who": BIG, "name": "Anna <B>", "role": Role.PARENT_SUPPORTER, "by": AT}
    yield "to staff: confirm", [ConfirmColleague(**TO_STAFF, **about)]
    yield "to staff: access rests", [AccessRests(**TO_STAFF, by=AT)]
    yield "to staff: yearly", [YearlyDue(**TO_STAFF, year=2026, by=date(2027, 2, 1))]
    yield "to staff: old pages", [CheckAgain(**TO_STAFF, places=0, pages=1, activities=0)]
    yield from _mornings()


def _mornings() -> Iterator[tuple[str, list[Letter]]]:
    """Everything at once, as long as it gets; and single parts."""
    day, many = date(2027, 3, 4), 100
    met: dict[str, Any] = {"visit": 3, "starts_at": AT, "place": Place.FAMILY_CENTRE}
    to_book: dict[str, Any] = {"visit": 3, "last_day": day}
    at_an_hour = {About.TODAY, About.CALL, About.INTERPRETER}
    every = tuple(
        Section(
            about=about,
            many=many,
            lines=tuple(
                Line(
                    about=about,
                    family_id=BIG + n,
                    family=label,
                    **(met if about in at_an_hour else to_book),
                )
                for n, label in enumerate(LABELS)
            ),
        )
        for about in About
    )
    facts: dict[str, Any] = {**TO_STAFF, "day": day}
    office = Office(
        by_poster=1,
        untranslated=2,
        to_approve=3,
        old_places=11,
        old_pages=100,
        old_activities=1,
        failed=2,
    )
    yield "to staff: morning", [MorningList(**facts, sections=every, office=office)]
    asked = tuple(Line(about=About.WAITS, family_id=7, family=7, asked=each) for each in Asked)
    waits = Section(about=About.WAITS, many=len(asked), lines=asked)
    walk = Line(about=About.TODAY, family_id=7, family=7, meeting=Meeting.WALK, starts_at=AT)
    today = Section(about=About.TODAY, many=1, lines=(walk,))
    yield "to staff: morning asked", [MorningList(**facts, sections=(today, waits))]
    yield "to staff: morning office", [MorningList(**facts, office=Office(failed=1))]


def _pages(t: Tongue) -> Iterator[translating_texts.ShownWords]:
    words = Words(_TITLE[t.code], _TITLE[t.code])
    facts: dict[str, Any] = {"id": BIG, "revision": BIG, "source": words, "of_activity": True}
    page = translating_texts.ShownWords
    for state in WordingState:
        yield page(state=state, **facts)
        yield page(state=state, looks_through=True, words=words, **facts)
    yield page(state=WordingState.WANTED, free=True, **facts)
    yield page(state=WordingState.TAKEN, mine=True, **facts)
    yield page(
        state=WordingState.TAKEN, mine=True, words=words, lines=("آباء" if t.rtl else "x",), **facts
    )
    yield page(state=WordingState.WANTED, id=BIG)
    yield page(state=WordingState.TAKEN, id=BIG, mine=True)


def answers(t: Tongue) -> dict[str, Any]:
    """Pages with words of that very language in them: a phone shows each in its own."""
    saved = translating_texts.words_done(t, "saved")
    helped = {
        f"help_page {page.code}": help_texts.help_page(t, page, BIG, BIG) for page in t.staff_help
    }
    return helped | {
        f"words_page {n}": translating_texts.words_page(t, t, t, page, saved if n else "")
        for n, page in enumerate(_pages(t))
    }


_WAITING = [
    translating_texts.Waiting(BIG, "ar", title, how)
    for title in TITLES
    for how in ("wanted", "mine", "taken", "given")
]
_EVERY = [letter for _, [letter] in _mornings() if isinstance(letter, MorningList)]
ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    help_texts.help_list: [()],
    morning_texts.morning_page: [
        (each, STOCKHOLM) for each in (*_EVERY, replace(_EVERY[-1], office=Office()))
    ],
    morning_texts.choose_morning: [(None, CHOICES), *((each, CHOICES) for each in CHOICES)],
    translating_texts.what_waits: [
        ([], 0, True),
        (_WAITING, 0, False),
        ([*_WAITING, *_WAITING], 0, True),
    ],
    translating_texts.write_words: [("so", BIG, True), ("so", BIG, False)],
    translating_texts.words_done: [(each,) for each in ("saved", "given", "back", "left")],
    translating_texts.words_refused: [
        (each,) for each in ("taken", "changed", "empty", "leaves", "over")
    ],
    translating_texts.are_asked: [
        (("ar",), ()),
        (("ar", "so"), ("so",)),
        (("ar", "so"), ("ar", "so")),
        ((), ()),
        ((), (), True),
    ],
    translating_texts.my_languages: [({"sv": True, "ar": False},)],
}
MADE = (translating_texts.words_page, help_texts.help_page)
STAFF_NAMES = tuple(each.__name__ for each in (*ANSWERS, *MADE))
