"""In January coordinators are reminded of the yearly follow-up (mission I5; domain.md T2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from programme.desk_letters import YearlyDue
from programme.kinds import Kind, Rules, first_leave, too_late_after
from programme.localtime import days_touched, instant
from programme.people import Role, StaffMember

FIRST = (1, 8)  # from then on: the first weeks of January are holidays in Sweden
AGAIN = (1, 25)  # a week before it must be there
SENT_BY = (2, 1)
_MORNING = time(8)


def mornings(
    since: datetime, until: datetime, rules: Rules
) -> Iterator[tuple[date, datetime, bool]]:
    """The mornings of reminders in [since, until); True: the second one, for who has not looked."""
    for day in days_touched(since, until, rules.zone):
        at = instant(day, _MORNING, rules.zone)
        for begins, again in ((FIRST, False), (AGAIN, True)):
            if since <= at < until and day == _working_day(date(day.year, *begins), rules):
                yield day, at, again


def _working_day(day: date, rules: Rules) -> date:
    while not rules.is_working_day(day):
        day += timedelta(days=1)
    return day


def reminders(
    member: StaffMember,
    opened: int | None,
    since: datetime,
    until: datetime,
    rules: Rules,
) -> Iterator[YearlyDue]:
    """To a coordinator; `opened`: the last year whose blocks they have looked at."""
    if member.role is not Role.COORDINATOR:
        return
    for day, morning, again in mornings(since, until, rules):
        year = day.year - 1
        if again and opened == year:
            continue
        at = first_leave(Kind.YEARLY, morning, rules)
        yield YearlyDue(
            key=f"yearly:{year}:{'again' if again else 'first'}:{member.id}",
            at=at,
            called=morning,
            not_after=too_late_after(Kind.YEARLY, at, rules, None),
            staff_id=member.id,
            year=year,
            by=date(day.year, *SENT_BY),
        )
