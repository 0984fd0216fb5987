"""What falls due to one colleague about their work and about no family (mission E3, F4, D15, H3).

The rules of `plan.due`, for a desk instead of a family: the planner, the re-check before sending
and the demo's clock all call `due_to_desk`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from programme.busy import CalendarFault
from programme.checking import Checked, monthly
from programme.desk_letters import (
    AboutWords,
    AccessRests,
    CalendarUnread,
    ConfirmColleague,
    SentBack,
    TranslateAsk,
    Translated,
    UnusualLooks,
)
from programme.free import Span
from programme.january import reminders
from programme.kinds import Kind, Rules, first_leave, too_late_after
from programme.letters import Letter
from programme.mornings import mornings
from programme.notices import WordingState
from programme.people import Role, StaffMember
from programme.staff_life import Access
from programme.threads import passed_on
from programme.unusual import Unusual

UNREAD_FOR = timedelta(days=1)  # a calendar that does not answer for an hour is no news
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class OpenWording:
    """Words in one language that somebody has yet to write, or to look through."""

    id: int
    language: str
    title: str  # of the words that are to be translated
    state: WordingState
    asked_at: datetime | None = None  # since when it is asked for; once taken: since when
    taken_by: int | None = None
    given_at: datetime | None = None  # of one that is taken: it was sent back
    areas: tuple[int, ...] = ()
    made_by: int | None = None  # who wrote the notice

    @property
    def sent_back(self) -> bool:
        """Whether the coordinator would like other words from who gave these."""
        return self.state is WordingState.TAKEN and self.given_at is not None

    def free_from(self, rules: Rules) -> datetime | None:
        """From when on any translator may take it; None if that is not theirs to do."""
        if self.asked_at is None:
            return None
        match self.state:
            case WordingState.WANTED:
                return self.asked_at
            case WordingState.TAKEN:  # a working day is enough; then others may help
                return passed_on(self.asked_at, rules)
            case _:
                return None


@dataclass(frozen=True)
class Unread:
    """A calendar that cannot be read, of which its owner has not heard yet."""

    since: datetime
    fault: CalendarFault


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One colleague, where they work, and what waits there."""

    member: StaffMember
    areas: tuple[int, ...]
    languages: tuple[str, ...] | None = None  # a translator's; None: has not said, so all
    wordings: tuple[OpenWording, ...] = ()
    checked: tuple[Checked, ...] = ()
    unread: Unread | None = None  # their own calendar
    to_confirm: tuple[Access, ...] = ()  # those about whom this one is asked
    own: Access | None = None  # their own access, if somebody can be asked about it
    unusual: tuple[tuple[StaffMember, Unusual], ...] = ()  # who looked unusually much: of all areas
    yearly_opened: int | None = None  # the last year whose follow-up they have looked at
    hour: time | None = None  # of their morning list; None: they want none
    week: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    off: tuple[Span, ...] = ()  # ill, or away

    def translates(self, each: OpenWording) -> bool:
        """Whether those words may be asked of them."""
        theirs = self.languages is None or each.language in self.languages
        here = bool(set(self.areas) & set(each.areas))
        return self.member.role is Role.TRANSLATOR and theirs and here

    def looks_through(self, each: OpenWording) -> bool:
        """Whether it is theirs to say yes to them: who wrote the notice, who runs the area."""
        runs = self.member.role is Role.COORDINATOR and bool(set(self.areas) & set(each.areas))
        return runs or self.member.id == each.made_by


def due_to_desk(desk: Desk, since: datetime, until: datetime, rules: Rules) -> list[Letter]:
    """Every letter that falls due to this colleague in [since, until), in order of leaving."""
    if not desk.member.in_chat:
        return []
    every = (
        *(letter for each in desk.wordings for letter in _of_words(desk, each, rules)),
        *_calendar(desk, rules),
        *_looks(desk, rules),
        *_access(desk, rules),
        *monthly(desk.member, desk.areas, desk.checked, since, until, rules),
        *reminders(desk.member, desk.yearly_opened, since, until, rules),
        *mornings(desk.member, desk.hour, desk.week, desk.off, since, until, rules),
    )
    letters = [letter for letter in every if since <= letter.due_at < until]
    return sorted(letters, key=lambda letter: (letter.at, letter.key))


def still_due_to_desk(desk: Desk, key: str, at: datetime, rules: Rules) -> Letter | None:
    """The letter with that key as the facts are now, if it still falls due at that instant."""
    again = due_to_desk(desk, at, at + _MOMENT, rules)
    return next((letter for letter in again if letter.key == key), None)


def _calendar(desk: Desk, rules: Rules) -> Iterator[CalendarUnread]:
    """Their calendar has been out of reach for a day: not for every hour of it."""
    if desk.unread is None:
        return
    called = desk.unread.since + UNREAD_FOR
    at = first_leave(Kind.CALENDAR_UNREAD, called, rules)
    yield CalendarUnread(
        key=unread_key(desk.member.id, desk.unread.since),
        at=at,
        called=called,
        not_after=too_late_after(Kind.CALENDAR_UNREAD, at, rules, None),
        staff_id=desk.member.id,
        since=desk.unread.since,
        fault=desk.unread.fault,
    )


def _looks(desk: Desk, rules: Rules) -> Iterator[UnusualLooks]:
    """Once for each colleague and day, to whoever runs every area; never to the one it is about."""
    for who, found in desk.unusual:
        if desk.member.role is not Role.ADMINISTRATOR or who.id == desk.member.id:
            continue
        at = first_leave(Kind.UNUSUAL_LOOKS, found.at, rules)
        yield UnusualLooks(
            key=f"looks:{who.id}:{found.day}:{desk.member.id}",
            at=at,
            called=found.at,
            not_after=too_late_after(Kind.UNUSUAL_LOOKS, at, rules, None),
            staff_id=desk.member.id,
            name=who.name,
            role=who.role,
            day=found.day,
            families=found.families,
            others=found.others,
        )


def _access(desk: Desk, rules: Rules) -> Iterator[ConfirmColleague | AccessRests]:
    """Does somebody still work here; and to who waits for that answer, that access will rest."""
    for who in desk.to_confirm:
        called, by = who.ask_at(rules), who.rests_at(rules)
        if called and by:
            common = _access_facts(desk, f"confirm:{who.member.id}", called, by, rules)
            them = who.member
            yield ConfirmColleague(who=them.id, name=them.name, role=them.role, **common)
    if desk.own and (called := desk.own.warn_at(rules)) and (by := desk.own.rests_at(rules)):
        yield AccessRests(**_access_facts(desk, "access", called, by, rules))


def _access_facts(
    desk: Desk, key: str, called: datetime, by: datetime, rules: Rules
) -> dict[str, Any]:
    """What both hold; each answer moves `by`, and so makes another promise."""
    return {
        "key": _by_key(key, by, desk.member.id),
        "at": first_leave(Kind.CONFIRM_COLLEAGUE, called, rules),
        "called": called,
        "not_after": by,
        "staff_id": desk.member.id,
        "by": by,
    }


def confirm_key(who: Access, asker: int, rules: Rules) -> str | None:
    """The promise to ask that colleague about them this time; None: nobody is to be asked."""
    by = who.rests_at(rules)
    return _by_key(f"confirm:{who.member.id}", by, asker) if by else None


def _by_key(key: str, by: datetime, staff_id: int) -> str:
    return f"{key}:{int(by.timestamp())}:{staff_id}"


def unread_key(staff_id: int, since: datetime) -> str:
    """The promise to tell of a calendar that has not been read since then."""
    return f"calendar:{int(since.timestamp())}:{staff_id}"


def _of_words(desk: Desk, each: OpenWording, rules: Rules) -> Iterator[AboutWords]:
    if desk.translates(each) and (free := each.free_from(rules)):
        again = each.state is WordingState.TAKEN
        stamp = _stamp("again" if again else "wanted", each.asked_at)
        yield TranslateAsk(again=again, **_facts(desk, each, stamp, free, rules))
    if each.sent_back and each.asked_at and each.taken_by == desk.member.id:
        stamp = _stamp("back", each.asked_at)
        yield SentBack(**_facts(desk, each, stamp, each.asked_at, rules))
    if each.given_at and each.state is WordingState.GIVEN and desk.looks_through(each):
        stamp = _stamp("given", each.given_at)
        yield Translated(**_facts(desk, each, stamp, each.given_at, rules))


def _stamp(what: str, at: datetime | None) -> str:
    """What happened, and when: should it happen again, that is another promise."""
    return f"{what}:{int(at.timestamp() * 1000) if at else 0}"


def _facts(
    desk: Desk, each: OpenWording, stamp: str, called: datetime, rules: Rules
) -> dict[str, Any]:
    """What every letter about words holds; each of their kinds leaves in the staff's hours."""
    at = first_leave(Kind.TRANSLATE_ASK, called, rules)
    return {
        "key": f"words:{each.id}:{stamp}:{desk.member.id}",
        "at": at,
        "called": called,
        "not_after": too_late_after(Kind.TRANSLATE_ASK, at, rules, None),
        "staff_id": desk.member.id,
        "wording_id": each.id,
        "language": each.language,
        "title": each.title,
    }


def asked_between(since: datetime, until: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """When words may have been taken that are free again in [since, until): perhaps too long."""
    begin = since
    while passed_on(begin, rules) >= since:
        begin -= timedelta(days=1)
    return begin, until


def confirmed_between(
    since: datetime, until: datetime, rules: Rules
) -> list[tuple[datetime, datetime]]:
    """When those were last confirmed about whom anything is said in [since, until)."""
    ask, warn = timedelta(days=rules.confirm_days), timedelta(days=rules.confirm_grace_days) / 2
    return [(since - ago, until - ago) for ago in (ask, ask + warn)]
