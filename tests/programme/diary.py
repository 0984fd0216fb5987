"""What somebody gets, as lines one can read: "2027-03-31 10:00 tip first_tooth"."""

from programme.for_staff import due_to_staff
from programme.kinds import Rules
from programme.letters import (
    AgeLetter,
    AwayNote,
    DigestLetter,
    EarlyTipLetter,
    Letter,
    OfferLetter,
    StaffNews,
    VisitLetter,
)
from programme.localtime import on_the_clock
from programme.people import Family, Guardian, StaffMember
from programme.plan import due
from tests.cast import AMINA, RULES, local

TIPS = ("tip", "strength", "early_tip", "digest")
VISITS = ("visit", "day_before", "same_morning")


def line(letter: Letter) -> str:
    """When it leaves, its kind, and what it is about."""
    at = on_the_clock(letter.at).strftime("%Y-%m-%d %H:%M")
    return " ".join([at, letter.kind, *_about(letter)])


def _about(letter: Letter) -> list[str]:
    match letter:
        case AgeLetter() | EarlyTipLetter():
            return [letter.code]
        case DigestLetter():
            return [", ".join(letter.codes)]
        case OfferLetter() | VisitLetter():
            return [str(letter.visit)]
        case AwayNote():
            return ["until", str(letter.last_day)]
        case StaffNews():
            return [letter.what]
        case _:
            return [str(letter.visit)] if hasattr(letter, "visit") else []


def letters(
    family: Family,
    who: Guardian | StaffMember = AMINA,
    since: str = "2020-01-01",
    until: str = "2040-01-01",
    rules: Rules = RULES,
) -> list[Letter]:
    """Everything that falls due to that person in that time."""
    times = local(f"{since}T00:00"), local(f"{until}T00:00")
    if isinstance(who, Guardian):
        return due(family, who, *times, rules)
    return due_to_staff(family, who, *times, rules)


def diary(
    family: Family,
    who: Guardian | StaffMember = AMINA,
    *kinds: str,
    since: str = "2020-01-01",
    until: str = "2040-01-01",
    rules: Rules = RULES,
) -> list[str]:
    """The lines of that time; `kinds`: only those whose kind begins so."""
    found = letters(family, who, since, until, rules)
    return [line(each) for each in found if not kinds or each.kind.startswith(kinds)]
