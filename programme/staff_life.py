"""How long somebody of the staff is let in: invited, at work, resting, ended (mission H1).

Every half-year somebody is asked whether they still work here. Unanswered, access rests: nothing is
seen and nothing is sent until somebody says that they do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from programme.kinds import Rules
from programme.people import Role, StaffMember


class Standing(StrEnum):
    """How somebody stands before the door."""

    INVITED = "invited"  # has not opened a link yet
    AT_WORK = "at_work"
    RESTS = "rests"  # on leave, a lost phone, or nobody has said that they still work here
    ENDED = "ended"


class Act(StrEnum):
    """What can happen to it."""

    OPEN = "open"  # the person opens their one-time link
    CONFIRM = "confirm"  # yes, they still work here
    REST = "rest"
    RESUME = "resume"
    END = "end"
    UNDO = "undo"  # they have not left after all


# What leads where; what is not here changes nothing.
LEADS: dict[tuple[Standing, Act], Standing] = {
    (Standing.INVITED, Act.OPEN): Standing.AT_WORK,
    (Standing.AT_WORK, Act.OPEN): Standing.AT_WORK,  # a new phone
    (Standing.RESTS, Act.OPEN): Standing.AT_WORK,  # by a link that was made since, on a new phone
    (Standing.AT_WORK, Act.CONFIRM): Standing.AT_WORK,
    (Standing.AT_WORK, Act.REST): Standing.RESTS,
    (Standing.RESTS, Act.RESUME): Standing.AT_WORK,
    (Standing.INVITED, Act.END): Standing.ENDED,
    (Standing.AT_WORK, Act.END): Standing.ENDED,
    (Standing.RESTS, Act.END): Standing.ENDED,
    (Standing.ENDED, Act.UNDO): Standing.INVITED,
}


class Pause(StrEnum):
    """Why access rests. Stored: retire one, never rename it."""

    AWAY = "away"  # a colleague said so
    UNCONFIRMED = "unconfirmed"  # nobody has said that they still work here


@dataclass(frozen=True, kw_only=True)
class Access:
    """Somebody of the staff and how they are let in."""

    member: StaffMember
    area: int  # their own
    linked: bool = False
    confirmed_at: datetime | None = None  # when somebody last said that they work here
    rests_since: datetime | None = None
    ended_at: datetime | None = None
    unreached: bool = False  # the last that was written to them could not be: asked in vain

    @property
    def standing(self) -> Standing:
        """How they stand before the door."""
        if self.ended_at:
            return Standing.ENDED
        if self.rests_since:
            return Standing.RESTS
        return Standing.AT_WORK if self.linked else Standing.INVITED

    def ask_at(self, rules: Rules) -> datetime | None:
        """When somebody is to be asked whether they still work here; None: not at all."""
        if self.standing is not Standing.AT_WORK or self.confirmed_at is None:
            return None
        return self.confirmed_at + timedelta(days=rules.confirm_days)

    def rests_at(self, rules: Rules) -> datetime | None:
        """When access rests if nobody answers."""
        asked = self.ask_at(rules)
        return asked + timedelta(days=rules.confirm_grace_days) if asked else None

    def warn_at(self, rules: Rules) -> datetime | None:
        """When they are told themselves: half of the time is over."""
        asked = self.ask_at(rules)
        return asked + timedelta(days=rules.confirm_grace_days) / 2 if asked else None


def askers(who: Access, everybody: Iterable[Access]) -> Iterator[int]:
    """Who is asked about them: the coordinators of their area, else the administrators.

    Nobody is asked about themselves; nor is who has blocked the chat: that reaches nobody. Where
    nobody can be asked access does not rest by itself: a family would lose its only nurse because
    of a form.
    """
    others = [
        each
        for each in everybody
        if each.member.id != who.member.id
        and each.standing is Standing.AT_WORK
        and not each.unreached
    ]
    run = [
        each.member.id
        for each in others
        if each.member.role is Role.COORDINATOR and each.area == who.area
    ]
    if run and who.member.role is not Role.ADMINISTRATOR:
        yield from run
        return
    yield from (each.member.id for each in others if each.member.role is Role.ADMINISTRATOR)
