"""Which letters travel together: what one person is due within the same hour is one message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from programme.kinds import ALONE, KINDS, Lane, Rules
from programme.letters import Letter
from programme.localtime import on_the_clock


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One message to one parent: its letters, the most important first."""

    letters: tuple[Letter, ...]

    @property
    def at(self) -> datetime:
        """When the first of its letters is due."""
        return min(letter.at for letter in self.letters)

    @property
    def lane(self) -> Lane:
        """The lane of its most important letter."""
        return lane(self.letters[0])


def lane(letter: Letter) -> Lane:
    """The lane in which a letter leaves."""
    return KINDS[letter.kind].lane


def parcels(letters: Iterable[Letter], rules: Rules, now: datetime | None = None) -> list[Parcel]:
    """One parcel per reader, family and hour on the clock, in order of time (mission A12).

    What an outage made late, as of `now`, is one parcel per reader: a digest, never a burst (C7).
    """

    def hour(letter: Letter) -> tuple[datetime, int, int, int, str]:
        at = letter.at
        if now and is_late(letter, now, rules):
            at = now
        shown = on_the_clock(at, rules.zone)
        whole = shown.replace(minute=0, second=0, microsecond=0)
        own = letter.key if letter.kind in ALONE else ""
        return whole, letter.family_id or 0, letter.guardian_id or 0, letter.staff_id or 0, own

    ordered = sorted(letters, key=lambda each: (hour(each), lane(each), each.at, each.key))
    return [Parcel(letters=tuple(group)) for _, group in groupby(ordered, key=hour)]


def is_late(letter: Letter, now: datetime, rules: Rules) -> bool:
    """Whether a tip should have come on an earlier day, and would still be worth saying."""
    if not KINDS[letter.kind].capped or now > letter.not_after:
        return False
    return on_the_clock(letter.at, rules.zone).date() < on_the_clock(now, rules.zone).date()
