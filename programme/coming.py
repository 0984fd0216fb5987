"""What is coming to one parent: the visits, and the messages they may skip (mission C6).

Asked of `due` like everything else; never what is the other parent's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from programme.activity_letters import ActivityReminder
from programme.kinds import Kind, Rules
from programme.letters import (
    AgeLetter,
    DayBefore,
    DigestLetter,
    EarlyTipLetter,
    Letter,
    OfferLetter,
    SameMorning,
)
from programme.notice_letters import NoticeLetter, UrgentNotice
from programme.people import Booking, BookingState, Family, Guardian
from programme.plan import due

AHEAD = timedelta(days=60)
_WAITING = timedelta(days=31)  # what fell due so long ago may still wait for its turn

# What a parent may skip; also notices that were written to them and have not left. News is
# no plan: it comes at once or not at all.
_SHOWN = (AgeLetter, EarlyTipLetter, DigestLetter, OfferLetter, DayBefore, ActivityReminder)
_NOTICES = (NoticeLetter, UrgentNotice)  # not the correction of what stands on the phone


@dataclass(frozen=True)
class Entry:
    """One thing that is coming: a visit, or a message."""

    at: datetime
    booking: Booking | None = None
    letter: Letter | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Mark:
    """What names a message in a button: its reader is whoever presses."""

    kind: Kind
    number: int
    code: str


def mark(letter: Letter) -> Mark:
    """The name of that message for its own reader."""
    match letter:
        case AgeLetter() | EarlyTipLetter():
            return Mark(letter.kind, letter.child_id, letter.code)
        case OfferLetter():
            return Mark(letter.kind, letter.child_id, str(letter.visit))
        case DayBefore() | SameMorning():
            return Mark(letter.kind, letter.booking_id, str(letter.revision))
        case ActivityReminder():
            return Mark(letter.kind, letter.signup_id, str(letter.occasion.id))
        case NoticeLetter():
            return Mark(letter.kind, letter.notice_id, "")
        case _:
            return Mark(letter.kind, 0, "")


def entries(family: Family, guardian: Guardian, now: datetime, rules: Rules) -> list[Entry]:
    """Everything that is coming, what is skipped as well, in order of time."""
    found = [Entry(each.starts_at, booking=each) for each in _visits(family, guardian, now)]
    found += [
        Entry(_at(each, family, now), letter=each, skipped=each.key in family.skipped)
        for each in _letters(family, guardian, now, rules)
        if _is_shown(each)
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.booking is None))


def chosen(
    family: Family, guardian: Guardian, of: Mark, now: datetime, rules: Rules
) -> list[Letter]:
    """The message of that name, if it is coming, and what is skipped together with it."""
    letters = _letters(family, guardian, now, rules)
    named = next((each for each in letters if _is_shown(each) and mark(each) == of), None)
    if named is None:
        return []
    return [named, *(each for each in letters if _goes_with(named, each))]


def _visits(family: Family, guardian: Guardian, now: datetime) -> list[Booking]:
    silent = {child.id for child in family.children if child.silent}
    return [
        each
        for each in family.bookings
        if each.state is BookingState.BOOKED
        and each.starts_at > now
        and each.child_id not in silent
        and each.concerns(guardian)
        and not any(rest.covers(each.starts_at) for rest in family.area.rests)
    ]


def _letters(family: Family, guardian: Guardian, now: datetime, rules: Rules) -> list[Letter]:
    """As the facts stand, and what would come besides if nothing were skipped."""
    since, until = now - _WAITING, now + AHEAD
    standing = due(family, guardian, since, until, rules)
    wanted = due(replace(family, skipped=frozenset()), guardian, since, until, rules)
    skipped = [each for each in wanted if each.key in family.skipped]
    return [each for each in (*standing, *skipped) if _ahead(each, now) and each.at < until]


def _is_shown(letter: Letter) -> bool:
    return isinstance(letter, _SHOWN) or type(letter) in _NOTICES


def _ahead(letter: Letter, now: datetime) -> bool:
    """A notice stands in line until it leaves, or waits for a day with room."""
    return now <= (letter.not_after if type(letter) in _NOTICES else letter.at)


def _at(letter: Letter, family: Family, now: datetime) -> datetime:
    """When it comes, as far as that is known."""
    held = (each.next_at for each in family.addressed if each.key == letter.key and each.next_at)
    return max(letter.at, next(held, letter.at), now) if type(letter) in _NOTICES else letter.at


def _goes_with(letter: Letter, other: Letter) -> bool:
    """The morning's reminder is skipped with the evening's: it would only say the same."""
    if not isinstance(letter, DayBefore) or not isinstance(other, SameMorning):
        return False
    return (letter.booking_id, letter.revision) == (other.booking_id, other.revision)
