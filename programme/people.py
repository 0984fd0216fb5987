"""Families, children, guardians, staff and bookings as frozen values; storage returns these."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.activities import Signup
from programme.ages import Span
from programme.news import Event
from programme.notices import Addressed
from programme.questions import Joiner, Move, Thread


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
    """What has become of a booking. Only a booked one is reminded of (mission C8)."""

    BOOKED = "booked"
    CANCELLED = "cancelled"  # by staff
    DECLINED = "declined"  # a parent said no thanks to it
    FREED = "freed"  # the family is away at that time
    MISSED = "missed"  # nobody was at home
    DONE = "done"


class Meeting(StrEnum):
    """What a booking is: one of the six visits, or something besides (mission D12-D14)."""

    VISIT = "visit"
    EXTRA = "extra"  # one visit more
    WALK = "walk"  # together to the open preschool
    TALK = "talk"  # with the social worker of the family centre
    CALL = "call"  # staff call the family


class Change(StrEnum):
    """What changed last about a booking that stands."""

    NEW = "new"
    TIME = "time"
    PEOPLE = "people"
    PLACE = "place"


class InterpreterWish(StrEnum):
    """Which interpreter a parent would rather have. Never a relative (domain.md K2)."""

    WOMAN = "woman"
    MAN = "man"
    PHONE = "phone"
    ANY = "any"  # wanted, whoever it is
    NO = "no"  # a parent wants none


class GuardianRole(StrEnum):
    """What a grown-up is to the child (mission B7)."""

    BIRTHING = "birthing"
    OTHER_PARENT = "other_parent"
    OTHER_ADULT = "other_adult"


class Why(StrEnum):
    """Why messages rest. Stored: retire one, never rename it."""

    STOPPED = "stopped"  # a parent stopped their own messages
    UNREACHABLE = "unreachable"  # Telegram cannot reach this parent
    PAUSED = "paused"  # a parent's own pause, or an area's
    AWAY = "away"  # the family is away
    LOSS = "loss"  # something hard has happened: nothing leaves, to nobody (mission A11)


@dataclass(frozen=True, kw_only=True)
class Rest:
    """A time in which messages rest, kept after its end: what fell into it is never replayed."""

    why: Why
    since: datetime
    until: datetime | None = None  # None: until somebody ends it
    id: int = 0
    by: int | None = None  # the guardian who wished it, and so knows

    def covers(self, at: datetime) -> bool:
        """Whether that moment lies within it."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, kw_only=True)
class Area:
    """Where a family lives, as far as the rules need it (mission A4)."""

    id: int = 0
    running: bool = True
    rests: tuple[Rest, ...] = ()
    summers: tuple[Span, ...] = ()  # weeks without visits; windows that fall there stretch
    bokstart: bool = False  # the library comes home with books (domain.md A8)


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
    language: str = "sv"
    in_chat: bool = False  # has opened the link, so messages reach them


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child of a family. Lotsen knows no child's name."""

    id: int
    born: date | None
    due: date | None = None
    corrected: bool = False  # born too early: tips count from the due date (mission A9)
    came_home: date | None = None  # when it came home from the hospital, if that is known (R15)
    silent: bool = False  # nothing is ever said about this child again (mission A11)

    @property
    def tips_from(self) -> date | None:
        """The day from which tips count months, or None before the birth is known."""
        return self.due if self.born and self.due and self.corrected else self.born


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """A parent who reads: every date is an aware instant, None where it has not happened."""

    id: int
    language: str
    active_since: datetime | None  # the yes to messages; None: still waits for another parent's yes
    rests: tuple[Rest, ...] = ()
    fewer: bool = False  # asked for fewer of these: tips stay, strength ideas rest
    quiet_days: frozenset[int] = frozenset()  # weekdays without tips, Monday is 0
    role: GuardianRole | None = None
    by_parent: bool = False  # came by another parent's link
    by_poster: bool = False  # came by a poster: staff had to say yes
    home: int = 1  # in which of two homes, where the family is split (mission B15)
    calendar: bool = False  # wants a calendar file with letters about visits
    interpreter_wish: InterpreterWish | None = None
    consent_asked_at: datetime | None = None  # asked anew then, and not answered (mission B5)
    why_told_at: datetime | None = None  # has told why they stopped

    def listens_at(self, at: datetime) -> bool:
        """Whether a message of that moment may be written to this parent at all."""
        if self.active_since is None or at < self.active_since:
            return False
        return not any(rest.covers(at) for rest in self.rests)

    def resting(self, why: Why, at: datetime) -> Rest | None:
        """The rest of that kind that this parent is in, or None."""
        return resting(self.rests, why, at)


def resting(rests: tuple[Rest, ...], why: Why, at: datetime) -> Rest | None:
    """The rest of that kind that covers the moment, or None."""
    return next((rest for rest in rests if rest.why is why and rest.covers(at)), None)


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One home visit with its time; `revision` rises with every change of it."""

    id: int
    child_id: int
    visit: int  # 0: not one of the six, see `meeting`
    starts_at: datetime
    meeting: Meeting = Meeting.VISIT
    minutes: int = 60
    revision: int = 0
    changed_at: datetime | None = None  # when it was booked, moved or cancelled; None: long ago
    changed_by: int | None = None  # the guardian who did it, and so knows; None: staff
    previous_starts_at: datetime | None = None
    state: BookingState = BookingState.BOOKED
    staff: tuple[StaffMember, ...] = ()
    place: Place = Place.HOME
    interpreter: bool = False  # is booked
    interpreter_wanted: bool = False
    answered: bool = False  # anybody of the family has answered this revision
    change: Change = Change.NEW
    why: str | None = None  # why it was cancelled, by a word of ours
    home: int | None = None  # which of two homes it is with; None: one home, or both
    made_by: int | None = None  # who of the staff booked it
    stands_for: int | None = None  # the booking that the other home has kept; see `Family.parted`
    house: int | None = None  # the one house of its place in the area, if the map knows it

    @property
    def known_as(self) -> int:
        """The number under which this home's parents have come to know it."""
        return self.stands_for or self.id

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def sequence(self) -> int:
        """How a calendar counts its changes: each revision twice, for it may also be gone."""
        standing = self.state in {BookingState.BOOKED, BookingState.DONE, BookingState.MISSED}
        return 2 * self.revision + (not standing)

    def concerns(self, guardian: Guardian) -> bool:
        """Whether this parent may know of it: the other home's are not theirs (mission B15)."""
        return self.home in {None, guardian.home}


class ProposalState(StrEnum):
    """What has become of times that were proposed. Stored: retire one, never rename it."""

    OPEN = "open"
    SHOWN = "shown"  # a parent looked for times: no letter tells of them
    TAKEN = "taken"  # a parent chose one
    OTHER = "other"  # a parent asks for other times
    WITHDRAWN = "withdrawn"  # by staff, or because the visit is booked otherwise
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One time at which a visit could be, and who would come."""

    starts_at: datetime
    staff: tuple[StaffMember, ...]
    id: int = 0  # 0: nobody holds it


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Up to three times that are held for a family to choose from, until `expires_at`."""

    id: int
    child_id: int
    visit: int  # 0: not one of the six, see `meeting`
    slots: tuple[Slot, ...]
    made_at: datetime
    expires_at: datetime
    meeting: Meeting = Meeting.VISIT
    place: Place = Place.HOME
    minutes: int = 60
    interpreter_wanted: bool = False
    home: int | None = None
    booking_id: int | None = None  # the booking that is to be moved
    made_by: int | None = None
    state: ProposalState = ProposalState.OPEN
    ended_at: datetime | None = None
    ended_by: int | None = None  # the guardian who answered, and so knows

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """Everybody who would come at one of the times."""
        return tuple({each.id: each for slot in self.slots for each in slot.staff}.values())

    def concerns(self, guardian: Guardian) -> bool:
        """Whether this parent may know of it (mission B15)."""
        return self.home in {None, guardian.home}


@dataclass(frozen=True, kw_only=True)
class Family:
    """All that the rules need to know to decide what a family gets."""

    id: int
    children: tuple[Child, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    bookings: tuple[Booking, ...] = ()
    skipped: frozenset[str] = frozenset()  # keys a parent chose to skip
    area: Area = Area()
    rests: tuple[Rest, ...] = ()
    eligible: bool | None = None  # None: nobody has answered the one question yet
    visits_ended_at: datetime | None = None  # no thanks to all visits, or moved away
    staff: tuple[StaffMember, ...] = ()  # the area's nurses and parent supporters
    events: tuple[Event, ...] = ()
    joiners: tuple[Joiner, ...] = ()
    move: Move | None = None
    left_at: datetime | None = None  # moved out of the programme
    proposals: tuple[Proposal, ...] = ()
    split_at: datetime | None = None  # two homes since then (mission B15)
    protected: bool = False  # no chat at all
    waits_since: datetime | None = None  # came by a poster, and staff have not said yes
    # What one home was told of and the other has kept: cancelled, as far as the first ever learns.
    parted: tuple[Booking, ...] = ()
    threads: tuple[Thread, ...] = ()
    addressed: tuple[Addressed, ...] = ()  # rows of notices that may still do something
    signups: tuple[Signup, ...] = ()  # of what lies ahead, or has just been changed
    registered_at: datetime | None = None
    centre_id: int | None = None  # their health centre, where the area has several
    why_told_at: datetime | None = None  # somebody has told why they stopped

    @property
    def refused_at(self) -> datetime | None:
        """When staff said that a family which came by a poster is not theirs, or time was up."""
        return self.left_at if self.waits_since else None

    def guardian(self, guardian_id: int | None) -> Guardian | None:
        """The guardian with that id, or None if it is not one of this family."""
        return next((g for g in self.guardians if g.id == guardian_id), None)

    def member(self, staff_id: int | None) -> StaffMember | None:
        """The staff member of the area, or of one of the visits, with that id, or None."""
        return next((s for s in (*self.staff, *self.guests) if s.id == staff_id), None)

    @property
    def guests(self) -> tuple[StaffMember, ...]:
        """Who comes, came or would come to a visit and is not of the area's staff."""
        own = {member.id for member in self.staff}
        coming = (
            *(member for booking in self.bookings for member in booking.staff),
            *(member for proposal in self.proposals for member in proposal.staff),
        )
        return tuple({s.id: s for s in coming if s.id not in own}.values())

    def resting(self, why: Why, at: datetime) -> Rest | None:
        """The rest of that kind that the whole family is in, or None."""
        return resting(self.rests, why, at)

    def rests_at(self, at: datetime) -> bool:
        """Whether nothing may be written to anybody of this family."""
        return any(rest.covers(at) for rest in self.rests)

    def reachable_at(self, at: datetime, home: int | None = None) -> bool:
        """Whether any parent, or any of that home, reads messages of that moment in the chat."""
        if self.protected or self.rests_at(at):
            return False
        return any(each.listens_at(at) for each in self.at_home(home))

    def at_home(self, home: int | None) -> tuple[Guardian, ...]:
        """The parents of that home; None: all of them."""
        return tuple(each for each in self.guardians if home in {None, each.home})

    def away_at(self, at: datetime, home: int | None = None) -> Rest | None:
        """The time away of the whole family, or of everybody of that home; or None."""
        rest = self.resting(Why.AWAY, at)
        if rest or self.split_at is None:
            return rest
        rests = [each.resting(Why.AWAY, at) for each in self.at_home(home) if each.active_since]
        return rests[0] if rests and all(rests) else None
