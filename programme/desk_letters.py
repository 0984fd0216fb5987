"""Letters to staff about their work and about no family: one frozen value per kind."""

from dataclasses import dataclass, field
from datetime import date, datetime

from programme.busy import CalendarFault
from programme.kinds import Kind
from programme.letters import Letter
from programme.morning_list import Office, Section
from programme.people import Role


@dataclass(frozen=True, kw_only=True)
class AboutWords(Letter):
    """About the words in one language; `title` is what they are about: public words of staff."""

    wording_id: int
    language: str
    title: str


@dataclass(frozen=True, kw_only=True)
class TranslateAsk(AboutWords):
    """Words are missing: the first translator who takes them has them (mission E3)."""

    kind = Kind.TRANSLATE_ASK
    again: bool = False  # somebody took them, and has not given them for a working day


@dataclass(frozen=True, kw_only=True)
class SentBack(AboutWords):
    """The coordinator would like other words: to who gave these."""

    kind = Kind.TRANSLATE_ASK


@dataclass(frozen=True, kw_only=True)
class Translated(AboutWords):
    """A translation waits for the coordinator's yes."""

    kind = Kind.TRANSLATED


@dataclass(frozen=True, kw_only=True)
class CheckAgain(Letter):
    """How many places, pages and activities nobody has looked at for long (mission F4)."""

    kind = Kind.CHECK_AGAIN
    places: int
    pages: int
    activities: int


@dataclass(frozen=True, kw_only=True)
class CalendarUnread(Letter):
    """The reader's own calendar has not been read since then: busy times are missing (D15)."""

    kind = Kind.CALENDAR_UNREAD
    since: datetime
    fault: CalendarFault


@dataclass(frozen=True, kw_only=True)
class UnusualLooks(Letter):
    """A colleague has opened unusually many families on that day: to administrators (H2)."""

    kind = Kind.UNUSUAL_LOOKS
    name: str
    role: Role
    day: date
    families: int
    others: int  # of them, those on somebody else's list


@dataclass(frozen=True, kw_only=True)
class ConfirmColleague(Letter):
    """Does somebody of the team still work here? Unanswered, their access rests by then (H1)."""

    kind = Kind.CONFIRM_COLLEAGUE
    who: int
    name: str
    role: Role
    by: datetime


@dataclass(frozen=True, kw_only=True)
class AccessRests(Letter):
    """To the colleague: nobody has said that you work here; your access rests by then (H1)."""

    kind = Kind.ACCESS_RESTS
    by: datetime


@dataclass(frozen=True, kw_only=True)
class YearlyDue(Letter):
    """The yearly follow-up of that year is to be sent by that day (mission I5)."""

    kind = Kind.YEARLY
    year: int
    by: date


@dataclass(frozen=True, kw_only=True)
class MorningList(Letter):
    """What waits for its reader on that day; filled when it leaves, so that it is true then."""

    kind = Kind.MORNING_LIST
    day: date
    sections: tuple[Section, ...] = ()
    office: Office = field(default_factory=Office)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not self.sections and self.office == Office()

    @property
    def worth_sending(self) -> bool:
        """Whether anything waits; old places alone would come every morning, and not be read."""
        return bool(self.sections) or self.office.waits
