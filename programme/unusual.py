"""Unusual looking: very many families in a short time, those of other lists weigh more (H2).

It accuses nobody: a new colleague reads through all of them on the first day, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.looks import Look, Seen

OTHERS_WEIGH = 3  # a family of somebody else's list counts as so many of one's own
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Unusual:
    """What one colleague opened on one day, as it stood when it became unusual."""

    staff_id: int
    day: date
    at: datetime
    families: int  # in the hour, or on the day, that was too much
    others: int  # of them, those on somebody else's list


def unusual(looks: Iterable[Look], rules: Rules) -> Unusual | None:
    """What is unusual about the looks of one colleague on one day, as of the last of them."""
    day = sorted((each for each in looks if each.seen is Seen.PAGE), key=lambda each: each.at)
    hour = [each for each in day if day[-1].at - each.at < _HOUR]
    for span, most in ((hour, rules.looks_per_hour), (day, rules.looks_per_day)):
        opened = _opened(span)
        if sum(1 if own else OTHERS_WEIGH for own in opened.values()) > most:
            others = sum(not own for own in opened.values())
            last = span[-1]
            on = on_the_clock(last.at, rules.zone).date()
            return Unusual(last.staff_id, on, last.at, len(opened), others)
    return None


def _opened(span: Iterable[Look]) -> dict[int, bool]:
    """Each family once, and whether it was always one's own."""
    found: dict[int, bool] = {}
    for each in span:
        found[each.family_id] = found.get(each.family_id, True) and each.own
    return found
