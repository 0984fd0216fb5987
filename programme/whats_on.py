"""What is on, as one parent looks for it: what concerns them, in order of time (mission E9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from programme.activities import Activity, ActivityState, ForWhom, Occasion
from programme.ages import months_old
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.people import Family, Guardian, GuardianRole
from programme.places import Point, metres

WEEK = timedelta(days=7)
AHEAD = timedelta(days=60)  # how far *for my child* looks


class Scope(StrEnum):
    """What a parent asks for."""

    TODAY = "today"
    WEEK = "week"
    MINE = "mine"  # for my child's age, and for me
    FOLLOWED = "followed"


@dataclass(frozen=True)
class On:
    """Something that takes place."""

    activity: Activity
    occasion: Occasion


def span(scope: Scope, now: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """From now to the end of what the scope covers; days end at midnight on the clocks."""
    if scope is Scope.TODAY:
        tomorrow = on_the_clock(now, rules.zone).date() + timedelta(days=1)
        return now, instant(tomorrow, time(), rules.zone)
    if scope is Scope.WEEK:
        week_on = on_the_clock(now, rules.zone).date() + WEEK
        return now, instant(week_on, time(), rules.zone)
    return now, now + AHEAD


def looked_for(
    found: Iterable[On],
    scope: Scope,
    family: Family,
    guardian: Guardian,
    follows: frozenset[str],
    rules: Rules,
) -> list[On]:
    """What of it this parent can read and asks for; of one activity only the next occasion,
    unless the whole day or week was asked for."""
    mine = [
        each
        for each in found
        if guardian.language in each.activity.words
        and each.activity.state is ActivityState.OPEN
        and _asked(each, scope, family, guardian, follows, rules)
    ]
    return mine if scope in {Scope.TODAY, Scope.WEEK} else _next_of_each(mine)


def _asked(
    each: On,
    scope: Scope,
    family: Family,
    guardian: Guardian,
    follows: frozenset[str],
    rules: Rules,
) -> bool:
    if scope is Scope.FOLLOWED:
        return each.activity.kind in follows
    if scope is Scope.MINE:
        day = on_the_clock(each.occasion.starts_at, rules.zone).date()
        return suits(each.activity, family, guardian, day)
    return True


def _next_of_each(found: Sequence[On]) -> list[On]:
    first: dict[int, On] = {}
    for each in found:
        if not each.occasion.cancelled:
            first.setdefault(each.activity.id, each)
    return list(first.values())


def suits(activity: Activity, family: Family, guardian: Guardian, day: date) -> bool:
    """Whether it is for this parent, and for a child of the family as old as it is that day.

    What nobody has said about a parent keeps nothing from them.
    """
    speaking = [child for child in family.children if not child.silent]
    whom = activity.for_whom
    if whom is ForWhom.EXPECTING:
        return any(child.born is None for child in speaking)
    if whom is ForWhom.FATHERS and guardian.role is GuardianRole.BIRTHING:
        return False
    if whom is ForWhom.MOTHERS and guardian.role is GuardianRole.OTHER_PARENT:
        return False
    if activity.months_from is None and activity.months_to is None:
        return True
    ages = [months_old(child.born, day) for child in speaking if child.born and child.born <= day]
    return any(_within(activity, months) for months in ages)


def _within(activity: Activity, months: int) -> bool:
    lowest, highest = activity.months_from or 0, activity.months_to
    return lowest <= months and (highest is None or months <= highest)


def nearest(found: Iterable[On], here: Point, most: int) -> list[tuple[On, float]]:
    """The nearest of what has a known position, and how many metres away; each activity once."""
    first = _next_of_each(list(found))
    far = [
        (each, metres(each.activity.venue.point, here))
        for each in first
        if each.activity.venue and each.activity.venue.point
    ]
    return sorted(far, key=lambda pair: (pair[1], pair[0].occasion.starts_at))[:most]
