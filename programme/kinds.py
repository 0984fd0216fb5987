"""THE table of message kinds: when each leaves, how late is too late, what doubt means.

docs/architecture.md says why. Everything that sends reads it; nothing repeats it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from programme.localtime import STOCKHOLM, days_touched, instant, on_the_clock


class Kind(StrEnum):
    """What a message is about. Stored: retire a kind, never rename it."""

    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_CANCELLED = "visit_cancelled"
    DAY_BEFORE = "day_before"
    SAME_MORNING = "same_morning"
    TIP = "tip"
    STRENGTH = "strength"


class Lane(IntEnum):
    """Order of leaving: a lower lane always goes first."""

    VISITS = 0
    TIPS = 1
    NOTICES = 2


class Doubt(StrEnum):
    """What is done with a message of which nobody knows whether it arrived."""

    AGAIN_ONCE = "again_once"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True)
class KindRule:
    """How one kind of message behaves."""

    lane: Lane
    in_doubt: Doubt
    sent_at: time | None  # None: at once
    capped: bool = False  # counts against the three tips and notices a week
    silent: bool = False
    urgent_within: timedelta = timedelta(0)  # so close to the visit, any hour will do
    keeps_days: int | None = None  # too late after so many days; None: the visit decides
    keeps_until: time | None = None  # too late at this hour of the same day


_NEWS = KindRule(
    lane=Lane.VISITS,
    in_doubt=Doubt.AGAIN_ONCE,
    sent_at=None,
    urgent_within=timedelta(hours=18),
)
_TIP = KindRule(lane=Lane.TIPS, in_doubt=Doubt.LEAVE, sent_at=time(10), capped=True, keeps_days=14)

KINDS: dict[Kind, KindRule] = {
    Kind.VISIT_BOOKED: _NEWS,
    Kind.VISIT_MOVED: _NEWS,
    Kind.VISIT_CANCELLED: _NEWS,
    Kind.DAY_BEFORE: KindRule(
        lane=Lane.VISITS,
        in_doubt=Doubt.AGAIN_ONCE,
        sent_at=time(17),
        keeps_until=time(20),
    ),
    Kind.SAME_MORNING: KindRule(
        lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(7, 30), silent=True
    ),
    Kind.TIP: _TIP,
    Kind.STRENGTH: _TIP,
}

_LANE_SPEAKERS = {Lane.VISITS: Kind.DAY_BEFORE, Lane.TIPS: Kind.TIP}

EARLY_MORNING = time(7)  # the same-morning reminder of a visit that begins before EARLY_VISIT
EARLY_VISIT = time(9)
VISITS_WAKE_EARLIER = timedelta(hours=1)  # visits may leave from 07, everything else from 08


@dataclass(frozen=True)
class QuietHours:
    """From `start` in the evening to `end` in the morning nothing is sent; equal hours: none."""

    start: time = time(20)
    end: time = time(8)


@dataclass(frozen=True)
class Rules:
    """What an installation may set: the zone of the families, and their quiet hours."""

    zone: ZoneInfo = STOCKHOLM
    quiet: QuietHours | None = QuietHours()


def may_leave(kind: Kind, at: datetime, rules: Rules, begins: datetime | None = None) -> bool:
    """Whether a message of this kind may leave at that instant; `begins` is its visit."""
    if rules.quiet is None:
        return True
    rule = KINDS[kind]
    if begins is not None and rule.urgent_within and begins - at <= rule.urgent_within:
        return True
    return _awake(_opens(rule, rules.quiet), rules.quiet.start, on_the_clock(at, rules.zone).time())


def open_lanes(at: datetime, rules: Rules) -> list[Lane]:
    """The lanes in which messages may leave at that instant."""
    return [lane for lane, kind in _LANE_SPEAKERS.items() if may_leave(kind, at, rules)]


def first_leave(kind: Kind, at: datetime, rules: Rules, begins: datetime | None = None) -> datetime:
    """The first instant from `at` on at which a message of this kind may leave."""
    if rules.quiet is None or may_leave(kind, at, rules, begins):
        return at
    shown = on_the_clock(at, rules.zone)
    opens = _opens(KINDS[kind], rules.quiet)
    day = shown.date() if shown.time() < opens else shown.date() + timedelta(days=1)
    return instant(day, opens, rules.zone)


def opens_within(kind: Kind, since: datetime, until: datetime, rules: Rules) -> bool:
    """Whether quiet hours end for this kind in [since, until)."""
    if rules.quiet is None:
        return False
    wall = _opens(KINDS[kind], rules.quiet)
    days = days_touched(since, until, rules.zone)
    return any(since <= instant(day, wall, rules.zone) < until for day in days)


def too_late_after(kind: Kind, due: datetime, rules: Rules, begins: datetime | None) -> datetime:
    """The instant after which a message that was due at `due` is no longer worth sending."""
    rule = KINDS[kind]
    day = on_the_clock(due, rules.zone).date()
    if rule.keeps_until is not None:
        return instant(day, rule.keeps_until, rules.zone)
    if rule.keeps_days is not None:
        return due + timedelta(days=rule.keeps_days)
    if begins is None:
        raise ValueError(f"{kind} needs the hour its visit begins")
    return begins


def _opens(rule: KindRule, quiet: QuietHours) -> time:
    if rule.lane is not Lane.VISITS:
        return quiet.end
    minutes = quiet.end.hour * 60 + quiet.end.minute
    earlier = max(0, minutes - int(VISITS_WAKE_EARLIER.total_seconds()) // 60)
    wakes = time(earlier // 60, earlier % 60)
    # A rest of less than an hour within one day is none for visits; it must not turn around.
    return max(wakes, quiet.start) if quiet.start <= quiet.end else wakes


def _awake(opens: time, closes: time, shown: time) -> bool:
    if opens < closes:
        return opens <= shown < closes
    return shown >= opens or shown < closes  # quiet hours within one day, such as 13-15
