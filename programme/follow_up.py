"""What staff tick after a visit: who took part, and what was shown the way to (mission H5).

Never how anybody is, never treatment or an authority (domain.md D1-D10).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from programme.people import Booking, Family, GuardianRole, Role
from programme.visits import FIRST_VISIT_DAYS, VISITS


class Tick(StrEnum):
    """One thing that was so, or not. Stored in figures: never renamed."""

    BIRTHING = "birthing"  # the parent who gave birth took part
    OTHER_PARENT = "other_parent"
    OTHER_ADULT = "other_adult"
    BOTH_STAFF = "both_staff"  # nurse and parent supporter came together
    INTERPRETER = "interpreter"
    DEBRIEF = "debrief"  # the two talked it over afterwards (domain.md V12)


class Offer(StrEnum):
    """What a family was shown the way to: open to everybody. Stored: never renamed."""

    OPEN_PRESCHOOL = "open_preschool"
    LIBRARY = "library"
    FAMILY_CENTRE = "family_centre"
    PARENT_GROUP = "parent_group"
    FATHERS_GROUP = "fathers_group"
    LANGUAGE = "language"  # language training
    PRESCHOOL = "preschool"


class Reached(StrEnum):
    """How a family hears of its visits (mission B13). Stored: never renamed."""

    CHAT = "chat"
    PHONE = "phone"


class Held(StrEnum):
    """How many of a child's six visits were held in the end. Stored: never renamed."""

    SIX = "six"
    SOME = "some"
    NONE = "none"

    @classmethod
    def of(cls, numbers: Collection[int]) -> "Held":
        """Of the visits with those numbers."""
        if set(numbers) >= {visit.number for visit in VISITS}:
            return cls.SIX
        return cls.SOME if numbers else cls.NONE


@dataclass(frozen=True)
class VisitOutcome:
    """What has been ticked for one visit."""

    ticks: frozenset[Tick] = frozenset()
    offers: frozenset[Offer] = frozenset()

    def turned(self, what: Tick | Offer) -> "VisitOutcome":
        """The same with that one thing the other way round."""
        if isinstance(what, Tick):
            return replace(self, ticks=self.ticks ^ {what})
        return replace(self, offers=self.offers ^ {what})


def usual(family: Family, booking: Booking) -> VisitOutcome:
    """What one tap says: the parent at home, those of us who came, the interpreter if booked."""
    ticks = {_at_home(family, booking)}
    if {Role.NURSE, Role.PARENT_SUPPORTER} <= {each.role for each in booking.staff}:
        ticks.add(Tick.BOTH_STAFF)
    if booking.interpreter:
        ticks.add(Tick.INTERPRETER)
    return VisitOutcome(frozenset(ticks))


def _at_home(family: Family, booking: Booking) -> Tick:
    """The parent who gave birth; of two homes who lives in the one where it was."""
    if family.split_at is None or booking.home is None:
        return Tick.BIRTHING
    here = {each.role for each in family.guardians if each.home == booking.home}
    there = {each.role for each in family.guardians if each.home != booking.home}
    if GuardianRole.BIRTHING in here:
        return Tick.BIRTHING
    if GuardianRole.BIRTHING in there or GuardianRole.OTHER_PARENT in here:
        return Tick.OTHER_PARENT
    return Tick.OTHER_ADULT if here == {GuardianRole.OTHER_ADULT} else Tick.BIRTHING


def in_time(day: date, born: date, came_home: date | None) -> bool:
    """Whether a first visit on that day was within fourteen days of coming home (R15)."""
    return day <= (came_home or born) + timedelta(days=FIRST_VISIT_DAYS)
