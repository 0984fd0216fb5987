"""What the staff of an area hear about a family, in their working hours (mission B13, C2, A5)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from programme.ages import date_at
from programme.by_age import unbooked
from programme.by_poster import poster_asks
from programme.for_interpreter import for_interpreter
from programme.kinds import Kind, Rules, first_leave, too_late_after
from programme.letters import CallToday, FirstVisit, Letter, StaffNews, ToBook
from programme.localtime import instant, on_the_clock
from programme.news import Event, News
from programme.outcome_letters import outcome_asks
from programme.people import (
    Booking,
    BookingState,
    Choice,
    Family,
    Meeting,
    ProposalState,
    StaffMember,
    Why,
)
from programme.reasons import Asked
from programme.threads import asks
from programme.visits import FIRST_VISIT_DAYS, FIRST_VISIT_WARNING, window

_MORNING = time(7, 30)


def due_to_staff(
    family: Family, member: StaffMember, since: datetime, until: datetime, rules: Rules
) -> list[Letter]:
    """Every letter about this family due to this staff member in [since, until)."""
    if not member.in_chat:
        return []
    letters = [letter for letter in _every(family, member, rules) if since <= letter.due_at < until]
    ordered = sorted(letters, key=lambda letter: (letter.at, letter.key))
    once: dict[str, Letter] = {}
    for letter in ordered:  # a parent's question falls due twice under one key (`threads.asks`)
        once.setdefault(letter.key, letter)
    return [*once.values()]


def _every(family: Family, member: StaffMember, rules: Rules) -> Iterator[Letter]:
    if family.waits_since:  # nothing else is said of a family that is not ours yet
        yield from poster_asks(family, member, rules)
        return
    yield from _events(family, member, rules)
    yield from _unanswered(family, member, rules)
    yield from _calls(family, member, rules)
    yield from _threads(family, member, rules)
    yield from for_interpreter(family, member, rules)
    yield from outcome_asks(family, member, rules)
    if member in family.staff:
        yield from _unbooked(family, member, rules)


def _hushed(family: Family, at: datetime) -> bool:
    """After a loss staff hear one thing only: do not contact through Lotsen (mission A11)."""
    return family.resting(Why.LOSS, at) is not None


def _events(family: Family, member: StaffMember, rules: Rules) -> Iterator[StaffNews]:
    for event in family.events:
        booking = next((b for b in family.bookings if b.id == event.booking_id), None)
        theirs = _theirs(family, member, event, booking) and _still(family, event, booking)
        at = first_leave(Kind.STAFF_NEWS, event.at, rules)
        hushed = _hushed(family, event.at) or _hushed(family, at)
        if theirs and (event.what is News.LOSS or not hushed):
            yield _news(family, member, event, booking, at, rules)


# What changes a booking: only the last of these is news, and only while it is so.
_STANDS = (News.VISIT_BOOKED, News.VISIT_MOVED, News.VISIT_CHANGED)


def _theirs(family: Family, member: StaffMember, event: Event, booking: Booking | None) -> bool:
    """Whether it is news to this one: not to who did it, and some of it to one person alone."""
    if event.detail == f"by:{member.id}":
        return False
    if event.what is News.RELIEVED:
        return event.detail == f"for:{member.id}"
    return concerns(family, member, booking)


def _still(family: Family, event: Event, booking: Booking | None) -> bool:
    """Whether it holds: of several changes the last one, and no wish that is fulfilled."""
    if event.what is News.WANTS_TIME and event.detail:
        wanted, home = without_home(event.detail)
        return not any(
            str(each.visit) == wanted
            and each.home in {None, home}
            and each.state is BookingState.BOOKED
            and each.changed_at is not None
            and each.changed_at > event.at
            for each in family.bookings
        )
    if booking is None or event.what not in {*_STANDS, News.VISIT_CANCELLED}:
        return True
    if event.what is News.VISIT_CANCELLED:
        return booking.state is BookingState.CANCELLED
    changes = [e for e in family.events if e.booking_id == booking.id and e.what in _STANDS]
    return booking.state is BookingState.BOOKED and event.id == max(e.id for e in changes)


def _threads(family: Family, member: StaffMember, rules: Rules) -> Iterator[Letter]:
    """What parents have written to the team."""
    for letter in asks(family, member, rules):
        if not _hushed(family, letter.due_at) and not _hushed(family, letter.at):
            yield letter


def concerns(family: Family, member: StaffMember, booking: Booking | None) -> bool:
    """Who comes hears of the visit; what is about no visit, the whole team of the area hears."""
    if booking is None or not booking.staff:
        return member in family.staff
    return member.id in {each.id for each in booking.staff}


def _news(
    family: Family,
    member: StaffMember,
    event: Event,
    booking: Booking | None,
    at: datetime,
    rules: Rules,
) -> StaffNews:
    choices, asked = {each.value for each in Choice}, {each.value for each in Asked}
    detail, home = without_home(event.detail or "")
    last = detail if event.what is News.AWAY else None
    # "3": a time for visit 3 is wanted; "no_thanks:3": that visit was offered and is not wanted;
    # "evening:3": times in the evening; "call:3": a parent asks for a call, about visit 3.
    word, _, number = detail.rpartition(":")
    named = int(number) if number.isdigit() and word not in {"by", "for"} else None
    besides = next((each for each in Meeting if each.value == number), None)
    return StaffNews(
        key=f"staff:news:{event.id}:{member.id}",
        at=at,
        called=event.at,
        not_after=too_late_after(Kind.STAFF_NEWS, at, rules, None),
        family_id=family.id,
        staff_id=member.id,
        what=event.what,
        booking_id=booking.id if booking else None,
        visit=booking.visit if booking else named,
        starts_at=booking.starts_at if booking else None,
        choice=next((Choice(each) for each in (detail, word) if each in choices), None),
        last_day=date.fromisoformat(last) if last else None,
        meeting=booking.meeting if booking else besides or Meeting.VISIT,
        asked=next((Asked(each) for each in (detail, word) if each in asked), None),
        evening=word == "evening",
        home=home,
        interpreters=_to_cancel(family, member, event),
    )


def _to_cancel(family: Family, member: StaffMember, event: Event) -> tuple[datetime, ...]:
    """After a loss: when the interpreters are booked who must hear that there is no visit."""
    if event.what is not News.LOSS:
        return ()
    standing = (each for each in family.bookings if each.state is BookingState.BOOKED)
    return tuple(
        each.starts_at
        for each in standing
        if each.interpreter and each.starts_at > event.at and concerns(family, member, each)
    )


def of_home(detail: str, home: int | None) -> str:
    """What is noted of an event that is about one of two homes."""
    return f"{detail} home:{home}".strip() if home else detail


def without_home(detail: str) -> tuple[str, int | None]:
    """What was noted, and of which of two homes it is; None: there is one, or both."""
    before, found, home = detail.rpartition("home:")
    return (before.strip(), int(home)) if found and home.isdigit() else (detail, None)


def _unanswered(family: Family, member: StaffMember, rules: Rules) -> Iterator[StaffNews]:
    """Nobody chose one of the times in time: who would have come hears of it (mission D5)."""
    for each in family.proposals:
        ran_out = each.state in {ProposalState.OPEN, ProposalState.EXPIRED}
        theirs = member.id == each.made_by or member.id in {one.id for one in each.staff}
        at = first_leave(Kind.STAFF_NEWS, each.expires_at, rules)
        if not (ran_out and theirs) or _hushed(family, each.expires_at) or _hushed(family, at):
            continue
        yield StaffNews(
            key=f"staff:unanswered:{each.id}:{member.id}",
            at=at,
            called=each.expires_at,
            not_after=too_late_after(Kind.STAFF_NEWS, at, rules, None),
            family_id=family.id,
            staff_id=member.id,
            what=News.UNANSWERED,
            visit=each.visit,
            meeting=each.meeting,
        )


def _calls(family: Family, member: StaffMember, rules: Rules) -> Iterator[CallToday]:
    """The working day before a visit, where nobody of the family reads messages."""
    for booking in family.bookings:
        if booking.state is not BookingState.BOOKED or is_off(family, booking):
            continue
        if not concerns(family, member, booking):
            continue
        at = call_moment(on_the_clock(booking.starts_at, rules.zone).date(), rules)
        if family.reachable_at(at, booking.home) or _hushed(family, at):
            continue
        if booking.changed_at and booking.changed_at > at:
            continue  # booked on that very day: whoever booked it spoke with the family
        yield CallToday(
            key=f"staff:call:{booking.id}:{booking.revision}:{member.id}",
            at=at,
            not_after=too_late_after(Kind.CALL_TODAY, at, rules, booking.starts_at),
            family_id=family.id,
            staff_id=member.id,
            visit=booking.visit,
            starts_at=booking.starts_at,
            interpreter=booking.interpreter,
            meeting=booking.meeting,
        )


def is_off(family: Family, booking: Booking) -> bool:
    """Whether it will not be: its area is paused then, or nothing is said about its child."""
    held = any(rest.covers(booking.starts_at) for rest in family.area.rests)
    silent = {child.id for child in family.children if child.silent}
    return held or booking.child_id in silent


def call_moment(visit: date, rules: Rules) -> datetime:
    """The morning on which staff should call about a visit on that day."""
    day = visit - timedelta(days=1)
    while not rules.is_working_day(day):
        day -= timedelta(days=1)
    return instant(day, _MORNING, rules.zone)


def nudge_moment(day: date, rules: Rules) -> datetime:
    """When staff are nudged on that day; if they do not work then, it waits for them."""
    return instant(day, _MORNING, rules.zone)


def _unbooked(family: Family, member: StaffMember, rules: Rules) -> Iterator[Letter]:
    """A visit's window is open and nothing is booked; the first visit's fourteen days run out."""
    for child, visit in unbooked(family):
        if child.born is None:
            continue
        last = window(visit.number, child.born, child.came_home, family.area.summers).last
        nudged = nudge_moment(date_at(child.born, visit.nudge), rules)
        at = first_leave(Kind.TO_BOOK, nudged, rules)
        if _may_nudge(family, nudged) and _may_nudge(family, at):
            yield ToBook(
                key=f"staff:book:{child.id}:{visit.number}:{member.id}",
                at=at,
                called=nudged,
                not_after=instant(last + timedelta(days=1), time(), rules.zone),
                family_id=family.id,
                staff_id=member.id,
                visit=visit.number,
                last_day=last,
            )
        home = child.came_home or child.born
        warned = nudge_moment(date_at(home, FIRST_VISIT_WARNING), rules)
        at = first_leave(Kind.FIRST_VISIT, warned, rules)
        if visit.number == 1 and _may_nudge(family, warned) and _may_nudge(family, at):
            yield FirstVisit(
                key=f"staff:first:{child.id}:{member.id}",
                at=at,
                called=warned,
                not_after=too_late_after(Kind.FIRST_VISIT, warned, rules, None),
                family_id=family.id,
                staff_id=member.id,
                last_day=home + timedelta(days=FIRST_VISIT_DAYS),
            )


def _may_nudge(family: Family, at: datetime) -> bool:
    paused = any(rest.covers(at) for rest in family.area.rests)
    return not (paused or _hushed(family, at))
