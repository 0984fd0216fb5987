"""Days on which Swedish offices are closed: red days, and the eves that are like them."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import DE_FACTO, PUBLIC

# This reads every country there is: at the start, and not in the midst of the first message.
from holidays.countries.maldives import Maldives
from holidays.countries.sweden import Sweden

from programme.ages import Span

_SUNDAY = 7
_A_MONTH = timedelta(days=30)
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
    named = Sweden(years=year, categories=(PUBLIC, DE_FACTO), language="en_US")
    easter_eves = (day + timedelta(days=1) for day in named.get_named(_EVE_AFTER))
    return frozenset((*named, *easter_eves))


# Of a country whose calendar names the first day of Ramadan and both feasts.
_RAMADAN, _FITR, _ADHA = "First Day of Ramadan", "Eid al-Fitr", "Eid al-Adha"


def hints(days: Span) -> list[Span]:
    """Ramadan, and the day of each Eid, as far as they touch those days (mission A15).

    For everyone alike; the moon decides, so they are about right. Several days are Ramadan.
    """
    years = range(days.first.year - 1, days.last.year + 1)
    found = [span for year in years for span in _lunar(year)]
    return [each for each in found if each.first <= days.last and days.first <= each.last]


@lru_cache(maxsize=8)
def _lunar(year: int) -> tuple[Span, ...]:
    named = Maldives(years=year, language="en_US")

    def first(name: str) -> list[date]:
        """The first day of each run of days with that name."""
        all_days = sorted(
            day for day, called in named.items() if name in called and "observed" not in called
        )
        return [day for day in all_days if day - timedelta(days=1) not in all_days]

    begins, feasts = first(_RAMADAN), first(_FITR)
    months = [
        Span(day, next((f for f in feasts if day < f), day + _A_MONTH) - timedelta(days=1))
        for day in begins
    ]
    return (*months, *(Span(day, day) for day in (*feasts, *first(_ADHA))))
