"""What staff tick after a visit: who took part, and what was shown the way to (mission H5).

Never how anybody is, never treatment or an authority (domain.md D1-D10).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from programme.visits import FIRST_VISIT_DAYS


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


def usual(interpreter: bool) -> VisitOutcome:
    """What one tap says: the parent who gave birth, both of us, the interpreter if booked."""
    ticks = {Tick.BIRTHING, Tick.BOTH_STAFF}
    return VisitOutcome(frozenset(ticks | {Tick.INTERPRETER} if interpreter else ticks))


def in_time(day: date, born: date, came_home: date | None) -> bool:
    """Whether a first visit on that day was within fourteen days of coming home (R15)."""
    return day <= (came_home or born) + timedelta(days=FIRST_VISIT_DAYS)
