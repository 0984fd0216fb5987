"""What a family gets, decided in one place (design.md 3: SQL finds, Python decides).

The planner, the timeline, `/plan` and the re-check before sending all call `due`. Nothing else
knows these rules, and nothing here asks a clock or a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from programme.ages import Age, Span, births_reaching, date_at
from programme.kinds import (
    EARLY_MORNING,
    EARLY_VISIT,
    KINDS,
    Kind,
    Rules,
    first_leave,
    opens_within,
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
from programme.strengths import STRENGTHS, Strength
from programme.tips import TIPS, Tip

# The longest a letter about a booking can wait for the morning.
NEWS_WAITS = timedelta(days=1)


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


def births_due(since: datetime, until: datetime, rules: Rules) -> list[Span]:
    """The births for which an age rule falls due in [since, until), in few intervals."""
    days = _slot_days(since, until, rules)
    if days is None:
        return []
    spans = (births_reaching(age, days) for age in _ages())
    return _joined(sorted((s for s in spans if s), key=lambda s: s.first))


def visits_due(since: datetime, until: datetime, rules: Rules) -> list[tuple[datetime, datetime]]:
    """The times within which a visit may begin whose reminder falls due in [since, until)."""
    days = days_touched(since - timedelta(days=1), until + timedelta(days=2), rules.zone)
    return [
        (instant(day, time(), rules.zone), instant(day + timedelta(days=1), time(), rules.zone))
        for day in days
        if any(since <= hour < until for hour in _reminder_hours(day, rules))
    ]


def _reminder_hours(day: date, rules: Rules) -> tuple[datetime, ...]:
    """When parents may be reminded of a visit on that day."""
    return (
        _slot(Kind.DAY_BEFORE, day - timedelta(days=1), rules),
        _morning(day, EARLY_MORNING, rules),
        _slot(Kind.SAME_MORNING, day, rules),
    )


def news_since(since: datetime, until: datetime, rules: Rules) -> datetime:
    """From when on a changed booking may be told of in [since, until): over night if it dawns."""
    dawns = opens_within(Kind.VISIT_BOOKED, since, until, rules)
    return since - NEWS_WAITS if dawns else since


def _ages() -> list[Age]:
    return [entry.age for series in _SERIES for entry in series.entries]


def _slot_days(since: datetime, until: datetime, rules: Rules) -> Span | None:
    """The local days whose hour for tips lies in [since, until)."""
    # One day of margin: unusual quiet hours may move an hour over midnight.
    touched = days_touched(since - timedelta(days=1), until, rules.zone)
    days = [day for day in touched if since <= _slot(Kind.TIP, day, rules) < until]
    return Span(days[0], days[-1]) if days else None


def _joined(spans: list[Span]) -> list[Span]:
    """The same days in as few intervals as possible; expects them sorted by their first day."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.first <= joined[-1].last + timedelta(days=1):
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


def _slot(kind: Kind, day: date, rules: Rules) -> datetime:
    """When a letter of this kind leaves on that day, quiet hours heeded."""
    wall = KINDS[kind].sent_at
    if wall is None:
        raise ValueError(f"{kind} has no hour of its own")
    return first_leave(kind, instant(day, wall, rules.zone), rules)


def _by_age(
    family: Family, guardian: Guardian, since: datetime, until: datetime, rules: Rules
) -> Iterator[AgeLetter]:
    days = days_touched(since, until, rules.zone)
    if not days:
        return
    wanted = Span(days[0] - timedelta(days=1), days[-1])  # the same margin as in _slot_days
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
            at = _slot(series.letter.kind, day, rules)
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
    morning = _morning(shown.date(), wall, rules)
    if _known(booking, morning) and morning < booking.starts_at and not booking.answered:
        about = _about(family, guardian, booking, Kind.SAME_MORNING, morning, rules)
        yield SameMorning(**about, **_coming(booking))


def _evening_before(day: date, rules: Rules) -> datetime | None:
    """When a visit on that day is first reminded of; None if quiet hours hold it too long."""
    evening = day - timedelta(days=1)
    at = _slot(Kind.DAY_BEFORE, evening, rules)
    too_late = too_late_after(Kind.DAY_BEFORE, instant(evening, time(12), rules.zone), rules, None)
    return at if at <= too_late else None  # else the morning's reminder says it


def _morning(day: date, wall: time, rules: Rules) -> datetime:
    return first_leave(Kind.SAME_MORNING, instant(day, wall, rules.zone), rules)


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
