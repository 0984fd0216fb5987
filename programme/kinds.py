"""THE table of message kinds: when each leaves, how late is too late, what doubt means.

docs/architecture.md says why. Everything that sends reads it; nothing repeats it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from programme.localtime import STOCKHOLM, instant, on_the_clock


class Kind(StrEnum):
    """What a message is about. Stored: retire a kind, never rename it."""

    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_OFF = "visit_off"  # taken away because the family wished it
    VISIT_CHANGED = "visit_changed"  # who comes, or where
    VISIT_MISSED = "visit_missed"  # nobody was at home
    TIMES_PROPOSED = "times_proposed"  # up to three times to choose from
    VISIT_ON_HOLD = "visit_on_hold"  # its area is paused
    VISIT_OFFER = "visit_offer"  # it should be booked, and is not
    JOIN_ASK = "join_ask"  # somebody came by this parent's own link
    JOINED = "joined"  # the other parent said yes: welcome
    WELCOMED = "welcomed"  # came by a poster, and staff said yes
    NOT_OURS = "not_ours"  # came by a poster, and it is another area's family, or nobody answered
    AWAY_NOTE = "away_note"  # the other parent said that the family is away
    AREA_ASK = "area_ask"  # the family moves: may the new team take over
    GOODBYE = "goodbye"  # the family moves out of the programme
    DAY_BEFORE = "day_before"
    SAME_MORNING = "same_morning"
    TIP = "tip"
    STRENGTH = "strength"
    EARLY_TIP = "early_tip"
    DIGEST = "digest"  # what who joined late has missed and can still use
    TEAM_ASK = "team_ask"  # what a parent wrote to the team, for staff
    TEAM_ANSWER = "team_answer"  # what the team answers
    CONSENT_ASK = "consent_ask"  # the words of the consent have changed
    ERASURE = "erasure"  # their data goes by itself in two weeks
    NOTICE = "notice"  # what a coordinator tells many families
    NOTICE_URGENT = "notice_urgent"  # such as: closed today
    NOTICE_EDIT = "notice_edit"  # a notice that is on the phone, in new words
    NOTICE_RECALL = "notice_recall"  # a notice is taken away from the phone
    ACTIVITY_REMINDER = "activity_reminder"  # signed up, and it is tomorrow
    ACTIVITY_CHANGED = "activity_changed"  # signed up, and the time is another, or it is off
    PLACE_OFFERED = "place_offered"  # from the waiting list, held for some hours
    BOKSTART = "bokstart"  # the library offers to come home with books
    TRANSLATE_ASK = "translate_ask"  # words are missing in the translator's language
    TRANSLATED = "translated"  # a translation waits for the coordinator's yes
    CHECK_AGAIN = "check_again"  # places, pages and activities that were checked long ago
    YEARLY = "yearly"  # the yearly follow-up is to be sent
    CALENDAR_UNREAD = "calendar_unread"  # the colleague's own calendar cannot be read
    UNUSUAL_LOOKS = "unusual_looks"  # a colleague has opened unusually many families
    CONFIRM_COLLEAGUE = "confirm_colleague"  # does somebody still work here
    ACCESS_RESTS = "access_rests"  # nobody has said so: the colleague's access will rest
    MORNING_LIST = "morning_list"  # what a colleague's working day begins with
    STAFF_NEWS = "staff_news"
    CALL_TODAY = "call_today"  # a visit tomorrow, and nobody reads messages: call
    TO_BOOK = "to_book"
    FIRST_VISIT = "first_visit"  # the fourteen days are about to pass
    OUTCOME_ASK = "outcome_ask"  # after a visit: what became of it
    POSTER_ASK = "poster_ask"  # somebody came by a poster: is it a family of this area


class Lane(IntEnum):
    """Order of leaving: a lower lane always goes first."""

    VISITS = 0
    STAFF = 1
    TIPS = 2
    NOTICES = 3


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


_AT_ONCE_TO_STAFF = KindRule(
    lane=Lane.STAFF, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=14
)
_NEWS = KindRule(
    lane=Lane.VISITS,
    in_doubt=Doubt.AGAIN_ONCE,
    sent_at=None,
    urgent_within=timedelta(hours=18),
)
_QUESTION = KindRule(lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=7)
_TO_STAFF = KindRule(lane=Lane.STAFF, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(7, 30), keeps_days=14)
_TIP = KindRule(lane=Lane.TIPS, in_doubt=Doubt.LEAVE, sent_at=time(10), capped=True, keeps_days=14)

KINDS: dict[Kind, KindRule] = {
    Kind.VISIT_BOOKED: _NEWS,
    Kind.VISIT_MOVED: _NEWS,
    Kind.VISIT_CANCELLED: _NEWS,
    Kind.VISIT_OFF: _NEWS,
    Kind.VISIT_CHANGED: _NEWS,
    Kind.VISIT_MISSED: _QUESTION,
    # Too late once they have run out: the letter itself knows when.
    Kind.TIMES_PROPOSED: KindRule(
        lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=2
    ),
    Kind.VISIT_ON_HOLD: _NEWS,
    Kind.VISIT_OFFER: KindRule(lane=Lane.TIPS, in_doubt=Doubt.LEAVE, sent_at=time(10)),
    Kind.JOIN_ASK: _QUESTION,
    Kind.JOINED: _QUESTION,
    Kind.WELCOMED: _QUESTION,
    Kind.NOT_OURS: _QUESTION,
    Kind.AWAY_NOTE: _QUESTION,
    Kind.AREA_ASK: _QUESTION,
    Kind.GOODBYE: _QUESTION,
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
    Kind.EARLY_TIP: _TIP,
    Kind.DIGEST: KindRule(
        lane=Lane.TIPS, in_doubt=Doubt.LEAVE, sent_at=time(10), capped=True, keeps_days=7
    ),
    Kind.TEAM_ASK: _AT_ONCE_TO_STAFF,
    Kind.TEAM_ANSWER: _QUESTION,
    Kind.CONSENT_ASK: KindRule(
        lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=30
    ),
    Kind.ERASURE: KindRule(
        lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(10), keeps_days=30
    ),
    # Too late once what it tells of has begun: the letter itself knows when.
    Kind.NOTICE: KindRule(
        lane=Lane.NOTICES, in_doubt=Doubt.LEAVE, sent_at=None, capped=True, keeps_days=7
    ),
    # To read twice that it is closed hurts less than to stand before a closed door.
    Kind.NOTICE_URGENT: KindRule(
        lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=1
    ),
    # An edit makes no sound, and a second one does no harm.
    Kind.NOTICE_EDIT: KindRule(
        lane=Lane.NOTICES, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, silent=True, keeps_days=7
    ),
    Kind.NOTICE_RECALL: KindRule(
        lane=Lane.NOTICES, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, silent=True, keeps_days=7
    ),
    Kind.ACTIVITY_REMINDER: KindRule(lane=Lane.VISITS, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(17)),
    Kind.ACTIVITY_CHANGED: _NEWS,
    Kind.PLACE_OFFERED: KindRule(
        lane=Lane.TIPS, in_doubt=Doubt.AGAIN_ONCE, sent_at=None, keeps_days=2
    ),
    Kind.BOKSTART: _TIP,
    Kind.OUTCOME_ASK: _AT_ONCE_TO_STAFF,
    Kind.TRANSLATE_ASK: _AT_ONCE_TO_STAFF,
    Kind.TRANSLATED: _AT_ONCE_TO_STAFF,
    Kind.CHECK_AGAIN: _TO_STAFF,
    # A reminder that comes after a week says the wrong thing: the second one follows then.
    Kind.YEARLY: KindRule(
        lane=Lane.STAFF, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(8), keeps_days=7
    ),
    Kind.CALENDAR_UNREAD: _AT_ONCE_TO_STAFF,
    Kind.UNUSUAL_LOOKS: _AT_ONCE_TO_STAFF,
    Kind.CONFIRM_COLLEAGUE: _AT_ONCE_TO_STAFF,
    Kind.ACCESS_RESTS: _AT_ONCE_TO_STAFF,
    # Each chooses the hour; in the afternoon it is no news any more.
    Kind.MORNING_LIST: KindRule(
        lane=Lane.STAFF, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(7, 30), keeps_until=time(12)
    ),
    Kind.STAFF_NEWS: _TO_STAFF,
    Kind.CALL_TODAY: KindRule(lane=Lane.STAFF, in_doubt=Doubt.AGAIN_ONCE, sent_at=time(7, 30)),
    Kind.TO_BOOK: _TO_STAFF,
    Kind.FIRST_VISIT: _TO_STAFF,
    Kind.POSTER_ASK: _TO_STAFF,
}

# Questions with buttons of their own, which a message with other letters in it would not show.
ALONE = frozenset(
    {
        Kind.JOIN_ASK,
        Kind.AREA_ASK,
        Kind.TIMES_PROPOSED,
        Kind.VISIT_MISSED,
        Kind.TEAM_ASK,
        Kind.TEAM_ANSWER,
        Kind.OUTCOME_ASK,
        Kind.POSTER_ASK,
        Kind.CONSENT_ASK,
        # One message on the phone, which may be corrected or taken back later.
        Kind.NOTICE,
        Kind.NOTICE_URGENT,
        Kind.NOTICE_EDIT,
        Kind.NOTICE_RECALL,
        Kind.PLACE_OFFERED,
        Kind.TRANSLATE_ASK,
        Kind.TRANSLATED,
        Kind.CHECK_AGAIN,
        Kind.YEARLY,
        Kind.CALENDAR_UNREAD,
        Kind.UNUSUAL_LOOKS,
        Kind.CONFIRM_COLLEAGUE,
        Kind.ACCESS_RESTS,
        Kind.MORNING_LIST,
    }
)

_LANE_SPEAKERS = {
    Lane.VISITS: Kind.DAY_BEFORE,
    Lane.STAFF: Kind.STAFF_NEWS,
    Lane.TIPS: Kind.TIP,
    Lane.NOTICES: Kind.NOTICE,
}

CAP = 3  # tips and notices per guardian...
CAP_DAYS = 7  # ...in so many days (mission C4)

SATURDAY, SUNDAY = 5, 6
WORK_BEGINS, WORK_ENDS = time(7), time(18)  # until each staff member can choose their own hours
EARLY_MORNING = time(7)  # the same-morning reminder of a visit that begins before EARLY_VISIT
EARLY_VISIT = time(9)
VISITS_WAKE_EARLIER = timedelta(hours=1)  # visits may leave from 07, everything else from 08


@dataclass(frozen=True)
class QuietHours:
    """From `start` in the evening to `end` in the morning nothing is sent; equal hours: none."""

    start: time = time(20)
    end: time = time(8)


def _sundays(day: date) -> bool:
    return day.weekday() == SUNDAY


def _never(_day: date) -> bool:
    return False


@dataclass(frozen=True)
class Rules:
    """What an installation may set: the zone of the families, quiet hours, which days are red."""

    zone: ZoneInfo = STOCKHOLM
    quiet: QuietHours | None = QuietHours()
    is_red: Callable[[date], bool] = _sundays  # days and eves on which offices are closed
    keep_months: int = 13  # data is kept so long after the programme (mission B10)
    is_feast: Callable[[date], bool] = _never  # the same without plain Sundays
    looks_per_hour: int = 20  # more opened families than that are unusual (mission H2)
    looks_per_day: int = 60
    confirm_days: int = 180  # so often staff are asked whether a colleague still works here (H1)
    confirm_grace_days: int = 14  # unanswered for so long, access rests

    def is_working_day(self, day: date) -> bool:
        """Whether staff work on that day."""
        return day.weekday() < SATURDAY and not self.is_red(day)


def may_leave(kind: Kind, at: datetime, rules: Rules, begins: datetime | None = None) -> bool:
    """Whether a message of this kind may leave at that instant; `begins` is its visit."""
    rule = KINDS[kind]
    if rules.quiet is None:
        return True
    if rule.lane is Lane.STAFF:
        return _at_work(at, rules)
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
    if KINDS[kind].lane is Lane.STAFF:
        return _work_begins(shown, rules)
    opens = _opens(KINDS[kind], rules.quiet)
    day = shown.date() if shown.time() < opens else shown.date() + timedelta(days=1)
    return instant(day, opens, rules.zone)


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
    return begins - timedelta(microseconds=1)  # once it has begun, it is too late


def _at_work(at: datetime, rules: Rules) -> bool:
    shown = on_the_clock(at, rules.zone)
    return rules.is_working_day(shown.date()) and WORK_BEGINS <= shown.time() < WORK_ENDS


def _work_begins(shown: datetime, rules: Rules) -> datetime:
    """When staff are next at work, for a time at which they are not."""
    day = shown.date() if shown.time() < WORK_BEGINS else shown.date() + timedelta(days=1)
    while not rules.is_working_day(day):
        day += timedelta(days=1)
    return instant(day, WORK_BEGINS, rules.zone)


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
