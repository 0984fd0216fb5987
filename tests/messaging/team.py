"""Every text about a loss or a move, and every text that staff are sent, made with given values."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from messaging import (
    absence_texts,
    home_texts,
    interpreter_texts,
    loss_texts,
    move_texts,
    outcome_texts,
    staff_pages,
    staff_texts,
)
from programme import letters as facts
from programme.ages import Span
from programme.follow_up import Offer, Tick, VisitOutcome
from programme.localtime import STOCKHOLM
from programme.news import News
from programme.outcome_letters import OutcomeAsk
from programme.people import (
    BookingState,
    Child,
    Choice,
    GuardianRole,
    InterpreterWish,
    Meeting,
    Role,
    StaffMember,
)
from tests.messaging import bookings, times
from tests.messaging.proposed import ABOUT_A_TIME, WITHOUT_A_TIME
from tests.messaging.wishes import booking

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
BEFORE = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)
DAY = date(2027, 3, 5)
LABEL = "Bus 4 <b>سارة"
NURSE = StaffMember(id=1, name="Åke Persson", role=Role.NURSE)
WEEKS = Span(date(2027, 6, 28), date(2027, 8, 8))

_BASE = {"at": BEFORE, "not_after": STARTS, "family_id": 4}
_TO_STAFF = {**_BASE, "key": "staff:news:8:1", "staff_id": 1}
_TO_PARENT = {**_BASE, "key": "move:4:1804150500:5", "guardian_id": 5}


def news(what: News, **facts_of: Any) -> facts.StaffNews:
    return facts.StaffNews(**_TO_STAFF, what=what, **facts_of)


def for_staff() -> Iterator[tuple[str, list[facts.Letter]]]:
    """Every kind of letter to staff; each name begins alike."""
    visit = {"visit": 3, "starts_at": STARTS}
    for choice in Choice:
        yield f"to staff: {choice}", [news(News.ANSWERED, choice=choice, **visit)]
    for what in News:
        if what not in {News.ANSWERED, News.ASKED, *ABOUT_A_TIME, *WITHOUT_A_TIME}:
            yield f"to staff: {what}", [news(what)]
    yield "to staff: wants visit", [news(News.WANTS_TIME, visit=3)]
    yield "to staff: away until", [news(News.AWAY, last_day=DAY)]
    yield "to staff: a home is away", [news(News.AWAY, last_day=DAY, home=2)]
    yield "to staff: an interpreter is wanted", [news(News.INTERPRETER)]
    yield "to staff: cancel it", [news(News.LOSS, interpreters=(STARTS,))]
    yield "to staff: stays", [news(News.MOVED, choice=Choice.NO_THANKS)]
    yield "to staff: visit goes", [news(News.MOVED, **visit)]
    for interpreter in (True, False):
        call = facts.CallToday(**_TO_STAFF, interpreter=interpreter, **visit)
        yield f"to staff: call {interpreter}", [call]
    yield "to staff: book", [facts.ToBook(**_TO_STAFF, visit=3, last_day=DAY)]
    yield "to staff: first visit", [facts.FirstVisit(**_TO_STAFF, last_day=DAY)]
    yield (
        "to staff: merged",
        [news(News.BORN), facts.FirstVisit(**_TO_STAFF, last_day=DAY)],
    )


def parcels() -> Iterator[tuple[str, list[facts.Letter]]]:
    """Those, and the letters to parents about moving."""
    yield from for_staff()
    for number in (3, 0):
        about = {**_TO_STAFF, "booking_id": 7, "visit": number, "starts_at": STARTS}
        yield f"to staff: how was it {number}", [OutcomeAsk(**about)]
    yield "area ask", [facts.AreaAsk(**_TO_PARENT, area="Gårdsten")]
    yield "goodbye", [facts.Goodbye(**_TO_PARENT)]


# More than three buttons are allowed under these.
FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    staff_texts.invitation: [()],
    staff_texts.welcome: [(StaffMember(id=1, name="Åke", role=role), "Hjällbo") for role in Role],
    staff_texts.chat_is_a_familys: [()],
    staff_texts.chat_is_staffs: [(NURSE,)],
    staff_texts.staff_menu: [(StaffMember(id=1, name="Åke", role=role),) for role in Role],
    staff_texts.only_buttons: [(NURSE,)],
    staff_texts.phone_list: [((), 0, False)],
    staff_texts.answer_list: [((),)],
    staff_texts.families: [((), 0, False), ([(n, LABEL) for n in range(8)], 0, True)],
    staff_texts.answered: [(LABEL, choice, 3, STARTS, STOCKHOLM) for choice in Choice],
    outcome_texts.ticked: [
        ((7, LABEL), booking(), VisitOutcome(), STOCKHOLM),
        ((7, LABEL), booking(), VisitOutcome(frozenset(Tick)), STOCKHOLM),
        ((7, 7), booking(meeting=Meeting.EXTRA, visit=0), VisitOutcome(frozenset(Tick)), STOCKHOLM),
    ],
    outcome_texts.shown_way: [
        (7, 3, VisitOutcome()),
        (7, 3, VisitOutcome(offers=frozenset(Offer))),
    ],
    outcome_texts.noted: [((7, LABEL), booking(meeting=Meeting.WALK, visit=0), STOCKHOLM)],
    outcome_texts.never_was: [(7, LABEL)],
    outcome_texts.was_not: [(7, LABEL), (7, LABEL, 9)],
    staff_pages.do_not_contact: [()],
    staff_pages.child_line: [
        (Child(id=1, born=DAY), None),
        (Child(id=1, born=None, due=DAY), None),
        (Child(id=1, born=DAY), 1),
        (Child(id=1, born=None, due=DAY), 2),
    ],
    staff_pages.visit_line: [
        *((state, 3, STARTS, STOCKHOLM) for state in BookingState),
        *((state, 0, STARTS, STOCKHOLM, Meeting.WALK) for state in BookingState),
    ],
    staff_pages.parent_line: [
        (role, "tigrinja", reads) for role in (*GuardianRole, None) for reads in (True, False)
    ],
    staff_pages.nobody_line: [()],
    staff_pages.to_book_line: [(LABEL, 3, DAY)],
    staff_pages.first_visit_line: [(LABEL, DAY)],
    staff_pages.call_line: [(LABEL, n, STARTS, STOCKHOLM) for n in (3, 0)],
    staff_pages.language_line: [(LABEL,)],
    staff_pages.interpreter_line: [("tigrinja",)],
    staff_pages.summer_line: [(3, days) for days in (1, 2, 3, 11, 42, 100)],
    staff_pages.moving_line: [()],
    staff_pages.born_question: [(4,)],
    staff_pages.area_question: [(4, [(2, "Gårdsten"), (3, "Öster <Co>")])],
    staff_pages.only_after_a_talk: [()],
    absence_texts.who_is_ill: [((NURSE,), 1), ((NURSE,), 2)],
    absence_texts.until_when: [(4, (DAY,))],
    absence_texts.visits_of: [("Åke", 4, (), 0), *(("Åke", 4, (), n) for n in (1, 2))],
    absence_texts.given_line: [(LABEL, "Åke", STARTS, STOCKHOLM)],
    absence_texts.offered_line: [(LABEL, STARTS, STOCKHOLM)],
    absence_texts.cancelled_line: [(LABEL, STARTS, STOCKHOLM)],
    absence_texts.phone_line: [(LABEL, STARTS, STOCKHOLM)],
    absence_texts.result: [((),)],
    interpreter_texts.wanted_line: [(each, "somaliska") for each in (*InterpreterWish, None)],
    interpreter_texts.visit_line: [(True,), (False,)],
    home_texts.home_line: [(1,), (2,)],
    home_texts.home_empty: [()],
    home_texts.both_homes_line: [()],
    home_texts.about_home: [(2,)],
    home_texts.more_about: [(4, False, False, ()), (4, True, True, ((1, 1, "Amina"),))],
    home_texts.which_second: [(4, ())],
    home_texts.which_keeps: [(4, 5)],
    home_texts.other_home: [()],
    home_texts.protect_question: [(4,)],
    staff_pages.turned_on: [(4, 1)],
    staff_pages.too_late: [(4,)],
    **times.FOR_STAFF,
    **bookings.FOR_STAFF,
}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    loss_texts.gone_quiet: [()],
    loss_texts.resting: [(True,), (False,)],
    loss_texts.speaking_again: [()],
    loss_texts.undo_is_over: [()],
    move_texts.new_team: [("Gårdsten",)],
    move_texts.same_team: [()],
    home_texts.two_homes: [()],
    home_texts.who_has_the_visits: [((STARTS,), STOCKHOLM), ((STARTS, BEFORE), STOCKHOLM)],
    home_texts.are_two_homes: [(None,)],
    interpreter_texts.do_you_want: [()],
    interpreter_texts.whom: [()],
    interpreter_texts.whom_else: [()],
    interpreter_texts.noted: [
        (InterpreterWish.NO, "somaliska", None),
        (InterpreterWish.MAN, "somaliska", None),
    ],
    **FOR_STAFF,
}

# Rows and lines of staff's pages, which are no messages by themselves.
PARTS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {**times.ROWS, **bookings.ROWS}

STAFF_NAMES = (*(each.__name__ for each in (*FOR_STAFF, *PARTS)), "to staff:")
