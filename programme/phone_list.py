"""Whom staff should phone, and by when: for a page in their chat. Nobody is ranked by risk (A3).

A family that rests after a loss is never in it (mission A11).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.ages import date_at
from programme.by_age import unbooked
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.people import Booking, BookingState, Child, Family, Rest, Why
from programme.visits import FIRST_VISIT_DAYS, FIRST_VISIT_WARNING, Visit, visit, window

SOON = timedelta(days=7)


class CallFor(StrEnum):
    """Why staff should phone."""

    VISIT = "visit"  # it is soon, and nobody of the family reads the chat
    FIRST_VISIT = "first_visit"  # the fourteen days are about to pass, or have passed
    TO_BOOK = "to_book"  # its window is open
    LANGUAGE = "language"  # with an interpreter: none of our languages is theirs


@dataclass(frozen=True, kw_only=True)
class Call:
    """One family to phone."""

    family_id: int
    why: CallFor
    by: date | None = None
    visit: int | None = None
    starts_at: datetime | None = None


def call(family: Family, other_language: bool, now: datetime, rules: Rules) -> Call | None:
    """The most urgent reason to phone that family, or None; `other_language`: none of ours."""
    if family.waits_since or family.left_at:
        return None
    if family.resting(Why.LOSS, now) or family.away_at(now):
        return None
    today = on_the_clock(now, rules.zone).date()
    reasons = [
        *_visits(family, now, rules),
        *_first_visit(family, today, now),
        *_to_book(family, today, now),
    ]
    if reasons:
        return min(reasons, key=lambda each: each.by or date.max)
    if other_language and (ahead(family, now) or any(unbooked(family))):
        return Call(family_id=family.id, why=CallFor.LANGUAGE)
    return None


def ahead(family: Family, now: datetime) -> list[Booking]:
    """The booked visits that lie ahead, of children about whom something may be said."""
    silent = {child.id for child in family.children if child.silent}
    booked = [each for each in family.bookings if each.state is BookingState.BOOKED]
    return [each for each in booked if each.starts_at > now and each.child_id not in silent]


def _visits(family: Family, now: datetime, rules: Rules) -> Iterator[Call]:
    for booking in ahead(family, now):
        if family.reachable_at(now, booking.home):
            continue
        if booking.starts_at - now <= SOON and not _paused(family, booking.starts_at):
            yield Call(
                family_id=family.id,
                why=CallFor.VISIT,
                by=on_the_clock(booking.starts_at, rules.zone).date(),
                visit=booking.visit,
                starts_at=booking.starts_at,
            )


def _first_visit(family: Family, today: date, now: datetime) -> Iterator[Call]:
    """Until the second visit's window opens: who has passed the fourteen days is not forgotten."""
    for child, wanted in _open(family, now):
        home = child.came_home or child.born
        if wanted.number != 1 or home is None or child.born is None:
            continue
        if date_at(home, FIRST_VISIT_WARNING) <= today < date_at(child.born, visit(2).opens):
            last = home + timedelta(days=FIRST_VISIT_DAYS)
            yield Call(family_id=family.id, why=CallFor.FIRST_VISIT, by=last, visit=1)


def _to_book(family: Family, today: date, now: datetime) -> Iterator[Call]:
    for child, wanted in _open(family, now):
        if child.born is None:
            continue
        last = window(wanted.number, child.born, child.came_home, family.area.summers).last
        if date_at(child.born, wanted.nudge) <= today <= last:
            yield Call(family_id=family.id, why=CallFor.TO_BOOK, by=last, visit=wanted.number)


def _open(family: Family, now: datetime) -> Iterator[tuple[Child, Visit]]:
    """The visits that nobody has booked, in an area that is not paused."""
    return iter(()) if _paused(family, now) else unbooked(family)


def _paused(family: Family, at: datetime) -> Rest | None:
    return next((rest for rest in family.area.rests if rest.covers(at)), None)


def stretched(family: Family, today: date) -> list[tuple[int, int]]:
    """Each visit still to be booked whose window the summer makes longer, and by how many days."""
    found = []
    for child, wanted in unbooked(family):
        if child.born is None:
            continue
        usual = window(wanted.number, child.born, child.came_home)
        longer = window(wanted.number, child.born, child.came_home, family.area.summers)
        days = (longer.last - usual.last).days
        if days and longer.last >= today:
            found.append((wanted.number, days))
    return found
