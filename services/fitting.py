"""Whether a meeting may be at that time, whoever would come: the day, the family, the age."""

from datetime import date, datetime, timedelta

from programme.errors import (
    AreaPaused,
    FamilyAway,
    FamilyRests,
    NoChildBorn,
    NoSuchVisit,
    OfficesClosed,
    OutsideWindow,
    TimeInPast,
)
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Child, Family, Meeting, Why
from programme.visits import VISITS, window


def check(
    family: Family,
    number: int,
    meeting: Meeting,
    starts_at: datetime,
    now: datetime,
    rules: Rules,
    home: int | None = None,
) -> None:
    """Raises what speaks against a meeting at that time, whoever would come; `home`: with which."""
    shown = on_the_clock(starts_at, rules.zone)
    if meeting is Meeting.VISIT and number not in {visit.number for visit in VISITS}:
        raise NoSuchVisit(number)
    if starts_at <= now:
        raise TimeInPast(shown, on_the_clock(now, rules.zone))
    if not rules.is_working_day(shown.date()):
        raise OfficesClosed(shown.date())
    if not family.area.running or any(rest.covers(starts_at) for rest in family.area.rests):
        raise AreaPaused
    if family.resting(Why.LOSS, now):
        raise FamilyRests
    away = family.away_at(starts_at, home)
    if away and away.until:
        raise FamilyAway(on_the_clock(away.until, rules.zone).date() - timedelta(days=1))


def check_window(
    family: Family,
    child: Child,
    number: int,
    meeting: Meeting,
    starts_at: datetime,
    rules: Rules,
) -> None:
    """A visit is for an age of the child: raises OutsideWindow for other days (mission D6)."""
    if meeting is not Meeting.VISIT or child.born is None:
        return
    days = window(number, child.born, child.came_home, family.area.summers)
    if not days.first <= on_the_clock(starts_at, rules.zone).date() <= days.last:
        raise OutsideWindow(number, days.first, days.last)


def child_for(family: Family, number: int, day: date) -> Child:
    """The child whose window of that visit holds the day, else the eldest; raises NoChildBorn."""
    born = [child for child in family.children if child.born and not child.silent]
    if not born:
        raise NoChildBorn(family.id)

    def fits(child: Child) -> bool:
        assert child.born is not None
        if number not in {visit.number for visit in VISITS}:
            return False
        days = window(number, child.born, child.came_home, family.area.summers)
        return days.first <= day <= days.last

    return next((child for child in born if fits(child)), born[0])
