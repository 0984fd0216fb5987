"""Dates, times and lists by language, by Babel; only the ways of it that were seen to be right.

Never skeletons, units or stand-alone month names: domain.md 3.6 tells what they get wrong.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list

from messaging.language import Traits
from programme.localtime import on_the_clock

_A_MONDAY = date(2027, 3, 1)


def day(traits: Traits, on: date, with_year: bool = False) -> str:
    """Such as "torsdag 5 mars"; with both names of the month where a language has two."""
    pattern = traits.date_with_year if with_year else traits.date
    if traits.second_months is not None:
        second = format_date(on, "MMMM", locale=traits.second_months)
        pattern = pattern.replace("MMMM", f"MMMM ('{second}')")
    return format_date(on, pattern, locale=traits.babel)


def moment(traits: Traits, at: datetime, zone: ZoneInfo) -> str:
    """Such as "torsdag 5 mars 14:30", for a button: phones cut off what is longer, the hour first.

    So there is one name of the month, also where a language has two.
    """
    day_alone = format_date(on_the_clock(at, zone).date(), traits.date, locale=traits.babel)
    return f"{day_alone} {clock(traits, at, zone)}"


def weekday(traits: Traits, number: int) -> str:
    """Such as "Torsdag", alone on a button; Monday is 0."""
    name = format_date(_A_MONDAY + timedelta(days=number), "EEEE", locale=traits.babel)
    return name[:1].upper() + name[1:]


def weekday_within(traits: Traits, number: int) -> str:
    """Such as "torsdag", within a sentence; Monday is 0."""
    return format_date(_A_MONDAY + timedelta(days=number), "EEEE", locale=traits.babel)


def weekday_in_short(traits: Traits, number: int) -> str:
    """Such as "to", at the head of a column; Monday is 0."""
    return str(traits.babel.days["format"][traits.short_weekdays][number])


def month(traits: Traits, on: date, both_names: bool = True, alone: bool = True) -> str:
    """Such as "Mars 2027", or "mars 2027" if it does not stand alone.

    Where a language has two names for it, both unless there is no room.
    """
    pattern = "MMMM y"
    if both_names and traits.second_months is not None:
        second = format_date(on, "MMMM", locale=traits.second_months)
        pattern = f"MMMM ('{second}') y"
    name = format_date(on, pattern, locale=traits.babel)
    return name[:1].upper() + name[1:] if alone else name


def month_within(traits: Traits, on: date) -> str:
    """Such as "mars", within a sentence; with both names where a language has two."""
    pattern = "MMMM"
    if traits.second_months is not None:
        pattern = f"MMMM ('{format_date(on, 'MMMM', locale=traits.second_months)}')"
    return format_date(on, pattern, locale=traits.babel)


def clock(traits: Traits, at: datetime, zone: ZoneInfo) -> str:
    """Such as "14:30", in that zone; ValueError for a time without zone."""
    return format_time(on_the_clock(at, zone).time(), traits.time, locale=traits.babel)


def wall(traits: Traits, shown: time) -> str:
    """Such as "14:30", of what the clocks show."""
    return format_time(shown, traits.time, locale=traits.babel)


def listed(traits: Traits, items: Sequence[str]) -> str:
    """Such as "A, B och C"."""
    return format_list(items, locale=traits.babel)
