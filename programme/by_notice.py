"""What a parent gets of notices: only from rows that were written for them when it left.

Who those are is decided once (`audience.py`); here it is decided what still holds of each row.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from programme.activities import Activity, ActivityState, Occasion, Words
from programme.by_age import week_has_room
from programme.kinds import KINDS, Kind, Rules, first_leave
from programme.letters import Letter
from programme.localtime import days_touched, instant, on_the_clock
from programme.notice_letters import (
    NoticeChanged,
    NoticeEdit,
    NoticeLetter,
    NoticeRecall,
    UrgentNotice,
)
from programme.notices import Action, Addressed, Notice, NoticeState
from programme.people import Family, Guardian

_MOMENT = timedelta(microseconds=1)
_LEAVES = (NoticeState.SENDING, NoticeState.PAUSED)


class Gone(StrEnum):
    """Why a row of a notice is dropped, for the coordinator. Stored: never renamed."""

    STOPPED = "notice stopped"
    RECALLED = "notice recalled"
    LANGUAGE = "no words in their language"
    WEEK_FULL = "week full"
    TOO_LATE = "too late"
    VANISHED = "no longer on the phone"


class _About(TypedDict):
    """What every letter of a notice says."""

    key: str
    at: datetime
    called: datetime
    not_after: datetime
    family_id: int
    guardian_id: int


class _Said(TypedDict):
    """What every letter with the notice's words says besides."""

    notice_id: int
    revision: int
    words: Words
    activity: Activity | None
    occasions: tuple[Occasion, ...]
    picture: str | None
    urgent: bool


def by_notice(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    """Everything notices may still do on this parent's phone."""
    for row in family.addressed:
        if row.guardian_id == guardian.id and (letter := _letter(family, guardian, row, rules)):
            yield letter


def why_not(family: Family, guardian: Guardian, key: str) -> Gone | None:
    """Why the notice itself forbids that row; None if it does not, or it is no notice's."""
    row = next((each for each in family.addressed if each.key == key), None)
    if row is None:
        return None
    state = row.notice.state
    if state is NoticeState.RECALLED and row.action is not Action.DELETE:
        return Gone.RECALLED
    if state is NoticeState.STOPPED and row.action is Action.SAY:
        return Gone.STOPPED
    return None if row.notice.said_in(guardian.language) else Gone.LANGUAGE


def too_late_after(notice: Notice, kind: Kind, due: datetime) -> datetime:
    """The last moment at which a letter of that kind is worth saying."""
    keeps = due + timedelta(days=KINDS[kind].keeps_days or 0)
    if kind is Kind.NOTICE_URGENT:  # *closed today* holds until it would have ended
        return min(keeps, max((each.ends_at for each in notice.occasions), default=keeps))
    begins = notice.not_after
    return begins - _MOMENT if begins and kind is Kind.NOTICE else keeps


def kind_of(notice: Notice) -> Kind:
    """The kind of message it is for its readers."""
    return Kind.NOTICE_URGENT if notice.urgent else Kind.NOTICE


def worth_saying(notice: Notice, at: datetime) -> bool:
    """Whether what it tells of still lies ahead at that moment."""
    if notice.urgent or notice.activity is None:
        return at < too_late_after(notice, kind_of(notice), at)
    if notice.activity.state is ActivityState.CANCELLED:
        return False
    return not notice.occasions or any(
        each.starts_at > at and not each.cancelled for each in notice.occasions
    )


def a_letter(notice: Notice, language: str, rules: Rules) -> NoticeLetter | None:
    """The notice as somebody who reads that language gets it; None without approved words."""
    words, at = notice.said_in(language), notice.send_at or datetime.min.replace(tzinfo=UTC)
    if words is None:
        return None
    shape = UrgentNotice if notice.urgent else NoticeLetter
    return shape(key="", at=at, not_after=at, guardian_id=0, **_said(notice, words))


def has_room(day: date, lately: Sequence[datetime], rules: Rules) -> bool:
    """Whether the seven days that end with it have seen fewer than three (mission C4)."""
    return week_has_room(day, [on_the_clock(at, rules.zone).date() for at in lately])


def when_room(
    guardian: Guardian, letter: Letter, lately: Sequence[datetime], now: datetime, rules: Rules
) -> datetime | None:
    """`now` if this parent's week has room today, else the first hour that has; None: never in
    time. `lately`: when tips and notices have come. A quiet day waits too, if there is another."""
    days = days_touched(now, letter.not_after + _MOMENT, rules.zone)
    hours = {day: _hour(letter, day, now, rules) for day in days if has_room(day, lately, rules)}
    timely = {day: at for day, at in hours.items() if at <= letter.not_after}
    quiet = guardian.quiet_days
    loud = [at for day, at in timely.items() if day.weekday() not in quiet]
    return min(loud or timely.values(), default=None)


def _hour(letter: Letter, day: date, now: datetime, rules: Rules) -> datetime:
    """When it would leave on that day: at once today, else at the hour it was meant for."""
    if day == on_the_clock(now, rules.zone).date():
        return now
    wall = on_the_clock(letter.at, rules.zone).time()
    return first_leave(letter.kind, instant(day, wall, rules.zone), rules)


def _letter(family: Family, guardian: Guardian, row: Addressed, rules: Rules) -> Letter | None:
    notice, kind = row.notice, _kind(row)
    # An edit makes no sound: no night holds it back.
    mends = row.action in {Action.EDIT, Action.DELETE}
    about: _About = {
        "key": row.key,
        "at": row.due_at if mends else first_leave(kind, row.due_at, rules),
        "called": row.due_at,
        "not_after": too_late_after(notice, kind, row.due_at),
        "family_id": family.id,
        "guardian_id": guardian.id,
    }
    if row.action is Action.DELETE:
        return _recall(row, about)
    words = notice.said_in(guardian.language)
    if words is None or notice.state is NoticeState.RECALLED:
        return None
    return _saying(row, about, words)


def _kind(row: Addressed) -> Kind:
    match row.action:
        case Action.DELETE:
            return Kind.NOTICE_RECALL
        case Action.EDIT:
            return Kind.NOTICE_EDIT
        case Action.TELL:
            return Kind.NOTICE_URGENT
        case Action.SAY:
            return kind_of(row.notice)


def _recall(row: Addressed, about: _About) -> NoticeRecall | None:
    notice = row.notice
    if notice.state is not NoticeState.RECALLED or row.message_id is None:
        return None
    since = notice.frozen_at or row.due_at
    return NoticeRecall(**about, notice_id=notice.id, message_id=row.message_id, said_since=since)


def _saying(row: Addressed, about: _About, words: Words) -> NoticeLetter | None:
    notice = row.notice
    said = _said(notice, words)
    match row.action:
        case Action.EDIT if row.message_id is not None:
            return NoticeEdit(**about, **said, message_id=row.message_id)
        case Action.TELL:
            return NoticeChanged(**about, **said)
        case Action.SAY if notice.state in _LEAVES:
            return UrgentNotice(**about, **said) if notice.urgent else NoticeLetter(**about, **said)
        case _:
            return None


def _said(notice: Notice, words: Words) -> _Said:
    return {
        "notice_id": notice.id,
        "revision": notice.revision,
        "words": words,
        "activity": notice.activity,
        "occasions": notice.occasions,
        "picture": notice.picture or (notice.activity.picture if notice.activity else None),
        "urgent": notice.urgent,
    }
