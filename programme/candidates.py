"""Whom SQL should look for: the inverse of `plan.due`, as intervals on stored columns.

They may find too many, never too few; who gets what is decided in `plan.py` alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from programme.ages import Age, Span, births_reaching
from programme.by_poster import waiting_since
from programme.for_interpreter import LONGEST_WAY, warned_on
from programme.for_staff import call_moment, nudge_moment
from programme.keeping import TOLD_BEFORE, kept_age
from programme.kinds import EARLY_MORNING, Kind, Rules
from programme.localtime import days_touched, instant
from programme.outcome_letters import ASKED_AFTER
from programme.slots import morning, slot
from programme.strengths import STRENGTHS
from programme.threads import passed_on
from programme.tips import EARLY_TIPS, TIPS
from programme.visits import FIRST_VISIT_WARNING, VISITS

_DAY = timedelta(days=1)

Times = list[tuple[datetime, datetime]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The dates and times that bring a family into the planner's sight in one window."""

    tips: list[Span]  # days from which a child's tips count
    births: list[Span]  # birth dates, for visits
    homes: list[Span]  # days on which a child came home, for the first visit
    expected: list[Span]  # due dates
    summers: list[Span]  # last days of an area's summer: offers that waited for them
    visits: Times  # when a visit begins, or an activity
    joined: Times  # when a parent said yes
    asked: Times  # when a parent wrote to the team, and a colleague gets it now
    waiting: Times  # when somebody who came by a poster began to wait
    since: datetime  # what has changed in the window itself
    until: datetime


def wanted(since: datetime, until: datetime, rules: Rules) -> Wanted:
    """Whoever may get something that falls due in [since, until)."""
    days = _days_of(since, until, rules, lambda day: slot(Kind.TIP, day, rules))
    nudged = _days_of(since, until, rules, lambda day: nudge_moment(day, rules))
    offers = _births([visit.offer for visit in VISITS], days)
    nudges = _births([*(visit.nudge for visit in VISITS), FIRST_VISIT_WARNING], nudged)
    ends = _kept_until(since, until, rules)
    return Wanted(
        tips=_joined(_births(_tip_ages(), days)),
        births=_joined(offers + nudges + ends.births),
        homes=_births([FIRST_VISIT_WARNING], nudged),
        expected=_joined(_expected(days)),
        summers=[Span(days.first - _DAY, days.last - _DAY)] if days else [],
        visits=[*_visits(since, until, rules), *_asked_after(since, until), *ends.moments],
        joined=_digests(days, rules) + ends.moments,
        asked=_passed_on(since, until, rules),
        waiting=waiting_since(list(_all(nudged)), rules),
        since=since,
        until=until,
    )


def _tip_ages() -> list[Age]:
    return [tip.age for tip in TIPS] + [idea.age for idea in STRENGTHS]


def _days_of(
    since: datetime, until: datetime, rules: Rules, hour: Callable[[date], datetime]
) -> Span | None:
    """The local days whose hour lies in [since, until)."""
    # One day of margin: unusual quiet hours may move an hour over midnight.
    touched = days_touched(since - timedelta(days=1), until, rules.zone)
    days = [day for day in touched if since <= hour(day) < until]
    return Span(days[0], days[-1]) if days else None


def _births(ages: Iterable[Age], days: Span | None) -> list[Span]:
    """The births that reach one of those ages on one of those days."""
    if days is None:
        return []
    return [span for age in ages if (span := births_reaching(age, days))]


def _expected(days: Span | None) -> list[Span]:
    if days is None:
        return []
    before = [timedelta(days=tip.days_before) for tip in EARLY_TIPS]
    return [Span(days.first + each, days.last + each) for each in before]


def _visits(since: datetime, until: datetime, rules: Rules) -> Times:
    """The times within which a visit may begin whose reminder falls due in [since, until)."""
    days = days_touched(since - timedelta(days=1), until + LONGEST_WAY, rules.zone)
    return [
        _whole(day, rules)
        for day in days
        if any(since <= hour < until for hour in _reminder_hours(day, rules))
    ]


def _asked_after(since: datetime, until: datetime) -> Times:
    """When a visit began of which staff are asked in [since, until) how it was."""
    return [(since - ASKED_AFTER, until - ASKED_AFTER)] if since < until else []


def _all(days: Span | None) -> Iterator[date]:
    while days and days.first <= days.last:
        yield days.first
        days = Span(days.first + _DAY, days.last)


def _whole(day: date, rules: Rules) -> tuple[datetime, datetime]:
    tomorrow = day + timedelta(days=1)
    return instant(day, time(), rules.zone), instant(tomorrow, time(), rules.zone)


def _reminder_hours(day: date, rules: Rules) -> tuple[datetime, ...]:
    """When parents are reminded of a visit on that day, staff told to call, or to book for it."""
    return (
        slot(Kind.DAY_BEFORE, day - timedelta(days=1), rules),
        slot(Kind.ACTIVITY_REMINDER, day - timedelta(days=1), rules),
        morning(day, EARLY_MORNING, rules),
        slot(Kind.SAME_MORNING, day, rules),
        call_moment(day, rules),
        warned_on(day, rules),
    )


def _digests(days: Span | None, rules: Rules) -> Times:
    """Whoever joined on the day before one of those days."""
    if days is None:
        return []
    first, _ = _whole(days.first - _DAY, rules)
    _, last = _whole(days.last - _DAY, rules)
    return [(first, last)]


@dataclass(frozen=True)
class _Ends:
    """Births, and moments of visits and joining, after which data goes in two weeks."""

    births: list[Span]
    moments: Times


def _kept_until(since: datetime, until: datetime, rules: Rules) -> _Ends:
    days = _days_of(since, until, rules, lambda day: slot(Kind.ERASURE, day, rules))
    if days is None:
        return _Ends([], [])
    gone = Span(days.first + TOLD_BEFORE, days.last + TOLD_BEFORE)
    births = births_reaching(kept_age(rules), gone)
    last = births_reaching(Age(rules.keep_months), gone)
    moments = [(_whole(last.first, rules)[0], _whole(last.last, rules)[1])] if last else []
    return _Ends([births] if births else [], moments)


def _passed_on(since: datetime, until: datetime, rules: Rules) -> Times:
    """The days on which something may have been asked that a colleague gets in that time."""
    days = days_touched(since - LONGEST_WAY, until, rules.zone)
    whole = [_whole(day, rules) for day in days]
    return [
        (begin, end)
        for begin, end in whole
        if passed_on(begin, rules) < until and since <= passed_on(end, rules)
    ]


def _joined(spans: list[Span]) -> list[Span]:
    """The same days in as few intervals as possible."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: each.first):
        if joined and span.first <= joined[-1].last + timedelta(days=1):
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined
