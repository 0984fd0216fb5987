"""Every text about booking by staff, made with given values."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from messaging import booked_texts, booking_texts, series_texts, slip_texts
from messaging.booking_buttons import How
from messaging.keyboards import File, FileKind, Message
from messaging.who_comes_buttons import WhoComes
from programme.ages import Span
from programme.localtime import STOCKHOLM
from programme.people import Booking, Child, Meeting, Place, Proposal, Role, Slot, StaffMember
from programme.reasons import Asked
from programme.series import Due, Step, StepState

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)
NURSE = StaffMember(id=1, name="Åke Persson", role=Role.NURSE)
SUPPORTER = StaffMember(id=2, name="سارة", role=Role.PARENT_SUPPORTER)
LABEL = "Bus 4 <b>سارة"
CHILD = Child(id=6, born=date(2027, 1, 5))
WEEKS = Span(date(2027, 2, 21), date(2027, 4, 19))
SLOTS = tuple(
    Slot(starts_at=STARTS + timedelta(days=n), staff=(NURSE, SUPPORTER), id=n) for n in range(3)
)
PROPOSAL = Proposal(
    id=8, child_id=6, visit=3, slots=SLOTS, made_at=STARTS, expires_at=STARTS + timedelta(days=2)
)


def booking(**facts: Any) -> Booking:
    usual = {"id": 7, "child_id": 6, "visit": 3, "starts_at": STARTS, "staff": (NURSE, SUPPORTER)}
    return Booking(**{**usual, **facts})


BESIDES = booking(visit=0, meeting=Meeting.WALK)


def step(state: StepState) -> Step:
    booked = {StepState.BOOKED, StepState.DONE, StepState.MISSED, StepState.DECLINED}
    return Step(
        child=CHILD,
        visit=3,
        days=WEEKS,
        state=state,
        booking=booking() if state in booked else None,
        proposal=PROPOSAL if state is StepState.PROPOSED else None,
    )


def due(state: StepState, wanted: bool = False) -> Due:
    return Due(family_id=4, step=step(state), wanted=wanted)


_DUE = (StepState.DUE, StepState.LATE, StepState.MISSED, StepState.BOOKED)

FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    series_texts.due_line: [
        *((LABEL, due(state)) for state in _DUE),
        (LABEL, due(StepState.DUE, wanted=True)),
    ],
    series_texts.due_page: [
        ((), (), (), 0, False),
        ([(n, LABEL, what) for n, what in enumerate(Asked)], (), (), 0, False),
        ((), (), [(LABEL, due(state)) for state in _DUE], 0, True),
    ],
    series_texts.step_line: [(step(state), STOCKHOLM) for state in StepState],
    series_texts.family_line: [(LABEL,), (4,)],
    series_texts.child_heading: [(2,)],
    series_texts.other_line: [
        (booking(visit=0, meeting=each), STOCKHOLM) for each in Meeting if each is not Meeting.VISIT
    ],
    series_texts.other_meetings: [(4, 6)],
    booking_texts.window_line: [(WEEKS.first, WEEKS.last)],
    booking_texts.nobody_reads_line: [()],
    booking_texts.time_line: [(SLOTS[0], STOCKHOLM, None), (SLOTS[0], STOCKHOLM, 2)],
    booking_texts.where_line: [(place,) for place in Place],
    booking_texts.interpreter_line: [(True,), (False,)],
    booking_texts.unusual_line: [()],
    booking_texts.ask_which_time: [()],
    booking_texts.ask_day: [()],
    booking_texts.ask_time: [()],
    booking_texts.any_day: [()],
    booking_texts.ramadan_line: [(date(2027, 2, 8), date(2027, 3, 8))],
    booking_texts.eid_line: [(date(2027, 3, 9),)],
    booking_texts.choose_place: [(99,)],
    booking_texts.choose_new_place: [(4, 7, Place.HOME)],
    booking_texts.ask_reason: [(99,)],
    booking_texts.ask_who: [
        (role, (NURSE, SUPPORTER), WhoComes(draft=99), 4)
        for role in (Role.NURSE, Role.PARENT_SUPPORTER, None)
    ],
    booking_texts.ask_home: [(99, 4, How.NOW)],
    booking_texts.with_home_line: [(2,)],
    booking_texts.ask_cancel: [(4, 7)],
    slip_texts.slip_in_which: [(4, 7, ("sv", "ar"))],
    slip_texts.slip_to_print: [("ar", File(FileKind.DOCUMENT, "lotsen-visit.pdf", b"%PDF"))],
    booked_texts.proposed: [(PROPOSAL, 4, STOCKHOLM)],
    booked_texts.now_booked: [
        (booking(interpreter_wanted=True), 4, STOCKHOLM),
        (BESIDES, 4, STOCKHOLM),
    ],
    booked_texts.way_not_free: [()],
    booked_texts.cancelled: [(4,)],
    booked_texts.missed: [(4, 9)],
    booked_texts.withdrawn: [(4,)],
    booked_texts.no_hours: [((Role.NURSE, Role.PARENT_SUPPORTER), 4)],
    booked_texts.no_times: [(99, 4)],
    booked_texts.taken_line: [()],
    booked_texts.in_past: [()],
    booked_texts.closed: [()],
    booked_texts.area_paused: [()],
    booked_texts.family_away: [()],
    booked_texts.do_not_contact: [()],
    booked_texts.no_child: [()],
    booked_texts.gone: [()],
    booked_texts.draft_gone: [()],
}

PARTS = {
    *("menu_button", "book_button", "visits_button", "ways_out", "back_to_visits", "next_rows"),
    *(
        "visits_rows",
        "step_lines",
        "how_rows",
        "proposed_lines",
        "withdraw_button",
        "slip_button",
        "visit_heading",
    ),
    *(
        "draft_rows",
        "which_time",
        "any_button",
        "who_button",
        "booking_rows",
        "booked_lines",
        "refused",
    ),
}


def _page(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A page with those rows, or those lines, so that they are read too."""

    def page(t: Any, *values: Any, **facts: Any) -> Message:
        made = function(t, *values, **facts)
        if made and isinstance(made[0], str):
            return Message("\n".join(made))
        return Message(series_texts.family_line(t, LABEL), made)

    page.__name__ = name
    return page


def _with(function: Callable[..., Any], **facts: Any) -> Callable[..., Any]:
    def filled(t: Any, *values: Any) -> Any:
        return function(t, *values, **facts)

    return filled


_STEPS = [(None, step(state)) for state in StepState] + [(2, step(StepState.DUE))]
ROWS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {}
for _n, (_function, _values) in enumerate(
    [
        (series_texts.visits_rows, (4, _STEPS, [BESIDES])),
        (series_texts.step_lines, ([step(state) for state in StepState], STOCKHOLM)),
        (series_texts.next_rows, (4,)),
        (_with(booking_texts.how_rows, reads=True), (4, 6, 3, Meeting.VISIT)),
        (booking_texts.proposed_lines, (PROPOSAL, STOCKHOLM)),
        (_with(booking_texts.draft_rows, reads=True, interpreter=True), (99, 4, 1)),
        (_with(booking_texts.draft_rows, reads=True, interpreter=False), (99, 4, 3)),
        (booking_texts.which_time, (99, SLOTS, 4, STOCKHOLM)),
        (_with(booking_texts.booking_rows, reads=True, begun=False), (4, 7, 1)),
        (_with(booking_texts.booking_rows, reads=False, begun=True), (4, 7, 6)),
        (booking_texts.booked_lines, (booking(interpreter=True), STOCKHOLM)),
        (booking_texts.booked_lines, (booking(interpreter_wanted=True), STOCKHOLM)),
    ]
):
    ROWS[_page(_function, f"staff_rows_{_n}")] = [_values]
for _reads in (True, False):
    for _moved in (True, False):
        _said = _with(booked_texts.now_booked, reads=_reads, moved=_moved)
        _said.__name__ = f"booked_{_reads}_{_moved}"
        ROWS[_said] = FOR_STAFF[booked_texts.now_booked]
    _said = _with(booked_texts.not_together, now=_reads)
    _said.__name__ = f"not_together_{_reads}"
    ROWS[_said] = [(99, 4)]
    _said = _with(booked_texts.elsewhere, reads=_reads)
    _said.__name__ = f"elsewhere_{_reads}"
    ROWS[_said] = [(booking(place=place), 4, STOCKHOLM) for place in Place]
    ROWS[_said].append((BESIDES, 4, STOCKHOLM))
del FOR_STAFF[booked_texts.now_booked]
PARTS |= {"elsewhere", "not_together"}
PARTS.add("now_booked")
