"""Messages as facts: one frozen value per kind, with nothing in it that may not leave.

The fields of a letter ARE the list of values it may carry (mission C10): no name of a parent or
child, no address, no free text. Words come later, in the reader's language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from programme.kinds import Kind
from programme.news import News
from programme.people import Change, Choice, Meeting, Place, StaffMember
from programme.reasons import Asked


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One promise to one person; `key` makes it unique for ever, `at` is when it leaves.

    It leaves later than it falls due where quiet hours, a full week or the summer make it wait.
    """

    kind: ClassVar[Kind]

    key: str
    at: datetime
    not_after: datetime
    family_id: int | None = None  # None: to staff, about their work and not about a family
    guardian_id: int | None = None  # a parent...
    staff_id: int | None = None  # ...or somebody of the staff
    called: datetime | None = None  # when it fell due, if that is earlier than it leaves

    @property
    def due_at(self) -> datetime:
        """When it falls due: the planner plans it then."""
        return self.called or self.at

    @property
    def reader(self) -> tuple[int | None, int | None]:
        """Whom it is for."""
        return self.guardian_id, self.staff_id

    @property
    def begins(self) -> datetime | None:
        """When the visit begins that this is about, or None."""
        return None


@dataclass(frozen=True, kw_only=True)
class AgeLetter(Letter):
    """Something a child's age calls for; `code` names its text."""

    child_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class TipLetter(AgeLetter):
    """A tip on a place or a habit (mission C3)."""

    kind = Kind.TIP


@dataclass(frozen=True, kw_only=True)
class BokstartLetter(AgeLetter):
    """The library offers to come home with a book, in areas that have it (mission E11)."""

    kind = Kind.BOKSTART


@dataclass(frozen=True, kw_only=True)
class StrengthLetter(AgeLetter):
    """A small idea built on what parents already do (mission C11)."""

    kind = Kind.STRENGTH


@dataclass(frozen=True, kw_only=True)
class EarlyTipLetter(Letter):
    """A tip before the birth."""

    kind = Kind.EARLY_TIP
    child_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class DigestLetter(Letter):
    """What who joined late has missed and can still use: a few tips in one message."""

    kind = Kind.DIGEST
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OfferLetter(Letter):
    """A visit should be booked and is not: may we offer a time (mission C2)."""

    kind = Kind.VISIT_OFFER
    child_id: int
    visit: int


@dataclass(frozen=True, kw_only=True)
class JoinAsk(Letter):
    """Somebody came by this parent's link; `name` is what their phone shows (mission B7)."""

    kind = Kind.JOIN_ASK
    joiner_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Joined(Letter):
    """The other parent said yes: welcome."""

    kind = Kind.JOINED


@dataclass(frozen=True, kw_only=True)
class Welcomed(Letter):
    """Who came by a poster: staff said yes."""

    kind = Kind.WELCOMED


@dataclass(frozen=True, kw_only=True)
class NotOurs(Letter):
    """Who came by a poster: not this area's family, or nobody answered; then all is forgotten."""

    kind = Kind.NOT_OURS


@dataclass(frozen=True, kw_only=True)
class AwayNote(Letter):
    """The other parent said that the family is away."""

    kind = Kind.AWAY_NOTE
    last_day: date
    freed: bool  # booked visits are taken away


@dataclass(frozen=True, kw_only=True)
class AreaAsk(Letter):
    """The family moves: may the team of the new area take over (mission B16)."""

    kind = Kind.AREA_ASK
    area: str


@dataclass(frozen=True, kw_only=True)
class Goodbye(Letter):
    """The family has moved out of the programme; tips go on."""

    kind = Kind.GOODBYE


@dataclass(frozen=True, kw_only=True)
class VisitLetter(Letter):
    """About one booking at one revision."""

    child_id: int
    booking_id: int
    revision: int
    visit: int  # 0: not one of the six, see `meeting`
    starts_at: datetime
    meeting: Meeting = Meeting.VISIT

    @property
    def begins(self) -> datetime:
        """When the visit begins."""
        return self.starts_at


@dataclass(frozen=True, kw_only=True)
class ComingLetter(VisitLetter):
    """About a visit that will be: who comes, where, with or without interpreter."""

    place: Place
    staff: tuple[StaffMember, ...]
    interpreter: bool
    house: int | None = None  # the one there is of that place, if the map knows it


@dataclass(frozen=True, kw_only=True)
class VisitBooked(ComingLetter):
    """A time is booked."""

    kind = Kind.VISIT_BOOKED


@dataclass(frozen=True, kw_only=True)
class VisitMoved(ComingLetter):
    """The time has changed."""

    kind = Kind.VISIT_MOVED
    old_starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class VisitChanged(ComingLetter):
    """Who comes is another, or the place; the time is as it was."""

    kind = Kind.VISIT_CHANGED
    change: Change


@dataclass(frozen=True, kw_only=True)
class VisitMissed(VisitLetter):
    """Nobody was at home: that is all right; a new time?"""

    kind = Kind.VISIT_MISSED


@dataclass(frozen=True, kw_only=True)
class Time:
    """One of the times to choose from; its id stands on the button."""

    slot_id: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class TimesProposed(Letter):
    """Up to three times to choose from, held for the family (mission D3)."""

    kind = Kind.TIMES_PROPOSED
    child_id: int
    proposal_id: int
    visit: int
    meeting: Meeting
    place: Place
    times: tuple[Time, ...]
    old_starts_at: datetime | None = None  # the booked visit that would get one of them


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(VisitLetter):
    """The visit will not be."""

    kind = Kind.VISIT_CANCELLED


@dataclass(frozen=True, kw_only=True)
class VisitOff(VisitLetter):
    """The visit is taken away because the family wished it."""

    kind = Kind.VISIT_OFF


@dataclass(frozen=True, kw_only=True)
class VisitOnHold(VisitLetter):
    """The area is paused: the visit must wait."""

    kind = Kind.VISIT_ON_HOLD


@dataclass(frozen=True, kw_only=True)
class DayBefore(ComingLetter):
    """The reminder of the afternoon before."""

    kind = Kind.DAY_BEFORE


@dataclass(frozen=True, kw_only=True)
class SameMorning(ComingLetter):
    """The silent reminder of the same morning, if nobody has answered."""

    kind = Kind.SAME_MORNING


@dataclass(frozen=True, kw_only=True)
class StaffNews(Letter):
    """Something a family did or that happened to it, for the staff who meet it."""

    kind = Kind.STAFF_NEWS
    what: News
    booking_id: int | None = None
    visit: int | None = None
    starts_at: datetime | None = None
    choice: Choice | None = None
    last_day: date | None = None
    meeting: Meeting = Meeting.VISIT
    asked: Asked | None = None  # what a parent asks for; never why
    evening: bool = False  # other times are wanted, in the evening
    home: int | None = None  # which of two homes it is about
    interpreters: tuple[datetime, ...] = ()  # booked for these visits, and to be cancelled


@dataclass(frozen=True, kw_only=True)
class CallToday(Letter):
    """A visit on the next day, and nobody of the family reads messages: call them (B13)."""

    kind = Kind.CALL_TODAY
    visit: int
    starts_at: datetime
    interpreter: bool
    meeting: Meeting = Meeting.VISIT

    @property
    def begins(self) -> datetime:
        """When the visit begins."""
        return self.starts_at


@dataclass(frozen=True, kw_only=True)
class ToBook(Letter):
    """A visit's window is open and nothing is booked (mission C2)."""

    kind = Kind.TO_BOOK
    visit: int
    last_day: date


@dataclass(frozen=True, kw_only=True)
class FirstVisit(Letter):
    """The fourteen days for the first visit are about to pass (mission A5)."""

    kind = Kind.FIRST_VISIT
    last_day: date


@dataclass(frozen=True, kw_only=True)
class TeamAsk(Letter):
    """What a parent wrote to the team: the one letter with a parent's words, to staff (F7)."""

    kind = Kind.TEAM_ASK
    thread_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class TeamAnswer(Letter):
    """What the team answers, in a colleague's words, to the parent who asked (F7)."""

    kind = Kind.TEAM_ANSWER
    text: str


@dataclass(frozen=True, kw_only=True)
class PosterAsk(Letter):
    """Somebody came by the area's poster: is it a family of ours (mission B2)."""

    kind = Kind.POSTER_ASK
    asker_id: int
    born: date | None
    due: date | None
    eligible: bool
    language: str
    again: bool  # nobody has answered for two working days


@dataclass(frozen=True, kw_only=True)
class ErasureNotice(Letter):
    """After that day nothing is kept about the family (mission B10)."""

    kind = Kind.ERASURE
    day: date


@dataclass(frozen=True, kw_only=True)
class ConsentAsk(Letter):
    """The words of the consent have changed: yes or no again (mission B5)."""

    kind = Kind.CONSENT_ASK
