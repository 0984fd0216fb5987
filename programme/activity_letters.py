"""Letters about what a parent has signed up for; their fields are all they may carry (C10)."""

from dataclasses import dataclass
from datetime import datetime

from programme.activities import Activity, Occasion, Signup
from programme.kinds import Kind
from programme.letters import Letter


@dataclass(frozen=True, kw_only=True)
class SignupLetter(Letter):
    """About one parent's sign-up; what is public of the activity, and how many come."""

    signup_id: int
    activity: Activity
    adults: int
    children: int


@dataclass(frozen=True, kw_only=True)
class ActivityReminder(SignupLetter):
    """It is tomorrow (mission E7); of a series: which one of how many (E8)."""

    kind = Kind.ACTIVITY_REMINDER
    occasion: Occasion
    number: int = 1
    of: int = 1

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return self.occasion.starts_at


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(SignupLetter):
    """One occasion has another time; or it is cancelled, as the occasion itself says."""

    kind = Kind.ACTIVITY_CHANGED
    occasion: Occasion
    old_starts_at: datetime  # as the parent knew it

    @property
    def begins(self) -> datetime:
        """By when it must be known: whoever has not heard would go at the old time."""
        return min(self.old_starts_at, self.occasion.starts_at)


@dataclass(frozen=True, kw_only=True)
class TimesAdded(SignupLetter):
    """A series has more times: whoever has signed up for it has a place at them too."""

    kind = Kind.ACTIVITY_CHANGED
    occasions: tuple[Occasion, ...]

    @property
    def begins(self) -> datetime:
        """When the first of them begins."""
        return self.occasions[0].starts_at


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(SignupLetter):
    """A place is free and held until then: yes, or no thanks."""

    kind = Kind.PLACE_OFFERED
    occasions: tuple[Occasion, ...]  # those that lie ahead
    offered: int  # which offer it is, for the button
    until: datetime


def offer_stamp(signup: Signup) -> int:
    """Which offer it is: one that is made again is another."""
    return int(signup.offered_at.timestamp()) if signup.offered_at else 0


def offer_key(signup: Signup) -> str:
    """The key under which that offer is promised."""
    return f"signup:{signup.id}:offer-{offer_stamp(signup)}:{signup.guardian_id}"
