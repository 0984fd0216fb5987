"""What a family gets, decided in one place (docs/decisions/0002).

The planner, the timeline, `/plan` and the re-check before sending all call `due`. Nothing else
knows these rules, and nothing here asks a clock or a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from programme.ages import Span, date_at
from programme.kinds import (
    EARLY_MORNING,
    EARLY_VISIT,
    KINDS,
    Kind,
    Rules,
    first_leave,
    too_late_after,
)
from programme.letters import (
    AgeLetter,
    DayBefore,
    Letter,
    SameMorning,
    StrengthLetter,
    TipLetter,
    VisitBooked,
    VisitCancelled,
    VisitMoved,
)
from programme.localtime import days_touched, instant, on_the_clock
from programme.people import (
    Booking,
    BookingState,
    Child,
    Family,
    Guardian,
    Place,
    StaffMember,
)
from programme.slots import morning, slot
from programme.strengths import STRENGTHS, Strength
from programme.tips import TIPS, Tip


@dataclass(frozen=True)
class Series:
    """A table of things that an age calls for, and the letter that each becomes."""

    letter: type[AgeLetter]
    entries: tuple[Tip, ...] | tuple[Strength, ...]


# Tips first: who asks for fewer messages keeps the first and rests the others.
_SERIES = (Series(TipLetter, TIPS), Series(StrengthLetter, STRENGTHS))


class About(TypedDict):
    """What every letter on a booking says."""

    key: str
    at: datetime
    not_after: datetime
    family_id: int
    guardian_id: int
    child_id: int
    booking_id: int
    revision: int
    visit: int
    starts_at: datetime


class Coming(TypedDict):
    """What a letter on a coming visit says besides."""

    place: Place
    staff: tuple[StaffMember, ...]
    interpreter: bool


def due(
    family: Family, guardian: Guardian, since: datetime, until: datetime, rules: Rules
) -> list[Letter]:
    """Every letter due to this parent in [since, until), in the order of their hours."""
    letters = [
        letter
        for letter in (
            *_by_age(family, guardian, since, until, rules),
            *_by_booking(family, guardian, rules),
        )
        if since <= letter.at < until
        and guardian.listens_at(letter.at)
        and letter.key not in family.skipped
    ]
    return sorted(letters, key=lambda letter: (letter.at, letter.key))


def still_due(
    family: Family, guardian: Guardian, key: str, at: datetime, rules: Rules
) -> Letter | None:
    """The letter with that key as the facts are now, if it is still due at that instant."""
    again = due(family, guardian, at, at + timedelta(microseconds=1), rules)
    return next((letter for letter in again if letter.key == key), None)


def free_moment(
    family: Family,
    guardian: Guardian,
    letter: Letter,
    now: datetime,
    said_today: bool,
    rules: Rules,
) -> datetime:
    """`now` if a late tip may come today, else its hour on the first day that has no other one.

    After an outage nothing comes in a burst: one tip or idea a day (docs/architecture.md).
    """
    if not KINDS[letter.kind].capped:
        return now
    day = on_the_clock(now, rules.zone).date()
    taken = said_today or _taken(family, guardian, letter, day, rules)
    if not taken:
        return now
    while taken:
        day += timedelta(days=1)
        taken = _taken(family, guardian, letter, day, rules)
    return slot(letter.kind, day, rules)


def _taken(family: Family, guardian: Guardian, letter: Letter, day: date, rules: Rules) -> bool:
    """Whether that day has another tip or idea of its own."""
    begin, end = (instant(day + timedelta(days=n), time(), rules.zone) for n in (0, 1))
    others = due(family, guardian, begin, end, rules)
    return any(KINDS[each.kind].capped and each.key != letter.key for each in others)


def _by_age(
    family: Family, guardian: Guardian, since: datetime, until: datetime, rules: Rules
) -> Iterator[AgeLetter]:
    days = days_touched(since, until, rules.zone)
    if not days:
        return
    wanted = Span(days[0] - timedelta(days=1), days[-1])  # the same margin as in candidates.py
    for child in family.children:
        for series in _SERIES[:1] if guardian.fewer else _SERIES:
            yield from _from_table(family, guardian, child, wanted, rules, series)


def _from_table(
    family: Family, guardian: Guardian, child: Child, days: Span, rules: Rules, series: Series
) -> Iterator[AgeLetter]:
    """The letters of one table that fall on `days` for this child."""
    if child.tips_from is None:
        return
    for entry in series.entries:
        day = date_at(child.tips_from, entry.age)
        if days.first <= day <= days.last:
            at = slot(series.letter.kind, day, rules)
            yield series.letter(
                key=f"{series.letter.kind}:{child.id}:{entry.code}:{guardian.id}",
                at=at,
                not_after=at + timedelta(days=entry.keeps_days),
                family_id=family.id,
                guardian_id=guardian.id,
                child_id=child.id,
                code=entry.code,
            )


def _by_booking(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    for booking in family.bookings:
        yield from _news(family, guardian, booking, rules)
        if booking.state is BookingState.BOOKED:
            yield from _reminders(family, guardian, booking, rules)


def _news(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[VisitBooked | VisitMoved | VisitCancelled]:
    """Booked, moved or cancelled: at once, or when this parent joins, or in the morning."""
    if booking.changed_at is None or guardian.active_since is None:
        return
    kind = _news_kind(booking)
    told = max(booking.changed_at, guardian.active_since)
    if told > booking.changed_at and kind is Kind.VISIT_CANCELLED:
        return  # who joins later never knew of it
    at = first_leave(kind, told, rules, booking.starts_at)
    if at >= booking.starts_at:
        return
    common = _about(family, guardian, booking, kind, at, rules)
    if kind is Kind.VISIT_CANCELLED:
        yield VisitCancelled(**common)
    elif kind is Kind.VISIT_MOVED and told == booking.changed_at:
        old = booking.previous_starts_at or booking.starts_at
        yield VisitMoved(**common, **_coming(booking), old_starts_at=old)
    else:
        yield VisitBooked(**common, **_coming(booking))


def _news_kind(booking: Booking) -> Kind:
    if booking.state is BookingState.CANCELLED:
        return Kind.VISIT_CANCELLED
    return Kind.VISIT_MOVED if booking.revision else Kind.VISIT_BOOKED


def _reminders(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[DayBefore | SameMorning]:
    shown = on_the_clock(booking.starts_at, rules.zone)
    eve = _evening_before(shown.date(), rules)
    if eve and _known(booking, eve):
        about = _about(family, guardian, booking, Kind.DAY_BEFORE, eve, rules)
        yield DayBefore(**about, **_coming(booking))
    early = shown.time() < EARLY_VISIT
    wall = EARLY_MORNING if early else KINDS[Kind.SAME_MORNING].sent_at or EARLY_MORNING
    dawn = morning(shown.date(), wall, rules)
    if _known(booking, dawn) and dawn < booking.starts_at and not booking.answered:
        about = _about(family, guardian, booking, Kind.SAME_MORNING, dawn, rules)
        yield SameMorning(**about, **_coming(booking))


def _evening_before(day: date, rules: Rules) -> datetime | None:
    """When a visit on that day is first reminded of; None if quiet hours hold it too long."""
    evening = day - timedelta(days=1)
    at = slot(Kind.DAY_BEFORE, evening, rules)
    too_late = too_late_after(Kind.DAY_BEFORE, instant(evening, time(12), rules.zone), rules, None)
    return at if at <= too_late else None  # else the morning's reminder says it


def _known(booking: Booking, at: datetime) -> bool:
    """Whether the booking stood as it is at that time: nobody is reminded of what was just said."""
    return booking.changed_at is None or booking.changed_at <= at


def _about(
    family: Family, guardian: Guardian, booking: Booking, kind: Kind, at: datetime, rules: Rules
) -> About:
    step = {Kind.DAY_BEFORE: "day-before", Kind.SAME_MORNING: "same-morning"}
    name = step.get(kind, kind.value.removeprefix("visit_"))
    return {
        "key": f"visit:{booking.id}:{booking.revision}:{name}:{guardian.id}",
        "at": at,
        "not_after": too_late_after(kind, at, rules, booking.starts_at),
        "family_id": family.id,
        "guardian_id": guardian.id,
        "child_id": booking.child_id,
        "booking_id": booking.id,
        "revision": booking.revision,
        "visit": booking.visit,
        "starts_at": booking.starts_at,
    }


def _coming(booking: Booking) -> Coming:
    return {
        "place": booking.place,
        "staff": booking.staff,
        "interpreter": booking.interpreter,
    }
