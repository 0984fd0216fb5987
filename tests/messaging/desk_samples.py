"""Samples of letters to staff about their work and about no family, and of pages around them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from messaging import translating_texts
from messaging.i18n import Tongue
from programme.activities import Words
from programme.busy import CalendarFault
from programme.desk_letters import (
    CalendarUnread,
    CheckAgain,
    SentBack,
    TranslateAsk,
    Translated,
    YearlyDue,
)
from programme.letters import Letter
from programme.notices import WordingState

AT = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
TO_STAFF: dict[str, Any] = {"key": "k", "at": AT, "not_after": AT, "staff_id": 3}
BIG = 9_999_999_999
_TITLE = {"sv": "Pappor & 2 <3>", "en": "Fathers", "so": "Aabbayaal", "ar": "الآباء (2)"}
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
    yield "to staff: yearly", [YearlyDue(**TO_STAFF, year=2026, by=date(2027, 2, 1))]
    yield "to staff: old pages", [CheckAgain(**TO_STAFF, places=0, pages=1, activities=0)]


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
    return {
        f"words_page {n}": translating_texts.words_page(t, t, t, page, saved if n else "")
        for n, page in enumerate(_pages(t))
    }


_WAITING = [
    translating_texts.Waiting(BIG, "ar", title, how)
    for title in TITLES
    for how in ("wanted", "mine", "taken", "given")
]
ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
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
MADE = (translating_texts.words_page,)
STAFF_NAMES = tuple(each.__name__ for each in (*ANSWERS, *MADE))
