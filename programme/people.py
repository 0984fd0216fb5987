"""Families, children, guardians, staff and bookings as frozen values; storage returns these."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a staff member is to a family or to the programme (domain.md W1, W2, W5)."""

    NURSE = "nurse"
    PARENT_SUPPORTER = "parent_supporter"
    COORDINATOR = "coordinator"
    TRANSLATOR = "translator"
    ADMINISTRATOR = "administrator"


class Place(StrEnum):
    """Where a visit happens: a kind of place, never an address (mission D16, C10)."""

    HOME = "home"
    FAMILY_CENTRE = "family_centre"
    OPEN_PRESCHOOL = "open_preschool"
    BVC = "bvc"
    PHONE = "phone"


class BookingState(StrEnum):
    """What has become of a booking."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


class Choice(StrEnum):
    """A parent's answer to a visit (mission C1)."""

    YES = "yes"
    OTHER_TIME = "other_time"
    NO_THANKS = "no_thanks"


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """One of the two who come: first name and role are all a family sees (domain.md N4)."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child of a family. Lotsen knows no child's name."""

    id: int
    born: date | None
    due: date | None = None
    corrected: bool = False  # born too early: tips count from the due date (mission A9)

    @property
    def tips_from(self) -> date | None:
        """The day from which tips count months, or None before the birth is known."""
        return self.due if self.born and self.due and self.corrected else self.born


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """A parent who reads: every date is an aware instant, None where it has not happened."""

    id: int
    language: str
    active_since: datetime | None  # the yes to messages, or the last time they were taken up again
    stopped_at: datetime | None = None
    unreachable_since: datetime | None = None
    fewer: bool = False  # asked for fewer of these: tips stay, strength ideas rest

    def listens_at(self, at: datetime) -> bool:
        """Whether a message of that moment may be written to this parent at all."""
        if self.active_since is None or self.stopped_at or self.unreachable_since:
            return False
        return at >= self.active_since


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One home visit with its time; `revision` rises with every change of time."""

    id: int
    child_id: int
    visit: int
    starts_at: datetime
    revision: int = 0
    changed_at: datetime | None = None  # when it was booked, moved or cancelled; None: long ago
    previous_starts_at: datetime | None = None
    state: BookingState = BookingState.BOOKED
    staff: tuple[StaffMember, ...] = ()
    place: Place = Place.HOME
    interpreter: bool = False
    answered: bool = False  # anybody of the family has answered this revision


@dataclass(frozen=True, kw_only=True)
class Family:
    """All that the rules need to know to decide what a family gets."""

    id: int
    children: tuple[Child, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    bookings: tuple[Booking, ...] = ()
    skipped: frozenset[str] = frozenset()  # keys a parent chose to skip

    def guardian(self, guardian_id: int) -> Guardian | None:
        """The guardian with that id, or None if it is not one of this family."""
        return next((g for g in self.guardians if g.id == guardian_id), None)
