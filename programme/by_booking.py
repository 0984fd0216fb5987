"""What a parent gets about booked visits: news, and two reminders (mission C1, C8)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from programme.kinds import EARLY_MORNING, EARLY_VISIT, KINDS, Kind, Rules, too_late_after
from programme.letters import (
    DayBefore,
    Letter,
    SameMorning,
    VisitBooked,
    VisitCancelled,
    VisitChanged,
    VisitLetter,
    VisitMissed,
    VisitMoved,
    VisitOff,
    VisitOnHold,
)
from programme.localtime import instant, on_the_clock
from programme.moments import Moment, told
from programme.people import (
    Booking,
    BookingState,
    Change,
    Family,
    Guardian,
    Meeting,
    Place,
    Rest,
    StaffMember,
)
from programme.slots import morning, slot


class About(TypedDict):
    """What every letter on a booking says."""

    key: str
    at: datetime
    called: datetime
    not_after: datetime
    family_id: int
    guardian_id: int
    child_id: int
    booking_id: int
    revision: int
    visit: int
    starts_at: datetime
    meeting: Meeting


class Coming(TypedDict):
    """What a letter on a coming visit says besides."""

    place: Place
    staff: tuple[StaffMember, ...]
    interpreter: bool
    house: int | None


_STEPS = {Kind.DAY_BEFORE: "day-before", Kind.SAME_MORNING: "same-morning"}


def by_booking(family: Family, guardian: Guardian, rules: Rules) -> Iterator[Letter]:
    """Everything this parent ever gets about the family's bookings as they stand."""
    silent = {child.id for child in family.children if child.silent}
    for booking in (*family.bookings, *family.parted):
        if booking.child_id in silent or not booking.concerns(guardian):
            continue
        yield from _missed(family, guardian, booking, rules)
        yield from _news(family, guardian, booking, rules)
        if booking.state is BookingState.BOOKED:
            yield from _on_hold(family, guardian, booking, rules)
            yield from _reminders(family, guardian, booking, rules)


def _news(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[VisitLetter]:
    """Booked, moved or gone: at once, when this parent joins or is back, or in the morning."""
    kind = _news_kind(booking)
    if kind is None or booking.changed_at is None or booking.changed_by == guardian.id:
        return
    moment = told(family, guardian, kind, booking.changed_at, rules, booking.starts_at)
    if moment is None or moment.at >= booking.starts_at or _held(family, booking, moment.at):
        return
    late = moment.called > booking.changed_at
    about = _about(family, guardian, booking, kind, moment, rules)
    if kind in {Kind.VISIT_CANCELLED, Kind.VISIT_OFF}:
        if not late or _knew(guardian, booking):  # who joins later never knew of it
            yield (VisitCancelled if kind is Kind.VISIT_CANCELLED else VisitOff)(**about)
    elif kind is Kind.VISIT_MOVED and _knew(guardian, booking):
        old = booking.previous_starts_at or booking.starts_at
        yield VisitMoved(**about, **_coming(booking), old_starts_at=old)
    elif kind is Kind.VISIT_CHANGED and _knew(guardian, booking):
        yield VisitChanged(**about, **_coming(booking), change=booking.change)
    else:
        yield VisitBooked(**about, **_coming(booking))


def _news_kind(booking: Booking) -> Kind | None:
    match booking.state:
        case BookingState.CANCELLED:
            return Kind.VISIT_CANCELLED
        case BookingState.DECLINED:
            return Kind.VISIT_OFF
        case BookingState.BOOKED:
            if booking.change in {Change.PEOPLE, Change.PLACE}:
                return Kind.VISIT_CHANGED
            return Kind.VISIT_MOVED if booking.previous_starts_at else Kind.VISIT_BOOKED
        case _:
            return None  # who is away knows it; a visit that is done needs no words


def _missed(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[VisitMissed]:
    """Nobody was at home: a kind word, and a new time if they wish (mission D7)."""
    if booking.state is not BookingState.MISSED or booking.changed_at is None:
        return
    kind = Kind.VISIT_MISSED
    moment = told(family, guardian, kind, booking.changed_at, rules)
    if moment and _knew(guardian, booking):
        about = _about(family, guardian, booking, kind, moment, rules)
        yield VisitMissed(**about)


def _knew(guardian: Guardian, booking: Booking) -> bool:
    """Whether this parent read messages when the booking changed."""
    return guardian.active_since is not None and (
        booking.changed_at is None or guardian.active_since <= booking.changed_at
    )


def _held(family: Family, booking: Booking, at: datetime) -> bool:
    """Whether the area rests at that time and over the visit: nothing to look forward to."""
    rest = _area_rest(family, booking.starts_at)
    return booking.state is BookingState.BOOKED and rest is not None and rest.covers(at)


def _on_hold(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[VisitOnHold]:
    """The area paused over the hour of a visit that this parent may wait for (mission A4)."""
    rest = _area_rest(family, booking.starts_at)
    if rest is None or (booking.changed_at and booking.changed_at >= rest.since):
        return
    kind = Kind.VISIT_ON_HOLD
    moment = told(family, guardian, kind, rest.since, rules, booking.starts_at)
    waited = guardian.active_since is not None and guardian.active_since <= rest.since
    if moment and moment.at < booking.starts_at and waited:
        about = _about(family, guardian, booking, kind, moment, rules)
        about["key"] = f"visit:{booking.known_as}:{booking.revision}:hold-{rest.id}:{guardian.id}"
        yield VisitOnHold(**about)


def _area_rest(family: Family, at: datetime) -> Rest | None:
    return next((rest for rest in family.area.rests if rest.covers(at)), None)


def _reminders(
    family: Family, guardian: Guardian, booking: Booking, rules: Rules
) -> Iterator[DayBefore | SameMorning]:
    if _area_rest(family, booking.starts_at):
        return
    shown = on_the_clock(booking.starts_at, rules.zone)
    eve = _evening_before(shown.date(), rules)
    if eve and _stands(family, booking, eve):
        about = _about(family, guardian, booking, Kind.DAY_BEFORE, Moment(eve, eve), rules)
        yield DayBefore(**about, **_coming(booking))
    early = shown.time() < EARLY_VISIT
    wall = EARLY_MORNING if early else KINDS[Kind.SAME_MORNING].sent_at or EARLY_MORNING
    dawn = morning(shown.date(), wall, rules)
    if _stands(family, booking, dawn) and dawn < booking.starts_at and not booking.answered:
        about = _about(family, guardian, booking, Kind.SAME_MORNING, Moment(dawn, dawn), rules)
        yield SameMorning(**about, **_coming(booking))


def _evening_before(day: date, rules: Rules) -> datetime | None:
    """When a visit on that day is first reminded of; None if quiet hours hold it too long."""
    evening = day - timedelta(days=1)
    at = slot(Kind.DAY_BEFORE, evening, rules)
    too_late = too_late_after(Kind.DAY_BEFORE, instant(evening, time(12), rules.zone), rules, None)
    return at if at <= too_late else None  # else the morning's reminder says it


def _stands(family: Family, booking: Booking, at: datetime) -> bool:
    """Whether it stood so at that time, in a running area: nobody is told twice at once."""
    known = booking.changed_at is None or booking.changed_at <= at
    return known and _area_rest(family, at) is None


def _about(
    family: Family,
    guardian: Guardian,
    booking: Booking,
    kind: Kind,
    moment: Moment,
    rules: Rules,
) -> About:
    name = _STEPS.get(kind, kind.value.removeprefix("visit_"))
    return {
        "key": f"visit:{booking.known_as}:{booking.revision}:{name}:{guardian.id}",
        "at": moment.at,
        "called": moment.called,
        "not_after": too_late_after(kind, moment.at, rules, booking.starts_at),
        "family_id": family.id,
        "guardian_id": guardian.id,
        "child_id": booking.child_id,
        "booking_id": booking.known_as,
        "revision": booking.revision,
        "visit": booking.visit,
        "starts_at": booking.starts_at,
        "meeting": booking.meeting,
    }


def _coming(booking: Booking) -> Coming:
    return {
        "place": booking.place,
        "staff": booking.staff,
        "interpreter": booking.interpreter,
        "house": booking.house,
    }
