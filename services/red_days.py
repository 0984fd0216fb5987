"""Days on which Swedish offices are closed: red days, and the eves that are like them."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import DE_FACTO, PUBLIC, country_holidays

_SUNDAY = 7
_EVE_AFTER = "Good Friday"  # Easter Eve: the library counts it among the half days, offices close


def is_red(day: date) -> bool:
    """Whether that day is red in Sweden, or an eve on which offices are closed."""
    return day.isoweekday() == _SUNDAY or day in _red_days(day.year)


def is_feast(day: date) -> bool:
    """The same, but for Sundays that are nothing else: a library may well be open on those."""
    return day in _red_days(day.year)


@lru_cache(maxsize=8)
def _red_days(year: int) -> frozenset[date]:
    # The de facto days are Midsummer Eve, Christmas Eve and New Year's Eve: the Annual Leave Act,
    # section 3 a, equates them with Sundays. Afternoons off (Walpurgis and the like) are workdays.
    named = country_holidays("SE", years=year, categories=(PUBLIC, DE_FACTO), language="en_US")
    easter_eves = (day + timedelta(days=1) for day in named.get_named(_EVE_AFTER))
    return frozenset((*named, *easter_eves))
