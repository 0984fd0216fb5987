"""How long a family's data is kept, and when its parents are told of the end (mission B10).

So many months (a setting) after the child is 18 months old, the last visit, or the yes to messages,
whichever is latest. Nobody can put it off: a visit that is booked does, because it is the last one.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from programme.ages import Age, add_months, date_at
from programme.kinds import KINDS, Kind, Rules
from programme.letters import ErasureNotice
from programme.localtime import on_the_clock
from programme.moments import told
from programme.people import Family, Guardian
from programme.slots import slot

PROGRAMME_MONTHS = 18  # tips come each month until then (mission C3)
TOLD_BEFORE = timedelta(days=14)
WAITS_AT_MOST = timedelta(days=30)  # for a parent who could not be told in time


def kept_age(rules: Rules) -> Age:
    """The age of a child at which nothing is kept any more, if nothing else is later."""
    return Age(PROGRAMME_MONTHS + rules.keep_months)


def erased_on(family: Family, rules: Rules, home: int | None = None) -> date | None:
    """The day on which the family's data goes; None for a family of which no date is known.

    `home`: of two, whose parents go then. What the other has booked puts off nothing of theirs: the
    day they read would tell of it (mission B15). The family goes with the later of both.
    """
    spoken = [child for child in family.children if not child.silent] or family.children
    births = [child.born or child.due for child in spoken]
    if not births or None in births:
        return None
    ends = [date_at(day, kept_age(rules)) for day in births if day]
    moments = [
        *(each.starts_at for each in family.bookings if home in {None, each.home} or not each.home),
        *(guardian.active_since for guardian in family.at_home(home)),
        family.registered_at,
    ]
    days = [on_the_clock(at, rules.zone).date() for at in moments if at]
    return max(*ends, *(add_months(day, rules.keep_months) for day in days), date.min)


def home_day(family: Family, guardian: Guardian, rules: Rules) -> date | None:
    """The day on which that parent's data goes: of two homes, their own home's."""
    return erased_on(family, rules, guardian.home if family.split_at else None)


def notice(family: Family, guardian: Guardian, rules: Rules) -> Iterator[ErasureNotice]:
    """Two weeks before; never after a loss, and never to who wants no messages.

    Where a birth was never told nothing is written either (mission A10): it goes silently.
    """
    day = home_day(family, guardian, rules)
    expects = any(child.born is None and not child.silent for child in family.children)
    if day is None or expects:
        return
    due = slot(Kind.ERASURE, day - TOLD_BEFORE, rules)
    if moment := told(family, guardian, Kind.ERASURE, due, rules):
        said = on_the_clock(moment.at, rules.zone).date() + TOLD_BEFORE
        yield ErasureNotice(
            key=notice_key(family.id, day, guardian.id),
            at=moment.at,
            called=moment.called,
            not_after=moment.at + timedelta(days=KINDS[Kind.ERASURE].keeps_days or 0),
            family_id=family.id,
            guardian_id=guardian.id,
            day=max(day, said),
        )


def notice_key(family_id: int, day: date, guardian_id: int) -> str:
    """The key of the notice that names that day."""
    return f"erasure:{family_id}:{day.isoformat()}:{guardian_id}"


def may_erase(day: date, told_at: list[datetime | None], now: datetime, rules: Rules) -> bool:
    """Whether the day has come and everybody who could be told was told two weeks ago.

    `told_at`: of each parent who reads messages; None: the notice has not arrived.
    """
    today = on_the_clock(now, rules.zone).date()
    if today < day:
        return False
    in_time = all(
        at and on_the_clock(at, rules.zone).date() + TOLD_BEFORE <= today for at in told_at
    )
    return in_time or today >= day + WAITS_AT_MOST
