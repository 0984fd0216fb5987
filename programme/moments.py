"""When news reaches a parent: at once, or when the night or a rest is over."""

from dataclasses import dataclass
from datetime import datetime

from programme.kinds import Kind, Rules, first_leave
from programme.people import Family, Guardian, Rest, Why


@dataclass(frozen=True)
class Moment:
    """When something falls due, and when it leaves."""

    called: datetime
    at: datetime


def listens(family: Family, guardian: Guardian, at: datetime) -> bool:
    """Whether a message of that moment may be written to this parent."""
    return not family.rests_at(at) and guardian.listens_at(at)


def reads_but_for(why: Why, family: Family, guardian: Guardian, at: datetime) -> bool:
    """Whether this parent would be written to at that moment if it were not for such rests."""
    if guardian.active_since is None or at < guardian.active_since:
        return False
    rests = (*family.rests, *guardian.rests)
    return not any(each.covers(at) for each in rests if each.why is not why)


def reads_what_stands(family: Family, guardian: Guardian, at: datetime) -> bool:
    """Whether what stands on this parent's phone may be mended: it makes no sound and is nothing
    new, so a pause and a time away do not forbid it. After a stop or a loss nothing is touched."""
    if guardian.active_since is None or at < guardian.active_since:
        return False
    quiet = (Why.PAUSED, Why.AWAY)
    rests = (*family.rests, *guardian.rests)
    return not any(rest.covers(at) for rest in rests if rest.why not in quiet)


def told(
    family: Family,
    guardian: Guardian,
    kind: Kind,
    happened: datetime,
    rules: Rules,
    begins: datetime | None = None,
) -> Moment | None:
    """When this parent hears of what happened then; None while nobody knows, or after a loss."""
    if guardian.active_since is None:
        return None
    called = max(happened, guardian.active_since)
    while True:
        at = first_leave(kind, called, rules, begins)
        rest = _in_the_way(family, guardian, called) or _in_the_way(family, guardian, at)
        if rest is None:
            return Moment(called, at)
        if rest.until is None or rest.why is Why.LOSS:
            return None  # what fell into a loss is not said afterwards either
        called = rest.until


def _in_the_way(family: Family, guardian: Guardian, at: datetime) -> Rest | None:
    rests = (*family.rests, *guardian.rests)
    return next((rest for rest in rests if rest.covers(at)), None)
