"""Every text about times: proposed, chosen, changed; of visits and of all else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from messaging import proposal_texts
from programme import letters as facts
from programme.letters import Time
from programme.localtime import STOCKHOLM
from programme.news import News
from programme.people import (
    Booking,
    Change,
    Choice,
    Meeting,
    Place,
    Proposal,
    Role,
    Slot,
    StaffMember,
)
from programme.reasons import Asked

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
BEFORE = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
STAFF = (
    StaffMember(id=1, name="Åke Persson", role=Role.NURSE),
    StaffMember(id=2, name="سارة", role=Role.PARENT_SUPPORTER),
)
BESIDES = [meeting for meeting in Meeting if meeting is not Meeting.VISIT]
TIMES = tuple(Time(slot_id=n, starts_at=STARTS + timedelta(days=n)) for n in range(3))

_LETTER = {"key": "k", "at": BEFORE, "not_after": STARTS, "family_id": 4, "guardian_id": 5}
_VISIT = {**_LETTER, "child_id": 6, "booking_id": 7, "revision": 2, "starts_at": STARTS}
_COMING = {**_VISIT, "staff": STAFF, "interpreter": True}
_NEWS = {"key": "s", "at": BEFORE, "not_after": STARTS, "family_id": 4, "staff_id": 1}

ABOUT_A_TIME = (
    News.VISIT_BOOKED,
    News.VISIT_MOVED,
    News.VISIT_CHANGED,
    News.VISIT_CANCELLED,
    News.RELIEVED,
    News.INTERPRETER,
    News.NO_INTERPRETER,
    News.CANCEL_INTERPRETER,
    News.REBOOK_INTERPRETER,
)
WITHOUT_A_TIME = (News.OTHER_TIMES, News.UNANSWERED)


def proposed(count: int = 3, **changes: Any) -> facts.TimesProposed:
    usual = {"child_id": 6, "proposal_id": 8, "visit": 3, "meeting": Meeting.VISIT}
    place = {"place": Place.HOME, "times": TIMES[:count]}
    return facts.TimesProposed(**{**_LETTER, **usual, **place, **changes})


def parcels() -> Iterator[tuple[str, list[facts.Letter]]]:
    for change in (Change.PEOPLE, Change.PLACE):
        letter = facts.VisitChanged(**_COMING, visit=3, place=Place.BVC, change=change)
        yield f"changed {change}", [letter]
    yield "missed", [facts.VisitMissed(**_VISIT, visit=3)]
    for count in (1, 2, 3):
        yield f"{count} times", [proposed(count)]
    yield "times to move", [proposed(old_starts_at=BEFORE)]
    for meeting in BESIDES:
        about = {"visit": 0, "meeting": meeting}
        for kind in (facts.VisitBooked, facts.DayBefore, facts.SameMorning):
            yield f"{kind.__name__} {meeting}", [kind(**_COMING, place=Place.PHONE, **about)]
        moved = facts.VisitMoved(**_COMING, place=Place.BVC, old_starts_at=BEFORE, **about)
        yield f"moved {meeting}", [moved]
        yield f"cancelled {meeting}", [facts.VisitCancelled(**_VISIT, **about)]
        yield f"times {meeting}", [proposed(visit=0, meeting=meeting)]
    yield from for_staff()


def for_staff() -> Iterator[tuple[str, list[facts.Letter]]]:
    for visit, meeting in ((3, Meeting.VISIT), *((0, each) for each in BESIDES)):
        about = {"visit": visit, "meeting": meeting}
        for what in ABOUT_A_TIME:
            letter = facts.StaffNews(**_NEWS, what=what, starts_at=STARTS, **about)
            yield f"to staff: {what} {meeting}", [letter]
        for what in WITHOUT_A_TIME:
            yield f"to staff: {what} {meeting}", [facts.StaffNews(**_NEWS, what=what, **about)]
        evening = facts.StaffNews(**_NEWS, what=News.OTHER_TIMES, evening=True, **about)
        yield f"to staff: evening {meeting}", [evening]
        for choice in Choice:
            said = {"what": News.ANSWERED, "choice": choice, "starts_at": STARTS}
            yield f"to staff: {choice} {meeting}", [facts.StaffNews(**_NEWS, **said, **about)]
        call = facts.CallToday(**_NEWS, interpreter=True, starts_at=STARTS, **about)
        yield f"to staff: call {meeting}", [call]
    for asked in Asked:
        yield f"to staff: asked {asked}", [facts.StaffNews(**_NEWS, what=News.ASKED, asked=asked)]


SLOTS = tuple(Slot(id=each.slot_id, starts_at=each.starts_at, staff=STAFF) for each in TIMES)


def found(**changes: Any) -> Proposal:
    usual = {"id": 8, "child_id": 6, "visit": 3, "slots": SLOTS}
    when = {"made_at": BEFORE, "expires_at": STARTS}
    return Proposal(**{**usual, **when, **changes})


def visit(**changes: Any) -> Booking:
    return Booking(
        **{"id": 7, "child_id": 6, "visit": 3, "starts_at": STARTS, "staff": STAFF, **changes}
    )


ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    proposal_texts.free_times: [(found(), STOCKHOLM)],
    proposal_texts.other_times: [(found(meeting=Meeting.WALK, visit=0), STOCKHOLM)],
    proposal_texts.no_other_times: [()],
    proposal_texts.time_is_gone: [(found(), STOCKHOLM), (None, STOCKHOLM)],
    proposal_texts.time_has_passed: [(found(), STOCKHOLM), (None, STOCKHOLM)],
    proposal_texts.more_times: [
        (found(booking_id=moved), page, STOCKHOLM) for moved in (None, 7) for page in range(4)
    ],
    proposal_texts.booked: [(visit(place=where), STOCKHOLM) for where in Place],
    proposal_texts.already_booked: [(visit(), STOCKHOLM)],
    proposal_texts.kept: [(visit(), STOCKHOLM)],
    proposal_texts.no_times: [()],
    proposal_texts.nothing_to_book: [()],
    proposal_texts.which_place: [(visit(place=where), n) for where in Place for n in range(3)],
    proposal_texts.place_is_set: [(visit(place=where), STOCKHOLM) for where in Place],
    proposal_texts.place_is_not_free: [(visit(),)],
    proposal_texts.what_to_ask: [()],
    proposal_texts.asked: [()],
}
