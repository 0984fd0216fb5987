"""Broken rules, as facts. Each class's first line is its sentence for the command line.

Broken
├── UnknownArea        there is no such area
├── BirthInFuture      the birth date is after today
├── BirthTooLongAgo    the child is older than the programme reaches
├── NoSuchFamily       there is no family with that number
├── NoSuchVisit        visits are numbered 1 to 6
├── NoChildBorn        the family's child is not born yet
├── TimeInPast         a visit must lie ahead
├── SlotTaken          somebody who should come is taken at that time
├── OutsideWindow      that visit is for other ages, and no reason was given
├── TooManyTimes       one to three times are proposed at once
├── NobodyToCome       a visit without anybody who comes
├── OfficesClosed      a visit on a red day, an eve or a weekend
├── AreaPaused         the area has no visits at that time
├── FamilyAway         the family is away at that time
├── FamilyRests        do not contact through Lotsen
├── NothingBooked      there is no such booking to change
├── AreaExists         an area has that name already
├── NoSuchColleague    nobody of that name works in that area
├── NoSuchChild        the family has no child with that number
├── NoSuchGuardian     the family has no parent with that number
├── NothingExpected    the family expects no child
├── FarFromDue         birth date and due date cannot both be right
├── HomeBeforeBirth    a child came home before it was born, or after today
├── NoDueDate          tips cannot follow a due date that nobody knows
├── AreaNotOpen        no families can join in an area that is planned or closed
├── PausedArea         two areas cannot become one while visits would fall into a pause
├── NoChat             a family with protected identity has no chat
├── TwoHomes           the family has two homes, and this cannot be asked of both
├── WhichHome          the family has two homes: which of them?
├── OtherHome          that visit is booked with the other home
├── FewerThanSignedUp  more people have a place than there would be places
├── NeedsReason        the family is on a colleague's list: why is it opened
└── NotYours           it is not there, or not this person's: nobody learns which
"""

from datetime import date, datetime


class Broken(Exception):
    """A rule was broken; str() is an English sentence for whoever typed the command."""


class UnknownArea(Broken):
    """There is no such area."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no area {name!r}. Areas: {', '.join(known)}.")


class BirthInFuture(Broken):
    """The birth date lies after today."""

    def __init__(self, born: date, today: date) -> None:
        super().__init__(
            f"The birth date {born} is after today, {today}. For a child who is expected, "
            "give the due date with --due instead."
        )


class BirthTooLongAgo(Broken):
    """The child is older than the programme reaches."""

    def __init__(self, born: date, oldest: date) -> None:
        super().__init__(
            f"The birth date {born} is too long ago: Lotsen writes about children born "
            f"{oldest} or later. Please check the year."
        )


class NoSuchFamily(Broken):
    """There is no family with that number."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"There is no family {family_id}.")


class NoSuchVisit(Broken):
    """Visits are numbered 1 to 6."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no visit {number}: visits are numbered 1 to 6.")


class NoChildBorn(Broken):
    """The family's child is not born yet."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"Family {family_id} has no child with a birth date yet.")


class TimeInPast(Broken):
    """A visit must lie ahead."""

    def __init__(self, at: datetime, now: datetime) -> None:
        super().__init__(
            f"The visit at {at:%Y-%m-%d %H:%M} is not after now, {now:%Y-%m-%d %H:%M}."
        )


class VisitAhead(Broken):
    """What became of a visit can be told once its hour has come."""

    def __init__(self, family_id: int, visit: int, at: datetime) -> None:
        super().__init__(
            f"Visit {visit} of family {family_id} lies ahead: {at:%Y-%m-%d %H:%M}. "
            "What became of it can be told from then on."
        )


class SlotTaken(Broken):
    """Somebody who should come is booked, or held for a family, at that time."""

    def __init__(self, at: datetime) -> None:
        super().__init__(
            f"At {at:%Y-%m-%d %H:%M} somebody who should come is booked or promised already, "
            "or on the way. Choose another time."
        )


class OutsideWindow(Broken):
    """That visit is for other ages, and no reason was given (mission D6)."""

    def __init__(self, number: int, first: date, last: date) -> None:
        self.number, self.first, self.last = number, first, last
        super().__init__(
            f"Visit {number} of this child is from {first} to {last}. "
            "For another day, say why: --outside late, wish, staff or other."
        )


class TooManyTimes(Broken):
    """One to three times are proposed at once (mission D3)."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} times: one to three are proposed at once.")


class NobodyToCome(Broken):
    """A visit needs somebody who comes."""

    def __init__(self) -> None:
        super().__init__("Nobody would come. Say who.")


class OfficesClosed(Broken):
    """Red days, eves and weekends give no visit times (mission A15)."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day:%A %Y-%m-%d} is a weekend, a red day or an eve: no visits then.")


class AreaPaused(Broken):
    """The area has no visits at that time."""

    def __init__(self) -> None:
        super().__init__("The area is paused at that time. Resume it first, or choose a later day.")


class FamilyAway(Broken):
    """The family is away at that time."""

    def __init__(self, last_day: date) -> None:
        super().__init__(f"The family is away until {last_day}. Choose a day after that.")


class FamilyRests(Broken):
    """Do not contact through Lotsen."""

    def __init__(self) -> None:
        super().__init__("Do not contact this family through Lotsen.")


class NothingBooked(Broken):
    """There is no such booking to change."""

    def __init__(self, family_id: int, number: int) -> None:
        super().__init__(f"Family {family_id} has no visit {number} booked.")


class NothingToOffer(Broken):
    """No visit is left, or the family wants none."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"Family {family_id} has no visit left to offer.")


class AreaExists(Broken):
    """An area has that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an area {name!r} already.")


class NoSuchColleague(Broken):
    """Nobody of that name works in that area."""

    def __init__(self, name: str, area: str) -> None:
        super().__init__(f"Nobody called {name!r} works in {area}. See: lotsen staff list")


class NoSuchChild(Broken):
    """The family has no child with that number."""

    def __init__(self, family_id: int, number: int) -> None:
        super().__init__(
            f"Family {family_id} has no child {number}. See: lotsen family show {family_id}"
        )


class NoSuchGuardian(Broken):
    """The family has no parent with that number."""

    def __init__(self, family_id: int, guardian_id: int) -> None:
        super().__init__(
            f"Family {family_id} has no parent {guardian_id}. See: lotsen family show {family_id}"
        )


class NothingExpected(Broken):
    """The family expects no child."""

    def __init__(self, family_id: int) -> None:
        super().__init__(
            f"Family {family_id} expects no child. "
            "A birth date is corrected with: lotsen family correct"
        )


class FarFromDue(Broken):
    """Birth date and due date cannot both be right."""

    def __init__(self, born: date, due: date) -> None:
        super().__init__(
            f"The birth date {born} and the due date {due} are too far apart. "
            "Please check both dates."
        )


class HomeBeforeBirth(Broken):
    """A child came home before it was born, or after today."""

    def __init__(self, came_home: date, born: date, today: date) -> None:
        super().__init__(
            f"The child cannot have come home on {came_home}: "
            f"it was born on {born}, and today is {today}."
        )


class NoDueDate(Broken):
    """Tips cannot follow a due date that nobody knows."""

    def __init__(self, family_id: int) -> None:
        super().__init__(
            f"Family {family_id} has no child with both a birth date and a due date. "
            "Give the due date first: lotsen family correct"
        )


class AreaNotOpen(Broken):
    """No families can join in an area that is planned or closed."""

    def __init__(self, name: str, status: str) -> None:
        super().__init__(f"No families can join in {name}: it is {status}.")


class PausedArea(Broken):
    """Two areas cannot become one while visits would fall into a pause, and nobody be told."""

    def __init__(self, gone: str, into: str) -> None:
        super().__init__(
            f"{into} is paused, and families in {gone} have visits booked in that time. "
            f"Resume {into} first, or pause {gone} too."
        )


class NoChat(Broken):
    """A family with protected identity has no chat."""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"Family {family_id} has protected identity: it gets no link.")


class TwoHomes(Broken):
    """The family has two homes, and this cannot be asked of both."""

    def __init__(self, family_id: int) -> None:
        super().__init__(
            f"Family {family_id} has two homes. Asking both parents would tell one where the "
            "other goes: please phone. Then: lotsen family move --agreed"
        )


class WhichHome(Broken):
    """The family has two homes: which of them?"""

    def __init__(self, family_id: int) -> None:
        super().__init__(f"Family {family_id} has two homes. Say which: --home 1 or --home 2")


class OtherHome(Broken):
    """That visit is booked with the other home."""

    def __init__(self, family_id: int, number: int, home: int) -> None:
        super().__init__(f"Visit {number} of family {family_id} is booked with home {home}.")


class FewerThanSignedUp(Broken):
    """More people have a place, or are offered one, than there would be places (mission E7)."""

    def __init__(self, taken: int, capacity: int) -> None:
        self.taken, self.capacity = taken, capacity
        super().__init__(f"{taken} people have a place: there cannot be only {capacity} places.")


class NotYours(Broken):
    """It is not there, or not this person's: nobody learns which."""

    def __init__(self) -> None:
        super().__init__("Not found.")


class NeedsReason(Broken):
    """The family is on a colleague's list: why is it opened."""

    def __init__(self, family_id: int) -> None:
        super().__init__("This family is on a colleague's list: give a reason first.")
        self.family_id = family_id
