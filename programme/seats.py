"""Who gets a place that is free, and for how long it is held (mission E7).

Places are people: a parent and a child need two. The first on the waiting list for whom there is
room is asked; whoever needs more keeps their turn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from programme.activities import Occasion
from programme.kinds import Kind, Rules, first_leave
from programme.localtime import instant, on_the_clock

HELD_FOR = timedelta(hours=24)  # whoever is asked has a day to answer...
HELD_AT_LEAST_TO = time(12)  # ...and the morning after
LAST_CALL = timedelta(hours=2)  # nobody is asked any more so shortly before it begins
TIME_TO_ANSWER = timedelta(hours=1)  # with less nobody is asked: who comes first has the place

MOST_ADULTS, MOST_CHILDREN = 6, 12


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn on a waiting list; its number rises with every one that is taken."""

    id: int
    people: int
    family_id: int = 0


def fits(free: int | None, people: int) -> bool:
    """Whether so many find room; `free` is None where there is no limit."""
    return free is None or people <= free


def first_with_room(
    free: int | None, waiting: Sequence[Turn], not_now: Iterable[int] = ()
) -> Turn | None:
    """Whom to ask: the first in line for whom there is room, or None.

    `not_now`: turns of parents who cannot be asked at present; they keep them.
    """
    passed = set(not_now)
    return next(
        (each for each in waiting if each.id not in passed and fits(free, each.people)), None
    )


def has_right_of_way(free: int | None, people: int, waiting: Sequence[Turn], asking: bool) -> bool:
    """Whether somebody new finds room at once, without passing anybody for whom there is room.

    `asking`: people on the list are still asked; shortly before it begins they are not.
    """
    return fits(free, people) and not (asking and first_with_room(free, waiting))


def next_begins(occasions: Iterable[Occasion], now: datetime) -> datetime | None:
    """When the next of them begins that takes place, or None."""
    ahead = [each.starts_at for each in occasions if not each.cancelled and each.starts_at > now]
    return min(ahead, default=None)


def held_until(now: datetime, begins: datetime, rules: Rules) -> datetime | None:
    """Until when a place that is offered now is held; None: it is too late to ask anybody.

    A day from when the message leaves, which is never at night, and at least until noon of the
    day after; but never into the last two hours before it begins.
    """
    leaves = first_leave(Kind.PLACE_OFFERED, now, rules)
    noon = instant(
        on_the_clock(leaves, rules.zone).date() + timedelta(days=1), HELD_AT_LEAST_TO, rules.zone
    )
    until = min(max(leaves + HELD_FOR, noon), begins - LAST_CALL)
    return until if until - leaves >= TIME_TO_ANSWER else None


def is_a_party(adults: int, children: int) -> bool:
    """Whether so many may sign up together: at least one grown-up comes along."""
    return 1 <= adults <= MOST_ADULTS and 0 <= children <= MOST_CHILDREN
