"""The questions about a new family in their order, and what each answer adds. Knows no chat.

Everything that is known so far is one dictionary, which the conversation keeps sealed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from messaging import spoken
from messaging.callbacks import CallbackData
from messaging.i18n import Languages
from messaging.picker_buttons import PickDay
from messaging.pickers import Days
from messaging.register_buttons import (
    ANY_INTERPRETER,
    NO_INTERPRETER,
    FamilyArea,
    FamilyLanguage,
    FamilySpoken,
    FirstChild,
    Interpreter,
    Protected,
)
from messaging.registering_texts import BORN, DUE, OTHER, Draft
from programme.ages import add_months
from programme.births import OLDEST_MONTHS
from programme.people import InterpreterWish
from services.registering import Answers, Row

Known = dict[str, Any]

AREA, DAY, FIRST, LANGUAGE, SPOKEN, INTERPRETER, CHECK = (
    *("area", "day", "first", "language", "spoken", "interpreter", "check"),
)
OVERDUE, AHEAD = timedelta(weeks=3), timedelta(weeks=42)
_WISHES = {NO_INTERPRETER, ANY_INTERPRETER, *InterpreterWish}


def born_days(today: date) -> Days:
    """The days on which a child may have been born."""
    return Days(today=today, first=add_months(today, -OLDEST_MONTHS), last=today)


def due_days(today: date) -> Days:
    """The days on which a child may be due."""
    return Days(today=today, first=today - OVERDUE, last=today + AHEAD)


def begin(areas: Sequence[Row]) -> Known:
    """Nothing is known but, for who works in one area, where."""
    if len(areas) > 1:
        return {"at": AREA, "several": True}
    return {"at": DAY, "several": False, "area": areas[0].id, "area_name": areas[0].name}


def _order(known: Mapping[str, Any]) -> list[str]:
    """The questions that this family is asked."""
    return [
        *([AREA] if known["several"] else []),
        *(DAY, FIRST, LANGUAGE),
        *([SPOKEN] if known.get("family_language") == OTHER else []),
        *([] if known.get("family_language") == "sv" else [INTERPRETER]),
        CHECK,
    ]


def back(known: Known) -> Known:
    """At the question before."""
    order = _order(known)
    return {**known, "at": order[max(order.index(known["at"]) - 1, 0)]}


def learn(
    known: Known, pressed: CallbackData, areas: Sequence[Row], today: date, languages: Languages
) -> Known:
    """What is known after that press; as before, if it answers another question than the open one.

    A press may come twice, from an old message, or from nobody's button.
    """
    more = _answer(known["at"], pressed, areas, today, languages)
    if more is None:
        return known
    if known["at"] == CHECK:
        return {**known, **more}
    order = _order(after := {**known, **more})
    return {**after, "at": order[order.index(known["at"]) + 1]}


def _answer(
    at: str, pressed: CallbackData, areas: Sequence[Row], today: date, languages: Languages
) -> Known | None:
    match at, pressed:
        case ("area", FamilyArea()):
            return _area(pressed.area, areas)
        case ("day", PickDay()):
            return _day(pressed, today)
        case ("first", FirstChild()):
            return {"eligible": pressed.yes}
        case ("language", FamilyLanguage()) if pressed.code in (*languages.codes, OTHER):
            own = {"spoken": None} if pressed.code != OTHER else {}
            return {"family_language": pressed.code, "wish": NO_INTERPRETER, **own}
        case ("spoken", FamilySpoken()) if spoken.is_known(pressed.code, languages):
            return {"spoken": pressed.code}
        case ("interpreter", Interpreter()) if pressed.wish in _WISHES:
            return {"wish": pressed.wish}
        case ("check", Protected()):
            return {"protected": pressed.on}
        case _:
            return None


def _area(number: int, areas: Sequence[Row]) -> Known | None:
    found = next((each for each in areas if each.id == number), None)
    return {"area": found.id, "area_name": found.name} if found else None


def _day(pressed: PickDay, today: date) -> Known | None:
    days = {BORN: born_days(today), DUE: due_days(today)}.get(pressed.why)
    if days is None or not days.allows(pressed.on):
        return None
    day = pressed.on.isoformat()
    return {"born": day, "due": None} if pressed.why == BORN else {"born": None, "due": day}


def draft(known: Mapping[str, Any]) -> Draft:
    """All that is known, to be looked at."""
    return Draft(
        area=known["area_name"],
        born=_date(known["born"]),
        due=_date(known["due"]),
        eligible=known["eligible"],
        language=known.get("spoken") or known["family_language"],
        wish=known["wish"],
        label=known.get("label"),
        protected=known.get("protected", False),
    )


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def answers(known: Mapping[str, Any]) -> Answers:
    """All that is known, to be registered."""
    shown, wish = draft(known), known["wish"]
    return Answers(
        area_id=known["area"],
        born=shown.born,
        due=shown.due,
        eligible=shown.eligible,
        spoken=None if wish == NO_INTERPRETER else shown.language,
        wish=InterpreterWish(wish) if wish in set(InterpreterWish) else None,
        label=shown.label,
        protected=shown.protected,
    )
