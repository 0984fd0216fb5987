"""What staff should look at again: places, pages and activities checked long ago (mission F4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from programme.ages import add_months
from programme.desk_letters import CheckAgain
from programme.kinds import Kind, Rules, first_leave, too_late_after
from programme.localtime import days_touched, instant
from programme.people import Role, StaffMember
from programme.places import is_old

PAGE_MONTHS = 12  # facts on pages of the guide hold longer than hours on a door
_MORNING = time(7, 30)


class Sort(StrEnum):
    """What has a day on which it was checked."""

    PLACE = "place"
    PAGE = "page"
    ACTIVITY = "activity"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One of those, and when somebody last looked whether it is right."""

    sort: Sort
    on: date | None  # None: nobody has
    areas: tuple[int, ...] = ()  # whose it is; none: everybody's
    last: date | None = None  # an activity's last day: after it nobody needs to look

    def is_old(self, today: date) -> bool:
        """Whether it should be looked at again."""
        if self.sort is Sort.PAGE:
            return self.on is None or add_months(self.on, PAGE_MONTHS) < today
        over = self.sort is Sort.ACTIVITY and (self.last is None or self.last < today)
        return not over and is_old(self.on, today)


def months_begin(since: datetime, until: datetime, rules: Rules) -> Iterator[tuple[date, datetime]]:
    """The first working days of months whose morning lies in [since, until), and that morning."""
    for day in days_touched(since, until, rules.zone):
        morning = instant(day, _MORNING, rules.zone)
        if since <= morning < until and day == _first_working_day(day, rules):
            yield day, morning


def _first_working_day(day: date, rules: Rules) -> date:
    first = day.replace(day=1)
    while not rules.is_working_day(first):
        first += timedelta(days=1)
    return first


def monthly(
    member: StaffMember,
    areas: Sequence[int],
    checked: Sequence[Checked],
    since: datetime,
    until: datetime,
    rules: Rules,
) -> Iterator[CheckAgain]:
    """Once a month to a coordinator: how much of their areas is old; nothing old, no letter."""
    if member.role is not Role.COORDINATOR:
        return
    for day, morning in months_begin(since, until, rules):
        if old := old_in(areas, checked, day):
            at = first_leave(Kind.CHECK_AGAIN, morning, rules)
            yield CheckAgain(
                key=f"old:{day:%Y-%m}:{member.id}",
                at=at,
                called=morning,
                not_after=too_late_after(Kind.CHECK_AGAIN, at, rules, None),
                staff_id=member.id,
                places=old.count(Sort.PLACE),
                pages=old.count(Sort.PAGE),
                activities=old.count(Sort.ACTIVITY),
            )


def old_in(areas: Sequence[int], checked: Iterable[Checked], day: date) -> list[Sort]:
    """What is old on that day in those areas, or everywhere: the sort of each."""
    theirs = (each for each in checked if not each.areas or set(each.areas) & set(areas))
    return [each.sort for each in theirs if each.is_old(day)]
