"""Whom SQL should look for: the inverse of `plan.due`, as intervals on stored columns.

They may find too many, never too few; who gets what is decided in `plan.py` alone.
"""

from datetime import date, datetime, time, timedelta

from programme.ages import Age, Span, births_reaching
from programme.kinds import EARLY_MORNING, Kind, Rules, opens_within
from programme.localtime import days_touched, instant
from programme.slots import morning, slot
from programme.strengths import STRENGTHS
from programme.tips import TIPS

# The longest a letter about a booking can wait for the morning.
NEWS_WAITS = timedelta(days=1)


def births_due(since: datetime, until: datetime, rules: Rules) -> list[Span]:
    """The births for which an age rule falls due in [since, until), in few intervals."""
    days = _slot_days(since, until, rules)
    if days is None:
        return []
    spans = (births_reaching(age, days) for age in _ages())
    return _joined(sorted((s for s in spans if s), key=lambda s: s.first))


def visits_due(since: datetime, until: datetime, rules: Rules) -> list[tuple[datetime, datetime]]:
    """The times within which a visit may begin whose reminder falls due in [since, until)."""
    days = days_touched(since - timedelta(days=1), until + timedelta(days=2), rules.zone)
    return [
        (instant(day, time(), rules.zone), instant(day + timedelta(days=1), time(), rules.zone))
        for day in days
        if any(since <= hour < until for hour in _reminder_hours(day, rules))
    ]


def _reminder_hours(day: date, rules: Rules) -> tuple[datetime, ...]:
    """When parents may be reminded of a visit on that day."""
    return (
        slot(Kind.DAY_BEFORE, day - timedelta(days=1), rules),
        morning(day, EARLY_MORNING, rules),
        slot(Kind.SAME_MORNING, day, rules),
    )


def news_since(since: datetime, until: datetime, rules: Rules) -> datetime:
    """From when on a changed booking may be told of in [since, until): over night if it dawns."""
    dawns = opens_within(Kind.VISIT_BOOKED, since, until, rules)
    return since - NEWS_WAITS if dawns else since


def _ages() -> list[Age]:
    return [tip.age for tip in TIPS] + [idea.age for idea in STRENGTHS]


def _slot_days(since: datetime, until: datetime, rules: Rules) -> Span | None:
    """The local days whose hour for tips lies in [since, until)."""
    # One day of margin: unusual quiet hours may move an hour over midnight.
    touched = days_touched(since - timedelta(days=1), until, rules.zone)
    days = [day for day in touched if since <= slot(Kind.TIP, day, rules) < until]
    return Span(days[0], days[-1]) if days else None


def _joined(spans: list[Span]) -> list[Span]:
    """The same days in as few intervals as possible; expects them sorted by their first day."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.first <= joined[-1].last + timedelta(days=1):
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined
