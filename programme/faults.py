"""What would be wrong with the programme's own tables: read by `lotsen check`."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from programme.ages import Age, date_at
from programme.kinds import CAP, CAP_DAYS, KINDS, Kind
from programme.strengths import STRENGTHS
from programme.tips import EARLY_TIPS, TIPS
from programme.visits import VISITS

MONTHLY_UNTIL = 18  # mission C3: at least one a month from birth to 18 months
# Both ends of every month, of a common year and of a leap year: where calendar months differ.
_BIRTHS = [
    date(year, month, 1) - timedelta(days=n)
    for year in (2027, 2028)
    for month in range(1, 13)
    for n in range(4)
]


def faults() -> list[str]:
    """One line per fault; none if the tables keep their promises."""
    return [*_codes(), *_ages(), *_useful(), *_months(), *_weeks(), *_windows(), *_kinds()]


def _codes() -> Iterator[str]:
    codes = [tip.code for tip in TIPS] + [tip.code for tip in EARLY_TIPS]
    counted = Counter(codes + [idea.code for idea in STRENGTHS])
    for code, times in counted.items():
        if times > 1:
            yield f"programme: the code {code} stands {times} times"


def _ages() -> Iterator[str]:
    for name, table in (("tips", TIPS), ("strengths", STRENGTHS)):
        ages = [entry.age for entry in table]
        if ages != sorted(ages):
            yield f"programme: the {name} are not in the order of their ages"


def _useful() -> Iterator[str]:
    for tip in TIPS:
        if tip.useful_until and tip.useful_until <= tip.age:
            yield f"programme: who joins late never hears of {tip.code}"


def _weeks() -> Iterator[str]:
    """The digest of who joins late has a place in every week beside what the age calls for."""
    for first in _full_weeks([tip.age for tip in TIPS] + [idea.age for idea in STRENGTHS]):
        yield f"programme: with a digest there are more than {CAP} messages in the week of {first}"


def _full_weeks(ages: list[Age]) -> Iterator[date]:
    for born in _BIRTHS:
        days = sorted(date_at(born, age) for age in ages)
        for first, last in zip(days, days[CAP - 1 :], strict=False):
            if last - first < timedelta(days=CAP_DAYS):
                yield first


def _months() -> Iterator[str]:
    told = {tip.age.months + tip.age.days // 30 for tip in TIPS}
    for month in range(MONTHLY_UNTIL + 1):
        if month not in told:
            yield f"programme: there is no tip for a child of {month} months"


def _windows() -> Iterator[str]:
    for before, after in pairwise(VISITS):
        if before.closes >= after.opens:
            yield f"programme: the windows of visits {before.number} and {after.number} meet"
    for visit in VISITS:
        steps = [visit.opens, visit.nudge, visit.offer, visit.closes]
        if steps != sorted(steps):
            yield f"programme: the steps of visit {visit.number} are in no order"


def _kinds() -> Iterator[str]:
    for kind in Kind:
        if kind not in KINDS:
            yield f"programme: the kind {kind} has no rule"
