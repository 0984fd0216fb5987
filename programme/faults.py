"""What would be wrong with the programme's own tables: read by `lotsen check`."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from programme.kinds import KINDS, Kind
from programme.strengths import STRENGTHS
from programme.tips import TIPS
from programme.visits import VISITS

MONTHLY_UNTIL = 18  # mission C3: at least one a month from birth to 18 months


def faults() -> list[str]:
    """One line per fault; none if the tables keep their promises."""
    return [*_codes(), *_ages(), *_months(), *_windows(), *_kinds()]


def _codes() -> Iterator[str]:
    counted = Counter([tip.code for tip in TIPS] + [idea.code for idea in STRENGTHS])
    for code, times in counted.items():
        if times > 1:
            yield f"programme: the code {code} stands {times} times"


def _ages() -> Iterator[str]:
    for name, table in (("tips", TIPS), ("strengths", STRENGTHS)):
        ages = [entry.age for entry in table]
        if ages != sorted(ages):
            yield f"programme: the {name} are not in the order of their ages"


def _months() -> Iterator[str]:
    told = {tip.age.months + tip.age.days // 30 for tip in TIPS}
    for month in range(MONTHLY_UNTIL + 1):
        if month not in told:
            yield f"programme: there is no tip for a child of {month} months"


def _windows() -> Iterator[str]:
    for before, after in pairwise(VISITS):
        if before.closes >= after.opens:
            yield f"programme: the windows of visits {before.number} and {after.number} meet"


def _kinds() -> Iterator[str]:
    for kind in Kind:
        if kind not in KINDS:
            yield f"programme: the kind {kind} has no rule"
