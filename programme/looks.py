"""Looks: whose own list a family is on, why somebody else opens it, whom a look is told to (H2).

A look that may come from what one parent did alone is told to that parent only (mission B14); one
of who comes to one of two homes, to that home only (B15).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from programme.localtime import on_the_clock
from programme.people import BookingState, Family, Guardian, ProposalState, Role
from programme.people import StaffMember as Member

NOBODY = 0  # in the place of a colleague's number: whoever runs Lotsen, by the command line
STAYS_ALONE = timedelta(days=7)  # so long after one parent was called or answered is a look theirs


class LookWhy(StrEnum):
    """Why a family was opened. Stored: retire one, never rename it."""

    VISITS = "visits"  # has come, is to come, or is proposed
    NEW = "new"  # nobody of the team comes to them yet, or nobody is left who did
    LEADS = "leads"  # runs the area
    COVERING = "covering"  # a colleague is ill or away
    TAKING_OVER = "taking_over"
    OTHER = "other"  # written by the colleague, for who asks about it
    ASKED = "asked"  # a parent wrote, or asked for a call
    OPERATOR = "operator"  # runs Lotsen, by the command line


class Seen(StrEnum):
    """How it was seen. Stored: retire one, never rename it."""

    PAGE = "page"
    PAPER = "paper"  # a list or a slip to print
    COMMAND = "command"


# What is asked of who opens a family of another's list.
CHOICES = frozenset({LookWhy.COVERING, LookWhy.TAKING_OVER, LookWhy.OTHER})
TAKEN_OVER_WITHIN = timedelta(days=14)  # then a visit is booked, and it is on their own list
_COMES = (BookingState.BOOKED, BookingState.DONE, BookingState.MISSED)
_HELD = (ProposalState.OPEN, ProposalState.SHOWN)


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look at one family."""

    staff_id: int
    at: datetime
    why: LookWhy
    seen: Seen = Seen.PAGE
    family_id: int = 0
    guardian_id: int | None = None  # told to this parent only
    home: int | None = None  # told to this home only

    @property
    def own(self) -> bool:
        """Whether the family was on the colleague's own list."""
        return self.why not in CHOICES


def holds(why: LookWhy) -> timedelta:
    """How long a reason opens a family. What was on their own list this morning does so all day:
    who has just given a visit on still sees what came of it."""
    return TAKEN_OVER_WITHIN if why is LookWhy.TAKING_OVER else timedelta(days=1)


def _comes(family: Family, at_work: bool = False) -> dict[int, set[int | None]]:
    """Who comes, came or would come, and to which of two homes; `at_work`: of who still is."""
    inside: list[tuple[Sequence[Member], int | None]] = [
        (each.staff, each.home) for each in family.bookings if each.state in _COMES
    ]
    inside += [(each.staff, each.home) for each in family.proposals if each.state in _HELD]
    team = {member.id for member in family.staff}
    found: dict[int, set[int | None]] = {}
    for staff, home in inside:
        for member in staff:
            if not at_work or member.id in team:
                found.setdefault(member.id, set()).add(home)
    return found


def own_reason(family: Family, member: Member) -> LookWhy | None:
    """Why the family is on this colleague's own list; None: it is on somebody else's."""
    if member.id in _comes(family):
        return LookWhy.VISITS
    if member.role is Role.COORDINATOR:
        return LookWhy.LEADS
    return None if _comes(family, at_work=True) else LookWhy.NEW


def home_of(family: Family, member: Member | None, booking_id: int | None = None) -> int | None:
    """Of two homes the one that a look is about: the booking's that was looked at, or the only one
    that this colleague comes to; else None."""
    if not family.split_at:
        return None
    homes = {each.home for each in family.bookings if each.id == booking_id}
    homes = homes or (_comes(family).get(member.id, set()) if member else set())
    return next(iter(homes)) if len(homes) == 1 else None


def told_to(look: Look, guardian: Guardian) -> bool:
    """Whether this parent is told of it."""
    if look.why is LookWhy.ASKED and look.guardian_id is None:
        return False
    return look.guardian_id in {None, guardian.id} and look.home in {None, guardian.home}


@dataclass(frozen=True)
class Told:
    """One line that a parent reads: who, on which day, why. No hour: what one parent did at some
    hour must not be guessed from it (mission B14)."""

    day: date
    staff_id: int
    why: LookWhy


def lines(looks: Iterable[Look], guardian: Guardian, zone: ZoneInfo) -> list[Told]:
    """What this parent is told, the newest day first; looks of a day for one reason are one."""
    found = [
        Told(on_the_clock(each.at, zone).date(), each.staff_id, each.why)
        for each in sorted(looks, key=lambda each: each.at, reverse=True)
        if told_to(each, guardian)
    ]
    return list(dict.fromkeys(found))
