"""What families can come to, when it is, and who has signed up (mission E7-E11; domain.md A1-A18).

An activity is what coordinators call an event: a fathers' group, language training, open
preschool on Tuesdays. `news.Event` is something else: what staff should hear of a family.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.places import Venue


class ActivityKind(StrEnum):
    """What it is. Stored: retire a kind, never rename it. The order parents see."""

    OPEN_PRESCHOOL = "open_preschool"
    LIBRARY = "library"
    BOKSTART = "bokstart"
    PARENT_GROUP = "parent_group"
    FATHERS = "fathers"
    LANGUAGE = "language"  # language training
    CIVIC = "civic"  # civic orientation
    WORK = "work"  # trips to those who help to find work (domain.md A5)
    BUDGET = "budget"  # budget and debt adviser
    YOUNG = "young"  # for young parents; a parent follows it, nobody else says so (A23)
    ALONE = "alone"  # for who is alone with children
    OTHER = "other"


class ActivityState(StrEnum):
    """What has become of it. Stored: never renamed."""

    DRAFT = "draft"  # only staff see it
    OPEN = "open"
    CANCELLED = "cancelled"


class ForWhom(StrEnum):
    """Whom it is for. Stored: never renamed."""

    EVERYBODY = "everybody"
    FATHERS = "fathers"  # the parent who did not give birth
    MOTHERS = "mothers"  # the parent who gave birth
    EXPECTING = "expecting"


class Interpreter(StrEnum):
    """Which interpreter comes to it. Stored: never renamed."""

    WOMAN = "woman"
    MAN = "man"
    ANY = "any"


class SigningUp(StrEnum):
    """Whether one signs up, and for what. Stored: never renamed."""

    DROP_IN = "drop_in"  # just come
    ONCE = "once"  # one sign-up holds for all its occasions
    EACH = "each"  # for every occasion on its own


@dataclass(frozen=True)
class Words:
    """What staff have written in one language."""

    title: str
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One time at which it takes place; `revision` rises with every change of time."""

    id: int
    starts_at: datetime
    minutes: int
    cancelled: bool = False
    revision: int = 0
    previous_starts_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity with its public words by language; only approved words are here."""

    id: int
    kind: ActivityKind
    state: ActivityState = ActivityState.OPEN
    words: Mapping[str, Words] = field(default_factory=dict, hash=False)
    areas: tuple[int, ...] = ()
    venue: Venue | None = None  # where, with its pin
    link: str | None = None  # of a digital one
    spoken: tuple[str, ...] = ()  # languages spoken there, by their codes
    interpreter: Interpreter | None = None  # comes; None: none does
    interpreted: tuple[str, ...] = ()  # into these languages
    for_whom: ForWhom = ForWhom.EVERYBODY
    months_from: int | None = None  # for children of that age in whole months
    months_to: int | None = None
    childcare: bool = False
    free: bool | None = None  # None: nobody has said
    signing_up: SigningUp = SigningUp.DROP_IN
    picture: str | None = None
    checked_on: date | None = None
    revision: int = 0


class SignupState(StrEnum):
    """What has become of a sign-up. Stored: never renamed."""

    IN = "in"
    WAITING = "waiting"  # on the waiting list
    OFFERED = "offered"  # a place is held for them until they answer
    LEFT = "left"  # the parent cancelled, or did not want the offered place
    EXPIRED = "expired"  # nobody answered the offer


STANDING = frozenset({SignupState.IN, SignupState.WAITING, SignupState.OFFERED})


@dataclass(frozen=True, kw_only=True)
class Signup:
    """One parent's place, or turn, with all that a letter about it says."""

    id: int
    guardian_id: int
    activity: Activity
    occasions: tuple[Occasion, ...]  # those it holds for, in order of time
    adults: int
    children: int
    state: SignupState
    asked_at: datetime
    seats_id: int = 0
    offered_at: datetime | None = None
    offered_until: datetime | None = None
    changed_at: datetime | None = None

    @property
    def people(self) -> int:
        """How many places it takes: a parent and a child need two."""
        return self.adults + self.children
