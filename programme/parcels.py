"""Which letters travel together: what one parent is due within the same hour is one message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from programme.kinds import KINDS, Lane, Rules
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


def parcels(letters: Iterable[Letter], rules: Rules) -> list[Parcel]:
    """One parcel per parent and hour on the clock, in order of time (docs/architecture.md)."""

    def hour(letter: Letter) -> tuple[datetime, int]:
        shown = on_the_clock(letter.at, rules.zone)
        return shown.replace(minute=0, second=0, microsecond=0), letter.guardian_id

    ordered = sorted(letters, key=lambda each: (hour(each), lane(each), each.at, each.key))
    return [Parcel(letters=tuple(group)) for _, group in groupby(ordered, key=hour)]
