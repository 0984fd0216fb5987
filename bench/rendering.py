"""Words: messages a second in each language, and that no file is opened for them."""

import sys
import time
from datetime import timedelta

from bench.families import DUE_BORN, RULES, SLOT
from bench.measure import Measure, side_by_side
from bench.population import LANGUAGES, Populations
from bench.row import Of, Row
from bench.sizes import Sizes
from messaging.i18n import Languages, load_languages
from messaging.letters import render
from programme.letters import Letter
from programme.people import Booking, Child, Family, Guardian, Role, StaffMember
from programme.plan import everyones

MESSAGES = 1_000


def _letters() -> list[Letter]:
    """A reminder of a visit, which has a date, names and a place in it, and a tip."""
    at = SLOT + timedelta(days=1, hours=1)
    staff = (
        StaffMember(id=1, name="Anna", role=Role.NURSE),
        StaffMember(id=2, name="Bo", role=Role.PARENT_SUPPORTER),
    )
    booking = Booking(
        id=1, child_id=1, visit=2, starts_at=at, changed_at=SLOT - timedelta(days=30), staff=staff
    )
    parent = Guardian(id=1, language="sv", active_since=SLOT - timedelta(days=50))
    family = Family(
        id=1, children=(Child(id=1, born=DUE_BORN),), guardians=(parent,), bookings=(booking,)
    )
    found = everyones(family, SLOT - timedelta(hours=1), SLOT + timedelta(hours=12), RULES)
    mine = [each for each in found if each.guardian_id == parent.id]
    assert len(mine) == 2, mine
    return mine


async def rows(sizes: Sizes, _made: Populations) -> list[Row]:
    """Each language beside English, which is what the code says."""
    languages, letters = load_languages(), _letters()
    times = await side_by_side(sizes.runs, *(_once(languages, code, letters) for code in LANGUAGES))
    took = dict(zip(LANGUAGES, times, strict=True))
    found = [
        Row(
            what=f"messages rendered in a second of processor time, {code}",
            unit="/s",
            ours=1 / took[code],
            beside="English" if code != "en" else "",
            peer=1 / took["en"] if code != "en" else None,
        )
        for code in LANGUAGES
    ]
    opened = Row(
        what=f"files opened while {MESSAGES * len(LANGUAGES):,} are rendered",
        ours=_opened(languages, letters),
        limit=0,
        of=Of.OURS,
    )
    return [*found, opened]


def _once(languages: Languages, code: str, letters: list[Letter]) -> Measure:
    tongue = languages.get(code)

    async def measure() -> float:
        begun = time.process_time()
        for n in range(MESSAGES):
            render([letters[n % len(letters)]], tongue, RULES.zone)
        return (time.process_time() - begun) / MESSAGES

    return measure


def _opened(languages: Languages, letters: list[Letter]) -> int:
    opened, listening = 0, True

    def hear(name: str, _facts: object) -> None:
        nonlocal opened
        opened += listening and name == "open"

    sys.addaudithook(hear)
    for code in LANGUAGES:
        for n in range(MESSAGES):
            render([letters[n % len(letters)]], languages.get(code), RULES.zone)
    listening = False
    return opened
