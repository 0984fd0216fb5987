"""When on a day each kind leaves: the hour of its table row, quiet hours heeded."""

from datetime import date, datetime, time

from programme.kinds import KINDS, Kind, Rules, first_leave
from programme.localtime import instant


def slot(kind: Kind, day: date, rules: Rules) -> datetime:
    """When a letter of this kind leaves on that day; ValueError for kinds that leave at once."""
    wall = KINDS[kind].sent_at
    if wall is None:
        raise ValueError(f"{kind} has no hour of its own")
    return first_leave(kind, instant(day, wall, rules.zone), rules)


def morning(day: date, wall: time, rules: Rules) -> datetime:
    """When the same-morning reminder leaves that should leave at `wall`."""
    return first_leave(Kind.SAME_MORNING, instant(day, wall, rules.zone), rules)
