"""The pages of booking by staff, put together from what the service knows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.desk import Desk
from messaging import booked_texts, home_texts, outcome_texts, pickers, series_texts
from messaging import booking_texts as words
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, one_each
from messaging.pickers import Asked, Days
from programme.ages import Span, add_months
from programme.errors import (
    AreaPaused,
    Broken,
    FamilyAway,
    FamilyRests,
    NoChildBorn,
    NothingBooked,
    OfficesClosed,
    OtherHome,
    TimeInPast,
)
from programme.localtime import on_the_clock, walls
from programme.outcome_letters import ASKED
from programme.people import Booking, BookingState, Meeting, StaffMember
from programme.series import Step
from services import red_days, staff_booking
from services.requests import Request
from services.staff_booking import AHEAD, Draft, Due, Name, Series

DUE_LINES = 8
FREE, ANY = "bk", "ba"  # codes of the pickers: among free times, or any time
ONLY = 9  # the picked time stands alone, in place of all others
SOON = timedelta(days=60)  # so far ahead where the window has passed, or there is none
A_MONTH = timedelta(days=30)
FIRST_HOUR, LAST_HOUR = time(7), time(19)

Free = dict[datetime, tuple[StaffMember, ...]]


def called(name: Name) -> Value:
    """Staff's own word for a family, or its number."""
    return name.label or name.family_id


def due_page(t: Tongue, due: list[tuple[Name, Due]], asked: list[Request], page: int) -> Message:
    """What is to be booked, and above it what parents have asked for."""
    wishes = [(each.id, called(each.name), each.what) for each in asked[:DUE_LINES]]
    shown = due[page * DUE_LINES : (page + 1) * DUE_LINES]
    named = [(called(name), each) for name, each in shown]
    lines = [series_texts.due_line(t, name, each) for name, each in named]
    more = len(due) > (page + 1) * DUE_LINES
    return series_texts.due_page(t, wishes, lines, named, page, more)


def visits_page(desk: Desk, page: Series) -> Message:
    """A family's visits; after a loss, and before a birth, only why there are none."""
    t, family = desk.t, page.family
    head = [series_texts.family_line(t, called(page.name))]
    if page.rests:
        lines = [booked_texts.do_not_contact(t)]
        return Message("\n".join([*head, *lines]), one_each(series_texts.ways_out(t, family.id)))
    if not page.steps:
        lines = [booked_texts.no_child(t)]
        return Message("\n".join([*head, *lines]), one_each(series_texts.ways_out(t, family.id)))
    steps = series_texts.numbered(page.steps)
    rows = series_texts.visits_rows(t, family.id, steps, page.others)
    return Message("\n".join([*head, *_lines(desk, page)]), rows)


def booking_page(desk: Desk, page: Series, number: int) -> Message:
    """A booking that stands, and what can be done with it; raises NotYours."""
    booking = staff_booking.booking_of(page, number)
    if booking.state is BookingState.DONE and not page.rests:
        return _done_page(desk, page, booking)
    if booking.state is not BookingState.BOOKED or page.rests:
        return visits_page(desk, page)
    lines = [
        words.visit_heading(desk.t, called(page.name), booking.visit, booking.meeting),
        *words.booked_lines(desk.t, booking, desk.rules.zone),
    ]
    begun = booking.starts_at <= desk.now
    rows = words.booking_rows(
        desk.t, page.family.id, number, booking.visit, reads=page.reads, begun=begun
    )
    return Message("\n".join(lines), rows)


def _done_page(desk: Desk, page: Series, booking: Booking) -> Message:
    """A visit that was done: how it was can still be told."""
    head = words.visit_heading(desk.t, called(page.name), booking.visit, booking.meeting)
    lines = [head, *words.booked_lines(desk.t, booking, desk.rules.zone)]
    ticks = booking.meeting in ASKED  # a walk or a call is only noted
    way = outcome_texts.to_ticks if ticks else outcome_texts.not_held_button
    buttons = [
        way(desk.t, page.family.id, booking.id),
        series_texts.back_to_visits(desk.t, page.family.id),
    ]
    return Message("\n".join(lines), one_each(buttons))


def _lines(desk: Desk, page: Series) -> list[str]:
    """The six with what has become of each, and what is booked besides."""
    zone = desk.rules.zone
    others = [series_texts.other_line(desk.t, each, zone) for each in page.others]
    return [*series_texts.step_lines(desk.t, page.steps, zone), *others]


def begin_page(desk: Desk, page: Series, draft: Draft) -> Message:
    """One visit, and the ways to a time for it."""
    t, rows = desk.t, []
    lines = [words.visit_heading(t, called(page.name), draft.visit, draft.meeting)]
    step = step_of(page, draft)
    if step:
        lines.append(words.window_line(t, step.days.first, step.days.last))
        if step.proposal:
            lines += words.proposed_lines(t, step.proposal, desk.rules.zone)
            rows += [words.withdraw_button(t, page.family.id, step.proposal.id)]
    if not page.reads:
        lines.append(words.nobody_reads_line(t))
    ways = words.how_rows(
        t, page.family.id, draft.child_id, draft.visit, draft.meeting, reads=page.reads
    )
    return Message("\n".join(lines), (*one_each(rows), *ways))


def step_of(page: Series, draft: Draft) -> Step | None:
    """The step of the six that the draft is for."""
    if draft.meeting is not Meeting.VISIT:
        return None
    mine = (s for s in page.steps if s.visit == draft.visit and s.child.id == draft.child_id)
    return next(mine, None)


def draft_page(
    desk: Desk, page: Series, draft: Draft, number: int, notes: Iterable[str] = ()
) -> Message:
    """What is chosen so far, and what can be done with it."""
    t, zone = desk.t, desk.rules.zone
    many = len(draft.times) > 1
    lines = [words.visit_heading(t, called(page.name), draft.visit, draft.meeting), *notes]
    lines += [
        words.time_line(t, slot, zone, n if many else None)
        for n, slot in enumerate(draft.times, start=1)
    ]
    lines += [words.where_line(t, draft.place), words.interpreter_line(t, draft.interpreter)]
    if draft.home:
        lines.append(words.with_home_line(t, draft.home))
    if draft.override:
        lines.append(words.unusual_line(t))
    rows = words.draft_rows(
        t,
        number,
        page.family.id,
        len(draft.times),
        reads=reads(desk, page, draft),
        interpreter=draft.interpreter,
    )
    return Message("\n".join(lines), rows)


def reads(desk: Desk, page: Series, draft: Draft) -> bool:
    """Whether anybody whom it concerns reads the chat."""
    return page.family.reachable_at(desk.now, draft.home)


def which_time(
    desk: Desk, page: Series, draft: Draft, number: int, notes: Iterable[str] = ()
) -> Message:
    """The three best, to book one of them at once."""
    lines = [
        words.visit_heading(desk.t, called(page.name), draft.visit, draft.meeting),
        *notes,
        words.ask_which_time(desk.t),
    ]
    rows = words.which_time(desk.t, number, draft.times, page.family.id, desk.rules.zone)
    return Message("\n".join(lines), rows)


# --- pickers -----------------------------------------------------------------------------------


def reach(desk: Desk, page: Series, draft: Draft) -> Span:
    """The days among which a free time is looked for: the window, or the next weeks."""
    step = step_of(page, draft)
    if step and step.days.last >= desk.today:
        return Span(max(step.days.first, desk.today), step.days.last)
    return Span(desk.today, desk.today + SOON)


async def free(desk: Desk, page: Series, draft: Draft, days: Span, n: int) -> Free:
    """The free starts on those days that leave room for the draft's other times."""
    alone = n >= len(draft.times)
    others = [] if alone else [slot for i, slot in enumerate(draft.times) if i != n]
    return await staff_booking.starts(
        desk.tx, page.family, draft, days, desk.now, desk.rules, others
    )


def month_of(days: Span, shown: date) -> Span:
    """What of the days lies in that month."""
    first = min(max(shown, days.first), days.last).replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    return Span(max(first, days.first), min(last, days.last))


def first_month(days: Span) -> Span:
    """The first weeks of those days."""
    return Span(days.first, min(days.last, days.first + A_MONTH))


def whole_month(days: Days, shown: date) -> Span:
    """All days of the month that is shown."""
    first = days.month(shown)
    return Span(first, add_months(first, 1) - timedelta(days=1))


def free_days(desk: Desk, days: Span, found: Free) -> Days:
    """Only days with a free time may be chosen."""
    open_days = {on_the_clock(at, desk.rules.zone).date() for at in found}
    return Days(
        today=desk.today,
        first=days.first,
        last=days.last,
        closed=lambda day: day not in open_days,
    )


def any_days(desk: Desk) -> Days:
    """Every working day ahead."""
    return Days(
        today=desk.today,
        first=desk.today,
        last=desk.today + AHEAD,
        closed=lambda day: not desk.rules.is_working_day(day),
    )


def asked(desk: Desk, page: Series, why: str, number: int, n: int, days: Span | None) -> Asked:
    """What the pickers ask; with the hints of those days, for everyone alike."""
    question = words.ask_day(desk.t) if why == FREE else words.any_day(desk.t)
    back = series_texts.back_to_visits(desk.t, page.family.id)
    notes = tuple(hints(desk.t, days)) if days else ()
    return Asked(question, why, (number, n), back, notes)


def asked_time(desk: Desk, page: Series, why: str, number: int, n: int) -> Asked:
    """What the pickers ask for the time of day."""
    back = series_texts.back_to_visits(desk.t, page.family.id)
    return Asked(words.ask_time(desk.t), why, (number, n), back)


def hints(t: Tongue, days: Span) -> Iterator[str]:
    """Ramadan and Eid on those days (mission A15): never stored, never tied to a family."""
    for each in red_days.hints(days):
        if each.first == each.last:
            yield words.eid_line(t, each.first)
        else:
            yield words.ramadan_line(t, each.first, each.last)


def walls_of(desk: Desk, found: Free, day: date) -> list[time]:
    """The free times of that day, as the clocks show them."""
    shown = (on_the_clock(at, desk.rules.zone) for at in found)
    return [each.time() for each in shown if each.date() == day]


def any_walls(desk: Desk, day: date) -> list[time]:
    """Every time of that day that lies ahead."""
    return [
        wall
        for wall in walls(day, FIRST_HOUR, LAST_HOUR, zone=desk.rules.zone)
        if datetime.combine(day, wall, tzinfo=desk.rules.zone) > desk.now
    ]


def with_button(message: Message, button: Button) -> Message:
    """One more button, above the way back."""
    *rows, back = message.rows
    return replace(message, rows=(*rows, (button,), back))


def pick_page(desk: Desk, page: Series, number: int, n: int, days: Span, found: Free) -> Message:
    """The nearest days with a free time."""
    question = asked(desk, page, FREE, number, n, days)
    shown = pickers.quick_days(desk.t, question, free_days(desk, days, found))
    return with_button(shown, words.any_button(desk.t, number, n))


# --- what cannot be done -----------------------------------------------------------------------


_REFUSALS: dict[type[Broken], Callable[[Tongue], str]] = {
    TimeInPast: booked_texts.in_past,
    OfficesClosed: booked_texts.closed,
    AreaPaused: booked_texts.area_paused,
    FamilyAway: booked_texts.family_away,
    FamilyRests: booked_texts.do_not_contact,
    NoChildBorn: booked_texts.no_child,
    NothingBooked: booked_texts.gone,
    OtherHome: home_texts.other_home,
}


def refusal(t: Tongue, broken: Broken) -> str | None:
    """A broken rule in the colleague's words; None for one that only a forged button meets."""
    said = _REFUSALS.get(type(broken))
    return said(t) if said else None


def refused(desk: Desk, broken: Broken, family: int) -> Message:
    """That rule in words, and the way on; raises it again if only a forged button meets it."""
    why = refusal(desk.t, broken)
    if why is None:
        raise broken
    return booked_texts.refused(desk.t, why, family)
