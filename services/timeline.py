"""Everything a family would get if nobody answers: from the rules alone, no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from messaging.i18n import Languages, Tongue
from messaging.letters import render
from messaging.plain import plain
from programme.ages import add_months
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.parcels import Parcel, parcels
from programme.people import Booking, Child, Family, Guardian, Role, StaffMember
from programme.plan import due

WHOLE_STORY_MONTHS = 36
# Two made-up first names stand for the staff of a timeline.
EXAMPLE_STAFF = (
    StaffMember(id=1, name="Anna", role=Role.NURSE),
    StaffMember(id=2, name="Bo", role=Role.PARENT_SUPPORTER),
)


@dataclass(frozen=True)
class Entry:
    """One message of a timeline; `at` is wall time with its offset."""

    at: datetime
    kind: str
    key: str
    keys: tuple[str, ...]
    text: str
    buttons: tuple[str, ...]


def imagined_family(
    born: date,
    language: str,
    rules: Rules,
    expected: date | None = None,
    joined: date | None = None,
    children: int = 1,
    visits: Mapping[int, datetime] | None = None,
) -> Family:
    """A family made of these facts only; with a due date, tips count from it (mission A9)."""
    since = instant(joined or born, time(), rules.zone)
    return Family(
        id=1,
        children=tuple(
            Child(id=n + 1, born=born, due=expected, corrected=expected is not None)
            for n in range(children)
        ),
        guardians=(Guardian(id=1, language=language, active_since=since),),
        bookings=tuple(
            Booking(id=n, child_id=1, visit=n, starts_at=at, staff=EXAMPLE_STAFF)
            for n, at in sorted((visits or {}).items())
        ),
    )


def timeline(
    family: Family, languages: Languages, rules: Rules, until: date | None = None
) -> list[Entry]:
    """What the family's first parent gets until the end of that day, in order of time."""
    guardian, born = family.guardians[0], family.children[0].born
    if guardian.active_since is None or born is None:
        return []
    last = until or add_months(born, WHOLE_STORY_MONTHS)
    end = instant(last + timedelta(days=1), time(), rules.zone)
    letters = due(family, guardian, guardian.active_since, end, rules)
    tongue = languages.get(guardian.language)
    return [_entry(parcel, tongue, rules) for parcel in parcels(letters, rules)]


def _entry(parcel: Parcel, tongue: Tongue, rules: Rules) -> Entry:
    said = render(parcel.letters, tongue, rules.zone)
    return Entry(
        at=on_the_clock(parcel.at, rules.zone),
        kind=parcel.letters[0].kind,
        key=parcel.letters[0].key,
        keys=tuple(letter.key for letter in parcel.letters),
        text=plain(said.text),
        buttons=tuple(button.text for row in said.rows for button in row),
    )
