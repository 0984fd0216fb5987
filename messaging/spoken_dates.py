"""Dates and times in pieces that are recorded once: the same words in the same order as written.

The order is the language's own pattern (`language.toml`), so a fifth language needs no code.
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache

from messaging import dates
from messaging.language import Traits
from messaging.speech import Group, Script

# Visits begin between 7 and 20, at a full quarter (mission D1). A time outside is only written.
HOURS = range(7, 21)
QUARTERS = (15, 30, 45)

_A_MONDAY = date(2027, 3, 1)
_DAYS, _MONTHS, _WEEK = 31, 12, 7
# A field of a pattern, or words between quotes.
_FIELDS = re.compile(r"(?P<field>E+|d+|M+|y+)|'(?P<words>[^']*)'")
_NUMBER = re.compile(r"\d+")


def pieces_of_date(traits: Traits, on: date) -> tuple[Script, ...]:
    """What is said for that day, one after the other; ValueError for a pattern that has no way."""
    return tuple(_fields(traits, on))


def _fields(traits: Traits, on: date) -> Iterator[Script]:
    for found in _FIELDS.finditer(traits.date):
        match found["field"]:
            case "EEEE":
                yield _weekday(traits, on.weekday())
            case "d":
                yield _day(traits, on.day)
            case "MMMM":
                yield _month(traits, on.month)
            case None:
                yield _piece(f"word:{found['words']}", found["words"], dates.day(traits, on))
            case other:
                raise ValueError(f"nobody records {other!r} of a date")


def pieces_of_time(traits: Traits, shown: time) -> tuple[Script, ...]:
    """What is said for that time; a full hour is one piece."""
    if not shown.minute:
        return (_full_hour(traits, shown.hour),)
    return (_hour(traits, shown.hour), _minutes(traits, shown.minute))


@cache
def wanted(traits: Traits) -> tuple[Script, ...]:
    """Every piece that dates and times of visits are made of, each once."""
    words = [each for each in _fields(traits, _A_MONDAY) if each.key.startswith("word:")]
    return (
        *words,
        *(_weekday(traits, n) for n in range(_WEEK)),
        *(_day(traits, n) for n in range(1, _DAYS + 1)),
        *(_month(traits, n) for n in range(1, _MONTHS + 1)),
        *(_full_hour(traits, n) for n in HOURS),
        *(_hour(traits, n) for n in HOURS),
        *(_minutes(traits, n) for n in QUARTERS),
    )


def _piece(key: str, words: str, example: str) -> Script:
    return Script(key, Group.DATES, words, example)


def _weekday(traits: Traits, number: int) -> Script:
    on = _A_MONDAY + timedelta(days=number)
    words = dates.weekday_within(traits, number)
    return _piece(f"weekday:{number + 1}", words, dates.day(traits, on))


def _day(traits: Traits, number: int) -> Script:
    return _piece(f"day:{number}", str(number), dates.day(traits, date(2027, 3, number)))


def _month(traits: Traits, number: int) -> Script:
    on = date(2027, number, 5)
    return _piece(f"month:{number}", dates.month_within(traits, on), dates.day(traits, on))


def _full_hour(traits: Traits, hour: int) -> Script:
    shown = dates.wall(traits, time(hour))
    return _piece(f"hour:{hour}", shown, shown)


def _hour(traits: Traits, hour: int) -> Script:
    shown = dates.wall(traits, time(hour, 30))
    return _piece(f"before:{hour}", _NUMBER.findall(shown)[0], shown)


def _minutes(traits: Traits, minute: int) -> Script:
    shown = dates.wall(traits, time(14, minute))
    return _piece(f"minute:{minute}", _NUMBER.findall(shown)[-1], shown)
