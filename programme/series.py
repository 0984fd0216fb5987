"""The six visits of a family, step by step (D11), and what is to be booked now (C2).

In order of time only: nobody is ranked by risk (mission A3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from programme.ages import Span
from programme.by_age import speaking
from programme.kinds import Rules
from programme.localtime import on_the_clock
from programme.news import Event, News
from programme.people import (
    Booking,
    BookingState,
    Child,
    Choice,
    Family,
    Meeting,
    Proposal,
    ProposalState,
    Rest,
    Why,
)
from programme.visits import VISITS, Visit, window

LAST_CALL = timedelta(days=30)  # the sixth has no next one: so long after its window


class StepState(StrEnum):
    """What has become of one of the six."""

    NOT_YET = "not_yet"  # its window opens later
    DUE = "due"  # its window is open
    LATE = "late"  # its window has passed, and nothing became of it
    PROPOSED = "proposed"  # times are held for the family
    BOOKED = "booked"
    DONE = "done"
    MISSED = "missed"  # nobody was at home
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the six for one child; twins have it together."""

    child: Child
    visit: int
    days: Span  # its window
    state: StepState
    booking: Booking | None = None
    proposal: Proposal | None = None


def series(family: Family, now: datetime, rules: Rules) -> list[Step]:
    """The six of each birth about which something may be said, in order."""
    today = on_the_clock(now, rules.zone).date()
    births = {child.born: child for child in reversed(list(speaking(family))) if child.born}
    return [
        _step(family, births[born], visit, now, today)
        for born in sorted(births)
        for visit in VISITS
    ]


def _step(family: Family, child: Child, visit: Visit, now: datetime, today: date) -> Step:
    assert child.born is not None
    days = window(visit.number, child.born, child.came_home, family.area.summers)
    booking = _latest(family, child, visit.number)
    proposal = proposed(family, child, visit.number, now)
    return Step(
        child=child,
        visit=visit.number,
        days=days,
        state=_state(booking, proposal, days, today),
        booking=booking,
        proposal=proposal,
    )


_SETTLED = {
    BookingState.BOOKED: StepState.BOOKED,
    BookingState.DONE: StepState.DONE,
}
_OPEN_AGAIN = {
    BookingState.MISSED: StepState.MISSED,
    BookingState.DECLINED: StepState.DECLINED,
}


def _state(
    booking: Booking | None, proposal: Proposal | None, days: Span, today: date
) -> StepState:
    if booking and booking.state in _SETTLED:
        return _SETTLED[booking.state]
    if proposal:
        return StepState.PROPOSED
    if booking and booking.state in _OPEN_AGAIN:
        return _OPEN_AGAIN[booking.state]
    if today < days.first:
        return StepState.NOT_YET
    return StepState.DUE if today <= days.last else StepState.LATE


def _twins(family: Family, child: Child) -> set[int]:
    return {each.id for each in family.children if each.born == child.born}


def _latest(family: Family, child: Child, number: int) -> Booking | None:
    twins = _twins(family, child)
    theirs = [
        each
        for each in family.bookings
        if each.visit == number and each.meeting is Meeting.VISIT and each.child_id in twins
    ]
    return max(theirs, key=lambda each: (each.state in _SETTLED, each.id), default=None)


def proposed(family: Family, child: Child, number: int, now: datetime) -> Proposal | None:
    """The times that are held for that visit and that the family can still choose from."""
    twins = _twins(family, child)
    return next(
        (
            each
            for each in reversed(family.proposals)
            if each.visit == number
            and each.meeting is Meeting.VISIT
            and each.child_id in twins
            and each.state is ProposalState.OPEN
            and each.expires_at > now
        ),
        None,
    )


@dataclass(frozen=True, kw_only=True)
class Due:
    """A visit that should be booked now; `wanted`: the family has asked for a time."""

    family_id: int
    step: Step
    wanted: bool

    @property
    def late(self) -> bool:
        """Whether its window has passed."""
        return self.step.state is StepState.LATE


def to_book(family: Family, now: datetime, rules: Rules) -> list[Due]:
    """What is to be booked for that family: open or late, missed, or asked for by a parent."""
    if not _may_book(family, now):
        return []
    today, steps = on_the_clock(now, rules.zone).date(), series(family, now, rules)
    open_now = [
        step
        for step in steps
        if step.state in {StepState.DUE, StepState.MISSED}
        or (step.state is StepState.LATE and _still_its_turn(step, steps, today))
        or (step.state is StepState.BOOKED and _another_time(family, step, now))
    ]
    return [
        Due(family_id=family.id, step=step, wanted=wanted(family, step, now)) for step in open_now
    ]


def order(due: Iterable[Due]) -> list[Due]:
    """What is late first, then what the family waits for, then by the window's end."""
    return sorted(
        due, key=lambda each: (not each.late, not each.wanted, each.step.days.last, each.family_id)
    )


def _may_book(family: Family, now: datetime) -> bool:
    ended = family.left_at or family.visits_ended_at or family.waits_since
    rests = family.resting(Why.LOSS, now) or family.resting(Why.AWAY, now)
    paused: Rest | None = next((rest for rest in family.area.rests if rest.covers(now)), None)
    return not (ended or rests or paused or family.eligible is False or not family.area.running)


def _still_its_turn(step: Step, steps: list[Step], today: date) -> bool:
    """A visit that was never booked is not forgotten until the next one's window opens."""
    following = [each for each in steps if each.child == step.child and each.visit > step.visit]
    if not following:
        return today - step.days.last <= LAST_CALL
    return today < following[0].days.first  # also where that one is booked already


def wanted(family: Family, step: Step, now: datetime) -> bool:
    """Whether a parent has asked for a time, and none has been booked or proposed since."""
    since = [each.changed_at for each in family.bookings if each.id == _id(step.booking)]
    made = [
        each.made_at
        for each in family.proposals
        if each.visit == step.visit and each.state is not ProposalState.SHOWN
    ]
    answered = max((at for at in (*since, *made) if at), default=None)
    asked = [event.at for event in family.events if _asks(event, step)]
    return bool(asked) and (answered is None or max(asked) > answered)


def _id(booking: Booking | None) -> int | None:
    return booking.id if booking else None


def _asks(event: Event, step: Step) -> bool:
    """Yes to an offer, another time for a booked visit, other times than those proposed."""
    if event.what is News.ANSWERED:
        return event.detail == Choice.OTHER_TIME and event.booking_id == _id(step.booking)
    if event.what not in _ASKING:
        return False
    number = (event.detail or "").rpartition(":")[2]
    return number == str(step.visit)


_ASKING = {News.WANTS_TIME, News.OTHER_TIMES}


def _another_time(family: Family, step: Step, now: datetime) -> bool:
    """Whether a coming visit that is booked should get another time."""
    booking = step.booking
    return booking is not None and booking.starts_at > now and wanted(family, step, now)
