"""Messages as facts: one frozen value per kind, with nothing in it that may not leave.

The fields of a letter ARE the list of values it may carry (mission C10): no name of a parent or
child, no address, no free text. Words come later, in the reader's language.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from programme.kinds import Kind
from programme.people import Place, StaffMember


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One promise to one parent; `key` makes it unique for ever, `at` is when it is due."""

    kind: ClassVar[Kind]

    key: str
    at: datetime
    not_after: datetime
    family_id: int
    guardian_id: int

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
class StrengthLetter(AgeLetter):
    """A small idea built on what parents already do (mission C11)."""

    kind = Kind.STRENGTH


@dataclass(frozen=True, kw_only=True)
class VisitLetter(Letter):
    """About one booking at one revision."""

    child_id: int
    booking_id: int
    revision: int
    visit: int
    starts_at: datetime

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
class VisitCancelled(VisitLetter):
    """The visit will not be."""

    kind = Kind.VISIT_CANCELLED


@dataclass(frozen=True, kw_only=True)
class DayBefore(ComingLetter):
    """The reminder of the afternoon before."""

    kind = Kind.DAY_BEFORE


@dataclass(frozen=True, kw_only=True)
class SameMorning(ComingLetter):
    """The silent reminder of the same morning, if nobody has answered."""

    kind = Kind.SAME_MORNING
